//! One read of one run: its status, and once it has ended its steps and its outcome.

use std::sync::Arc;

use runwatch_core::action::{ActionResult, Deed};
use runwatch_core::attempt::{Change, Course, Phase, observe, seconds_between};
use runwatch_core::ids::RunKey;
use runwatch_core::observation::RunObservation;
use runwatch_core::outcome::{Judgement, Outcome, PROOF_SECONDS, Verdict, judge};
use runwatch_core::status::RunStatus;
use runwatch_core::story::{PastAttempt, Run, Telling, Told, ToldKind, Write};
use runwatch_core::words::{self, Note};
use tokio::time::Instant;

use crate::cell::{Cell, OpenAction};
use crate::engine::{Engine, EngineError, Event};
use crate::lock;

const OVERTAKEN: &str = "It ended, but was started again before its steps could be read.";
const UNPROVEN: &str = "A start was asked for here, but SolveXia has shown no sign of it for 2 minutes. \
                        Look at the run in SolveXia.";

/// Which end is concluded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// The present attempt's.
    Seen,
    /// That of an attempt which never showed.
    Unseen,
    /// One that was unverified before.
    Corrected,
}

impl Engine {
    /// Reads a run now: its status, and its steps where it has ended or `with_steps` asks for them.
    ///
    /// # Errors
    /// [`EngineError`] when there is no such run or SolveXia could not be asked.
    pub async fn look(&self, key: &RunKey, with_steps: bool) -> Result<(), EngineError> {
        let cell = self.cell(key)?;
        let _turn = cell.turn.lock().await;
        self.look_in_turn(&cell, with_steps).await
    }

    /// The same for one who holds the run's turn.
    pub(crate) async fn look_in_turn(
        &self,
        cell: &Arc<Cell>,
        with_steps: bool,
    ) -> Result<(), EngineError> {
        self.read_status(cell).await?;
        if cell.peek(|state| state.pending()) {
            self.settle(cell).await?;
        } else if with_steps || self.doubted(cell) {
            let steps = self.read_steps(cell).await?;
            self.correct(cell, &steps).await;
        }
        cell.change(|state| state.away &= state.pending());
        Ok(())
    }

    /// Reads the status and takes it in.
    pub(crate) async fn read_status(
        &self,
        cell: &Arc<Cell>,
    ) -> Result<RunObservation, EngineError> {
        let account = &cell.key.account;
        let answer = self.api(account)?.run_status(&cell.key.run).await;
        match self.asked(account, answer) {
            Ok(seen) => {
                self.take(cell, &seen).await;
                Ok(seen)
            }
            Err(error) => {
                cell.change(|state| {
                    state.problem = Some(error.clone());
                    state.failures += 1;
                });
                self.changed(&cell.key);
                Err(error.into())
            }
        }
    }

    /// Takes a status in: moves the course on, and writes down what changed.
    async fn take(&self, cell: &Cell, seen: &RunObservation) {
        let now = self.now();
        let before = cell.state();
        let (course, change) = observe(before.run.course.as_ref(), seen, now);
        let overtaken = matches!(change, Change::NewAttempt { lost: true });
        let mut with = Write::default();
        if overtaken {
            let judgement = unverified(OVERTAKEN);
            with.past = Some(past(&before.run, judgement.outcome, now));
            with.tell
                .extend(self.telling(&before.run, &judgement, before.away));
        }
        let began = matches!(change, Change::NewAttempt { .. });
        let moved = before.run.course.as_ref() != Some(&course)
            || before.run.duration_seconds != seen.duration_seconds
            || before.problem.is_some();
        let tellings = with.tell.clone();
        let apply = |state: &mut crate::cell::CellState| {
            state.run.course = Some(course);
            state.run.duration_seconds = seen.duration_seconds;
            state.run.seen_at = Some(now);
            state.problem = None;
            state.failures = 0;
            if began {
                state.run.judgement = None;
                state.doubted = None;
            }
        };
        if moved {
            let written = self
                .save(cell, with, apply)
                .await
                .map(|written| written.told);
            self.tell(written, tellings);
        } else {
            cell.change(apply);
            self.changed(&cell.key);
        }
        if change == Change::Unproven {
            self.conclude(cell, unverified(UNPROVEN), End::Unseen).await;
        }
        self.resolve_action(cell).await;
    }

