use super::*;
use jiff::Timestamp;
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
        overdue: false,
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
    // An end cannot be missed any more, only a new start: it need not be asked each minute for days.
    assert_eq!([wait(0), wait(1), wait(6), wait(8)], [300, 4, 64, 256]);
}

#[test]
fn what_is_over_and_refused_again_and_again_is_asked_for_no_oftener_than_what_can_be_read() {
    let ended = attempt(
        "Finished",
        Phase::Ended {
            outcome: Outcome::Failed,
            silent: false,
        },
    );
    let wait = |failures, hours, unseen| {
        let refused = PollContext {
            failures,
            unseen,
            over_for: Some(Duration::from_hours(hours)),
            ..context(&ended)
        };
        interval(refused).map(|wait| wait.as_secs() / 3600)
    };
    for unseen in [false, true] {
        assert_eq!(wait(60, 2, unseen), Some(2));
        assert_eq!(wait(60, 12, unseen), Some(12));
    }
    assert_eq!(wait(60, 240, false), None);
    // It may have been started again while nobody looked.
    assert_eq!(
        (wait(3, 240, true), wait(60, 240, true)),
        (Some(0), Some(24))
    );
}

#[test]
fn a_start_that_should_have_shown_by_now_is_asked_for_as_what_is_shown() {
    let not_started = attempt("NotStarted", Phase::Going);
    let proving = Attempt {
        phase: Phase::Proving {
            baseline: not_started.stamp.clone(),
            since: Timestamp::UNIX_EPOCH,
        },
        ..not_started.clone()
    };
    let wait = |attempt, overdue| {
        interval(PollContext {
            visible: false,
            overdue,
            ..context(attempt)
        })
    };
    assert_eq!(wait(&proving, false), Some(FRESH));
    assert_eq!(wait(&proving, true), wait(&not_started, false));
}

#[test]
fn what_is_gone_is_over_whatever_it_was_about_to_show() {
    let since = Timestamp::UNIX_EPOCH;
    let phases = [
        Phase::Going,
        Phase::Unseen,
        Phase::Pending {
            since,
            silent: false,
        },
        Phase::Proving {
            baseline: attempt("Failed", Phase::Going).stamp,
            since,
        },
    ];
    let attempts = phases.map(|phase| attempt("Running", phase));
    let asked = attempts.iter().map(Some).chain([None]);
    for attempt in asked {
        let gone = |over_for| PollContext {
            attempt,
            gone: true,
            failures: 3,
            over_for: Some(over_for),
            ..context(&attempts[0])
        };
        let wait = |over_for| interval(gone(over_for));
        assert_eq!(
            wait(Duration::ZERO),
            Some(Duration::from_mins(5)),
            "{attempt:?}"
        );
        assert_eq!(wait(Duration::from_hours(100)), None, "{attempt:?}");
        let unwatched = PollContext {
            watched: false,
            ..gone(Duration::ZERO)
        };
        assert_eq!(interval(unwatched), None, "{attempt:?}");
    }
}

#[test]
fn what_was_never_read_is_asked_for_again_and_again_only_where_somebody_waits_for_it() {
    let running = attempt("Running", Phase::Going);
    let never_read = |watched, failures| {
        interval(PollContext {
            attempt: None,
            visible: false,
            watched,
            failures,
            ..context(&running)
        })
    };
    assert!(never_read(false, 0).is_some() && never_read(false, 3).is_some());
    assert_eq!(never_read(false, 60), None);
    assert_eq!(never_read(true, 60), Some(Duration::from_secs(64)));
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
