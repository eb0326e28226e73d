use super::*;

fn near(a: f64, b: f64, by: f64) -> bool {
    (a - b).abs() <= by * b.abs()
}

#[test]
fn nothing_is_learned_from_nothing() {
    assert_eq!(DurationModel::learn(&[]), None);
    assert_eq!(
        DurationModel::learn(&[0.0, -3.0, f64::NAN, f64::INFINITY]),
        None
    );
}

#[test]
fn the_middle_is_where_half_are_done_and_the_band_narrows_with_every_run() {
    let band = |runs: usize| {
        let seconds: Vec<f64> = (0..runs).map(|i| [540.0, 600.0, 666.0][i % 3]).collect();
        let model = DurationModel::learn(&seconds).unwrap();
        assert!(near(model.when_left(0.5), 600.0, 0.01));
        assert!(near(model.left(600.0), 0.5, 0.02));
        model.when_left(0.05) - model.when_left(0.95)
    };
    let bands = [3, 6, 12, 30].map(band);
    assert!(bands.is_sorted_by(|a, b| a > b), "{bands:?}");
}

#[test]
fn with_many_runs_it_is_the_lognormal_distribution_itself() {
    // Two values a spread of 0.3 to either side of ten minutes.
    let seconds: Vec<f64> = (0..400)
        .map(|i| 600.0 * if i % 2 == 0 { 0.3f64 } else { -0.3 }.exp())
        .collect();
    let model = DurationModel::learn(&seconds).unwrap();
    for (chance, spreads) in [(0.8413, -1.0), (0.5, 0.0), (0.05, 1.6449), (0.01, 2.3263)] {
        let expected = 600.0 * (0.3f64 * spreads).exp();
        let at = model.when_left(chance);
        assert!(near(at, expected, 0.01), "{chance}: {at}, not {expected}");
    }
}

#[test]
fn slices_in_one_pass_are_what_each_question_by_itself_answers() {
    for (seconds, left) in [(&[300.0][..], 1.0), (&[500.0, 600.0, 900.0], 0.3)] {
        let model = DurationModel::learn(seconds).unwrap();
        let one_by_one = (0..50).map(|n| model.when_left(left * (f64::from(n) + 0.5) / 50.0));
        assert_eq!(model.slices(left, 50), one_by_one.collect::<Vec<_>>());
    }
}

#[test]
fn what_has_gone_on_beyond_the_table_goes_on_for_a_share_of_its_time() {
    for seconds in [&[300.0][..], &[500.0, 600.0, 900.0], &[600.0; 30]] {
        let model = DurationModel::learn(seconds).unwrap();
        let end = model.tail.at;
        let rest = |elapsed: f64, share| model.ends_after(elapsed, share) / elapsed - 1.0;
        for elapsed in [0.999 * end, end, 1.5 * end, 100.0 * end] {
            let [early, late] = [0.9, 0.1].map(|share| rest(elapsed, share));
            assert!(early > 0.0 && late > 2.0 * early, "{early} {late}");
            assert!(near(late, rest(end, 0.1), 0.1), "{seconds:?}: {late}");
        }
    }
}

#[test]
fn within_the_table_what_goes_on_ends_as_the_table_says() {
    let model = DurationModel::learn(&[500.0, 600.0, 900.0]).unwrap();
    for (elapsed, share) in [(0.0, 0.5), (0.0, 0.01), (600.0, 0.9), (900.0, 0.1)] {
        let by_table = model.when_left(model.left(elapsed) * share);
        assert_eq!(model.ends_after(elapsed, share), by_table);
    }
}

#[test]
fn a_run_that_broke_early_or_hung_does_not_change_the_habit() {
    let usual = [580.0, 590.0, 600.0, 610.0, 620.0];
    let strays = [&usual[..], &[12.0, 40_000.0]].concat();
    let (usual, strays) = (DurationModel::learn(&usual), DurationModel::learn(&strays));
    assert_eq!(usual, strays);
}

#[test]
fn the_chance_that_is_left_only_falls_and_effort_only_grows() {
    for seconds in [&[1.0][..], &[5.0, 36_000.0], &[600.0; 30]] {
        let rows = DurationModel::learn(seconds).unwrap().rows;
        assert!(rows.is_sorted_by(|a, b| a.at < b.at && a.left >= b.left));
        assert!(rows.is_sorted_by(|a, b| a.effort <= b.effort));
        let fine = |row: &Row| row.left > 0.0 && row.left < 1.0 && row.effort.is_finite();
        assert!(rows.iter().all(fine), "{seconds:?}");
    }
}