    /// Reads steps and status again, and concludes once they prove the outcome (`rules.md`, 2 and 4).
    async fn settle(&self, cell: &Arc<Cell>) -> Result<(), EngineError> {
        let Some((course, since)) = pending(cell) else {
            return Ok(());
        };
        let steps = match self.read_steps(cell).await {
            Ok(steps) => Some(steps),
            // Whoever cannot be asked at all proves nothing: it stays pending.
            Err(error) if self.barred(&cell.key.account).is_some() => return Err(error),
            Err(_) => None,
        };
        self.read_status(cell).await?;
        let unmoved = pending(cell).is_some_and(|(again, _)| again.stamp.same_as(&course.stamp));
        if !unmoved {
            cell.change(|state| state.due = Instant::now());
            return Ok(());
        }
        match judge(&course.stamp.status, steps.as_deref()) {
            Verdict::Decided(judgement) => self.conclude(cell, judgement, End::Seen).await,
            Verdict::ReadAgain(judgement)
                if seconds_between(since, self.now()) >= PROOF_SECONDS =>
            {
                self.conclude(cell, judgement, End::Seen).await;
            }
            Verdict::ReadAgain(_) => {}
        }
        Ok(())
    }

    /// Looks at an end that was unverified once more (`rules.md`, 6).
    async fn correct(&self, cell: &Cell, steps: &[runwatch_core::observation::Step]) {
        let Some(course) = cell.peek(|state| state.run.course.clone()) else {
            return;
        };
        let Phase::Ended {
            outcome: Outcome::Unverified,
            ..
        } = course.phase
        else {
            return;
        };
        if let Verdict::Decided(judgement) = judge(&course.stamp.status, Some(steps))
            && judgement.outcome != Outcome::Unverified
        {
            self.conclude(cell, judgement, End::Corrected).await;
        }
    }

    fn doubted(&self, cell: &Cell) -> bool {
        cell.peek(|state| {
            matches!(
                state.phase(),
                Some(Phase::Ended {
                    outcome: Outcome::Unverified,
                    ..
                })
            ) && state.doubted.is_some()
        })
    }

