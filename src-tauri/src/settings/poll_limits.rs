//! Poll limits: the shortest and the longest time between two polls of a run, as the user sets them.

use std::ops::RangeInclusive;

use runwatch_contract::{AppError, ErrorCode, PollLimits};
use runwatch_core::closed_window_interval;

use crate::api::errors::ForPage;
use crate::app_state::AppState;

/// What can be chosen, in seconds: more often would burden SolveXia, and longer than a minute as the
/// shortest would make every end late.
const SHORTEST: RangeInclusive<u32> = 2..=60;
/// In minutes.
const LONGEST: RangeInclusive<u32> = 1..=60;

/// The limits as the page shows them.
pub fn view(limits: closed_window_interval::PollLimits) -> PollLimits {
    PollLimits {
        shortest_seconds: limits.shortest_seconds,
        longest_minutes: limits.longest_seconds.div_ceil(60),
    }
}

/// Checks new limits and keeps them.
pub async fn change(app_state: &AppState, limits: PollLimits) -> Result<PollLimits, AppError> {
    let limits = checked(limits)?;
    let kept = app_state.engine.set_poll_limits(limits).await;
    kept.map_err(|error| error.for_page())?;
    Ok(view(app_state.engine.settings.poll_limits()))
}

fn checked(limits: PollLimits) -> Result<closed_window_interval::PollLimits, AppError> {
    let PollLimits {
        shortest_seconds: shortest,
        longest_minutes: longest,
    } = limits;
    let wrong = |what: &str, range: RangeInclusive<u32>, unit: &str| {
        let (least, most) = (range.start(), range.end());
        let message = format!("The {what} time is a whole number from {least} to {most} {unit}.");
        Err(AppError::new(ErrorCode::BadId, message))
    };
    if !SHORTEST.contains(&shortest) {
        return wrong("shortest", SHORTEST, "seconds");
    }
    if !LONGEST.contains(&longest) {
        return wrong("longest", LONGEST, "minutes");
    }
    Ok(closed_window_interval::PollLimits {
        shortest_seconds: shortest,
        longest_seconds: longest * 60,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits(
        shortest_seconds: u32,
        longest_minutes: u32,
    ) -> Option<closed_window_interval::PollLimits> {
        let limits = PollLimits {
            shortest_seconds,
            longest_minutes,
        };
        checked(limits).ok()
    }

    #[test]
    fn what_is_refused_is_answered_with_what_can_be_typed() {
        let limits = PollLimits {
            shortest_seconds: 0,
            longest_minutes: 5,
        };
        let said = checked(limits).unwrap_err().message;
        assert_eq!(
            said,
            "The shortest time is a whole number from 2 to 60 seconds."
        );
    }

    #[test]
    fn limits_that_would_burden_solvexia_or_miss_ends_are_refused() {
        assert_eq!(
            limits(5, 5),
            Some(closed_window_interval::PollLimits::default())
        );
        assert_eq!(
            view(closed_window_interval::PollLimits::default()).longest_minutes,
            5
        );
        for (shortest, longest) in [(0, 5), (1, 5), (61, 5), (5, 0), (5, 61), (5, u32::MAX)] {
            assert_eq!(limits(shortest, longest), None, "{shortest} {longest}");
        }
    }
}
