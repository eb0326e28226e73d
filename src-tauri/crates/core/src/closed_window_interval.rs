//! How often a going run is worth asking whether it has ended, while the window is closed (the other
//! intervals are in `engine/src/scheduler/interval.rs`).
//!
//! Asked at intervals of w(t), a run whose end has the density f(t) is seen to have ended ½w late on
//! average: D = ∫ f·½w dt. Asking goes on while it does, the share S(t) of the time: N = ∫ S/w dt
//! requests. With λ as the price of a request (the seconds of delay that it must save), D + λN is
//! least where each moment's share is, ½f − λS/w² = 0, that is with the hazard h = f/S
//!
//! > w(t) = √(2λ / h(t)).
//!
//! At that schedule D·N = ½(∫√(f·S) dt)², and no other one has a smaller product. A steady interval
//! has D·N = ½·mean, which is what a constant hazard gives: a run that may end at any moment as well
//! as at any other is asked steadily, and that is what happens where nothing is known.
//!
//! An interval must not be chosen by the hazard at its beginning alone: long before the usual end
//! nothing is due, yet one long wait would miss the end. So w is read as a density of requests, 1/w
//! at each moment, and the next one is due when they add up to one: when ∫√(h/2) du = √λ. A model
//! keeps that integral as its effort.

use std::time::Duration;

use crate::duration_model::DurationModel;

/// The price of a request: the seconds of delay that it must save. At half a second, a run of ten
/// minutes costs about twenty requests at most, as many as asking each half minute.
const PRICE: f64 = 0.5;
/// How often a run is asked of whose process nothing is known.
const UNKNOWN: Duration = Duration::from_secs(10);

/// Between these two the interval is learned (a setting, in seconds).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PollLimits {
    /// The shortest interval, in seconds.
    pub shortest_seconds: u32,
    /// The longest interval, in seconds.
    pub longest_seconds: u32,
}

impl Default for PollLimits {
    fn default() -> Self {
        Self {
            shortest_seconds: 5,
            longest_seconds: 300,
        }
    }
}

impl PollLimits {
    /// An interval, brought between them. What cannot be is the longest.
    fn hold(self, seconds: f64) -> Duration {
        // Zero would ask without a pause.
        let shortest = f64::from(self.shortest_seconds.max(1));
        let longest = f64::from(self.longest_seconds).max(shortest);
        let seconds = if seconds.is_nan() { longest } else { seconds };
        Duration::from_secs_f64(seconds.clamp(shortest, longest))
    }

    /// The shortest interval.
    pub fn shortest(self) -> Duration {
        self.hold(0.0)
    }

    /// The longest interval.
    pub fn longest(self) -> Duration {
        self.hold(f64::INFINITY)
    }
}

