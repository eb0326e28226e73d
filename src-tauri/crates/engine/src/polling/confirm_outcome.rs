//! Confirms how an ended run ended: its steps are read until they prove it, and looked at again later.

use std::sync::Arc;

use jiff::Timestamp;
use runwatch_core::attempt::{Attempt, Phase};
use runwatch_core::observation::{Listing, Step};
use runwatch_core::outcome::{Judgement, Outcome, PROOF_SECONDS, Verdict};
use runwatch_core::step_freshness::judge_attempt;
use runwatch_core::time::seconds_between;
use runwatch_core::transaction::Transaction;

use crate::engine::Engine;
use crate::error::EngineError;
use crate::polling::conclude::End;
use crate::polling::read_steps::AllSteps;
use crate::runs::interrupted_read::InterruptedRead;
use crate::runs::tracked_run::{TrackedRun, TrackedState};

impl Engine {
    /// Reads steps and status again, and concludes once they prove the outcome (docs/RULES.md, 2 and 4).
    pub(super) async fn confirm_outcome(
        &self,
        tracked: &Arc<TrackedRun>,
    ) -> Result<(), EngineError> {
        let Some((attempt, _)) = tracked.read(pending) else {
            return Ok(());
        };
        // The status has just been read again, and is the same still.
        let earlier = tracked.read(|state| state.interrupted_verdict(self.now()));
        if let Some(Verdict::Decided(judgement)) = earlier {
            self.conclude(tracked, judgement, End::Seen).await;
            return Ok(());
        }
        let read = self.read_steps(tracked).await;
        if matches!(read, Err(EngineError::ActionFirst)) {
            // Nothing was read: the next poll does it.
            return Ok(());
        }
        tracked.update(|state| state.interrupted = interrupted(&attempt, &read));
        if let Err(error) = self.observe(tracked).await {
            // If SolveXia cannot be reached, the run stays pending; not where it answers only ever a part.
            if let Some(Verdict::ReadAgain(judgement)) = earlier
                && tracked
                    .read(pending)
                    .is_some_and(|(_, since)| has_waited(since, self.now()))
            {
                self.conclude(tracked, judgement, End::Seen).await;
            }
            return Err(error);
        }
        let Some((again, since)) = tracked.read(pending) else {
            return Ok(());
        };
        if !is_same(&attempt, &again) {
            return Ok(());
        }
        let steps = read.ok().map(|read| read.steps);
        let now = self.now();
        match judge_attempt(&attempt.stamp, steps.as_ref(), &attempt.steps_before, now) {
            Verdict::Decided(judgement) => self.conclude(tracked, judgement, End::Seen).await,
            Verdict::ReadAgain(judgement) if has_waited(since, now) => {
                self.conclude(tracked, judgement, End::Seen).await;
            }
            Verdict::ReadAgain(_) => {}
        }
        Ok(())
    }

    /// Looks at an end once more (docs/RULES.md, 6), status last (4).
    pub(crate) async fn correct(
        &self,
        tracked: &Arc<TrackedRun>,
        steps: &Listing<Step>,
        proof: NewProof,
    ) -> Result<(), EngineError> {
        let Some((attempt, outcome)) = tracked.read(concluded) else {
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
                return self.save_reason(tracked, judgement).await;
            }
            Verdict::Decided(judgement) if proof.proves(outcome, judgement.outcome) => judgement,
            Verdict::ReadAgain(judgement) if proof.puts_in_doubt(outcome, &steps.entries) => {
                judgement
            }
            Verdict::Decided(_) | Verdict::ReadAgain(_) => return Ok(()),
        };
        self.observe(tracked).await?;
        if tracked
            .read(concluded)
            .is_some_and(|(again, _)| is_same(&attempt, &again))
        {
            self.conclude(tracked, judgement, End::Corrected).await;
        }
        Ok(())
    }

    /// Writes down another reason for the same outcome.
    async fn save_reason(
        &self,
        tracked: &TrackedRun,
        judgement: Judgement,
    ) -> Result<(), EngineError> {
        if tracked.read(|state| state.run.judgement.as_ref() != Some(&judgement)) {
            let apply = |state: &mut TrackedState| state.run.judgement = Some(judgement);
            self.save(tracked, Transaction::default(), apply).await?;
        }
        Ok(())
    }
}

/// Whether steps had the time that they may take to prove an end (docs/RULES.md, 2).
fn has_waited(since: Timestamp, now: Timestamp) -> bool {
    seconds_between(since, now).abs() >= PROOF_SECONDS
}

/// What the next read goes on from.
fn interrupted(attempt: &Attempt, read: &Result<AllSteps, EngineError>) -> Option<InterruptedRead> {
    let steps = match read {
        Ok(AllSteps { stopped: None, .. }) => return None,
        Ok(read) => Some(read.steps.clone()),
        Err(_) => None,
    };
    Some(InterruptedRead::new(attempt, steps))
}

/// By what an end is looked at once more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NewProof {
    /// Its steps were read again.
    StepsReadAgain,
    /// A step was added by hand or taken off again: what counts is another (docs/RULES.md, 2).
    StepAddedByHand,
}

impl NewProof {
    /// Whether what is proven now takes the place of an outcome.
    fn proves(self, outcome: Outcome, now: Outcome) -> bool {
        self == Self::StepAddedByHand || outcome.may_become(now)
    }

    /// Whether what is not proven any more takes a good outcome away: not where a later read has
    /// failed or lags.
    fn puts_in_doubt(self, outcome: Outcome, steps: &[Step]) -> bool {
        let good = outcome.is_success();
        let mut counted = steps.iter().filter(|step| step.counts());
        self == Self::StepAddedByHand && good && counted.all(|step| step.seen.is_some())
    }
}

/// How it ended, once that is known.
fn concluded(state: &TrackedState) -> Option<(Attempt, Outcome)> {
    let attempt = state.run.attempt.clone()?;
    match attempt.phase {
        Phase::Ended { outcome, .. } => Some((attempt, outcome)),
        _ => None,
    }
}

/// Whether two attempts speak of the same end.
fn is_same(a: &Attempt, b: &Attempt) -> bool {
    a.number == b.number && a.stamp.same_as(&b.stamp)
}

/// An end that is not confirmed yet, and since when.
fn pending(state: &TrackedState) -> Option<(Attempt, Timestamp)> {
    let attempt = state.run.attempt.clone()?;
    match attempt.phase {
        Phase::Pending { since, .. } => Some((attempt, since)),
        _ => None,
    }
}
