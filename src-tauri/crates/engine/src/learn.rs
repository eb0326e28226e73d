//! How long the runs of a process take, as the runs that ended here and earlier ones taught it.

use std::sync::Arc;

use runwatch_core::error::StoreError;
use runwatch_core::habit::Habit;
use runwatch_core::ids::RunKey;
use runwatch_core::insight::{Insight, insight, is_long, running_for};
use runwatch_core::lesson::Lesson;
use runwatch_core::story::{Run, Telling, ToldKind, Write};
use runwatch_core::words;

use crate::cell::Cell;
use crate::engine::{Engine, EngineError};
use crate::lock;

/// A habit is learned from the newest runs: processes change.
const NEWEST: usize = 30;

/// What is known of one process.
#[derive(Debug, Clone, Default)]
pub(crate) struct Known {
    /// Newest first.
    pub lessons: Vec<Lesson>,
    pub habit: Option<Arc<Habit>>,
    /// Its earlier runs were read, or are being read.
    pub studied: bool,
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

    /// What earlier runs say about a run of the table, by this computer's clock.
    ///
    /// # Errors
    /// [`EngineError::NoSuchRun`].
    pub fn insight(&self, key: &RunKey) -> Result<Insight, EngineError> {
        let ahead = self.clock_ahead(&key.account);
        let state = self.cell(key)?.state().by_this_clock(ahead);
        // What is gone does not go on.
        let habit = self.habit(&state.run).filter(|_| !state.gone);
        let place = state
            .run
            .info
            .process
            .clone()
            .map(|process| (key.account.clone(), process));
        let lessons = place.and_then(|place| {
            let known = lock(&self.inner.known);
            let lessons = known.get(&place)?.lessons.iter().cloned();
            Some(
                lessons
                    .map(|lesson| lesson.by_this_clock(ahead))
                    .collect::<Vec<_>>(),
            )
        });
        Ok(insight(
            &state.run,
            &state.steps,
            habit.as_deref(),
            &lessons.unwrap_or_default(),
            self.now(),
        ))
    }

    /// Tells once an attempt that a watched run takes much longer than usual.
    pub(crate) async fn tell_if_long(&self, cell: &Cell) {
        let state = cell.state();
        let (run, now) = (state.run, self.now());
        let wanted = run.watched && lock(&self.inner.choices).long;
        if !wanted || state.long == Some(run.attempt()) {
            return;
        }
        let elapsed = running_for(&run, self.now_there(&run.key.account));
        let Some((habit, elapsed)) = self.habit(&run).zip(elapsed) else {
            return;
        };
        if !is_long(&habit, elapsed) {
            return;
        }
        let note = words::long(&run.info.name, elapsed, habit.when_left(0.5));
        let telling = Telling {
            kind: ToldKind::Long,
            account: run.key.account.clone(),
            run: Some(run.key.run.clone()),
            mark: i64::from(run.attempt()),
            outcome: None,
            title: note.title,
            body: note.body,
            at: now,
            away: false,
        };
        let with = Write {
            tell: vec![telling.clone()],
            ..Write::default()
        };
        let written = self
            .save(cell, with, |state| state.long = Some(run.attempt()))
            .await;
        self.tell(written, vec![telling]);
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
}