/// Time to the next request for a run that has been going for `elapsed` seconds, where both its
/// process's model and its start are known.
pub fn wait(known: Option<(&DurationModel, f64)>, limits: PollLimits) -> Duration {
    match known {
        Some((model, elapsed)) => limits.hold(model.wait(elapsed.max(0.0), PRICE)),
        None => limits.hold(UNKNOWN.as_secs_f64()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FREE: PollLimits = PollLimits {
        shortest_seconds: 1,
        longest_seconds: u32::MAX,
    };

    /// When a run of this model is asked, until `end`.
    fn asked(model: Option<&DurationModel>, limits: PollLimits, end: f64) -> Vec<f64> {
        let mut at = vec![0.0];
        while at[at.len() - 1] < end {
            let elapsed = at[at.len() - 1];
            let next = wait(model.map(|model| (model, elapsed)), limits);
            at.push(elapsed + next.as_secs_f64());
        }
        at.remove(0);
        at
    }

    /// Mean delay × requests of a schedule, over the lognormal durations of this spread.
    fn product(at: impl Fn(f64) -> Vec<f64>, median: f64, spread: f64) -> f64 {
        let shares = normal_shares(400).into_iter();
        let ends = shares.map(|z| median * (spread * z).exp());
        let (mut delay, mut requests, mut n) = (0.0, 0.0, 0.0);
        for end in ends {
            let at = at(end);
            delay += at[at.len() - 1] - end;
            requests += at.len() as f64;
            n += 1.0;
        }
        delay / n * (requests / n)
    }

    /// The middles of this many equal shares of the normal distribution.
    fn normal_shares(shares: u32) -> Vec<f64> {
        let (step, mut z, mut below, mut found) = (1e-4, -6.0f64, 0.0, Vec::new());
        while found.len() < shares as usize {
            below += (-z * z / 2.0).exp() / std::f64::consts::TAU.sqrt() * step;
            z += step;
            if below >= (found.len() as f64 + 0.5) / f64::from(shares) {
                found.push(z);
            }
        }
        found
    }

    /// `runs` durations of exactly this spread.
    fn model(runs: u32, median: f64, spread: f64) -> DurationModel {
        let shares = normal_shares(runs).into_iter();
        let seconds: Vec<f64> = shares.map(|z| median * (spread * z).exp()).collect();
        DurationModel::learn(&seconds).unwrap()
    }

    #[test]
    fn it_is_asked_often_around_the_usual_end_and_seldom_before() {
        let model = model(10, 600.0, 0.1);
        let at = asked(Some(&model), PollLimits::default(), 700.0);
        let during = |from: f64, to: f64| at.iter().filter(|t| (from..to).contains(t)).count();
        assert!(during(0.0, 400.0) <= 3, "{at:?}");
        assert!(during(550.0, 650.0) >= 6, "{at:?}");
    }

    #[test]
    fn the_product_of_delay_and_requests_is_close_to_the_least_that_can_be() {
        // The share of the steady schedule's product that the best one needs, by variation.
        for (variation, least) in [(0.1, 0.194), (0.2, 0.361), (0.3, 0.501), (0.5, 0.707)] {
            let spread = (1.0f64 + variation * variation).ln().sqrt();
            let model = model(30, 600.0, spread);
            let ours = product(|end| asked(Some(&model), FREE, end), 600.0, spread);
            let steady = product(|end| asked(None, FREE, end), 600.0, spread);
            let share = ours / steady;
            assert!(share < 1.25 * least, "{variation}: {share}, not {least}");
        }
    }

    #[test]
    fn what_is_not_known_is_asked_steadily() {
        let at = asked(None, PollLimits::default(), 100.0);
        assert!(at.windows(2).all(|pair| pair[1] - pair[0] == 10.0));
    }

    #[test]
    fn it_is_never_asked_more_or_less_often_than_the_limits_say() {
        let limits = PollLimits {
            shortest_seconds: 20,
            longest_seconds: 60,
        };
        for model in [model(3, 2.0, 0.1), model(30, 9000.0, 0.1)] {
            for elapsed in [-50.0, 0.0, 1.9, 8999.0, 1e9, f64::NAN] {
                let wait = wait(Some((&model, elapsed)), limits).as_secs_f64();
                assert!((20.0..=60.0).contains(&wait), "{elapsed}: {wait}");
            }
        }
    }

    #[test]
    fn senseless_limits_neither_ask_without_a_pause_nor_break() {
        let none = PollLimits {
            shortest_seconds: 0,
            longest_seconds: 0,
        };
        assert_eq!(wait(None, none), Duration::from_secs(1));
        assert_eq!(FREE.longest(), Duration::from_secs(u64::from(u32::MAX)));
    }

    #[test]
    fn long_after_the_usual_end_it_is_asked_ever_less_often() {
        let model = model(10, 600.0, 0.1);
        let wait = |elapsed| wait(Some((&model, elapsed)), PollLimits::default());
        assert!(wait(600.0) < wait(1500.0));
        assert_eq!(wait(40_000.0), PollLimits::default().longest());
    }
}
