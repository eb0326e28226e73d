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

use super::sleep_aware_instant::SleepAwareInstant;

/// Rare enough for servers that count wrong sign-ins.
const PAUSE_AFTER_REJECTION: Duration = Duration::from_secs(10 * 60);
const UNCLEAR_TIMES: u32 = 3;
const UNCLEAR_SPAN: Duration = Duration::from_secs(2 * 60);

/// The refusals since the server last took something.
#[derive(Default)]
pub struct RejectedSecrets(Vec<Rejection>);

/// Of one refresh token, or of one client secret.
struct Rejection {
    secret: SecretString,
    since: SleepAwareInstant,
    times: u32,
    certain: Option<CallError>,
    paused_since: Option<SleepAwareInstant>,
}

impl RejectedSecrets {
    /// Why a secret is not shown now; none where it may be.
    pub fn pause_reason(&self, secret: &SecretString) -> Option<CallError> {
        let rejection = self.0.iter().find(|rejection| rejection.is_about(secret))?;
        let is_paused = rejection
            .paused_since
            .is_some_and(|since| since.elapsed() < PAUSE_AFTER_REJECTION);
        rejection.certain.clone().filter(|_| is_paused)
    }

    /// Why the latest one was refused.
    pub fn latest(&self) -> Option<CallError> {
        let mut latest_first = self.0.iter().rev();
        latest_first.find_map(|rejection| rejection.certain.clone())
    }

    /// A refusal that says what it means.
    pub fn record_certain(&mut self, secret: &SecretString, why: CallError) {
        let mut rejection = self.counted(secret);
        rejection.certain = Some(why);
        rejection.paused_since = Some(SleepAwareInstant::now());
        self.0.push(rejection);
    }

    /// A refusal that may pass; what is to be told of it.
    pub fn record_unclear(&mut self, secret: &SecretString, error: CallError) -> CallError {
        let mut rejection = self.counted(secret);
        let goes_on = rejection.times >= UNCLEAR_TIMES && rejection.since.elapsed() >= UNCLEAR_SPAN;
        let told = if goes_on || rejection.certain.is_some() {
            rejection.paused_since = Some(SleepAwareInstant::now());
            let why = CallError {
                trouble: Trouble::SignedOut,
                retry_after: None,
                ..error
            };
            rejection.certain.get_or_insert(why).clone()
        } else {
            error
        };
        self.0.push(rejection);
        told
    }

    /// A person asks: nothing is held back.
    pub fn try_again(&mut self) {
        for rejection in &mut self.0 {
            rejection.paused_since = None;
        }
    }

    /// The server took something.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// The refusal of a secret, counted once more.
    fn counted(&mut self, secret: &SecretString) -> Rejection {
        let known = self
            .0
            .iter()
            .position(|rejection| rejection.is_about(secret));
        let known = known.map(|index| self.0.remove(index));
        let mut rejection = known.unwrap_or_else(|| Rejection {
            secret: secret.clone(),
            since: SleepAwareInstant::now(),
            times: 0,
            certain: None,
            paused_since: None,
        });
        rejection.times += 1;
        rejection
    }

    /// As if so much time had passed.
    #[cfg(test)]
    pub fn age(&mut self, time: Duration) {
        for rejection in &mut self.0 {
            rejection.since = rejection.since.before(time);
            rejection.paused_since = rejection.paused_since.map(|since| since.before(time));
        }
    }
}

impl Rejection {
    fn is_about(&self, secret: &SecretString) -> bool {
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
        let mut rejected = RejectedSecrets::default();
        rejected.record_certain(&secret(), signed_out());
        assert_eq!(rejected.pause_reason(&secret()), Some(signed_out()));
        assert_eq!(rejected.pause_reason(&"another".into()), None);
        rejected.age(PAUSE_AFTER_REJECTION - Duration::from_secs(5));
        assert_eq!(rejected.pause_reason(&secret()), Some(signed_out()));
        rejected.age(Duration::from_secs(5));
        assert_eq!(rejected.pause_reason(&secret()), None);
        // It is not forgotten: another refusal, whichever, is the same to the user.
        assert_eq!(rejected.record_unclear(&secret(), may_pass()), signed_out());
        assert_eq!(rejected.pause_reason(&secret()), Some(signed_out()));
    }

    #[test]
    fn what_a_person_asks_for_is_not_held_back() {
        let mut rejected = RejectedSecrets::default();
        rejected.record_certain(&secret(), signed_out());
        rejected.try_again();
        assert_eq!(rejected.pause_reason(&secret()), None);
    }

    #[test]
    fn a_refusal_that_may_pass_is_believed_after_three_times_over_two_minutes() {
        let mut rejected = RejectedSecrets::default();
        for _ in 0..5 {
            assert_eq!(rejected.record_unclear(&secret(), may_pass()), may_pass());
        }
        assert_eq!(rejected.pause_reason(&secret()), None);
        rejected.age(UNCLEAR_SPAN);
        assert_eq!(
            rejected.record_unclear(&"another".into(), may_pass()),
            may_pass()
        );
        assert_eq!(rejected.record_unclear(&secret(), may_pass()), signed_out());
        assert_eq!(rejected.pause_reason(&secret()), Some(signed_out()));

        rejected.clear();
        rejected.record_unclear(&secret(), may_pass());
        rejected.age(UNCLEAR_SPAN);
        assert_eq!(rejected.record_unclear(&secret(), may_pass()), may_pass());
        assert_eq!(rejected.record_unclear(&secret(), may_pass()), signed_out());
    }
}
