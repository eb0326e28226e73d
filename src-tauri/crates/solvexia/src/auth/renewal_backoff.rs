//! Back-off for renewals that do not help: SolveXia grants a token and then refuses it (401).
//!
//! Renewing again would likely not help either, and in a browser sign-in each renewal uses up a
//! refresh token. So all reads of the account together renew at growing intervals; in between they
//! use the current token, and go on by themselves once SolveXia accepts it.

use std::time::Duration;

use super::sleep_aware_instant::SleepAwareInstant;

/// Pauses between renewals. None is longer than 30 s: the current token may simply have expired
/// meanwhile, which looks the same.
const PAUSES: [Duration; 3] = [
    Duration::from_secs(1),
    Duration::from_secs(5),
    Duration::from_secs(30),
];

/// Some servers refuse one single run with 401. For this long after a refusal, a success of another
/// read does not reset the back-off.
const RESET_AFTER: Duration = Duration::from_secs(10);

/// The renewals since one helped.
#[derive(Default, Clone)]
pub struct RenewalBackoff {
    renewals: usize,
    renewed: Option<SleepAwareInstant>,
    refused: Option<SleepAwareInstant>,
}

impl RenewalBackoff {
    /// The current token was refused; true where it is too soon to renew it.
    pub fn token_refused(&mut self) -> bool {
        self.refused = Some(SleepAwareInstant::now());
        let Some(renewed) = self.renewed else {
            return false;
        };
        let last = PAUSES.len() - 1;
        renewed.elapsed() < PAUSES[last.min(self.renewals - 1)]
    }

    /// The token was renewed. Whether that helps is not known yet.
    pub fn token_renewed(&mut self) {
        self.renewals += 1;
        self.renewed = Some(SleepAwareInstant::now());
    }

    /// SolveXia accepted a token: the current one, or one that replaced a refused one.
    pub fn token_accepted(&mut self, is_replacement: bool) {
        let is_calm = self
            .refused
            .is_none_or(|since| since.elapsed() >= RESET_AFTER);
        if is_replacement || is_calm {
            *self = Self::default();
        }
    }

    /// As if that much time had passed.
    #[cfg(test)]
    pub fn age(&mut self, time: Duration) {
        for instant in [&mut self.renewed, &mut self.refused] {
            *instant = instant.map(|instant| instant.before(time));
        }
    }
}
