use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

use super::*;
use crate::test_support::at;

const DUE: i64 = 100_000;
const GRACE: i64 = 900;

fn due() -> Due {
    Due {
        at: at(DUE),
        grace: SignedDuration::from_secs(GRACE),
    }
}

fn window() -> Window {
    Window {
        from: at(0),
        to: Some(at(1_000_000)),
    }
}

fn seen(status: &str, created: Option<i64>, started: Option<i64>) -> SeenRun {
    SeenRun {
        status: RunStatus::from_word(status),
        created: created.map(at),
        started: started.map(at),
    }
}

fn check(runs: &[SeenRun], read: i64, now: i64) -> StartCheck {
    let sight = StartSight::of(&window(), runs, at(read), true);
    check_start(due(), sight.as_ref(), at(now))
}

const OVER: i64 = DUE + GRACE + 1;

#[test]
fn it_is_told_after_time_and_grace_and_a_fresh_read_alone() {
    assert_eq!(check(&[], OVER - 1, OVER - 1), StartCheck::NotDue);
    assert_eq!(check(&[], OVER, OVER + 60), StartCheck::DidNotStart);
    assert_eq!(
        check(&[], OVER, OVER + 61),
        StartCheck::Unseen,
        "a minute old"
    );
    assert_eq!(
        check(&[], OVER - 1, OVER),
        StartCheck::Unseen,
        "from before it was over"
    );
    assert_eq!(check_start(due(), None, at(OVER)), StartCheck::Unseen);
    assert_eq!(
        StartSight::of(&window(), &[], at(OVER), false),
        None,
        "runs were left out"
    );
    let started = [seen("Running", Some(10), Some(10))];
    let sight = StartSight::of(&window(), &started, at(OVER), false);
    assert!(
        sight.is_some_and(|sight| sight.may_have_started),
        "one that was started is enough"
    );
    let late = OVER + 3600;
    assert_eq!(check(&[], late, late), StartCheck::DidNotStartWhileAway);
}

#[test]
fn an_early_start_in_the_window_counts_and_created_is_not_started() {
    let told = |run| check(&[run], OVER, OVER) == StartCheck::DidNotStart;
    assert!(!told(seen("Finished", Some(10), Some(10))), "days early");
    assert!(!told(seen("Running", Some(-50), Some(10))), "made before");
    assert!(!told(seen("Scheduled", Some(10), None)));
    assert!(!told(seen("Paused", None, None)), "nobody knows that word");
    assert!(told(seen("NotStarted", Some(10), None)));
    assert!(told(seen("Finished", Some(-50), Some(-40))), "last month's");
}

/// One month by chance: a process that starts early, in time, late or not, and a computer that sleeps, is
/// offline, and lists in part. It looks each minute while it can.
fn month(
    random: &mut StdRng,
    due: Due,
    window: &Window,
) -> (Option<Timestamp>, Vec<(Timestamp, StartCheck)>) {
    let second = |base: Timestamp, s: i64| base + SignedDuration::from_secs(s);
    let start = match random.random_range(0..4) {
        0 => Some(second(due.at, -random.random_range(0..200_000))),
        1 => Some(second(due.at, random.random_range(0..1200))),
        2 => Some(second(due.at, random.random_range(600..30_000))),
        _ => None,
    };
    let start = start.map(|start| start.max(window.from));
    let created = start.map_or(due.at, |start| {
        second(start, -random.random_range(0..9_000))
    });
    let (sleeps, wakes) = (
        random.random_range(-4_000..3_000),
        random.random_range(0..20_000),
    );
    let blind = random.random_range(0.0..0.9);
    let mut sight: Option<StartSight> = None;
    let mut checks = Vec::new();
    let mut s = -2_000;
    while s < 30_000 {
        // Each minute while it matters, then seldom.
        s += if s < 4_000 { 60 } else { 900 };
        let (now, asleep) = (second(due.at, s), (sleeps..wakes).contains(&s));
        if asleep {
            continue;
        }
        if !random.random_bool(blind) {
            let has_started = start.is_some_and(|start| start <= now);
            let run = SeenRun {
                status: RunStatus::from_word(if has_started { "Running" } else { "NotStarted" }),
                created: Some(created),
                started: start.filter(|_| has_started),
            };
            let is_whole = random.random_bool(0.9);
            let runs = if is_whole { vec![run] } else { Vec::new() };
            sight = StartSight::of(window, &runs, now, is_whole).or(sight);
        }
        // The answer is looked at some seconds after the read was begun.
        let looked = second(now, random.random_range(0..5));
        checks.push((looked, check_start(due, sight.as_ref(), looked)));
    }
    (start, checks)
}

#[test]
fn in_ten_thousand_months_with_sleep_offline_summer_time_and_holidays_none_is_told_falsely() {
    use crate::close::holidays::Preset;
    use crate::close::open::open;
    use crate::close::plan::{Plan, StartRule};
    use crate::close::test_support::{day_time, draft, item};
    let mut random = StdRng::seed_from_u64(15);
    let (mut told, mut afterwards, mut seen_in_time) = (0, 0, 0);
    for n in 0..10_000 {
        let mut draft = draft(vec![item(1, &[])]);
        draft.items[0].start = StartRule::At {
            at: day_time(random.random_range(1..=3), random.random_range(0..=17)),
            grace: SignedDuration::from_mins(random.random_range(5..=30)),
        };
        draft.calendar = Preset::by_code("au-nsw").unwrap().calendar();
        let plan = Plan::new(draft).unwrap();
        let first_day = jiff::civil::date(2024 + (n % 4) as i16, 1 + (n % 12) as i8, 1);
        let period = plan.draft().periods.of_day(first_day).unwrap();
        let (close, _) = open(&plan, period, 0).unwrap();
        let due = *close.due.values().next().unwrap();
        let (start, checks) = month(&mut random, due, &close.window);
        let last = due.at + due.grace;
        for (at, check) in &checks {
            let not_started =
                start.is_none_or(|start| start > *at - FRESH - SignedDuration::from_secs(5));
            match check {
                StartCheck::DidNotStart | StartCheck::DidNotStartWhileAway => {
                    assert!(
                        not_started && *at > last,
                        "month {n}: {start:?}, told at {at}"
                    );
                }
                StartCheck::Started => assert!(start.is_some_and(|start| start <= *at)),
                StartCheck::NotDue => assert!(*at <= last),
                StartCheck::Unseen => {}
            }
        }
        let first = checks.iter().find(|(_, check)| {
            matches!(
                check,
                StartCheck::DidNotStart | StartCheck::DidNotStartWhileAway
            )
        });
        match first {
            Some((at, StartCheck::DidNotStart)) => {
                told += 1;
                seen_in_time += usize::from(at.duration_since(last) <= IN_TIME + FRESH);
            }
            Some(_) => afterwards += 1,
            None => {}
        }
    }
    assert!(
        told > 1_000 && afterwards > 300,
        "{told} told, {afterwards} afterwards"
    );
    assert_eq!(told, seen_in_time);
}
