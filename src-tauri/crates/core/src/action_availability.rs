//! Which actions make sense now, and the reason where one does not (docs/RULES.md, 10 and 11).

use jiff::Timestamp;

use crate::attempt::{Attempt, PROVING_SECONDS, Phase};
use crate::observation::Step;
use crate::status::RunStatus;
use crate::time::seconds_between;
use crate::words;

/// Whether an action makes sense now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Availability {
    /// It does.
    Yes,
    /// It does, but the confirmation must say this.
    Warn(String),
    /// It does not, for this reason.
    No(String),
}

impl Availability {
    fn no(reason: &str) -> Self {
        Self::No(reason.to_owned())
    }
}

/// How a run stands under the other accounts of its environment: several rows here, one run in SolveXia.
#[derive(Debug, Clone, Default)]
pub struct Elsewhere {
    /// An action on it is under way there.
    pub busy: bool,
    /// Its attempts, as they are known there.
    pub attempts: Vec<Attempt>,
}

/// What the abilities of a run depend on.
#[derive(Debug, Clone, Copy)]
pub struct ActionContext<'a> {
    /// The run's attempt; none before the first answer.
    pub attempt: Option<&'a Attempt>,
    /// Another action on this run is under way.
    pub busy: bool,
    /// Why the account cannot act at all, such as being signed out.
    pub cannot_act: Option<&'a str>,
    /// The same run under other accounts of its environment.
    pub elsewhere: &'a Elsewhere,
    /// UTC.
    pub now: Timestamp,
}

const TWICE: &str = "An earlier start was never confirmed. If it did arrive, starting now may run it twice. \
                     Look at the run in SolveXia first.";

