//! The interval between two polls of a run: a pure function (docs/RULES.md, 18). Behind a closed window
//! `core::poll_interval` says how often a going run is worth asking.

use std::time::Duration;

use runwatch_core::attempt::{Attempt, Phase};
use runwatch_core::duration_model::DurationModel;
use runwatch_core::outcome::Outcome;
use runwatch_core::poll_interval::{self, PollLimits};
use runwatch_core::status::RunStatus;

/// What the time to the next read depends on.
#[derive(Debug, Clone, Copy)]
pub struct PollContext<'a> {
    /// The run's attempt; none before the first answer.
    pub attempt: Option<&'a Attempt>,
    /// Its end is notified.
    pub watched: bool,
    /// It is open in a window that can be seen.
    pub shown: bool,
    /// The window can be seen.
    pub visible: bool,
    /// Time since an action was sent from here.
    pub since_action: Option<Duration>,
    /// Time since its end was told as unverified.
    pub since_unverified: Option<Duration>,
    /// Reads that failed in a row.
    pub failures: u32,
    /// For how long it has been over: ended, or gone from SolveXia; none while it is not.
    pub over_for: Option<Duration>,
    /// SolveXia does not have it any more.
    pub gone: bool,
    /// Nobody has seen it since the app started or the computer woke.
    pub unseen: bool,
    /// Its user took it out of sight.
    pub archived: bool,
    /// This read was planned at the one before.
    pub planned: bool,
    /// How long its process usually takes, and how long it has been running, in seconds.
    pub known: Option<(&'a DurationModel, f64)>,
    /// What the user allows.
    pub limits: PollLimits,
}

/// At most 5 s stale, with a second for the read itself.
const FRESH: Duration = Duration::from_secs(4);
/// An ended run is read on for its correction this long.
const UNVERIFIED: Duration = Duration::from_secs(600);
/// What is over is looked at again at these ages: its steps may show a failure late, or somebody may start
/// it again.
const LOOKS: [Duration; 8] = [
    Duration::from_mins(5),
    Duration::from_mins(15),
    Duration::from_hours(1),
    Duration::from_hours(4),
    Duration::from_hours(12),
    Duration::from_hours(24),
    Duration::from_hours(48),
    Duration::from_hours(72),
];
/// What ended, or begins soon, and is looked at.
const NEAR: Duration = Duration::from_secs(15);
/// What waits for its turn in SolveXia.
const SCHEDULED: Duration = Duration::from_secs(30);
/// What has not been started.
const IDLE: Duration = Duration::from_secs(60);

/// Time from one read to the next; none where it is not read by itself.
pub fn interval(context: PollContext<'_>) -> Option<Duration> {
    let steady = calm(context).map(|calm| match context.failures {
        _ if context.gone => calm,
        0 => calm,
        // However far away the next read was: nobody knows what was missed.
        n => Duration::from_secs(2u64.saturating_pow(n.min(6))).max(calm.min(FRESH)),
    });
    let pulse = context
        .since_action
        .filter(|_| context.failures == 0)
        .and_then(after_action);
    steady.into_iter().chain(pulse).min()
}

/// Whether it is read by itself at all: where no read follows, also for the last one that was planned.
pub fn is_polled(context: PollContext<'_>) -> bool {
    let wanted = context.watched && !context.archived;
    let last_look = context.over_for.is_some() && context.planned && wanted;
    last_look || interval(context).is_some()
}

/// Whether an action was sent so lately that the run is asked at set moments.
pub(crate) fn follows_action_soon(since_action: Option<Duration>) -> bool {
    since_action.is_some_and(|since| after_action(since).is_some())
}

/// After an action it is asked at 1, 2, 4 and 8 s.
fn after_action(since: Duration) -> Option<Duration> {
    [1, 2, 4, 8]
        .into_iter()
        .map(Duration::from_secs)
        .find(|at| *at > since)
        .map(|at| at - since)
}

fn calm(context: PollContext<'_>) -> Option<Duration> {
    let Some(attempt) = context.attempt else {
        return Some(FRESH);
    };
    let unverified_lately = context
        .since_unverified
        .is_some_and(|since| since < UNVERIFIED);
    match &attempt.phase {
        Phase::Pending { .. } => Some(Duration::from_secs(2)),
        Phase::Proving { .. } => Some(FRESH),
        Phase::Ended {
            outcome: Outcome::Unverified,
            ..
        }
        | Phase::Unseen
            if unverified_lately =>
        {
            Some(NEAR)
        }
        Phase::Ended { .. } | Phase::Unseen if context.shown => Some(NEAR),
        _ if context.over_for.is_some() => look_again(context),
        Phase::Ended { .. } | Phase::Unseen => None,
        Phase::Going => going(context, &attempt.stamp.status),
    }
}

/// What is over, by its age; none once it is old, and where nobody wants to know.
fn look_again(context: PollContext<'_>) -> Option<Duration> {
    let over_for = context
        .over_for
        .filter(|_| context.watched && !context.archived)?;
    // It may have been started again meanwhile.
    if context.unseen {
        return Some(FRESH);
    }
    // One that was just looked at is not looked at again for a few seconds more.
    let next = LOOKS
        .into_iter()
        .find(|age| *age > over_for + over_for / 4)?;
    Some(next - over_for)
}

fn going(context: PollContext<'_>, status: &RunStatus) -> Option<Duration> {
    let idle = *status == RunStatus::NotStarted;
    match (context.visible, context.watched || context.shown) {
        (true, true) if !idle || context.shown => Some(FRESH),
        (true, true) => Some(Duration::from_secs(10)),
        (true, false) if idle => Some(IDLE),
        (true, false) => Some(NEAR),
        (false, _) if !context.watched => None,
        (false, _) => Some(match status {
            RunStatus::NotStarted => IDLE,
            RunStatus::Scheduled => SCHEDULED.max(context.limits.shortest()),
            _ => poll_interval::wait(context.known, context.limits),
        }),
    }
}

#[cfg(test)]
mod tests {
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
        let wait = |word, floor| {
            let attempt = attempt(word, Phase::Going);
            let limits = PollLimits {
                floor,
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
}
