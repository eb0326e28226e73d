//! Learning how long the runs of a process take: from the runs that end here, and once from those
//! that ended before the process was first watched.

use std::sync::Arc;

use runwatch_core::error::StoreError;
use runwatch_core::habit::Habit;
use runwatch_core::ids::{AccountId, ProcessId, RunKey};
use runwatch_core::lesson::{self, Lesson};
use runwatch_core::story::{Run, Write};
use tokio::time::Instant;

use crate::engine::{Engine, EngineError};
use crate::lock;

/// Earlier runs that are read when a process is first watched.
const EARLIER: usize = 10;
/// A habit is learned from the newest runs: processes change.
const NEWEST: usize = 30;

/// What is known of one process.
#[derive(Debug, Clone, Default)]
pub(crate) struct Known {
    /// Newest first.
    pub lessons: Vec<Lesson>,
    pub habit: Option<Arc<Habit>>,
    /// Its earlier runs were read, or are being read.
    studied: bool,
}

impl Known {
    fn add(&mut self, new: &[Lesson]) {
        self.lessons
            .retain(|known| !new.iter().any(|lesson| lesson.key == known.key));
        self.lessons.extend(new.iter().cloned());
        self.lessons
            .sort_by_key(|lesson| std::cmp::Reverse(lesson.ended));
        self.lessons.truncate(NEWEST);
        let seconds: Vec<f64> = self.lessons.iter().map(|lesson| lesson.seconds).collect();
        self.habit = Habit::learn(&seconds).map(Arc::new);
    }
}

impl Engine {
    /// How long its process takes, where that says something of this attempt: a restarted run does
    /// only a part of the work.
    pub(crate) fn habit(&self, run: &Run) -> Option<Arc<Habit>> {
        let process = run.info.process.clone().filter(|_| run.attempt() <= 1)?;
        let known = lock(&self.inner.known);
        known
            .get(&(run.key.account.clone(), process))?
            .habit
            .clone()
    }

    /// Remembers what earlier runs of a run's process taught.
    pub(crate) async fn recall(&self, run: &Run) -> Result<(), StoreError> {
        let Some(process) = run.info.process.clone() else {
            return Ok(());
        };
        let place = (run.key.account.clone(), process);
        if lock(&self.inner.known).contains_key(&place) {
            return Ok(());
        }
        let store = &self.inner.ports.store;
        let lessons = store.lessons(&place.0, &place.1, NEWEST as u32).await?;
        lock(&self.inner.known)
            .entry(place)
            .or_default()
            .add(&lessons);
        Ok(())
    }

    /// Takes in what was just learned.
    pub(crate) fn learned(&self, lessons: &[Lesson]) {
        for lesson in lessons {
            let place = (lesson.key.account.clone(), lesson.process.clone());
            let mut known = lock(&self.inner.known);
            known
                .entry(place)
                .or_default()
                .add(std::slice::from_ref(lesson));
        }
    }

    /// Learns from earlier runs when a process is first watched, beside everything else.
    pub(crate) fn study(&self, key: &RunKey) {
        let process = self
            .cell(key)
            .ok()
            .and_then(|cell| cell.peek(|state| state.run.info.process.clone()));
        let Some(process) = process else {
            return;
        };
        let place = (key.account.clone(), process);
        {
            let mut known = lock(&self.inner.known);
            let known = known.entry(place.clone()).or_default();
            if known.studied || known.lessons.len() >= EARLIER {
                return;
            }
            known.studied = true;
        }
        let engine = self.clone();
        tokio::spawn(async move {
            let (account, process) = &place;
            if let Err(error) = engine.read_earlier(account, process).await {
                tracing::debug!(%error, "earlier runs could not be read");
                // The next watch of the process tries again.
                if let Some(known) = lock(&engine.inner.known).get_mut(&place) {
                    known.studied = false;
                }
            }
        });
    }

    async fn read_earlier(
        &self,
        account: &AccountId,
        process: &ProcessId,
    ) -> Result<(), EngineError> {
        let api = self.api(account)?;
        let runs = self.asked(account, api.process_runs(process).await)?;
        let place = (account.clone(), process.clone());
        let taught = lock(&self.inner.known)
            .get(&place)
            .map_or_else(Vec::new, |known| known.lessons.clone());
        let mut earlier = lesson::newest_first(runs);
        // Runs of the table teach by themselves, when they end.
        let ours = self.cells_of(account);
        earlier.retain(|run| {
            let known = taught.iter().any(|lesson| lesson.key.run == *run);
            !known && !ours.iter().any(|cell| cell.key.run == *run)
        });
        earlier.truncate(EARLIER.saturating_sub(taught.len()));
        let mut lessons = Vec::new();
        for run in earlier {
            // What is watched comes first; where the host wants to be left alone, this can wait.
            if !self.askable(account, Instant::now()) {
                break;
            }
            let Ok(seen) = self.asked(account, api.run_status(&run).await) else {
                continue;
            };
            let its_own = Some(seen).filter(|seen| seen.run == run);
            lessons.extend(its_own.and_then(|seen| lesson::of_earlier(account, process, &seen)));
        }
        // Its account may have been removed meanwhile.
        if lessons.is_empty() || self.session(account).is_none() {
            return Ok(());
        }
        self.learned(&lessons);
        self.reschedule_all();
        let with = Write {
            lessons,
            ..Write::default()
        };
        self.write(with).await?;
        Ok(())
    }
}
