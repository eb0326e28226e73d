//! How long a token is valid, and when it is renewed.

use std::time::Duration;

use super::sleep_aware_instant::SleepAwareInstant;

/// Assumed where the server sends nothing usable: about the lifetime of SolveXia's tokens.
const USUAL_SECONDS: f64 = 600.0;
const MOST_SECONDS: f64 = 24.0 * 60.0 * 60.0;
const RENEW_EARLY: Duration = Duration::from_secs(60);
/// A token with a shorter lifetime is renewed as if it lived this long: it is used until SolveXia
/// refuses it, which renews it too. Otherwise each read would renew it.
const SHORTEST_RENEWAL_INTERVAL: Duration = Duration::from_secs(30);

/// The lifetime of a token, counted from when it was requested.
#[derive(Debug, Clone, Copy)]
pub struct TokenLifetime {
    since: SleepAwareInstant,
    life: Duration,
}

impl TokenLifetime {
    /// A lifetime of that many seconds, as far as the number makes sense.
    pub fn new(since: SleepAwareInstant, seconds: Option<f64>) -> Self {
        Self {
            since,
            life: life(seconds),
        }
    }

    /// The time left.
    pub fn left(&self) -> Duration {
        self.left_at(SleepAwareInstant::now())
    }

    /// Whether it is not yet due for renewal: that is a minute before the end, or a fifth of the
    /// lifetime where that is less.
    pub fn is_fresh(&self) -> bool {
        self.is_fresh_at(SleepAwareInstant::now())
    }

    fn is_fresh_at(&self, now: SleepAwareInstant) -> bool {
        let life = self.life.max(SHORTEST_RENEWAL_INTERVAL);
        life.saturating_sub(self.since.until(now)) > RENEW_EARLY.min(life / 5)
    }

    fn left_at(&self, now: SleepAwareInstant) -> Duration {
        self.life.saturating_sub(self.since.until(now))
    }
}

fn life(seconds: Option<f64>) -> Duration {
    let seconds = seconds
        .filter(|seconds| seconds.is_finite() && *seconds > 0.0)
        .unwrap_or(USUAL_SECONDS);
    Duration::from_secs_f64(seconds.min(MOST_SECONDS))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_secs(60);

    #[test]
    fn a_life_that_cannot_be_is_ten_minutes_and_none_is_longer_than_a_day() {
        for odd in [
            None,
            Some(0.0),
            Some(-5.0),
            Some(f64::NAN),
            Some(f64::INFINITY),
        ] {
            assert_eq!(life(odd), 10 * MINUTE, "{odd:?}");
        }
        assert_eq!(
            life(Some(599.104_494_5)),
            Duration::from_secs_f64(599.104_494_5)
        );
        assert_eq!(life(Some(1e300)), 24 * 60 * MINUTE);
    }

    #[test]
    fn the_clock_by_which_more_time_has_passed_is_believed() {
        let since = SleepAwareInstant::now();
        let lifetime = TokenLifetime::new(since, Some(600.0));
        let slept = SleepAwareInstant {
            wall: since.wall + 20 * MINUTE,
            ..since
        };
        assert_eq!(lifetime.left_at(slept), Duration::ZERO);
        let set_back = SleepAwareInstant {
            steady: since.steady + 4 * MINUTE,
            wall: since.wall - 90 * MINUTE,
        };
        assert_eq!(lifetime.left_at(set_back), 6 * MINUTE);
    }

    #[test]
    fn renewing_begins_a_minute_or_a_fifth_of_the_life_before_the_end() {
        let is_fresh = |life: f64, age: u64| {
            let since = SleepAwareInstant::ago(Duration::from_secs(age));
            TokenLifetime::new(since, Some(life)).is_fresh()
        };
        assert!(is_fresh(600.0, 538) && !is_fresh(600.0, 541));
        assert!(is_fresh(50.0, 38) && !is_fresh(50.0, 41));
        assert!(is_fresh(5.0, 0));
    }

    #[test]
    fn a_life_of_a_moment_does_not_renew_the_token_at_each_read() {
        let since = SleepAwareInstant::now();
        let after = |seconds| SleepAwareInstant {
            steady: since.steady + Duration::from_secs(seconds),
            ..since
        };
        for life in [1e-300, 0.001, 1.0, 12.0] {
            let lifetime = TokenLifetime::new(since, Some(life));
            let fresh = (0..60).filter(|second| lifetime.is_fresh_at(after(*second)));
            assert_eq!(fresh.count(), 24, "{life} s");
            // An action, which needs more time than that, still renews it.
            assert!(lifetime.left_at(after(3)) < Duration::from_secs(10));
        }
    }
}
