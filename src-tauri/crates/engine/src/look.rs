//! One read of one run: its status, and once it has ended its steps and its outcome.

use std::sync::Arc;

use runwatch_core::attempt::{Attempt, AttemptChange, Phase, observe};
use runwatch_core::error::{CallError, StoreError, Trouble};
use runwatch_core::ids::RunKey;
use runwatch_core::observation::{RunObservation, Step};
use runwatch_core::outage::Visibility;
use runwatch_core::outcome::{Judgement, Outcome, PROOF_SECONDS, Verdict};
use runwatch_core::run::EndedAttempt;
use runwatch_core::step_freshness::judge_attempt;
use runwatch_core::time::seconds_between;
use runwatch_core::transaction::Transaction;

use crate::cell::{Cell, CellState};
use crate::conclude::{End, past, unverified};
use crate::engine::{Engine, EngineError};
use crate::session::{Session, SignInState};

const OVERTAKEN: &str = "It ended, but was started again before its steps could be read.";
const UNPROVEN: &str = "A start was asked for here, but SolveXia has shown no sign of it for 2 minutes. \
                        Look at the run in SolveXia.";

impl Engine {
    /// Reads a run now, as its user wishes: what was refused may be tried again, the sign-in too, and
    /// it may have another name.
    ///
    /// # Errors
    /// As [`Engine::look`].
    pub async fn refresh(&self, key: &RunKey) -> Result<(), EngineError> {
        let cell = self.cell(key)?;
        cell.change(|state| state.refused = None);
        let session = self.session(&key.account);
        if let Some(Session {
            api: Some(api),
            standing: SignInState::SignedOut,
            ..
        }) = session
        {
            // Only a read shows that all is well again.
            if let Err(error) = api.sign_in().await {
                self.asked::<()>(&key.account, Err(error))?;
            }
        }
        self.look(key, false).await?;
        self.ask_name(&cell);
        Ok(())
    }

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
            self.correct(&cell, &steps, Found::Later).await?;
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
                let missing = |error: &CallError| error.trouble == Trouble::NotFound;
                let gone = cell.change(|state| {
                    // Once may be a slip.
                    let again = state.problem.as_ref().is_some_and(missing) && missing(&error);
                    state.problem = Some(error.clone());
                    state.failures += 1;
                    state.view = Visibility::Blind;
                    let tell = again && !state.gone && state.awaited();
                    state.gone |= again;
                    tell
                });
                self.changed(&cell.key);
                if gone {
                    self.tell_gone(cell).await;
                }
                Err(error.into())
            }
        }
    }

    /// A run that was taken off the table and added again goes on counting: each attempt is told
    /// once and has its own row in the history, where those of the earlier ones still are.
    async fn first_attempt(&self, cell: &Cell) -> Result<u32, StoreError> {
        if cell.peek(|state| state.run.attempt.is_some()) {
            return Ok(1);
        }
        let latest = self.inner.ports.store.latest_attempt(&cell.key).await?;
        Ok(latest.saturating_add(1))
    }

    /// Takes a status in: moves the course on, and writes down what changed.
    async fn take(&self, cell: &Cell, seen: &RunObservation, first: u32) {
        let now = self.now();
        let before = cell.state();
        let ahead = self.clock_ahead(&cell.key.account);
        let (mut attempt, change) = observe(before.run.attempt.as_ref(), seen, now, ahead);
        attempt.number = attempt.number.max(first);
        let overtaken = matches!(change, AttemptChange::NewAttempt { lost: true });
        let mut with = Transaction::default();
        if overtaken {
            let judgement = unverified(OVERTAKEN);
            let run = &before.run;
            // While it went, SolveXia's figure was no duration yet.
            let seconds = run.attempt.as_ref().filter(|attempt| attempt.stamp.ended());
            let seconds = seconds.and_then(|_| run.seconds());
            with.past = Some(EndedAttempt {
                seconds,
                ..past(run, judgement.outcome, now)
            });
            let notification = self.notification(&before.run, &judgement, seconds, before.away);
            with.tell.extend(notification);
        }
        let began = matches!(change, AttemptChange::NewAttempt { .. });
        let has_ended = matches!(attempt.phase, Phase::Pending { silent: false, .. });
        if has_ended && change != AttemptChange::None {
            self.ask_name(cell);
        }
        let moved = before.run.attempt.as_ref() != Some(&attempt)
            // While a run goes, each read has another.
            || (attempt.stamp.ended() && before.run.duration_seconds != seen.duration_seconds)
            || before.problem.is_some();
        let notifications = with.tell.clone();
        let apply = |state: &mut CellState| {
            state.run.attempt = Some(attempt);
            state.run.duration_seconds = seen.duration_seconds;
            state.run.seen_at = Some(now);
            state.problem = None;
            state.failures = 0;
            state.view = Visibility::Clear;
            state.gone = false;
            if began {
                state.run.judgement = None;
                state.doubted = None;
            }
        };
        if moved {
            let written = self.save(cell, with, apply).await;
            self.tell(written, notifications);
        } else {
            cell.change(apply);
            self.changed(&cell.key);
        }
        if change == AttemptChange::Unproven {
            self.conclude(cell, unverified(UNPROVEN), End::Unseen).await;
        }
        self.resolve_actions(cell).await;
        self.tell_if_long(cell).await;
    }

    /// Reads steps and status again, and concludes once they prove the outcome (docs/RULES.md, 2 and 4).
    async fn settle(&self, cell: &Arc<Cell>) -> Result<(), EngineError> {
        let Some((attempt, _)) = pending(cell) else {
            return Ok(());
        };
        let steps = self.read_steps(cell).await.ok();
        // Where nobody can be asked at all, this fails too: nothing is proven, it stays pending.
        self.read_status(cell).await?;
        let Some((again, since)) = pending(cell) else {
            return Ok(());
        };
        if !is_same(&attempt, &again) {
            return Ok(());
        }
        let now = self.now();
        let waited = seconds_between(since, now).abs();
        match judge_attempt(&attempt.stamp, steps.as_deref(), &attempt.steps_before, now) {
            Verdict::Decided(judgement) => self.conclude(cell, judgement, End::Seen).await,
            Verdict::ReadAgain(judgement) if waited >= PROOF_SECONDS => {
                self.conclude(cell, judgement, End::Seen).await;
            }
            Verdict::ReadAgain(_) => {}
        }
        Ok(())
    }

    /// Looks at an end once more (docs/RULES.md, 6), status last (4).
    pub(crate) async fn correct(
        &self,
        cell: &Arc<Cell>,
        steps: &[Step],
        found: Found,
    ) -> Result<(), EngineError> {
        let Some((attempt, outcome)) = cell.peek(concluded) else {
            return Ok(());
        };
        let verdict = judge_attempt(
            &attempt.stamp,
            Some(steps),
            &attempt.steps_before,
            self.now(),
        );
        let judgement = match verdict {
            Verdict::Decided(judgement) if judgement.outcome == outcome => {
                return self.say_anew(cell, judgement).await;
            }
            Verdict::Decided(judgement) if found.proves(outcome, judgement.outcome) => judgement,
            Verdict::ReadAgain(judgement) if found.puts_in_doubt(outcome, steps) => judgement,
            Verdict::Decided(_) | Verdict::ReadAgain(_) => return Ok(()),
        };
        self.read_status(cell).await?;
        if cell
            .peek(concluded)
            .is_some_and(|(again, _)| is_same(&attempt, &again))
        {
            self.conclude(cell, judgement, End::Corrected).await;
        }
        Ok(())
    }

    /// The outcome stays, but not what it rests on.
    async fn say_anew(&self, cell: &Cell, judgement: Judgement) -> Result<(), EngineError> {
        if cell.peek(|state| state.run.judgement.as_ref() != Some(&judgement)) {
            let apply = |state: &mut CellState| state.run.judgement = Some(judgement);
            self.save(cell, Transaction::default(), apply).await?;
        }
        Ok(())
    }
}

