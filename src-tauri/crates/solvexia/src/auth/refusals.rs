//! What the token endpoint refused, and when it is shown there again.
//!
//! SolveXia's documents do not say how it refuses a sign-in, and servers slip. So that nobody is
//! signed out while the server would take what is kept:
//!
//! - OAuth's own words for it are believed at once, and the user is asked to sign in again;
//! - another reason may pass, and is believed when it came three times over two minutes or more;
//! - what is believed to be refused is shown again each ten minutes, and when a person asks: an
//!   administrator may have mended it. Anything else than what was refused is shown at once.

use std::time::Duration;

use runwatch_core::error::{CallError, Trouble};
use secrecy::{ExposeSecret, SecretString};

use super::lease::Moment;

/// Rare enough for servers that count wrong sign-ins.
const REST: Duration = Duration::from_secs(10 * 60);
const TIMES: u32 = 3;
const SPAN: Duration = Duration::from_secs(2 * 60);

/// The refusals since the server last took something.
#[derive(Default)]
pub struct Refusals(Vec<Refusal>);

/// Of one refresh token, or of one client secret.
struct Refusal {
    secret: SecretString,
    since: Moment,
    times: u32,
    believed: Option<CallError>,
    rests_since: Option<Moment>,
}

impl Refusals {
    /// Why a secret is not shown now; none where it may be.
    pub fn hold_back(&self, secret: &SecretString) -> Option<CallError> {
        let refusal = self.0.iter().find(|refusal| refusal.is_of(secret))?;
        let rests = refusal
            .rests_since
            .is_some_and(|since| since.elapsed() < REST);
        refusal.believed.clone().filter(|_| rests)
    }

    /// Why the latest one was refused.
    pub fn latest(&self) -> Option<CallError> {
        let mut latest_first = self.0.iter().rev();
        latest_first.find_map(|refusal| refusal.believed.clone())
    }

    /// A refusal that says what it means.
    pub fn believe(&mut self, secret: &SecretString, why: CallError) {
        let mut refusal = self.another(secret);
        refusal.believed = Some(why);
        refusal.rests_since = Some(Moment::now());
        self.0.push(refusal);
    }

    /// A refusal that may pass; what is to be told of it.
    pub fn doubt(&mut self, secret: &SecretString, error: CallError) -> CallError {
        let mut refusal = self.another(secret);
        let goes_on = refusal.times >= TIMES && refusal.since.elapsed() >= SPAN;
        let told = if goes_on || refusal.believed.is_some() {
            refusal.rests_since = Some(Moment::now());
            let why = CallError {
                trouble: Trouble::SignedOut,
                retry_after: None,
                ..error
            };
            refusal.believed.get_or_insert(why).clone()
        } else {
            error
        };
        self.0.push(refusal);
        told
    }

    /// A person asks: nothing is held back.
    pub fn try_again(&mut self) {
        for refusal in &mut self.0 {
            refusal.rests_since = None;
        }
    }

    /// The server took something.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// The refusal of a secret, counted once more.
    fn another(&mut self, secret: &SecretString) -> Refusal {
        let known = self.0.iter().position(|refusal| refusal.is_of(secret));
        let known = known.map(|index| self.0.remove(index));
        let mut refusal = known.unwrap_or_else(|| Refusal {
            secret: secret.clone(),
            since: Moment::now(),
            times: 0,
            believed: None,
            rests_since: None,
        });
        refusal.times += 1;
        refusal
    }

    /// As if so much time had passed.
    #[cfg(test)]
    pub fn age(&mut self, time: Duration) {
        for refusal in &mut self.0 {
            refusal.since = refusal.since.before(time);
            refusal.rests_since = refusal.rests_since.map(|since| since.before(time));
        }
    }
}

impl Refusal {
    fn is_of(&self, secret: &SecretString) -> bool {
        self.secret.expose_secret() == secret.expose_secret()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret() -> SecretString {
        SecretString::from("one")
    }

    fn may_pass() -> CallError {
        CallError::unsent(Trouble::Server, "refused")
    }

    fn signed_out() -> CallError {
        CallError::unsent(Trouble::SignedOut, "refused")
    }

    #[test]
    fn what_was_refused_rests_for_ten_minutes_and_anything_else_is_shown_at_once() {
        let mut refusals = Refusals::default();
        refusals.believe(&secret(), signed_out());
        assert_eq!(refusals.hold_back(&secret()), Some(signed_out()));
        assert_eq!(refusals.hold_back(&"another".into()), None);
        refusals.age(REST - Duration::from_secs(5));
        assert_eq!(refusals.hold_back(&secret()), Some(signed_out()));
        refusals.age(Duration::from_secs(5));
        assert_eq!(refusals.hold_back(&secret()), None);
        // It is not forgotten: another refusal, whichever, is the same to the user.
        assert_eq!(refusals.doubt(&secret(), may_pass()), signed_out());
        assert_eq!(refusals.hold_back(&secret()), Some(signed_out()));
    }

    #[test]
    fn what_a_person_asks_for_is_not_held_back() {
        let mut refusals = Refusals::default();
        refusals.believe(&secret(), signed_out());
        refusals.try_again();
        assert_eq!(refusals.hold_back(&secret()), None);
    }

    #[test]
    fn a_refusal_that_may_pass_is_believed_after_three_times_over_two_minutes() {
        let mut refusals = Refusals::default();
        for _ in 0..5 {
            assert_eq!(refusals.doubt(&secret(), may_pass()), may_pass());
        }
        assert_eq!(refusals.hold_back(&secret()), None);
        refusals.age(SPAN);
        assert_eq!(refusals.doubt(&"another".into(), may_pass()), may_pass());
        assert_eq!(refusals.doubt(&secret(), may_pass()), signed_out());
        assert_eq!(refusals.hold_back(&secret()), Some(signed_out()));

        refusals.clear();
        refusals.doubt(&secret(), may_pass());
        refusals.age(SPAN);
        assert_eq!(refusals.doubt(&secret(), may_pass()), may_pass());
        assert_eq!(refusals.doubt(&secret(), may_pass()), signed_out());
    }
}