    /// Writes outcome, history and what is to be told in one transaction (`rules.md`, 13 and 14).
    async fn conclude(&self, cell: &Cell, judgement: Judgement, end: End) {
        let state = cell.state();
        let silent = match state.phase() {
            Some(Phase::Pending { silent, .. } | Phase::Ended { silent, .. }) => *silent,
            _ => false,
        };
        let outcome = judgement.outcome;
        let telling = self
            .telling(&state.run, &judgement, state.away)
            .filter(|_| !silent);
        let tellings: Vec<Telling> = match end {
            End::Seen | End::Unseen => telling.into_iter().collect(),
            End::Corrected if outcome == Outcome::Failed => telling
                .map(|telling| {
                    let note =
                        words::correction(&state.run.info.name, &judgement, state.run.seconds());
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
        let with = Write {
            past: Some(past(&state.run, outcome, self.now())),
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
                }
                state.run.judgement = Some(judgement);
                state.doubted = (outcome == Outcome::Unverified).then(Instant::now);
            })
            .await;
        self.tell(written.map(|written| written.told), tellings);
    }

    /// What to tell of an end: nothing where the run is not watched.
    fn telling(&self, run: &Run, judgement: &Judgement, away: bool) -> Option<Telling> {
        let note = words::ended(&run.info.name, judgement, run.seconds());
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

    /// Hands on what is in the Inbox now; what could not be written down is told from memory
    /// (`rules.md`, 17).
    fn tell(
        &self,
        written: Result<Vec<Told>, runwatch_core::error::StoreError>,
        tellings: Vec<Telling>,
    ) {
        let told = written.unwrap_or_else(|_| {
            let mut unwritten = lock(&self.inner.unwritten);
            let told: Vec<Told> = tellings
                .into_iter()
                .zip(1..)
                .map(|(telling, n)| Told {
                    id: -(unwritten.len() as i64) - n,
                    telling,
                    read: false,
                })
                .collect();
            unwritten.extend(told.iter().cloned());
            told
        });
        for told in told {
            self.emit(Event::Told(told.clone()));
            // The receiver goes only when the app does.
            let _ = self.inner.outbox.send(told);
        }
    }

    /// Says of an action without an answer what its run shows by now (`rules.md`, 11).
    async fn resolve_action(&self, cell: &Cell) {
        let state = cell.state();
        let (Some(OpenAction { action, tell }), Some(course)) =
            (state.open_action, state.run.course)
        else {
            return;
        };
        if state.busy {
            return;
        }
        let Some((result, message)) = found_out(&action.deed, &course) else {
            return;
        };
        let action = runwatch_core::action::Action {
            result,
            message,
            answered: Some(self.now()),
            ..action
        };
        let note = action_note(&action);
        let tellings: Vec<Telling> = tell
            .then(|| Telling {
                kind: ToldKind::Action,
                account: action.key.account.clone(),
                run: Some(action.key.run.clone()),
                mark: action.id,
                outcome: None,
                title: note.title,
                body: note.body,
                at: self.now(),
                away: true,
            })
            .into_iter()
            .collect();
        let with = Write {
            action: Some(action.clone()),
            tell: tellings.clone(),
            ..Write::default()
        };
        let written = self
            .save(cell, with, |state| state.open_action = None)
            .await;
        self.emit(Event::Action(Box::new(action)));
        self.tell(written.map(|written| written.told), tellings);
    }
}

/// What a run's course proves of an action whose answer was lost; none while nothing.
fn found_out(deed: &Deed, course: &Course) -> Option<(ActionResult, String)> {
    let word = course.stamp.status.word();
    let seen = Some((
        ActionResult::Ok,
        format!("The answer was lost, but SolveXia shows the run as {word} now."),
    ));
    match (deed, &course.phase) {
        (Deed::Start | Deed::Restart { .. }, Phase::Proving { .. }) => None,
        (Deed::Start | Deed::Restart { .. }, Phase::Unseen) => Some((
            ActionResult::Unknown,
            "The answer was lost, and SolveXia shows no sign of a new attempt.".to_owned(),
        )),
        (Deed::Start | Deed::Restart { .. }, _) => seen,
        (Deed::Cancel, _) if course.stamp.status == RunStatus::Cancelled => seen,
        (Deed::Cancel, _) if course.stamp.ended() => Some((
            ActionResult::Unknown,
            format!("The answer was lost. The run ended by itself and is {word} now."),
        )),
        (Deed::Cancel, _) => None,
    }
}

fn action_note(action: &runwatch_core::action::Action) -> Note {
    let title = format!(
        "{} was {} before Runwatch was closed",
        action.run_name,
        words::done(&action.deed)
    );
    Note {
        title,
        body: action.message.clone(),
    }
}

fn pending(cell: &Cell) -> Option<(Course, jiff::Timestamp)> {
    cell.peek(|state| match state.run.course.as_ref() {
        Some(course) => match course.phase {
            Phase::Pending { since, .. } => Some((course.clone(), since)),
            _ => None,
        },
        None => None,
    })
}

fn unverified(because: &str) -> Judgement {
    Judgement {
        outcome: Outcome::Unverified,
        because: because.to_owned(),
        first_failed: None,
    }
}

fn past(run: &Run, outcome: Outcome, now: jiff::Timestamp) -> PastAttempt {
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
