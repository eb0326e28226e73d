//! What earlier runs of its process say about a run: how long it takes, when it ends, how far it is.

use jiff::{SignedDuration, Timestamp};

use crate::attempt::Phase;
use crate::duration_model::DurationModel;
use crate::duration_sample::DurationSample;
use crate::observation::Step;
use crate::run::Run;
use crate::status::{RunStatus, StepStatus};

/// With fewer runs there is a middle, but nothing to say how far from it a run may be.
pub const ENOUGH: usize = 3;
/// Durations that are listed.
pub const LISTED: usize = 20;
/// A run is much longer than usual when hardly one in a hundred takes as long,
const RARE: f64 = 0.01;
/// and it has taken half as long again as the middle one.
const LONG: f64 = 1.5;

/// What is known beyond what SolveXia says.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Forecast {
    /// How many earlier runs it rests on.
    pub learned_from: usize,
    /// Seconds that half of the runs take, where any run is known.
    pub usual: Option<f64>,
    /// Seconds between which nine of ten runs take, once [`ENOUGH`] are known.
    pub band: Option<(f64, f64)>,
    /// When it ends, as likely earlier as later (UTC): while it is running.
    pub ends: Option<Timestamp>,
    /// Between when it ends in nine of ten cases (UTC): while it is running.
    pub ends_between: Option<(Timestamp, Timestamp)>,
    /// How far it is, from 0 to 1: by time where its process is known, else by its steps.
    pub progress: Option<f64>,
    /// Steps that are over, of all that count; none before they were read in this attempt.
    pub steps: Option<(usize, usize)>,
    /// It has taken longer than nine of ten runs do: nobody can say when it ends.
    pub is_late: bool,
    /// It takes much longer than usual.
    pub is_long: bool,
    /// The newest durations of its process, newest first, [`LISTED`] at most.
    pub latest: Vec<DurationSample>,
}

/// What is known of a run, all by one clock: that of `now`, which [`Run::by_this_clock`] moves a run
/// onto. `model` is none where its process is not known, or says nothing of this attempt.
pub fn forecast(
    run: &Run,
    steps: &[Step],
    model: Option<&DurationModel>,
    samples: &[DurationSample],
    now: Timestamp,
) -> Forecast {
    let started = run
        .attempt
        .as_ref()
        .and_then(|attempt| attempt.stamp.started);
    let elapsed = running_for(run, started, now);
    let steps = elapsed.and(steps_over(run, steps));
    let enough = model.filter(|model| model.runs() >= ENOUGH);
    let is_late = enough
        .zip(elapsed)
        .is_some_and(|(model, elapsed)| elapsed > model.when_left(0.05));
    let going = model.zip(elapsed);
    let foreseen = elapsed.filter(|_| !is_late);
    let ends_at = |model: &DurationModel, elapsed: f64, share: f64| {
        let rest = model.ends_after(elapsed, share) - elapsed;
        let rest = SignedDuration::try_from_secs_f64(rest.max(0.0)).ok()?;
        now.checked_add(rest).ok()
    };
    let by_time = going.map(|(model, elapsed)| {
        let end = model.when_left(model.left(elapsed) / 2.0);
        if is_late {
            1.0
        } else {
            elapsed / end.max(elapsed)
        }
    });
    let by_steps = steps.map(|(over, all)| over as f64 / all as f64);
    Forecast {
        learned_from: model.map_or(0, DurationModel::runs),
        usual: model.map(|model| model.when_left(0.5)),
        band: enough.map(|model| (model.when_left(0.95), model.when_left(0.05))),
        ends: model
            .zip(foreseen)
            .and_then(|(model, elapsed)| ends_at(model, elapsed, 0.5)),
        ends_between: enough.zip(foreseen).and_then(|(model, elapsed)| {
            Some((
                ends_at(model, elapsed, 0.95)?,
                ends_at(model, elapsed, 0.05)?,
            ))
        }),
        // Never 100 % before SolveXia says that it ended.
        progress: by_time.or(by_steps).map(|share| share.min(0.99)),
        steps,
        is_late,
        is_long: going.is_some_and(|(model, elapsed)| is_long(model, elapsed)),
        latest: samples.iter().take(LISTED).cloned().collect(),
    }
}

/// Whether a run that has been running for this long takes much longer than usual.
pub fn is_long(model: &DurationModel, elapsed: f64) -> bool {
    let rare = elapsed > model.when_left(RARE);
    model.runs() >= ENOUGH && rare && elapsed > LONG * model.when_left(0.5)
}

/// For how many seconds a run has been running that runs since then; none where it does not run.
pub fn running_for(run: &Run, since: Option<Timestamp>, now: Timestamp) -> Option<f64> {
    let attempt = run.attempt.as_ref()?;
    let running = attempt.phase == Phase::Going && attempt.stamp.status == RunStatus::Running;
    let since = since.filter(|_| running)?;
    Some(now.duration_since(since).as_secs_f64().max(0.0))
}

