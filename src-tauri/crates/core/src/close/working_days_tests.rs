use super::*;
use crate::close::holidays::Preset;
use crate::close::periods::Periods;
use crate::close::test_support::october;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn wd(n: i8) -> WorkingDay {
    WorkingDay::new(n).unwrap()
}

#[test]
fn working_days_are_counted_from_the_end_of_the_period_and_there_is_no_wd0() {
    let calendar = Calendar::default();
    let found = |n| calendar.day(october(), wd(n)).unwrap();
    assert_eq!(found(1), day("2026-11-02"));
    assert_eq!(found(3), day("2026-11-04"));
    assert_eq!(found(-1), day("2026-10-30"));
    assert_eq!(found(-5), day("2026-10-26"));
    assert_eq!(WorkingDay::new(0), None);
    assert_eq!(WorkingDay::new(31), None);
    assert_eq!(
        (wd(3).to_string(), wd(-1).to_string()),
        ("WD3".into(), "WD−1".into())
    );
}

#[test]
fn a_day_is_read_back_as_the_working_day_that_it_is() {
    let calendar = Preset::by_code("au-vic").unwrap().calendar();
    for n in (-20..=20).filter_map(WorkingDay::new) {
        let date = calendar.day(october(), n).unwrap();
        assert_eq!(
            calendar.number(october(), date),
            i32::from(n.number()),
            "{date}"
        );
    }
    // A day off counts as the working day before it.
    assert_eq!(calendar.number(october(), day("2026-11-01")), -1);
    assert_eq!(calendar.number(october(), day("2026-11-03")), 1);
}

#[test]
fn a_period_or_a_year_without_working_days_is_said() {
    let all = |from: &str, days: i32| Calendar {
        name: "Shut".into(),
        holidays: (0..days)
            .map(|n| (moved(day(from), n.days()), String::new()))
            .collect(),
        known_until: None,
    };
    let error = all("2026-10-01", 31).day(october(), wd(1)).unwrap_err();
    assert!(matches!(error, WorkingDayError::NoneInPeriod { .. }));
    assert!(
        error
            .to_string()
            .starts_with("October 2026 has no working day"),
        "{error}"
    );
    let error = all("2026-11-01", 100).day(october(), wd(1)).unwrap_err();
    assert!(
        matches!(error, WorkingDayError::NoneAfter { .. }),
        "{error}"
    );
    let error = Calendar::default().day(october(), wd(-30)).unwrap_err();
    assert!(
        matches!(error, WorkingDayError::BeforePeriod { .. }),
        "{error}"
    );
}

#[test]
fn the_golden_table_of_all_presets_from_2024_to_2028_is_met() {
    let golden = include_str!("holidays/golden.txt");
    let mut rows = 0;
    for row in golden.lines().filter(|line| !line.starts_with('#')) {
        let words: Vec<&str> = row.split(' ').collect();
        let calendar = Preset::by_code(words[0]).unwrap().calendar();
        let period = Periods::Months.of_day(day(words[1])).unwrap();
        for (n, expected) in [-5, -1, 1, 3, 10].into_iter().zip(&words[2..]) {
            assert_eq!(
                calendar.day(period, wd(n)).unwrap(),
                day(expected),
                "{row}: {n}"
            );
        }
        rows += 1;
    }
    assert_eq!(
        rows,
        14 * 59,
        "14 presets, and 59 months whose working days are all known"
    );
}