/// By what an end is looked at once more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Found {
    /// Its steps were read again.
    Later,
    /// A step was added by hand or taken off again: what counts is another (docs/RULES.md, 2).
    ByHand,
}

impl Found {
    /// Whether what is proven now takes the place of an outcome.
    fn proves(self, outcome: Outcome, now: Outcome) -> bool {
        self == Self::ByHand || outcome.may_become(now)
    }

    /// Whether what is not proven any more takes a good outcome away: not where a later read has
    /// failed or lags.
    fn puts_in_doubt(self, outcome: Outcome, steps: &[Step]) -> bool {
        let good = matches!(outcome, Outcome::Succeeded | Outcome::Warnings);
        let mut counted = steps.iter().filter(|step| step.counts());
        self == Self::ByHand && good && counted.all(|step| step.seen.is_some())
    }
}

/// How it ended, once that is known.
fn concluded(state: &CellState) -> Option<(Attempt, Outcome)> {
    let attempt = state.run.attempt.clone()?;
    match attempt.phase {
        Phase::Ended { outcome, .. } => Some((attempt, outcome)),
        _ => None,
    }
}

/// An end that was unverified is looked at again: after it was told, and once after a start.
fn to_be_corrected(state: &CellState) -> bool {
    state.unproven() && (state.doubted.is_some() || state.away)
}

/// Whether two courses speak of the same end.
fn is_same(a: &Attempt, b: &Attempt) -> bool {
    a.number == b.number && a.stamp.same_as(&b.stamp)
}

/// An answer that names another run is never this run's state (docs/RULES.md, 12).
fn of_this_run(seen: RunObservation, cell: &Cell) -> Result<RunObservation, CallError> {
    if seen.run == cell.key.run {
        return Ok(seen);
    }
    let message = format!("SolveXia answered for another run ({}).", seen.run);
    Err(CallError::unsent(Trouble::BadAnswer, message))
}

fn pending(cell: &Cell) -> Option<(Attempt, jiff::Timestamp)> {
    cell.peek(|state| match state.run.attempt.as_ref() {
        Some(attempt) => match attempt.phase {
            Phase::Pending { since, .. } => Some((attempt.clone(), since)),
            _ => None,
        },
        None => None,
    })
}
