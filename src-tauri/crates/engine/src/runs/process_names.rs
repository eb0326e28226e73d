//! The names of processes: SolveXia's answers name a run's process by its id alone.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::Duration;

use runwatch_core::run::Run;
use tokio::time::Instant;

use crate::runs::process_key::{ProcessKey, process_of};
use crate::sync::lock;

/// After a failure a name is asked for no sooner than this.
const AGAIN: Duration = Duration::from_mins(10);

/// What is known of the names of processes in this session.
#[derive(Debug, Default)]
pub struct ProcessNames(Mutex<HashMap<ProcessKey, Name>>);

#[derive(Debug)]
enum Name {
    Known(String),
    /// Asked for then.
    Asked(Instant),
}

impl ProcessNames {
    /// The name of a run's process, once it was read.
    pub fn of(&self, run: &Run) -> Option<String> {
        self.get(&process_of(run)?)
    }

    /// The name of a process, once it was read.
    pub(crate) fn get(&self, process: &ProcessKey) -> Option<String> {
        match lock(&self.0).get(process)? {
            Name::Known(name) => Some(name.clone()),
            Name::Asked(_) => None,
        }
    }

    /// Whether it is to be asked for now; from then on it is not, for a while.
    pub(crate) fn begin_asking(&self, process: &ProcessKey, now: Instant) -> bool {
        let mut names = lock(&self.0);
        let waits = names.get(process).is_some_and(|name| match name {
            Name::Known(_) => true,
            Name::Asked(at) => now - *at < AGAIN,
        });
        if !waits {
            names.insert(process.clone(), Name::Asked(now));
        }
        !waits
    }

    /// A name was read.
    pub(crate) fn learn(&self, process: ProcessKey, name: String) {
        lock(&self.0).insert(process, Name::Known(name));
    }
}
