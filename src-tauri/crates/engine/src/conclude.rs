//! How an attempt ended, written down and told in one go.

use runwatch_core::attempt::Phase;
use runwatch_core::earlier::Traces;
use runwatch_core::lesson::{self, Lesson};
use runwatch_core::outcome::{Judgement, Outcome};
use runwatch_core::story::{PastAttempt, Run, Telling, ToldKind, Write};
use runwatch_core::words;
use tokio::time::Instant;

use crate::cell::Cell;
use crate::engine::Engine;

/// Which end is concluded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// The present attempt's.
    Seen,
    /// That of an attempt which never showed.
    Unseen,
    /// One that was unverified before.
    Corrected,
}

impl Engine {
    /// Writes outcome, history and what is to be told in one transaction (`rules.md`, 13 and 14).
    pub(crate) async fn conclude(&self, cell: &Cell, judgement: Judgement, end: End) {
        let state = cell.state();
        let silent = match state.phase() {
            Some(Phase::Pending { silent, .. } | Phase::Ended { silent, .. }) => *silent,
            _ => false,
        };
        let outcome = judgement.outcome;
        // An attempt that never showed has no duration: what is known is the one before's.
        let seconds = state.run.seconds().filter(|_| end != End::Unseen);
        let telling = self
            .telling(&state.run, &judgement, seconds, state.away)
            .filter(|_| !silent);
        let tellings: Vec<Telling> = match end {
            End::Seen | End::Unseen => telling.into_iter().collect(),
            End::Corrected if outcome == Outcome::Failed => telling
                .map(|telling| {
                    let note = words::correction(&state.run.info.name, &judgement, seconds);
                    let kind = ToldKind::Correction;
                    Telling {
                        kind,
                        title: note.title,
                        body: note.body,
                        ..telling
                    }
                })
                .into_iter()
                .collect(),
            End::Corrected => Vec::new(),
        };
        let lesson =
            lesson::of_run(&state.run, outcome, &state.steps).filter(|_| end != End::Unseen);
        let lessons: Vec<Lesson> = lesson.into_iter().collect();
        self.learned(&lessons);
        let with = Write {
            past: (end != End::Unseen).then(|| past(&state.run, outcome, self.now())),
            lessons,
            tell: tellings.clone(),
            ..Write::default()
        };
        let written = self
            .save(cell, with, |state| {
                if let Some(course) = &mut state.run.course {
                    course.phase = match end {
                        End::Unseen => Phase::Unseen,
                        End::Seen | End::Corrected => Phase::Ended { outcome, silent },
                    };
                    if end != End::Unseen {
                        course.left = Traces::of(&state.steps);
                    }
                }
                state.run.judgement = Some(judgement);
                state.doubted = (outcome == Outcome::Unverified).then(Instant::now);
            })
            .await;
        self.tell(written, tellings);
    }

    /// What to tell of an end: nothing where the run is not watched.
    pub(crate) fn telling(
        &self,
        run: &Run,
        judgement: &Judgement,
        seconds: Option<f64>,
        away: bool,
    ) -> Option<Telling> {
        let note = words::ended(&run.info.name, judgement, seconds);
        run.watched.then(|| Telling {
            kind: ToldKind::Ended,
            account: run.key.account.clone(),
            run: Some(run.key.run.clone()),
            mark: i64::from(run.attempt()),
            outcome: Some(judgement.outcome),
            title: note.title,
            body: note.body,
            at: self.now(),
            away,
        })
    }
}

pub(crate) fn unverified(because: &str) -> Judgement {
    Judgement {
        outcome: Outcome::Unverified,
        because: because.to_owned(),
        first_failed: None,
    }
}

pub(crate) fn past(run: &Run, outcome: Outcome, now: jiff::Timestamp) -> PastAttempt {
    let stamp = run.course.as_ref().map(|course| &course.stamp);
    PastAttempt {
        key: run.key.clone(),
        attempt: run.attempt(),
        started: stamp.and_then(|stamp| stamp.started),
        finished: stamp.and_then(|stamp| stamp.finished),
        seconds: run.seconds(),
        outcome,
        recorded: now,
    }
}
