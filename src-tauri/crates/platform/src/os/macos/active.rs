//! App Nap slows an app down that nobody sees, its timers first.

use objc2::rc::Retained;
use objc2::runtime::{NSObjectProtocol, ProtocolObject};
use objc2_foundation::{NSActivityOptions, NSProcessInfo, NSString};

/// While it lives, App Nap leaves the app alone. The computer may sleep all the same.
pub struct Active(Retained<ProtocolObject<dyn NSObjectProtocol>>);

#[expect(
    unsafe_code,
    reason = "an activity is a token that any thread may begin and end"
)]
// SAFETY: NSProcessInfo may be asked from any thread, and nothing but it looks into the token.
unsafe impl Send for Active {}

impl Active {
    /// Keeps the app at work.
    pub fn begin(reason: &str) -> Self {
        let options = NSActivityOptions::UserInitiatedAllowingIdleSystemSleep;
        let reason = NSString::from_str(reason);
        Self(NSProcessInfo::processInfo().beginActivityWithOptions_reason(options, &reason))
    }
}

impl Drop for Active {
    #[expect(unsafe_code, reason = "no library ends it")]
    fn drop(&mut self) {
        // SAFETY: it is the token that its beginning gave.
        unsafe { NSProcessInfo::processInfo().endActivity(&self.0) };
    }
}
