//! Which runs teach how long their process takes: complete ones that were never restarted.

use jiff::{SignedDuration, Timestamp};

use crate::clock_offset::here;
use crate::ids::{AccountId, ProcessId, RunId, RunKey};
use crate::observation::{NamedRun, RunObservation};
use crate::outcome::Outcome;
use crate::status::RunStatus;
use crate::story::Run;

/// The duration of a run that teaches.
#[derive(Debug, Clone, PartialEq)]
pub struct Lesson {
    /// The run and its account.
    pub key: RunKey,
    /// Its process.
    pub process: ProcessId,
    /// When it ended (UTC).
    pub ended: Timestamp,
    /// How long it took, in seconds.
    pub seconds: f64,
}

impl Lesson {
    /// The lesson with its end as this computer's clock had it, to be shown.
    pub fn by_this_clock(mut self, ahead: SignedDuration) -> Self {
        self.ended = here(self.ended, ahead);
        self
    }
}

/// What a run of the table teaches that has just ended like this.
pub fn of_run(run: &Run, outcome: Outcome) -> Option<Lesson> {
    let complete = matches!(outcome, Outcome::Succeeded | Outcome::Warnings);
    let stamp = &run.course.as_ref()?.stamp;
    let seconds = honest(stamp.started?, stamp.finished?, run.duration_seconds)?;
    (complete && run.attempt() == 1).then_some(Lesson {
        key: run.key.clone(),
        process: run.info.process.clone()?,
        ended: stamp.finished?,
        seconds,
    })
}

/// What an earlier run of a process teaches, of which only the status was read.
pub fn of_earlier(
    account: &AccountId,
    process: &ProcessId,
    seen: &RunObservation,
) -> Option<Lesson> {
    let seconds = honest(seen.started?, seen.finished?, seen.duration_seconds)?;
    (seen.status == RunStatus::Finished).then_some(Lesson {
        key: RunKey {
            account: account.clone(),
            run: seen.run.clone(),
        },
        process: process.clone(),
        ended: seen.finished?,
        seconds,
    })
}

/// Its duration, where its dates and SolveXia's own figure agree: those of a restarted run do not,
/// as its dates span all its attempts.
fn honest(started: Timestamp, finished: Timestamp, own: Option<f64>) -> Option<f64> {
    let span = finished.duration_since(started).as_secs_f64();
    let agrees = own.is_none_or(|own| (own - span).abs() <= 5.0 + span / 10.0);
    (span > 0.0 && agrees).then_some(span)
}

/// The newest runs of a process first: SolveXia counts its ids up.
pub fn newest_first(mut runs: Vec<NamedRun>) -> Vec<RunId> {
    let number = |run: &NamedRun| {
        let digits = run.id.as_str().rsplit('-').next().unwrap_or_default();
        digits.parse::<u64>().unwrap_or(0)
    };
    runs.sort_by_key(|run| std::cmp::Reverse(number(run)));
    runs.into_iter().map(|run| run.id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attempt::{Course, Phase, Stamp};
    use crate::earlier::{Earlier, Traces};

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    fn run(attempt: u32, own: Option<f64>) -> Run {
        let key = RunKey {
            account: AccountId("a".into()),
            run: RunId::parse("pr-1").unwrap(),
        };
        let course = Course {
            stamp: Stamp {
                status: RunStatus::Finished,
                started: Some(at(0)),
                finished: Some(at(600)),
            },
            attempt,
            phase: Phase::Going,
            earlier: Earlier::default(),
            left: Traces::default(),
        };
        let mut run = Run::new(key);
        run.info.process = Some(ProcessId::parse("p-1").unwrap());
        (run.course, run.duration_seconds) = (Some(course), own);
        run
    }

    #[test]
    fn only_complete_and_unrestarted_runs_teach() {
        let seconds = |run: Run, outcome| of_run(&run, outcome).map(|lesson| lesson.seconds);
        assert_eq!(seconds(run(1, None), Outcome::Succeeded), Some(600.0));
        assert_eq!(seconds(run(1, Some(598.0)), Outcome::Warnings), Some(600.0));
        assert_eq!(seconds(run(2, None), Outcome::Succeeded), None);
        let partial = [Outcome::Failed, Outcome::Cancelled, Outcome::TimedOut];
        for outcome in [&partial[..], &[Outcome::Unverified]].concat() {
            assert_eq!(seconds(run(1, None), outcome), None, "{outcome:?}");
        }
    }

    #[test]
    fn dates_that_span_several_attempts_do_not_teach() {
        assert_eq!(of_run(&run(1, Some(60.0)), Outcome::Succeeded), None);
    }

    #[test]
    fn of_an_earlier_run_the_status_must_say_that_it_finished() {
        let seen = |status: &str, finished: Option<i64>| RunObservation {
            run: RunId::parse("pr-9").unwrap(),
            status: RunStatus::from_word(status),
            started: Some(at(0)),
            finished: finished.map(at),
            duration_seconds: None,
        };
        let (account, process) = (AccountId("a".into()), ProcessId::parse("p-1").unwrap());
        let seconds = |seen| of_earlier(&account, &process, &seen).map(|lesson| lesson.seconds);
        assert_eq!(seconds(seen("Finished", Some(300))), Some(300.0));
        assert_eq!(seconds(seen("Finished", None)), None);
        assert_eq!(seconds(seen("Cancelled", Some(300))), None);
        assert_eq!(seconds(seen("Running", Some(300))), None);
        assert_eq!(seconds(seen("Finished", Some(0))), None);
    }

    #[test]
    fn the_newest_runs_come_first_by_their_numbers() {
        let named = |id: &str| NamedRun {
            id: RunId::parse(id).unwrap(),
            name: String::new(),
        };
        let runs = ["pr-9", "pr-114278", "pr-20"].map(named).to_vec();
        let order: Vec<String> = newest_first(runs).iter().map(ToString::to_string).collect();
        assert_eq!(order, ["pr-114278", "pr-20", "pr-9"]);
    }
}
