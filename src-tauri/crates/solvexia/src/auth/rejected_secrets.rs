//! Which refresh tokens and client secrets the token endpoint rejected, and when they are tried
//! again.
//!
//! SolveXia does not document its error responses, and servers make mistakes. To sign nobody out
//! while the server would still accept their secret:
//!
//! - OAuth's own error codes count as a rejection at once: the user is asked to sign in again;
//! - any other reason counts once it came three times over at least two minutes;
//! - a rejected secret is tried again every ten minutes, and when the user asks: an administrator
//!   may have corrected the cause. Any other secret is tried at once.

use std::time::Duration;

use runwatch_core::error::{CallError, Trouble};
use secrecy::{ExposeSecret, SecretString};

use super::sleep_aware_instant::SleepAwareInstant;

/// Long enough not to trip servers that count failed sign-ins.
const PAUSE_AFTER_REJECTION: Duration = Duration::from_secs(10 * 60);
const UNCLEAR_TIMES: u32 = 3;
const UNCLEAR_SPAN: Duration = Duration::from_secs(2 * 60);

/// The rejections since the server last accepted a secret.
#[derive(Default)]
pub struct RejectedSecrets(Vec<Rejection>);

/// Rejections of one refresh token or one client secret.
struct Rejection {
    secret: SecretString,
    since: SleepAwareInstant,
    times: u32,
    certain: Option<CallError>,
    paused_since: Option<SleepAwareInstant>,
}

impl RejectedSecrets {
    /// Why a secret is not to be sent now; none where it may be.
    pub fn pause_reason(&self, secret: &SecretString) -> Option<CallError> {
        let rejection = self.0.iter().find(|rejection| rejection.is_about(secret))?;
        let is_paused = rejection
            .paused_since
            .is_some_and(|since| since.elapsed() < PAUSE_AFTER_REJECTION);
        rejection.certain.clone().filter(|_| is_paused)
    }

    /// The reason of the latest rejection.
    pub fn latest(&self) -> Option<CallError> {
        let mut latest_first = self.0.iter().rev();
        latest_first.find_map(|rejection| rejection.certain.clone())
    }

    /// Records a rejection with a clear OAuth error code.
    pub fn record_certain(&mut self, secret: &SecretString, why: CallError) {
        let mut rejection = self.counted(secret);
        rejection.certain = Some(why);
        rejection.paused_since = Some(SleepAwareInstant::now());
        self.0.push(rejection);
    }

    /// Records a rejection that may be temporary; returns the error to report.
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

    /// The user asks to try again: no secret is paused.
    pub fn try_again(&mut self) {
        for rejection in &mut self.0 {
            rejection.paused_since = None;
        }
    }

    /// The server accepted a secret.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// The rejection of a secret, with its count raised by one.
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

    /// As if that much time had passed.
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
        // It is remembered: any further rejection, whatever its reason, counts as certain.
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
