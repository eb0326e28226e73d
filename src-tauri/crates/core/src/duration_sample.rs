//! Which runs teach how long their process takes: complete ones that were never restarted.

use jiff::Timestamp;

use crate::ids::{AccountId, ProcessId, RunId, RunKey};
use crate::judge::judge;
use crate::observation::{Listing, NamedRun, RunObservation, Step};
use crate::outcome::{Judgement, Outcome, Verdict};
use crate::run::Run;
use crate::server_dates::ServerDates;
use crate::status::RunStatus;

/// The duration of a run that teaches.
#[derive(Debug, Clone, PartialEq)]
pub struct DurationSample {
    /// The run and its account.
    pub key: RunKey,
    /// Its process.
    pub process: ProcessId,
    /// When it ended (UTC).
    pub ended: Timestamp,
    /// How long it took, in seconds.
    pub seconds: f64,
}

impl DurationSample {
    /// The sample with its end as this computer's clock had it, to be shown.
    pub fn by_this_clock(mut self, dates: &ServerDates) -> Self {
        self.ended = dates.run_moment(self.ended);
        self
    }
}

/// What a run of the list teaches that has just ended like this, by these steps; `here` is the same by this clock.
pub fn of_run(run: &Run, here: &Run, outcome: Outcome, steps: &[Step]) -> Option<DurationSample> {
    let dated = &here.attempt.as_ref()?.stamp;
    let seconds = honest(dated.started?, dated.finished?, run.duration_seconds)?;
    let whole = run.attempt_number() == 1 && fits(steps, seconds);
    (outcome.is_success() && whole).then_some(DurationSample {
        key: run.key.clone(),
        process: run.info.process.clone()?,
        ended: run.attempt.as_ref()?.stamp.finished?,
        seconds,
    })
}

/// Whether an earlier run of this status may teach: then its steps are worth reading.
pub fn may_teach(seen: &RunObservation, dates: &ServerDates) -> bool {
    seen.status == RunStatus::Finished && seconds_of(seen, dates).is_some()
}

/// What an earlier run of a process teaches, with how it ended, as its steps show.
pub fn of_earlier(
    account: &AccountId,
    process: &ProcessId,
    seen: &RunObservation,
    steps: &Listing<Step>,
    dates: &ServerDates,
) -> Option<(DurationSample, Judgement)> {
    let seconds = seconds_of(seen, dates)?;
    let Verdict::Decided(judgement) = judge(&seen.status, Some(steps)) else {
        return None;
    };
    if !judgement.outcome.is_success() || !fits(&steps.entries, seconds) {
        return None;
    }
    let sample = DurationSample {
        key: RunKey {
            account: account.clone(),
            run: seen.run.clone(),
        },
        process: process.clone(),
        ended: seen.finished?,
        seconds,
    };
    Some((sample, judgement))
}

/// Whether all steps fit into a run of this duration: those of a restarted run do not where its dates
/// are those of its latest attempt alone. Only durations are compared, as SolveXia writes the dates
/// of runs without their zone.
fn fits(steps: &[Step], seconds: f64) -> bool {
    let seen = || {
        steps
            .iter()
            .filter(|step| step.counts())
            .flat_map(|step| &step.seen)
    };
    let first = seen().filter_map(|seen| seen.started).min();
    let last = seen()
        .filter_map(|seen| seen.finished.or(seen.started))
        .max();
    first.zip(last).is_none_or(|(first, last)| {
        last.duration_since(first).as_secs_f64() <= seconds + leeway(seconds)
    })
}

fn seconds_of(seen: &RunObservation, dates: &ServerDates) -> Option<f64> {
    let here = |date: Option<Timestamp>| date.map(|date| dates.run_moment(date));
    honest(
        here(seen.started)?,
        here(seen.finished)?,
        seen.duration_seconds,
    )
}

/// Its duration, where its dates and SolveXia's own figure agree: those of a restarted run do not,
/// as its dates span all its attempts.
fn honest(started: Timestamp, finished: Timestamp, own: Option<f64>) -> Option<f64> {
    let span = finished.duration_since(started).as_secs_f64();
    let agrees = own.is_none_or(|own| (own - span).abs() <= leeway(span));
    (span > 0.0 && agrees).then_some(span)
}

