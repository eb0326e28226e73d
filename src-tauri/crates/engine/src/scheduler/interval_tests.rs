use super::*;
use runwatch_core::status_stamp::StatusStamp;

fn attempt(word: &str, phase: Phase) -> Attempt {
    let stamp = StatusStamp {
        status: RunStatus::from_word(word),
        started: None,
        finished: None,
    };
    Attempt::first(stamp, phase)
}

fn context(attempt: &Attempt) -> PollContext<'_> {
    PollContext {
        attempt: Some(attempt),
        watched: true,
        shown: false,
        visible: true,
        since_action: None,
        since_unverified: None,
        failures: 0,
        over_for: None,
        gone: false,
        unseen: false,
        archived: false,
        planned: false,
        known: None,
        limits: PollLimits::default(),
    }
}

#[test]
fn rule_18_a_watched_going_run_in_a_visible_window_is_at_most_5_s_stale() {
    let running = attempt("Running", Phase::Going);
    assert!(interval(context(&running)).unwrap() < Duration::from_secs(5));
}

#[test]
fn rule_18_after_an_action_it_is_asked_at_1_2_4_and_8_s() {
    let ended = attempt(
        "Finished",
        Phase::Ended {
            outcome: Outcome::Failed,
            silent: false,
        },
    );
    let mut at = Duration::ZERO;
    let mut asked = Vec::new();
    for _ in 0..4 {
        at += interval(PollContext {
            since_action: Some(at),
            ..context(&ended)
        })
        .unwrap();
        asked.push(at.as_secs());
    }
    assert_eq!(asked, [1, 2, 4, 8]);
}

#[test]
fn behind_a_closed_window_the_learned_duration_rules() {
    let running = attempt("Running", Phase::Going);
    let model = DurationModel::learn(&[600.0; 10]).unwrap();
    let wait = |elapsed| {
        let hidden = PollContext {
            visible: false,
            known: Some((&model, elapsed)),
            ..context(&running)
        };
        interval(hidden).unwrap().as_secs()
    };
    assert!(wait(0.0) >= 120, "nothing is due yet");
    assert!(wait(600.0) <= 10, "it is about to end");
}

#[test]
fn what_has_not_begun_is_asked_slowly() {
    let wait = |word, shortest_seconds| {
        let attempt = attempt(word, Phase::Going);
        let limits = PollLimits {
            shortest_seconds,
            ..PollLimits::default()
        };
        interval(PollContext {
            visible: false,
            limits,
            ..context(&attempt)
        })
    };
    assert_eq!(wait("NotStarted", 5), Some(IDLE));
    assert_eq!(wait("Scheduled", 5), Some(SCHEDULED));
    assert_eq!(wait("Scheduled", 50), Some(Duration::from_secs(50)));
}

#[test]
fn what_is_over_is_looked_at_a_few_times_over_the_following_days_and_then_no_more() {
    let ended = attempt(
        "Finished",
        Phase::Ended {
            outcome: Outcome::Failed,
            silent: false,
        },
    );
    let looks = |archived: bool, watched: bool| {
        let mut age = Duration::ZERO;
        let mut looks = Vec::new();
        while let Some(wait) = interval(PollContext {
            over_for: Some(age),
            archived,
            watched,
            ..context(&ended)
        }) {
            age += wait;
            looks.push(age.as_secs() / 60);
        }
        looks
    };
    assert_eq!(looks(false, true), [5, 15, 60, 240, 720, 1440, 2880, 4320]);
    assert!(looks(true, true).is_empty() && looks(false, false).is_empty());
}

#[test]
fn after_an_error_it_is_asked_again_soon_though_its_next_read_was_far_away() {
    let ended = attempt(
        "Finished",
        Phase::Ended {
            outcome: Outcome::Failed,
            silent: false,
        },
    );
    let wait = |failures| {
        interval(PollContext {
            failures,
            over_for: Some(Duration::ZERO),
            ..context(&ended)
        })
        .unwrap()
        .as_secs()
    };
    assert_eq!([wait(0), wait(1), wait(9)], [300, 4, 64]);
}

#[test]
fn errors_back_off_to_about_a_minute() {
    let running = attempt("Running", Phase::Going);
    let wait = |failures| {
        interval(PollContext {
            failures,
            ..context(&running)
        })
        .unwrap()
        .as_secs()
    };
    assert_eq!([wait(0), wait(3), wait(6), wait(60)], [4, 8, 64, 64]);
}

#[test]
fn what_nobody_watches_or_sees_is_not_read() {
    let running = attempt("Running", Phase::Going);
    assert_eq!(
        interval(PollContext {
            watched: false,
            visible: false,
            ..context(&running)
        }),
        None
    );
    let ended = attempt(
        "Finished",
        Phase::Ended {
            outcome: Outcome::Failed,
            silent: false,
        },
    );
    assert_eq!(
        interval(PollContext {
            watched: false,
            ..context(&ended)
        }),
        None
    );
}
