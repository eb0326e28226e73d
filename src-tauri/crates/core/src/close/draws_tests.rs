use super::*;

fn model(seconds: f64) -> DurationModel {
    DurationModel::learn(&[seconds; 12]).unwrap()
}

fn to_come(earliest: f64) -> Progress<'static> {
    Progress::ToCome {
        earliest,
        delay: None,
    }
}

fn drawn(tasks: &[Task], cut_off: f64) -> Drawn {
    let order: Vec<usize> = (0..tasks.len()).collect();
    draw(
        tasks,
        &order,
        &DurationModel::log_t(0.0, 1e-6, 9.0),
        cut_off,
        5,
    )
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 0.03 * b.abs().max(60.0)
}

#[test]
fn one_after_the_other_adds_up_and_beside_each_other_the_longest_decides() {
    let (hour, half) = (model(3600.0), model(1800.0));
    let task = |before, duration| Task {
        before,
        progress: to_come(0.0),
        duration: Some(duration),
        counts: true,
    };
    let tasks = [
        task(&[], &half),
        task(&[0], &hour),
        task(&[0], &half),
        task(&[1, 2], &half),
    ];
    let drawn = drawn(&tasks, 9000.0);
    let band = drawn.finish_band();
    assert!(near(band.middle, 7200.0), "{band:?}");
    assert!(band.early < band.middle && band.middle < band.late);
    assert!(drawn.decides[0] == 1.0 && drawn.decides[1] > 0.95 && drawn.decides[2] < 0.05);
    assert!(near(drawn.starts[3], 5400.0));
    // The cut-off less the rest of the longest way, with room for a slow one in ten.
    let latest = drawn.latest_starts[1];
    assert!((3000.0..3500.0).contains(&latest), "{latest}");
}

/// Restarting one item saves nothing where another takes longer than there is.
#[test]
fn there_is_no_latest_start_where_what_goes_beside_it_misses_the_cut_off() {
    let (hour, half) = (model(3600.0), model(1800.0));
    let task = |before, duration, counts| Task {
        before,
        progress: to_come(0.0),
        duration: Some(duration),
        counts,
    };
    // Beside each other; the third waits for both.
    let beside = |counts| {
        [
            task(&[], &half, true),
            task(&[], &hour, counts),
            task(&[0], &half, true),
        ]
    };
    let latest = drawn(&beside(true), 3000.0).latest_starts;
    assert_eq!(latest[0], f64::NEG_INFINITY);
    let latest = drawn(&beside(true), 4500.0).latest_starts;
    assert!((600.0..900.0).contains(&latest[0]), "{latest:?}");
    // What is optional makes no close late.
    let latest = drawn(&beside(false), 4000.0 - 250.0).latest_starts;
    assert!(latest[0].is_finite(), "{latest:?}");
    let joined = [
        task(&[], &half, true),
        task(&[], &hour, false),
        task(&[0, 1], &half, true),
    ];
    let latest = drawn(&joined, 4500.0).latest_starts;
    assert_eq!(latest[0], f64::NEG_INFINITY, "what waits for both is late");
    let latest = drawn(&joined, 6000.0).latest_starts;
    assert!(latest[0].is_finite(), "{latest:?}");
}

#[test]
fn nothing_starts_before_its_time_and_then_its_time_decides() {
    let half = model(1800.0);
    let first = Task {
        before: &[],
        progress: Progress::Over(-600.0),
        duration: Some(&half),
        counts: true,
    };
    let timed = Task {
        before: &[0],
        progress: to_come(7200.0),
        duration: Some(&half),
        counts: true,
    };
    let drawn = drawn(&[first, timed], 1e4);
    assert!(drawn.finish[0] > 7200.0);
    assert_eq!(drawn.decides, [0.0, 1.0]);
}

#[test]
fn what_has_gone_on_for_long_goes_on_for_longer_than_what_is_left_of_its_usual_length() {
    let spread = DurationModel::learn(&[1800.0, 3600.0, 5400.0]).unwrap();
    let going = |elapsed| {
        let task = Task {
            before: &[],
            progress: Progress::Going {
                length: &spread,
                elapsed,
            },
            duration: Some(&spread),
            counts: true,
        };
        drawn(&[task], 1e4).finish_band()
    };
    assert!(near(going(0.0).middle, spread.when_left(0.5)));
    assert!(going(5400.0).middle > 300.0, "{:?}", going(5400.0));
    assert!(going(1800.0).early >= 0.0);
}

#[test]
fn a_wait_that_is_on_already_is_taken_from_what_is_usual() {
    let (half, wait) = (model(1800.0), model(1200.0));
    let task = |progress, before| Task {
        before,
        progress,
        duration: Some(&half),
        counts: true,
    };
    let ready = |since| {
        let next = Progress::ToCome {
            earliest: 0.0,
            delay: Some(&wait),
        };
        drawn(&[task(Progress::Over(since), &[]), task(next, &[0])], 1e4).starts[1]
    };
    assert!(near(ready(0.0), 1200.0), "{}", ready(0.0));
    assert!(near(ready(-600.0), 600.0), "{}", ready(-600.0));
    assert!(ready(-6000.0) >= 0.0, "never before now");
}

/// A run that hangs, and a person on holiday: nobody knows when it goes on, and surely not that it does now.
#[test]
fn what_takes_longer_than_all_that_was_seen_is_never_expected_to_be_over_now() {
    let (half, wait) = (model(1800.0), model(1200.0));
    let task = |progress, before| Task {
        before,
        progress,
        duration: Some(&half),
        counts: true,
    };
    let rest = |elapsed| {
        let length = &half;
        drawn(&[task(Progress::Going { length, elapsed }, &[])], 1e4).finish_band()
    };
    let start = |since: f64| {
        let next = Progress::ToCome {
            earliest: 0.0,
            delay: Some(&wait),
        };
        drawn(&[task(Progress::Over(-since), &[]), task(next, &[0])], 1e4).starts[1]
    };
    let mut before = (0.0, 0.0);
    for days in [1.0, 2.0, 30.0] {
        let (rest, start) = (rest(days * 86_400.0), start(days * 86_400.0));
        assert!(
            rest.early > 0.0 && rest.late > rest.early + 60.0,
            "{rest:?}"
        );
        assert!(
            rest.middle > before.0 && start > before.1,
            "{rest:?} {start}"
        );
        before = (rest.middle, start);
    }
}

#[test]
fn the_same_close_is_drawn_the_same_and_what_is_optional_does_not_count() {
    let (hour, half) = (model(3600.0), model(1800.0));
    let task = |duration, counts| Task {
        before: &[],
        progress: to_come(0.0),
        duration: Some(duration),
        counts,
    };
    let tasks = [task(&half, true), task(&hour, false)];
    assert_eq!(drawn(&tasks, 4000.0), drawn(&tasks, 4000.0));
    assert!(near(drawn(&tasks, 4000.0).finish_band().middle, 1800.0));
    assert!(drawn(&tasks, 4000.0).chance_by(4000.0) > 0.95);
}
