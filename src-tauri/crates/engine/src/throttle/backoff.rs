//! Back-off of a host, which all accounts on it share: when it is not asked at all, and how many reads
//! it is sent at a time.

use std::time::Duration;

use jiff::SignedDuration;
use runwatch_core::error::{CallError, Trouble};
use tokio::time::Instant;

/// Reads that a host is sent at the same time: few, so that an action never waits behind many of them.
pub(crate) const MAX_READS: usize = 8;
/// The longest that a server may ask us to wait.
const LONGEST: Duration = Duration::from_secs(3600);
/// How long a server is left alone that asks for patience without saying for how long; each time
/// twice as long, this many times.
const PATIENCE: Duration = Duration::from_secs(15);
const DOUBLINGS: u32 = 4;
/// After this much calm, what it asked for is forgotten.
const CALM: Duration = Duration::from_secs(60);
/// A host's clock is not taken to have moved by less, or the times on the screen would flicker.
const STILL: SignedDuration = SignedDuration::from_secs(1);

/// What is known of a host.
#[derive(Debug, Default)]
pub(crate) struct HostBackoff {
    /// It asked to be left alone until then.
    asked_until: Option<Instant>,
    /// How often it did, lately.
    pressure: u32,
    /// It could not be reached, and is tried again then.
    away_until: Option<Instant>,
    /// How often it could not, in a row.
    misses: u32,
    /// By how much its clock is ahead of this computer's.
    pub clock_ahead: SignedDuration,
}

impl HostBackoff {
    /// Takes the result of a call in; true when it can be reached again. `jitter` is about 1.
    pub fn learn(&mut self, result: Result<(), &CallError>, now: Instant, jitter: f64) -> bool {
        if let Err(error) = result
            && error.trouble == Trouble::Offline
        {
            let wait = Duration::from_secs(1 << self.misses.min(6)).mul_f64(jitter);
            self.away_until = Some(now + wait);
            self.misses += 1;
            return false;
        }
        if let Some(wait) = self.patience(result, jitter) {
            // Several calls may be under way: the longest wait counts.
            self.asked_until = self.asked_until.max(Some(now + wait));
            self.pressure = (self.pressure + 1).min(DOUBLINGS);
        } else if self.asked_until.is_none_or(|until| now >= until + CALM) {
            self.pressure = 0;
        }
        self.try_again()
    }

    /// How long the host asks to be left alone: all of it, not the one call (docs/RULES.md, 18).
    fn patience(&self, result: Result<(), &CallError>, jitter: f64) -> Option<Duration> {
        let error = result.err()?;
        let usual = PATIENCE.mul_f64(jitter) * 2u32.pow(self.pressure);
        match error.retry_after {
            Some(wait) => Some(wait.min(LONGEST)),
            None => (error.trouble == Trouble::Busy).then_some(usual),
        }
    }

    /// Forgets that it could not be reached; true when it could not.
    pub fn try_again(&mut self) -> bool {
        self.away_until = None;
        std::mem::take(&mut self.misses) > 0
    }

    /// Takes in by how much its clock is ahead; true when that has changed.
    pub fn learn_clock(&mut self, ahead: SignedDuration) -> bool {
        let moved = (ahead - self.clock_ahead).abs() >= STILL;
        if moved {
            self.clock_ahead = ahead;
        }
        moved
    }

    /// Until when nothing is asked.
    pub fn silent_until(&self, now: Instant) -> Option<Instant> {
        self.asked_until
            .max(self.away_until)
            .filter(|until| *until > now)
    }

    /// How much longer it asks to be left alone, if it does.
    pub fn patience_left(&self, now: Instant) -> Option<Duration> {
        let until = self.asked_until.filter(|until| *until > now)?;
        Some(until - now)
    }

    /// Whether it asked for patience lately.
    pub fn is_pressed(&self) -> bool {
        self.pressure > 0
    }

    /// How many of its runs may be read at a time. While it is not well, one finds out how it is.
    pub fn polls_at_once(&self) -> usize {
        let well = self.misses == 0 && !self.is_pressed();
        if well { MAX_READS } else { 1 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trouble(trouble: Trouble, wait: Option<u64>) -> CallError {
        CallError {
            retry_after: wait.map(Duration::from_secs),
            ..CallError::unsent(trouble, "")
        }
    }

    fn silence(host: &HostBackoff, now: Instant) -> u64 {
        let until = host.silent_until(now);
        until.map_or(0, |until| (until - now).as_secs())
    }

    #[test]
    fn rule_18_a_429_without_a_time_silences_the_host_ever_longer_until_it_is_calm() {
        let (mut host, mut now) = (HostBackoff::default(), Instant::now());
        let busy = trouble(Trouble::Busy, None);
        for expected in [15, 30, 60, 120, 240, 240] {
            host.learn(Err(&busy), now, 1.0);
            assert_eq!(silence(&host, now), expected);
            now += Duration::from_secs(expected);
            host.learn(Ok(()), now, 1.0);
        }
        assert_eq!(host.polls_at_once(), 1);
        let mut host = HostBackoff {
            asked_until: Some(now),
            pressure: 3,
            ..HostBackoff::default()
        };
        host.learn(Ok(()), now + CALM, 1.0);
        assert_eq!(host.polls_at_once(), MAX_READS);
    }

    #[test]
    fn rule_18_what_the_server_asks_for_counts_the_longest_and_an_hour_at_most() {
        let (mut host, now) = (HostBackoff::default(), Instant::now());
        host.learn(Err(&trouble(Trouble::Server, Some(120))), now, 1.0);
        host.learn(Err(&trouble(Trouble::Busy, Some(1))), now, 1.0);
        assert_eq!(silence(&host, now), 120);
        host.learn(Err(&trouble(Trouble::Busy, Some(1 << 40))), now, 1.0);
        assert_eq!(silence(&host, now), 3600);
    }

    #[test]
    fn a_host_that_is_away_is_tried_ever_less_often_and_any_answer_ends_it() {
        let (mut host, now) = (HostBackoff::default(), Instant::now());
        let offline = trouble(Trouble::Offline, None);
        let waits = [1, 2, 4, 8, 16, 32, 64, 64].map(|_| {
            host.learn(Err(&offline), now, 1.0);
            silence(&host, now)
        });
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 64, 64]);
        let refused = trouble(Trouble::Forbidden, None);
        assert!(host.learn(Err(&refused), now, 1.0));
        assert_eq!(silence(&host, now), 0);
        assert!(!host.learn(Ok(()), now, 1.0), "it was here already");
        host.learn(Err(&offline), now, 1.0);
        assert_eq!(silence(&host, now), 1, "this is another outage");
    }
}