impl ActionContext<'_> {
    fn common(&self) -> Result<&Attempt, Availability> {
        if let Some(reason) = self.cannot_act {
            return Err(Availability::no(reason));
        }
        if self.busy || self.elsewhere.busy {
            return Err(Availability::no(words::run::BUSY));
        }
        self.attempt
            .ok_or_else(|| Availability::no(words::run::NOT_READ))
    }

    /// What a start or an end that is not clear yet means for a new one, whichever account began it.
    fn unclear(&self, attempt: &Attempt) -> Option<Availability> {
        let is_awaited = |other: &&Attempt| {
            let is_start = matches!(other.phase, Phase::Proving { .. } | Phase::Unseen);
            is_start && other.stamp.status == attempt.stamp.status
        };
        let elsewhere = self.elsewhere.attempts.iter().filter(is_awaited);
        let all = elsewhere.chain([attempt]);
        let unclear = all.filter_map(|attempt| self.unclear_attempt(attempt));
        unclear.max_by_key(|ability| matches!(ability, Availability::No(_)))
    }

    fn unclear_attempt(&self, attempt: &Attempt) -> Option<Availability> {
        match &attempt.phase {
            Phase::Proving { since, .. } => {
                let waited = seconds_between(*since, self.now);
                Some(if waited.abs() < PROVING_SECONDS {
                    Availability::No(format!(
                        "A start was sent, but SolveXia does not show it yet. To avoid starting twice, \
                         this stays locked for {}.",
                        words::duration((PROVING_SECONDS - waited.max(0)) as f64)
                    ))
                } else {
                    Availability::Warn(TWICE.to_owned())
                })
            }
            Phase::Unseen => Some(Availability::Warn(TWICE.to_owned())),
            // Starting now would lose this end’s outcome.
            Phase::Pending { silent: false, .. } => Some(Availability::no(
                "It has just ended, and its steps are being read to see how. This takes a minute at most.",
            )),
            _ => None,
        }
    }

    /// Whether Start makes sense.
    pub fn start(&self) -> Availability {
        let attempt = match self.common() {
            Ok(attempt) => attempt,
            Err(no) => return no,
        };
        if let Some(ability) = self.unclear(attempt) {
            return ability;
        }
        match &attempt.stamp.status {
            RunStatus::Running => Availability::no("It is running."),
            RunStatus::Scheduled => Availability::no("It is scheduled and about to run."),
            RunStatus::Unknown(word) => Availability::No(format!(
                "SolveXia says “{word}”, which Runwatch does not know, so it cannot tell whether a start is safe."
            )),
            RunStatus::NotStarted => Availability::Yes,
            RunStatus::Finished | RunStatus::Cancelled | RunStatus::TimedOut => Availability::Warn(
                "It has run before. Starting it again runs all its steps again.".to_owned(),
            ),
        }
    }

    /// Whether Cancel makes sense.
    pub fn cancel(&self) -> Availability {
        match self.common() {
            Err(no) => no,
            Ok(attempt) if matches!(attempt.phase, Phase::Proving { .. }) => Availability::Yes,
            Ok(attempt) if attempt.stamp.ended() => Availability::no("It has ended."),
            Ok(attempt) if attempt.stamp.status == RunStatus::NotStarted => {
                Availability::no("It has not started.")
            }
            Ok(_) => Availability::Yes,
        }
    }

    /// Whether "Restart from here" makes sense for a step.
    pub fn restart(&self, step: &Step) -> Availability {
        let attempt = match self.common() {
            Ok(attempt) => attempt,
            Err(no) => return no,
        };
        if !step.counts() {
            return Availability::no("This step is switched off in SolveXia.");
        }
        if let Some(ability) = self.unclear(attempt) {
            return ability;
        }
        match &attempt.stamp.status {
            RunStatus::NotStarted => Availability::no("The run has not started yet."),
            RunStatus::Running | RunStatus::Scheduled => Availability::no("The run is going."),
            RunStatus::Unknown(_) if !attempt.stamp.ended() => {
                Availability::no("The run may be going.")
            }
            _ => Availability::Yes,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attempt::begin_here;
    use crate::status_stamp::StatusStamp;
    use crate::step_freshness::Beginning;
    use crate::test_support::at;

    fn attempt(word: &str) -> Attempt {
        let stamp = StatusStamp {
            status: RunStatus::from_word(word),
            started: None,
            finished: None,
        };
        Attempt::first(stamp, Phase::Going)
    }

    static ALONE: Elsewhere = Elsewhere {
        busy: false,
        attempts: Vec::new(),
    };

    fn standing(attempt: &Attempt) -> ActionContext<'_> {
        ActionContext {
            attempt: Some(attempt),
            busy: false,
            cannot_act: None,
            elsewhere: &ALONE,
            now: at(0),
        }
    }

    #[test]
    fn a_going_run_can_be_cancelled_but_not_started() {
        for word in ["Running", "Scheduled"] {
            let attempt = attempt(word);
            assert!(
                matches!(standing(&attempt).start(), Availability::No(_)),
                "{word}"
            );
            assert_eq!(standing(&attempt).cancel(), Availability::Yes, "{word}");
        }
    }

    #[test]
    fn a_run_that_has_not_started_can_be_started_but_not_cancelled() {
        let attempt = attempt("NotStarted");
        assert_eq!(standing(&attempt).start(), Availability::Yes);
        assert!(matches!(standing(&attempt).cancel(), Availability::No(_)));
    }

    #[test]
    fn an_unknown_status_does_not_allow_a_start() {
        assert!(matches!(
            standing(&attempt("Paused")).start(),
            Availability::No(_)
        ));
    }

    #[test]
    fn rule_11_start_is_locked_for_2_minutes_then_warns_that_it_may_start_twice() {
        let proving = begin_here(&attempt("NotStarted"), Beginning::Whole, at(0));
        let start = |second| {
            ActionContext {
                now: at(second),
                ..standing(&proving)
            }
            .start()
        };
        assert!(matches!(start(0), Availability::No(_)));
        assert!(matches!(start(119), Availability::No(_)));
        assert!(matches!(start(120), Availability::Warn(text) if text.contains("twice")));
    }

    #[test]
    fn rule_11_a_start_that_another_account_waits_for_locks_the_run_until_it_shows() {
        let elsewhere = Elsewhere {
            busy: false,
            attempts: vec![begin_here(&attempt("NotStarted"), Beginning::Whole, at(0))],
        };
        let start = |word, second| {
            ActionContext {
                elsewhere: &elsewhere,
                now: at(second),
                ..standing(&attempt(word))
            }
            .start()
        };
        assert!(matches!(start("NotStarted", 0), Availability::No(_)));
        assert!(
            matches!(start("NotStarted", 120), Availability::Warn(text) if text.contains("twice"))
        );
        // It has shown, and is over.
        assert!(
            matches!(start("Finished", 0), Availability::Warn(text) if text.contains("run before"))
        );
    }

    #[test]
    fn rule_13_an_end_whose_steps_are_being_read_is_not_overtaken_from_here() {
        let pending = |silent| Attempt {
            phase: Phase::Pending {
                since: at(0),
                silent,
            },
            ..attempt("Finished")
        };
        assert!(matches!(
            standing(&pending(false)).start(),
            Availability::No(_)
        ));
        assert!(matches!(
            standing(&pending(true)).start(),
            Availability::Warn(_)
        ));
    }

    #[test]
    fn rule_10_while_one_action_is_under_way_no_other_makes_sense() {
        let attempt = attempt("Running");
        let busy = ActionContext {
            busy: true,
            ..standing(&attempt)
        };
        assert!(matches!(busy.cancel(), Availability::No(_)));
        assert!(matches!(busy.start(), Availability::No(_)));
    }
}