/// By how much figures of the same duration may differ.
fn leeway(seconds: f64) -> f64 {
    5.0 + seconds / 10.0
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
    use crate::attempt::{Attempt, Phase};
    use crate::ids::StepId;
    use crate::observation::StepObservation;
    use crate::status::StepStatus;
    use crate::status_stamp::StatusStamp;
    use crate::test_support::at;

    fn run(attempt: u32, own: Option<f64>) -> Run {
        let key = RunKey {
            account: AccountId("a".into()),
            run: RunId::parse("pr-1").unwrap(),
        };
        let stamp = StatusStamp {
            status: RunStatus::Finished,
            started: Some(at(0)),
            finished: Some(at(600)),
        };
        let attempt = Attempt {
            number: attempt,
            ..Attempt::first(stamp, Phase::Going)
        };
        let mut run = Run::new(key);
        run.info.process = Some(ProcessId::parse("p-1").unwrap());
        (run.attempt, run.duration_seconds) = (Some(attempt), own);
        run
    }

    #[test]
    fn only_complete_and_unrestarted_runs_teach() {
        let seconds =
            |run: Run, outcome| of_run(&run, &run, outcome, &[]).map(|sample| sample.seconds);
        assert_eq!(seconds(run(1, None), Outcome::Succeeded), Some(600.0));
        assert_eq!(seconds(run(1, Some(598.0)), Outcome::Warnings), Some(600.0));
        assert_eq!(seconds(run(2, None), Outcome::Succeeded), None);
        for outcome in Outcome::ALL.into_iter().filter(|one| !one.is_success()) {
            assert_eq!(seconds(run(1, None), outcome), None, "{outcome:?}");
        }
    }

    #[test]
    fn dates_that_span_several_attempts_do_not_teach() {
        let lasted = run(1, Some(60.0));
        assert_eq!(of_run(&lasted, &lasted, Outcome::Succeeded, &[]), None);
    }

    #[test]
    fn a_run_whose_steps_take_longer_than_it_was_restarted_before_anybody_saw_it() {
        let whole = run(1, None);
        let sample = |steps: &[_]| of_run(&whole, &whole, Outcome::Succeeded, &shown(steps));
        assert!(sample(&[("Success", 0, 100), ("Success", 100, 600)]).is_some());
        assert_eq!(
            sample(&[("Success", -3_000, -2_900), ("Success", 0, 600)]),
            None
        );
    }

    /// Steps with these statuses, starts and ends.
    fn shown(steps: &[(&str, i64, i64)]) -> Vec<Step> {
        let step = |(n, (word, started, finished)): (usize, &(&str, i64, i64))| Step {
            id: StepId::parse(&format!("ds-{n}")).unwrap(),
            name: String::new(),
            order: None,
            enabled: true,
            by_hand: false,
            seen: Some(StepObservation {
                status: StepStatus::from_word(word),
                started: Some(at(*started)),
                finished: Some(at(*finished)),
                duration_seconds: None,
                message: String::new(),
                names_zone: false,
            }),
        };
        steps.iter().enumerate().map(step).collect()
    }

    /// What an earlier run teaches that has these steps.
    fn earlier(seen: &RunObservation, steps: &[(&str, i64, i64)]) -> Option<f64> {
        let steps = shown(steps).into();
        let (account, process) = (AccountId("a".into()), ProcessId::parse("p-1").unwrap());
        let dates = ServerDates::default();
        let sample = of_earlier(&account, &process, seen, &steps, &dates);
        assert!(may_teach(seen, &dates) || sample.is_none());
        sample.map(|(sample, _)| sample.seconds)
    }

    fn finished(started: i64, finished: i64) -> RunObservation {
        RunObservation {
            run: RunId::parse("pr-9").unwrap(),
            status: RunStatus::Finished,
            started: Some(at(started)),
            finished: Some(at(finished)),
            duration_seconds: None,
        }
    }

    #[test]
    fn of_an_earlier_run_the_steps_must_say_that_it_was_complete() {
        let seconds = |word| earlier(&finished(0, 23), &[("Success", 0, 20), (word, 20, 23)]);
        for complete in ["Success", "Warning", "Skipped"] {
            assert_eq!(seconds(complete), Some(23.0), "{complete}");
        }
        for not in ["Failed", "Cancelled", "Running", "NotStarted", "Odd"] {
            assert_eq!(seconds(not), None, "{not}");
        }
        assert_eq!(earlier(&finished(0, 23), &[]), None, "nothing proves it");
        let mut unread = finished(0, 23);
        unread.status = RunStatus::from_word("Cancelled");
        assert_eq!(earlier(&unread, &[("Success", 0, 23)]), None);
    }

    #[test]
    fn an_earlier_run_whose_steps_take_longer_than_it_was_restarted_and_does_not_teach() {
        let whole = [("Success", 0, 100), ("Success", 100, 600)];
        assert_eq!(earlier(&finished(0, 600), &whole), Some(600.0));
        // Its dates are those of the second attempt, which began at the second step.
        let restarted = [("Success", 0, 100), ("Success", 900, 1400)];
        assert_eq!(earlier(&finished(900, 1400), &restarted), None);
        // Dates of runs and of steps may be written in different zones.
        assert_eq!(earlier(&finished(36_000, 36_600), &whole), Some(600.0));
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
        let seconds = |seen| earlier(&seen, &[("Success", 0, 300)]);
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
