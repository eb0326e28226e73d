//! The step at which a run stands: the one that goes, or the one that kept it from succeeding.

use crate::attempt::Phase;
use crate::observation::Step;
use crate::run::Run;
use crate::status::StepStatus;

/// The step at which a run stands.
#[derive(Debug, Clone, PartialEq)]
pub struct CurrentStep<'a> {
    /// The step.
    pub step: &'a Step,
    /// Its place among the steps that count, from 1.
    pub place: usize,
    /// How many steps count.
    pub of: usize,
}

/// The step at which a run stands, if its steps were read in this attempt. Both by the same clock.
pub fn current_step<'a>(run: &Run, steps: &'a [Step]) -> Option<CurrentStep<'a>> {
    let attempt = run.attempt.as_ref()?;
    if !run.has_steps_of_attempt() {
        return None;
    }
    // In this order: what failed comes before what was cancelled because of it.
    let wanted: &[StepStatus] = match attempt.phase {
        Phase::Going => &[StepStatus::Running],
        Phase::Pending { .. } | Phase::Ended { .. } => &[
            StepStatus::Failed,
            StepStatus::Cancelled,
            StepStatus::Warning,
        ],
        // The steps may still be those of the attempt before.
        Phase::Proving { .. } | Phase::Unseen => &[],
    };
    let counted: Vec<&Step> = steps.iter().filter(|step| step.counts()).collect();
    let find = |status: &StepStatus| counted.iter().position(|step| step.shows(status));
    let at = wanted.iter().find_map(find)?;
    Some(CurrentStep {
        step: counted[at],
        place: at + 1,
        of: counted.len(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attempt::Attempt;
    use crate::ids::{AccountId, RunId, RunKey, StepId};
    use crate::observation::StepObservation;
    use crate::outcome::Outcome;
    use crate::status::RunStatus;
    use crate::status_stamp::StatusStamp;
    use crate::test_support::at;

    fn steps(words: &[&str]) -> Vec<Step> {
        let seen = |word: &str| StepObservation {
            status: StepStatus::from_word(word),
            started: None,
            finished: None,
            duration_seconds: None,
            message: String::new(),
            names_zone: false,
        };
        let step = |(place, word): (usize, &&str)| Step {
            id: StepId::parse(&format!("ds-{place}")).unwrap(),
            name: format!("Step {place}"),
            order: None,
            enabled: *word != "off",
            by_hand: false,
            seen: (*word != "off").then(|| seen(word)),
        };
        words.iter().enumerate().map(step).collect()
    }

    fn stands(phase: Phase, read_at: i64, words: &[&str]) -> Option<(usize, usize)> {
        let stamp = StatusStamp {
            status: RunStatus::Running,
            started: Some(at(0)),
            finished: None,
        };
        let key = RunKey {
            account: AccountId("a".into()),
            run: RunId::parse("pr-1").unwrap(),
        };
        let run = Run {
            attempt: Some(Attempt::first(stamp, phase)),
            steps_read_at: Some(at(read_at)),
            ..Run::new(key)
        };
        current_step(&run, &steps(words)).map(|found| (found.place, found.of))
    }

    #[test]
    fn a_going_run_stands_at_the_step_that_runs_counted_without_those_switched_off() {
        let words = ["Success", "off", "Running", "NotStarted"];
        assert_eq!(stands(Phase::Going, 5, &words), Some((2, 3)));
        assert_eq!(stands(Phase::Going, 5, &["Success", "NotStarted"]), None);
        assert_eq!(stands(Phase::Going, 5, &["Failed", "NotStarted"]), None);
    }

    #[test]
    fn steps_of_an_attempt_before_say_nothing() {
        assert_eq!(stands(Phase::Going, -5, &["Running"]), None);
        assert_eq!(stands(Phase::Unseen, 5, &["Failed"]), None);
    }

    #[test]
    fn an_ended_run_stands_at_what_failed_before_what_was_cancelled() {
        let failed = Phase::Ended {
            outcome: Outcome::Failed,
            silent: false,
        };
        let words = ["Warning", "Cancelled", "Failed", "NotStarted"];
        assert_eq!(stands(failed.clone(), 5, &words), Some((3, 4)));
        assert_eq!(stands(failed.clone(), 5, &words[..2]), Some((2, 2)));
        assert_eq!(stands(failed, 5, &["Success"]), None);
    }
}
