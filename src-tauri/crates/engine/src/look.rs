//! One read of one run: its status, and once it has ended its steps and its outcome.

use std::sync::Arc;

use runwatch_core::attempt::{Change, Course, Phase, observe, seconds_between};
use runwatch_core::earlier::{Traces, judge_attempt};
use runwatch_core::error::{CallError, StoreError, Trouble};
use runwatch_core::ids::RunKey;
use runwatch_core::lesson::{self, Lesson};
use runwatch_core::observation::{RunObservation, Step};
use runwatch_core::outcome::{Judgement, Outcome, PROOF_SECONDS, Verdict};
use runwatch_core::sight::View;
use runwatch_core::story::{PastAttempt, Run, Telling, ToldKind, Write};
use runwatch_core::words;
use tokio::time::Instant;

use crate::cell::{Cell, CellState};
use crate::engine::{Engine, EngineError};

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
        let (engine, key) = (self.clone(), key.clone());
        // Goes on to its end even where the caller stops waiting: what is written must be told.
        let read = tokio::spawn(async move { engine.look_to_the_end(&key, with_steps).await });
        read.await.unwrap_or_else(|_| {
            let sentence = "Runwatch failed while reading this run. It tries again.";
            Err(EngineError::NotNow(sentence.into()))
        })
    }

    async fn look_to_the_end(&self, key: &RunKey, with_steps: bool) -> Result<(), EngineError> {
        let cell = self.cell(key)?;
        let _turn = cell.turn.lock().await;
        if !self.holds(&cell) {
            return Err(EngineError::NoSuchRun);
        }
        self.read_status(&cell).await?;
        if cell.peek(|state| state.pending()) {
            self.settle(&cell).await?;
        } else if with_steps || cell.peek(to_be_corrected) {
            let steps = self.read_steps(&cell).await?;
            self.correct(&cell, &steps).await?;
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
        // What ended while the computer slept may be seen before the loop has woken up.
        self.notice_sleep();
        let answer = answer.and_then(|seen| of_this_run(seen, cell));
        match self.asked(account, answer) {
            Ok(seen) => {
                let first = self.first_attempt(cell).await?;
                self.take(cell, &seen, first).await;
                Ok(seen)
            }
            Err(error) => {
                cell.change(|state| {
                    state.problem = Some(error.clone());
                    state.failures += 1;
                    state.view = View::Blind;
                });
                self.changed(&cell.key);
                Err(error.into())
            }
        }
    }

    /// A run that was taken off the table and added again goes on counting: each attempt is told
    /// once, and what was told of the earlier ones is still in the Inbox.
    async fn first_attempt(&self, cell: &Cell) -> Result<u32, StoreError> {
        if cell.peek(|state| state.run.course.is_some()) {
            return Ok(1);
        }
        let told = self.inner.ports.store.inbox(u32::MAX).await?;
        let of_run = told.iter().map(|told| &told.telling).filter(|telling| {
            telling.account == cell.key.account
                && telling.run.as_ref() == Some(&cell.key.run)
                && matches!(telling.kind, ToldKind::Ended | ToldKind::Correction)
        });
        let latest = of_run.map(|telling| telling.mark).max().unwrap_or(0);
        Ok(u32::try_from(latest).unwrap_or(0).saturating_add(1))
    }

    /// Takes a status in: moves the course on, and writes down what changed.
    async fn take(&self, cell: &Cell, seen: &RunObservation, first: u32) {
        let now = self.now();
        let before = cell.state();
        let (mut course, change) = observe(before.run.course.as_ref(), seen, now);
        course.attempt = course.attempt.max(first);
        let overtaken = matches!(change, Change::NewAttempt { lost: true });
        let mut with = Write::default();
        if overtaken {
            let judgement = unverified(OVERTAKEN);
            with.past = Some(past(&before.run, judgement.outcome, now));
            let seconds = before.run.seconds();
            let telling = self.telling(&before.run, &judgement, seconds, before.away);
            with.tell.extend(telling);
        }
        let began = matches!(change, Change::NewAttempt { .. });
        let moved = before.run.course.as_ref() != Some(&course)
            || before.run.duration_seconds != seen.duration_seconds
            || before.problem.is_some();
        let tellings = with.tell.clone();
        let apply = |state: &mut CellState| {
            state.run.course = Some(course);
            state.run.duration_seconds = seen.duration_seconds;
            state.run.seen_at = Some(now);
            state.problem = None;
            state.failures = 0;
            state.view = View::Clear;
            if began {
                state.run.judgement = None;
                state.doubted = None;
            }
        };
        if moved {
            let written = self.save(cell, with, apply).await;
            self.tell(written, tellings);
        } else {
            cell.change(apply);
            self.changed(&cell.key);
        }
        if change == Change::Unproven {
            self.conclude(cell, unverified(UNPROVEN), End::Unseen).await;
        }
        self.resolve_actions(cell).await;
        self.tell_if_long(cell).await;
    }

    /// Reads steps and status again, and concludes once they prove the outcome (`rules.md`, 2 and 4).
    async fn settle(&self, cell: &Arc<Cell>) -> Result<(), EngineError> {
        let Some((course, _)) = pending(cell) else {
            return Ok(());
        };
        let steps = self.read_steps(cell).await.ok();
        // Where nobody can be asked at all, this fails too: nothing is proven, it stays pending.
        self.read_status(cell).await?;
        let Some((again, since)) = pending(cell) else {
            return Ok(());
        };
        if !is_same(&course, &again) {
            return Ok(());
        }
        let waited = seconds_between(since, self.now()).abs();
        match judge_attempt(&course.stamp.status, steps.as_deref(), &course.earlier) {
            Verdict::Decided(judgement) => self.conclude(cell, judgement, End::Seen).await,
            Verdict::ReadAgain(judgement) if waited >= PROOF_SECONDS => {
                self.conclude(cell, judgement, End::Seen).await;
            }
            Verdict::ReadAgain(_) => {}
        }
        Ok(())
    }

    /// Looks at an end that was unverified once more (`rules.md`, 6), status last (4).
    async fn correct(&self, cell: &Arc<Cell>, steps: &[Step]) -> Result<(), EngineError> {
        let unproven = |state: &CellState| {
            let course = state.run.course.clone();
            course.filter(|_| state.unproven())
        };
        let Some(course) = cell.peek(unproven) else {
            return Ok(());
        };
        let verdict = judge_attempt(&course.stamp.status, Some(steps), &course.earlier);
        let Verdict::Decided(judgement) = verdict else {
            return Ok(());
        };
        if judgement.outcome == Outcome::Unverified {
            return Ok(());
        }
        self.read_status(cell).await?;
        if cell
            .peek(unproven)
            .is_some_and(|again| is_same(&course, &again))
        {
            self.conclude(cell, judgement, End::Corrected).await;
        }
        Ok(())
    }

    /// Writes outcome, history and what is to be told in one transaction (`rules.md`, 13 and 14).
    async fn conclude(&self, cell: &Cell, judgement: Judgement, end: End) {
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
        let lesson = lesson::of_run(&state.run, outcome).filter(|_| end != End::Unseen);
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
    fn telling(
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

/// An end that was unverified is looked at again: after it was told, and once after a start.
fn to_be_corrected(state: &CellState) -> bool {
    state.unproven() && (state.doubted.is_some() || state.away)
}

/// Whether two courses speak of the same end.
fn is_same(a: &Course, b: &Course) -> bool {
    a.attempt == b.attempt && a.stamp.same_as(&b.stamp)
}

/// An answer that names another run is never this run's state (`rules.md`, 12).
fn of_this_run(seen: RunObservation, cell: &Cell) -> Result<RunObservation, CallError> {
    if seen.run == cell.key.run {
        return Ok(seen);
    }
    let message = format!("SolveXia answered for another run ({}).", seen.run);
    Err(CallError::unsent(Trouble::BadAnswer, message))
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
