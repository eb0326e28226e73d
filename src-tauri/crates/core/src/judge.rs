//! How an ended run really ended: one pure function, a whitelist (docs/RULES.md, 1–3 and 5).

use crate::observation::{Listing, Step};
use crate::outcome::{FailedStep, Judgement, Outcome, Verdict};
use crate::status::{RunStatus, StepStatus};
use crate::step_order::{StepOrder, gaps};
use crate::words::outcomes::{self as because, StepCount};

/// Judges an ended run. `steps` is none while the list itself could not be read.
pub fn judge(status: &RunStatus, steps: Option<&Listing<Step>>) -> Verdict {
    let told = |outcome, because| {
        let first_failed = steps.and_then(|steps| first_with(&steps.entries, StepStatus::Failed));
        decided(outcome, because, first_failed)
    };
    match status {
        RunStatus::TimedOut => told(Outcome::TimedOut, because::timed_out()),
        RunStatus::Cancelled => told(Outcome::Cancelled, because::cancelled()),
        RunStatus::Finished => judge_finished(steps),
        RunStatus::Unknown(word) => told(Outcome::Unverified, because::status_is_unknown(word)),
        RunStatus::NotStarted | RunStatus::Scheduled | RunStatus::Running => {
            read_again(because::not_ended())
        }
    }
}

/// Judges an ended run that SolveXia does not have any more: none of its steps can be read again.
pub fn judge_vanished(status: &RunStatus) -> Judgement {
    match judge(status, None) {
        Verdict::Decided(judgement) => judgement,
        Verdict::ReadAgain(_) => Judgement::unverified(because::vanished()),
    }
}

fn judge_finished(steps: Option<&Listing<Step>>) -> Verdict {
    let Some(Listing {
        entries: steps,
        is_cut,
    }) = steps
    else {
        return read_again(because::no_steps_read());
    };
    let counted: Vec<&Step> = steps.iter().filter(|step| step.counts()).collect();
    let count = count(&counted);
    let with = |wanted: StepStatus| counted.iter().filter(|step| step.shows(&wanted)).count();
    let (failed, cancelled) = (with(StepStatus::Failed), with(StepStatus::Cancelled));
    if failed + cancelled > 0 {
        let because = because::failed(count, failed, cancelled);
        return decided(Outcome::Failed, because, first_failed(steps));
    }
    if counted.is_empty() {
        return read_again(because::nothing_listed());
    }
    let unread = counted.iter().filter(|step| step.seen.is_none()).count();
    if unread > 0 {
        return read_again(because::unread(count, unread));
    }
    let (good, warned, skipped) = (
        with(StepStatus::Success),
        with(StepStatus::Warning),
        with(StepStatus::Skipped),
    );
    if let Some(odd) = counted.iter().find(|step| !is_proof(step)) {
        let word = odd.seen.as_ref().map_or("", |seen| seen.status.word());
        return read_again(because::step_is_shown_as(&title(odd), word));
    }
    if *is_cut {
        return decided(Outcome::Unverified, because::list_is_cut(), None);
    }
    let gaps = || because::not_listed(&missing(steps));
    if warned > 0 {
        let because = because::warned(count, warned, skipped) + &gaps();
        return decided(Outcome::Warnings, because, None);
    }
    if good > 0 {
        let because = because::succeeded(count, good, skipped) + &gaps();
        return decided(Outcome::Succeeded, because, None);
    }
    decided(Outcome::Unverified, because::all_skipped(count), None)
}

fn decided(outcome: Outcome, because: String, first_failed: Option<FailedStep>) -> Verdict {
    Verdict::Decided(Judgement {
        outcome,
        because,
        first_failed,
    })
}

fn read_again(because: String) -> Verdict {
    Verdict::ReadAgain(Judgement::unverified(because))
}

fn is_proof(step: &Step) -> bool {
    step.seen.as_ref().is_some_and(|seen| {
        matches!(
            seen.status,
            StepStatus::Success | StepStatus::Warning | StepStatus::Skipped
        )
    })
}

fn count(counted: &[&Step]) -> StepCount {
    let by_hand = counted.iter().filter(|step| step.by_hand).count();
    StepCount {
        listed: counted.len() - by_hand,
        by_hand,
    }
}

/// The steps that SolveXia does not list; where some were added by hand, these may be they.
fn missing(steps: &[Step]) -> Vec<String> {
    let orders: Vec<StepOrder> = steps.iter().filter_map(|step| step.order.clone()).collect();
    match steps.iter().any(|step| step.by_hand) {
        true => Vec::new(),
        false => gaps(&orders),
    }
}

/// The first counted step in order that failed; else the first that was cancelled.
fn first_failed(steps: &[Step]) -> Option<FailedStep> {
    first_with(steps, StepStatus::Failed).or_else(|| first_with(steps, StepStatus::Cancelled))
}

fn first_with(steps: &[Step], status: StepStatus) -> Option<FailedStep> {
    let is = |step: &&Step| step.counts() && step.shows(&status);
    let mut found: Vec<&Step> = steps.iter().filter(is).collect();
    found.sort_by_key(|step| (step.order.is_none(), step.order.clone()));
    found.first().map(|step| FailedStep {
        name: title(step),
        message: step
            .seen
            .as_ref()
            .map(|seen| seen.message.clone())
            .unwrap_or_default(),
    })
}

fn title(step: &Step) -> String {
    match &step.order {
        Some(order) => format!("{order} {}", step.name),
        None => step.name.clone(),
    }
}

#[cfg(test)]
#[path = "judge_tests.rs"]
mod tests;
