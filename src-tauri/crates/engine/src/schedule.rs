//! When a run is read next: a pure function (`rules.md`, 18).

use std::time::Duration;

use runwatch_core::attempt::{Course, Phase};
use runwatch_core::outcome::Outcome;
use runwatch_core::status::RunStatus;

/// What the time to the next read depends on.
#[derive(Debug, Clone, Copy)]
pub struct Need<'a> {
    /// The run's course; none before the first answer.
    pub course: Option<&'a Course>,
    /// Its end is notified.
    pub watched: bool,
    /// It is open in a window that can be seen.
    pub shown: bool,
    /// The window can be seen.
    pub visible: bool,
    /// Time since an action was sent from here.
    pub since_action: Option<Duration>,
    /// Time since its end was told as unverified.
    pub since_doubt: Option<Duration>,
    /// Reads that failed in a row.
    pub failures: u32,
}

/// At most 5 s stale, with a second for the read itself.
const FRESH: u64 = 4;
/// An ended run is read on for its correction this long.
const DOUBT: Duration = Duration::from_secs(600);
/// The longest time between two reads of a run that matters.
const CEILING: u64 = 300;

/// Time from one read to the next; none where it is not read by itself.
pub fn next(need: Need<'_>) -> Option<Duration> {
    let calm = calm(need)?;
    let backoff = match need.failures {
        0 => 0,
        n => 2u64.saturating_pow(n.min(6)),
    };
    let steady = Duration::from_secs(calm.max(backoff));
    let pulse = need
        .since_action
        .filter(|_| need.failures == 0)
        .and_then(after_action);
    Some(pulse.map_or(steady, |pulse| pulse.min(steady)))
}

/// After an action it is asked at 1, 2, 4 and 8 s.
fn after_action(since: Duration) -> Option<Duration> {
    [1, 2, 4, 8]
        .into_iter()
        .map(Duration::from_secs)
        .find(|at| *at > since)
        .map(|at| at - since)
}

fn calm(need: Need<'_>) -> Option<u64> {
    let Some(course) = need.course else {
        return Some(FRESH);
    };
    match &course.phase {
        Phase::Pending { .. } => Some(2),
        Phase::Proving { .. } => Some(FRESH),
        Phase::Ended {
            outcome: Outcome::Unverified,
            ..
        } if need.since_doubt.is_some_and(|since| since < DOUBT) => Some(15),
        Phase::Unseen if need.since_doubt.is_some_and(|since| since < DOUBT) => Some(15),
        Phase::Ended { .. } | Phase::Unseen if need.shown => Some(15),
        Phase::Ended { .. } | Phase::Unseen if need.watched => Some(CEILING),
        Phase::Ended { .. } | Phase::Unseen => None,
        Phase::Going => {
            let started = course.stamp.status != RunStatus::NotStarted;
            match (need.visible, need.watched || need.shown) {
                (true, true) if started || need.shown => Some(FRESH),
                (true, true) => Some(10),
                (true, false) => Some(if started { 15 } else { 60 }),
                (false, _) if !need.watched => None,
                (false, _) => Some(if started { 10 } else { 30 }),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use runwatch_core::attempt::Stamp;

    fn course(word: &str, phase: Phase) -> Course {
        let stamp = Stamp {
            status: RunStatus::from_word(word),
            started: None,
            finished: None,
        };
        Course {
            stamp,
            attempt: 1,
            phase,
        }
    }

    fn need(course: &Course) -> Need<'_> {
        Need {
            course: Some(course),
            watched: true,
            shown: false,
            visible: true,
            since_action: None,
            since_doubt: None,
            failures: 0,
        }
    }

    #[test]
    fn rule_18_a_watched_going_run_in_a_visible_window_is_at_most_5_s_stale() {
        let running = course("Running", Phase::Going);
        assert!(next(need(&running)).unwrap() < Duration::from_secs(5));
    }

    #[test]
    fn rule_18_after_an_action_it_is_asked_at_1_2_4_and_8_s() {
        let ended = course(
            "Finished",
            Phase::Ended {
                outcome: Outcome::Failed,
                silent: false,
            },
        );
        let mut at = Duration::ZERO;
        let mut asked = Vec::new();
        for _ in 0..4 {
            at += next(Need {
                since_action: Some(at),
                ..need(&ended)
            })
            .unwrap();
            asked.push(at.as_secs());
        }
        assert_eq!(asked, [1, 2, 4, 8]);
    }

    #[test]
    fn errors_back_off_to_about_a_minute() {
        let running = course("Running", Phase::Going);
        let wait = |failures| {
            next(Need {
                failures,
                ..need(&running)
            })
            .unwrap()
            .as_secs()
        };
        assert_eq!([wait(0), wait(3), wait(6), wait(60)], [4, 8, 64, 64]);
    }

    #[test]
    fn what_nobody_watches_or_sees_is_not_read() {
        let running = course("Running", Phase::Going);
        assert_eq!(
            next(Need {
                watched: false,
                visible: false,
                ..need(&running)
            }),
            None
        );
        let ended = course(
            "Finished",
            Phase::Ended {
                outcome: Outcome::Failed,
                silent: false,
            },
        );
        assert_eq!(
            next(Need {
                watched: false,
                ..need(&ended)
            }),
            None
        );
    }
}
