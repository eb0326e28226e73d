use super::*;
use crate::test_support::at;

fn forecast(made: i64, early: i64, late: i64) -> PublishedForecast {
    PublishedForecast {
        at: at(made),
        percent: Some(80),
        finish: Expectation {
            early: at(early),
            middle: at((early + late) / 2),
            late: at(late),
        },
    }
}

fn close(published: Vec<PublishedForecast>) -> EndedClose {
    EndedClose {
        published,
        through: at(1000),
        something_failed: false,
    }
}

#[test]
fn four_forecasts_of_each_close_count_however_often_it_was_forecast() {
    let mut published = vec![forecast(0, 400, 900)];
    published.extend((250..1000).map(|second| forecast(second, 900, 1100)));
    let found = score(&[close(published)]);
    assert_eq!((found.of, found.held), (4, 3));
}

#[test]
fn the_last_twenty_are_looked_at_and_closes_in_which_something_failed_are_left_out() {
    let held = close(vec![forecast(0, 900, 1100)]);
    let failed = EndedClose {
        something_failed: true,
        ..close(vec![forecast(0, 1, 2)])
    };
    let missed = close(vec![forecast(0, 100, 200)]);
    let closes = [vec![failed, missed.clone()], vec![held; 4], vec![missed; 9]].concat();
    let expected = Score {
        of: 20,
        held: 16,
        left_out: 1,
    };
    assert_eq!(score(&closes), expected);
    assert_eq!(score(&[]), Score::default());
}

#[test]
fn a_forecast_is_published_when_what_it_says_has_changed() {
    let expected = |percent, late| Expected {
        percent: Some(percent),
        finish: forecast(0, 900, late).finish,
        slack: SignedDuration::ZERO,
        decided_by: Vec::new(),
    };
    let first = PublishedForecast::next(None, &expected(80, 1100), at(0)).unwrap();
    assert_eq!(
        PublishedForecast::next(Some(&first), &expected(80, 1399), at(60)),
        None
    );
    assert!(PublishedForecast::next(Some(&first), &expected(80, 1400), at(60)).is_some());
    assert!(PublishedForecast::next(Some(&first), &expected(75, 1100), at(60)).is_some());
}
