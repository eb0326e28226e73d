//! The interval between two polls of a run: a pure function (docs/RULES.md, 18). How long it is for a
//! run that goes behind a closed window is decided in `core/closed_window_interval.rs`, by what the process's durations say.

use std::time::Duration;

use runwatch_core::attempt::{Attempt, Phase};
use runwatch_core::closed_window_interval::{self, PollLimits};
use runwatch_core::duration_model::DurationModel;
use runwatch_core::outcome::Outcome;
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
    /// A start from here should have shown by now.
    pub overdue: bool,
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
/// What is over is read again at these ages: its steps may show a failure late, or somebody may start
/// it again.
const READ_AGAIN_AT: [Duration; 8] = [
    Duration::from_mins(5),
    Duration::from_mins(15),
    Duration::from_hours(1),
    Duration::from_hours(4),
    Duration::from_hours(12),
    Duration::from_hours(24),
    Duration::from_hours(48),
    Duration::from_hours(72),
];
/// A start from here that did not show is looked for like a run that waits to be started, for so long.
const MAY_SHOW: Duration = Duration::from_hours(12);
const LOOK_FOR_START: Duration = Duration::from_mins(1);
/// What went while its end was awaited is asked for at the first age again and again for so long: a gateway
/// may answer 404 for a while.
pub(crate) const MAY_COME_BACK: Duration = Duration::from_hours(1);
/// So often in a row an answer is asked for that nobody waits for.
pub(crate) const TRIES: u32 = 9;
/// What is over, was not seen since the start and cannot be read is tried so often.
const DAILY: Duration = Duration::from_hours(24);
/// A run that has ended and is open in the window, or one that goes and is not watched.
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
        // After many failures in a row, what is over is asked for no more often than if it could be read.
        n if n >= TRIES && context.over_for.is_some() => calm,
        // After failures soon, even where the next poll was far away: an end may have been missed, or a new start of
        // what is over, which is rarer.
        n => {
            let most = if context.over_for.is_some() { 9 } else { 6 };
            Duration::from_secs(2u64.saturating_pow(n.min(most))).max(calm.min(FRESH))
        }
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
    let last_read = context.over_for.is_some() && context.planned && wanted;
    last_read || interval(context).is_some()
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
    // Whatever it was about to show, it will not show it: nothing else ends these phases.
    if context.gone {
        return match context.shown {
            true => Some(NEAR),
            false => gone_again(context),
        };
    }
    let Some(attempt) = context.attempt else {
        return never_read(context);
    };
    let unverified_lately = context
        .since_unverified
        .is_some_and(|since| since < UNVERIFIED);
    match &attempt.phase {
        Phase::Pending { .. } => Some(Duration::from_secs(2)),
        // What has not shown by now may never show.
        Phase::Proving { .. } if context.overdue => going(context, &attempt.stamp.status),
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
        Phase::Unseen if start_may_show(context) => Some(LOOK_FOR_START),
        _ if context.over_for.is_some() => read_again(context),
        Phase::Ended { .. } | Phase::Unseen => None,
        Phase::Going => going(context, &attempt.stamp.status),
    }
}

/// What no answer has come for yet; none where it is refused again and again and nobody waits for it.
fn never_read(context: PollContext<'_>) -> Option<Duration> {
    let is_wanted = context.watched || context.shown || context.visible;
    (is_wanted || context.failures < TRIES).then_some(FRESH)
}

fn start_may_show(context: PollContext<'_>) -> bool {
    let is_wanted = context.watched && !context.archived;
    is_wanted && context.over_for.is_some_and(|age| age < MAY_SHOW)
}

/// What is over, by its age; none once it is old, and where nobody wants to know.
fn read_again(context: PollContext<'_>) -> Option<Duration> {
    let over_for = context
        .over_for
        .filter(|_| context.watched && !context.archived)?;
    // The start that did not show may still come.
    if context.unseen && context.failures < TRIES {
        return Some(FRESH);
    }
    // An age that is nearly reached counts as reached, so that no two polls follow at once.
    let mut ages = READ_AGAIN_AT.into_iter();
    let next = ages.find(|age| *age > over_for + over_for / 4);
    let wait = next.map(|age| age - over_for);
    wait.or(context.unseen.then_some(DAILY))
}

/// What SolveXia does not have any more.
fn gone_again(context: PollContext<'_>) -> Option<Duration> {
    let has_ended = |attempt: &Attempt| matches!(attempt.phase, Phase::Ended { .. });
    let is_awaited = !context.attempt.is_some_and(has_ended);
    let most = match context.over_for {
        Some(over_for) if is_awaited && over_for < MAY_COME_BACK => READ_AGAIN_AT[0],
        _ => Duration::MAX,
    };
    read_again(context).map(|wait| wait.min(most))
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
            _ => closed_window_interval::wait(context.known, context.limits),
        }),
    }
}

#[cfg(test)]
#[path = "interval_tests.rs"]
mod tests;
