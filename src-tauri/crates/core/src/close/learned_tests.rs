use super::*;
use crate::close::earlier_closes::earlier_closes;
use crate::close::test_support::{chain, opened, run_id, sample, six_closes, sydney};
use crate::close::usual_start::usual_start;
use crate::ids::RunId;

fn logs(rows: &[[f64; 4]]) -> Vec<Vec<Option<f64>>> {
    rows.iter()
        .map(|row| row.iter().map(|log| Some(*log)).collect())
        .collect()
}

#[test]
fn what_items_of_the_same_close_share_is_told_from_what_each_has_alone() {
    let together = common_share(&logs(&[[0.3, -0.3, 0.3, -0.3]; 4]));
    let apart = common_share(&logs(&[
        [0.3, -0.3, 0.3, -0.3],
        [-0.3, 0.3, -0.3, 0.3],
        [0.3, 0.3, -0.3, -0.3],
        [-0.3, -0.3, 0.3, 0.3],
    ]));
    assert!(together.spread > 2.0 * together.own, "{together:?}");
    assert!(apart.own > 3.0 * apart.spread, "{apart:?}");
}

#[test]
fn today_is_slow_as_far_as_several_runs_say_so_and_one_straggler_does_not() {
    let common = common_share(&logs(&[[0.2, -0.2, 0.2, -0.2]; 3]));
    let slow = |offs: &[f64]| {
        let residuals: Vec<Residual> = offs
            .iter()
            .map(|off| Residual { off: *off, runs: 6 })
            .collect();
        common.factor(&residuals).when_left(0.5)
    };
    assert!((slow(&[]) - 1.0).abs() < 0.01);
    assert!(slow(&[0.2, 0.2, 0.2]) > 1.1);
    assert!(slow(&[2.0, 0.0, 0.0]) < 1.2);
    assert_eq!(slow(&[2.0, 0.0, 0.0]), slow(&[9.0, 0.0, 0.0]));
}

#[test]
fn an_item_of_which_nothing_is_known_has_its_owners_estimate_or_no_length() {
    let mut draft = chain().draft().clone();
    draft.items[1].estimate = Some(1200.0);
    let plan = Plan::new(draft).unwrap();
    let learned = Learned::of(&plan, &[]);
    assert_eq!(learned.items[0].duration, None);
    let estimated = learned.items[1].duration.as_ref().unwrap();
    assert!((estimated.when_left(0.5) - 1200.0).abs() < 1.0);
    assert_eq!(learned.items[1].runs, 0);
    assert_eq!(learned.items[1].residual(1200.0), None);
}

#[test]
fn durations_and_what_people_take_are_learned_from_earlier_closes() {
    let plan = chain();
    let earlier = earlier_closes(&plan, &opened(&plan), &six_closes(), &[]);
    assert_eq!(earlier.len(), 6);
    let learned = Learned::of(&plan, &earlier);
    let item = &learned.items[1];
    assert_eq!(item.runs, 6);
    let near = |model: &Option<DurationModel>, seconds: f64| {
        let middle = model.as_ref().unwrap().when_left(0.5);
        assert!(
            (middle / seconds - 1.0).abs() < 0.05,
            "{middle}, not {seconds}"
        );
    };
    near(&item.duration, 3600.0);
    near(&item.delay, 600.0);
}

#[test]
fn what_was_run_in_the_middle_of_a_month_is_none_of_its_close_unless_it_stood_for_an_item() {
    let plan = chain();
    let mut samples = six_closes();
    for (n, day) in ["2026-10-15", "2026-09-15", "2026-08-14"]
        .iter()
        .enumerate()
    {
        samples.push(sample(1, 900 + n, sydney(&format!("{day}T15:00")), 30.0));
    }
    let close = opened(&plan);
    let of_first = |counted: &[RunId]| {
        let earlier = earlier_closes(&plan, &close, &samples, counted);
        earlier[0].runs[0].unwrap().ended
    };
    assert!(of_first(&[]) < sydney("2026-10-06T00:00"));
    assert_eq!(of_first(&[run_id(900)]), sydney("2026-10-15T15:00"));
    // It begins when it usually does, not in the middle of the month.
    let usual = usual_start(
        &plan,
        &close,
        &earlier_closes(&plan, &close, &samples, &[]),
        0,
    );
    assert!(usual.unwrap() < sydney("2026-11-05T00:00"), "{usual:?}");
}

#[test]
fn only_runs_before_this_close_and_the_last_one_of_each_earlier_close_count() {
    let plan = chain();
    let mut samples = six_closes();
    samples.push(sample(1, 900, sydney("2026-11-04T09:30"), 30.0));
    samples.push(sample(1, 901, sydney("2026-10-05T15:00"), 90.0));
    let earlier = earlier_closes(&plan, &opened(&plan), &samples, &[]);
    assert_eq!(earlier.len(), 6);
    assert_eq!(earlier[0].runs[0].unwrap().seconds, 5400.0);
    let mut foreign = six_closes();
    for sample in &mut foreign {
        sample.key.account = crate::ids::AccountId("other".into());
    }
    assert!(earlier_closes(&plan, &opened(&plan), &foreign, &[]).is_empty());
}