fn steps_over(run: &Run, steps: &[Step]) -> Option<(usize, usize)> {
    let counted: Vec<&Step> = steps.iter().filter(|step| step.counts()).collect();
    let is_over = |step: &&&Step| {
        let status = step.seen.as_ref().map(|seen| &seen.status);
        status.is_some_and(|status| {
            !matches!(
                status,
                StepStatus::NotStarted
                    | StepStatus::Scheduled
                    | StepStatus::Running
                    | StepStatus::Unknown(_)
            )
        })
    };
    let over = counted.iter().filter(is_over).count();
    (run.has_steps_of_attempt() && !counted.is_empty()).then_some((over, counted.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attempt::Attempt;
    use crate::ids::{AccountId, RunId, RunKey, StepId};
    use crate::observation::StepObservation;
    use crate::status_stamp::StatusStamp;
    use crate::test_support::at;

    fn run(word: &str) -> Run {
        let key = RunKey {
            account: AccountId("a".into()),
            run: RunId::parse("pr-1").unwrap(),
        };
        let stamp = StatusStamp {
            status: RunStatus::from_word(word),
            started: Some(at(0)),
            finished: None,
        };
        Run {
            attempt: Some(Attempt::first(stamp, Phase::Going)),
            steps_read_at: Some(at(5)),
            ..Run::new(key)
        }
    }

    fn step(word: &str) -> Step {
        Step {
            id: StepId::parse("ds-1").unwrap(),
            name: String::new(),
            order: None,
            enabled: true,
            by_hand: false,
            seen: Some(StepObservation {
                status: StepStatus::from_word(word),
                started: None,
                finished: None,
                duration_seconds: None,
                message: String::new(),
                names_zone: false,
            }),
        }
    }

    fn model(runs: usize) -> DurationModel {
        let seconds = [540.0, 600.0, 666.0];
        DurationModel::learn(&seconds.repeat(10)[..runs]).unwrap()
    }

    fn after(seconds: i64, model: &DurationModel) -> Forecast {
        forecast(&run("Running"), &[], Some(model), &[], at(seconds))
    }

    #[test]
    fn the_band_is_said_once_there_are_three_runs() {
        let (two, three) = (after(60, &model(2)), after(60, &model(3)));
        assert!(two.usual.is_some() && two.ends.is_some());
        assert_eq!((two.band, two.ends_between), (None, None));
        let (low, high) = three.band.unwrap();
        assert!(low < 540.0 && high > 666.0, "{low} {high}");
        assert!(three.ends_between.is_some());
    }

    #[test]
    fn the_expected_end_moves_on_with_a_run_and_is_never_past() {
        let model = model(30);
        let end = |now| after(now, &model).ends.unwrap().as_second() - at(0).as_second();
        assert!((595..=605).contains(&end(0)), "{}", end(0));
        for now in [0, 300, 600, 650] {
            assert!(end(now) >= now, "{now}: {}", end(now));
        }
        assert!(end(650) > 650);
    }

    #[test]
    fn beyond_what_nine_of_ten_runs_take_no_end_is_foreseen() {
        let model = model(30);
        let (_, most) = after(0, &model).band.unwrap();
        let (within, beyond) = (after(most as i64, &model), after(most as i64 + 1, &model));
        assert!(!within.is_late && within.ends.is_some());
        assert!(beyond.is_late);
        assert_eq!((beyond.ends, beyond.ends_between), (None, None));
        // Without a band nobody can say that it is late.
        let few = after(5000, &self::model(2));
        assert!(!few.is_late && few.ends.is_some());
    }

    #[test]
    fn what_hangs_beyond_the_few_runs_that_are_known_is_not_said_to_end_now() {
        for runs in [1, 2] {
            let ends = after(100_000, &model(runs)).ends.unwrap();
            assert!(ends > at(100_000 + 60), "{ends}");
        }
    }

    #[test]
    fn progress_grows_and_is_not_full_while_it_goes() {
        let model = model(10);
        let progress: Vec<f64> = [0, 60, 300, 550, 650, 5000]
            .map(|now| after(now, &model).progress.unwrap())
            .into();
        assert!(progress.is_sorted(), "{progress:?}");
        assert!(progress[0] == 0.0 && progress[5] <= 0.99);
    }

    #[test]
    fn without_a_habit_progress_goes_by_the_steps_of_this_attempt() {
        let steps = ["Success", "Skipped", "Running", "NotStarted"].map(step);
        let found = forecast(&run("Running"), &steps, None, &[], at(60));
        assert_eq!((found.steps, found.progress), (Some((2, 4)), Some(0.5)));
        let before = Run {
            steps_read_at: Some(at(-5)),
            ..run("Running")
        };
        assert_eq!(forecast(&before, &steps, None, &[], at(60)).steps, None);
        let all = ["Success"; 4].map(step);
        let found = forecast(&run("Running"), &all, None, &[], at(60));
        assert_eq!(found.progress, Some(0.99));
    }

    #[test]
    fn what_does_not_run_has_no_end_and_no_progress() {
        for word in ["NotStarted", "Scheduled"] {
            let steps = [step("Success")];
            let found = forecast(&run(word), &steps, Some(&model(3)), &[], at(60));
            assert_eq!(
                (found.ends, found.progress, found.steps),
                (None, None, None)
            );
            assert!(found.usual.is_some());
        }
    }

    #[test]
    fn much_longer_than_usual_needs_three_runs_and_half_as_long_again() {
        let long = |runs, now| after(now, &model(runs)).is_long;
        assert!(!long(30, 850), "rare, but not half as long again");
        assert!(long(30, 1000));
        assert!(!long(2, 1_000_000));
        let mixed = DurationModel::learn(&[60.0, 600.0, 6000.0]).unwrap();
        assert!(!is_long(&mixed, 3600.0), "its process is like that");
    }
}
