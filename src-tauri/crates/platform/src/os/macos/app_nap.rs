//! Keeps App Nap from slowing down the app and its timers while no window is visible.

use objc2::rc::Retained;
use objc2::runtime::{NSObjectProtocol, ProtocolObject};
use objc2_foundation::{NSActivityOptions, NSProcessInfo, NSString};

/// While it exists, App Nap leaves the app alone. The computer may still sleep.
pub struct StayActive(Retained<ProtocolObject<dyn NSObjectProtocol>>);

#[expect(
    unsafe_code,
    reason = "an activity is a token that any thread may begin and end"
)]
// SAFETY: NSProcessInfo may be asked from any thread, and nothing but it looks into the token.
unsafe impl Send for StayActive {}

impl StayActive {
    /// Keeps the app at work.
    pub fn begin(reason: &str) -> Self {
        let options = NSActivityOptions::UserInitiatedAllowingIdleSystemSleep;
        let reason = NSString::from_str(reason);
        Self(NSProcessInfo::processInfo().beginActivityWithOptions_reason(options, &reason))
    }
}

impl Drop for StayActive {
    #[expect(unsafe_code, reason = "no library ends it")]
    fn drop(&mut self) {
        // SAFETY: it is the token that its beginning gave.
        unsafe { NSProcessInfo::processInfo().endActivity(&self.0) };
    }
}
