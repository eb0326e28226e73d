//! The names of processes: SolveXia's answers name a run's process by its id alone.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::Duration;

use runwatch_core::ids::{AccountId, ProcessId};
use runwatch_core::run::Run;
use tokio::time::Instant;

use crate::sync::lock;

/// After a failure a name is asked for no sooner than this.
const AGAIN: Duration = Duration::from_mins(10);

/// What is known of the names of processes in this session.
#[derive(Debug, Default)]
pub struct ProcessNames(Mutex<HashMap<(AccountId, ProcessId), Name>>);

#[derive(Debug)]
enum Name {
    Known(String),
    /// Asked for then.
    Asked(Instant),
}

impl ProcessNames {
    /// The name of a run's process, once it was read.
    pub fn of(&self, run: &Run) -> Option<String> {
        let key = (run.key.account.clone(), run.info.process.clone()?);
        match lock(&self.0).get(&key)? {
            Name::Known(name) => Some(name.clone()),
            Name::Asked(_) => None,
        }
    }

    /// Whether it is to be asked for now; from then on it is not, for a while.
    pub(crate) fn begin_asking(&self, key: &(AccountId, ProcessId), now: Instant) -> bool {
        let mut names = lock(&self.0);
        let waits = names.get(key).is_some_and(|name| match name {
            Name::Known(_) => true,
            Name::Asked(at) => now - *at < AGAIN,
        });
        if !waits {
            names.insert(key.clone(), Name::Asked(now));
        }
        !waits
    }

    /// A name was read.
    pub(crate) fn learn(&self, key: (AccountId, ProcessId), name: String) {
        lock(&self.0).insert(key, Name::Known(name));
    }
}
