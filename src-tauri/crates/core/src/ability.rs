//! Which actions make sense now, and the reason where one does not (`rules.md`, 10 and 11).

use jiff::Timestamp;

use crate::attempt::{Course, PROVING_SECONDS, Phase, seconds_between};
use crate::observation::Step;
use crate::status::RunStatus;

/// Whether an action makes sense now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ability {
    /// It does.
    Yes,
    /// It does, but the confirmation must say this.
    Warn(String),
    /// It does not, for this reason.
    No(String),
}

impl Ability {
    fn no(reason: &str) -> Self {
        Self::No(reason.to_owned())
    }
}

/// What the abilities of a run depend on.
#[derive(Debug, Clone, Copy)]
pub struct Standing<'a> {
    /// The run's course; none before the first answer.
    pub course: Option<&'a Course>,
    /// Another action on this run is under way.
    pub busy: bool,
    /// Why the account cannot act at all, such as being signed out.
    pub barred: Option<&'a str>,
    /// UTC.
    pub now: Timestamp,
}

const TWICE: &str = "An earlier start was never confirmed. If it did arrive, starting now may run it twice. \
                     Look at the run in SolveXia first.";

impl Standing<'_> {
    fn common(&self) -> Result<&Course, Ability> {
        if let Some(reason) = self.barred {
            return Err(Ability::no(reason));
        }
        if self.busy {
            return Err(Ability::no("Another action on this run is under way."));
        }
        self.course
            .ok_or_else(|| Ability::no("Its status has not been read yet."))
    }

    /// What an attempt whose start or end is not clear yet means for a new one.
    fn unclear(&self, course: &Course) -> Option<Ability> {
        match &course.phase {
            Phase::Proving { since, .. } => {
                let waited = seconds_between(*since, self.now);
                Some(if waited.abs() < PROVING_SECONDS {
                    Ability::No(format!(
                        "A start was sent, but SolveXia does not show it yet. To avoid starting twice, \
                         this stays locked for {}.",
                        crate::words::duration((PROVING_SECONDS - waited.max(0)) as f64)
                    ))
                } else {
                    Ability::Warn(TWICE.to_owned())
                })
            }
            Phase::Unseen => Some(Ability::Warn(TWICE.to_owned())),
            // A new attempt would leave nothing to tell how this one ended.
            Phase::Pending { silent: false, .. } => Some(Ability::no(
                "It has just ended, and its steps are being read to see how. This takes a minute at most.",
            )),
            _ => None,
        }
    }

    /// Whether Start makes sense.
    pub fn start(&self) -> Ability {
        let course = match self.common() {
            Ok(course) => course,
            Err(no) => return no,
        };
        if let Some(ability) = self.unclear(course) {
            return ability;
        }
        match &course.stamp.status {
            RunStatus::Running => Ability::no("It is running."),
            RunStatus::Scheduled => Ability::no("It is scheduled and about to run."),
            RunStatus::Unknown(word) => Ability::No(format!(
                "SolveXia says “{word}”, which Runwatch does not know, so it cannot tell whether a start is safe."
            )),
            RunStatus::NotStarted => Ability::Yes,
            RunStatus::Finished | RunStatus::Cancelled | RunStatus::TimedOut => Ability::Warn(
                "It has run before. Starting it again runs all its steps again.".to_owned(),
            ),
        }
    }

    /// Whether Cancel makes sense.
    pub fn cancel(&self) -> Ability {
        match self.common() {
            Err(no) => no,
            Ok(course) if matches!(course.phase, Phase::Proving { .. }) => Ability::Yes,
            Ok(course) if course.stamp.ended() => Ability::no("It has ended."),
            Ok(course) if course.stamp.status == RunStatus::NotStarted => {
                Ability::no("It has not started.")
            }
            Ok(_) => Ability::Yes,
        }
    }

    /// Whether "Restart from here" makes sense for a step.
    pub fn restart(&self, step: &Step) -> Ability {
        let course = match self.common() {
            Ok(course) => course,
            Err(no) => return no,
        };
        if !step.counts() {
            return Ability::no("This step is switched off in SolveXia.");
        }
        if let Some(ability) = self.unclear(course) {
            return ability;
        }
        match &course.stamp.status {
            RunStatus::NotStarted => Ability::no("The run has not started yet."),
            RunStatus::Running | RunStatus::Scheduled => Ability::no("The run is going."),
            RunStatus::Unknown(_) if !course.stamp.ended() => Ability::no("The run may be going."),
            _ => Ability::Yes,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attempt::{Stamp, begin_here};
    use crate::earlier::{Begun, Earlier, Traces};

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    fn course(word: &str) -> Course {
        let stamp = Stamp {
            status: RunStatus::from_word(word),
            started: None,
            finished: None,
        };
        Course {
            stamp,
            attempt: 1,
            phase: Phase::Going,
            earlier: Earlier::default(),
            left: Traces::default(),
            ended_before: None,
        }
    }

    fn standing(course: &Course) -> Standing<'_> {
        Standing {
            course: Some(course),
            busy: false,
            barred: None,
            now: at(0),
        }
    }

    #[test]
    fn a_going_run_can_be_cancelled_but_not_started() {
        for word in ["Running", "Scheduled"] {
            let course = course(word);
            assert!(
                matches!(standing(&course).start(), Ability::No(_)),
                "{word}"
            );
            assert_eq!(standing(&course).cancel(), Ability::Yes, "{word}");
        }
    }

    #[test]
    fn a_run_that_has_not_started_can_be_started_but_not_cancelled() {
        let course = course("NotStarted");
        assert_eq!(standing(&course).start(), Ability::Yes);
        assert!(matches!(standing(&course).cancel(), Ability::No(_)));
    }

    #[test]
    fn an_unknown_status_does_not_allow_a_start() {
        assert!(matches!(
            standing(&course("Paused")).start(),
            Ability::No(_)
        ));
    }

    #[test]
    fn rule_11_start_is_locked_for_2_minutes_then_warns_that_it_may_start_twice() {
        let proving = begin_here(&course("NotStarted"), Begun::Whole, at(0));
        let start = |second| {
            Standing {
                now: at(second),
                ..standing(&proving)
            }
            .start()
        };
        assert!(matches!(start(0), Ability::No(_)));
        assert!(matches!(start(119), Ability::No(_)));
        assert!(matches!(start(120), Ability::Warn(text) if text.contains("twice")));
    }

    #[test]
    fn rule_13_an_end_whose_steps_are_being_read_is_not_overtaken_from_here() {
        let pending = |silent| Course {
            phase: Phase::Pending {
                since: at(0),
                silent,
            },
            ..course("Finished")
        };
        assert!(matches!(standing(&pending(false)).start(), Ability::No(_)));
        assert!(matches!(standing(&pending(true)).start(), Ability::Warn(_)));
    }

    #[test]
    fn rule_10_while_one_action_is_under_way_no_other_makes_sense() {
        let course = course("Running");
        let busy = Standing {
            busy: true,
            ..standing(&course)
        };
        assert!(matches!(busy.cancel(), Ability::No(_)));
        assert!(matches!(busy.start(), Ability::No(_)));
    }
}
