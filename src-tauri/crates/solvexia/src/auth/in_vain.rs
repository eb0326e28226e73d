//! Renewals that did not help: SolveXia granted a token and refused it all the same. Another one
//! would fare no better, and in a browser sign-in each uses a refresh token up: it is asked for
//! seldom then, by all reads of the account together. Meanwhile they try the token in hand, so that
//! they go on by themselves once SolveXia takes it.

use std::time::Duration;

use super::SELDOMER;
use super::lease::Moment;

/// Some servers refuse a single run in this way. So soon after a refusal, an answer to another read
/// does not say that renewing would help.
const CALM: Duration = Duration::from_secs(10);

/// No pause is longer than this one of the pauses (30 s): the token in hand may have run out meanwhile,
/// which looks the same.
const LONGEST: usize = 2;

/// The renewals since one helped.
#[derive(Default, Clone)]
pub struct InVain {
    times: usize,
    renewed: Option<Moment>,
    refused: Option<Moment>,
}

impl InVain {
    /// The token in hand was refused; true where it is too soon for another one.
    pub fn refuse(&mut self) -> bool {
        self.refused = Some(Moment::now());
        let Some(renewed) = self.renewed else {
            return false;
        };
        renewed.elapsed() < SELDOMER[LONGEST.min(self.times - 1)]
    }

    /// A token took the place of another one. Whether that helps is not known yet.
    pub fn renew(&mut self) {
        self.times += 1;
        self.renewed = Some(Moment::now());
    }

    /// SolveXia took a token: one in place of another that it had refused, or the one in hand.
    pub fn take(&mut self, in_place_of_another: bool) {
        let is_calm = self.refused.is_none_or(|since| since.elapsed() >= CALM);
        if in_place_of_another || is_calm {
            *self = Self::default();
        }
    }

    /// As if so much time had passed.
    #[cfg(test)]
    pub fn age(&mut self, time: Duration) {
        for moment in [&mut self.renewed, &mut self.refused] {
            *moment = moment.map(|moment| moment.before(time));
        }
    }
}
