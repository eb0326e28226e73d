//! Wake-up events from the workspace, unlock events from the session.

use std::ptr::NonNull;
use std::sync::Arc;

use block2::RcBlock;
use objc2_app_kit::{NSWorkspace, NSWorkspaceDidWakeNotification};
use objc2_foundation::{NSDistributedNotificationCenter, NSNotification, NSString};

/// Calls `on_wake` after each wake-up and unlock. Call it on the main thread, which gets both.
#[expect(unsafe_code, reason = "no library tells of both")]
pub fn watch(on_wake: impl Fn() + Send + Sync + 'static) {
    let on_wake = Arc::new(on_wake);
    let block = || {
        let on_wake = Arc::clone(&on_wake);
        RcBlock::new(move |_: NonNull<NSNotification>| on_wake())
    };
    let workspace = NSWorkspace::sharedWorkspace().notificationCenter();
    let session = NSDistributedNotificationCenter::defaultCenter();
    let unlocked = NSString::from_str("com.apple.screenIsUnlocked");
    // SAFETY: the blocks hold what may be called from any thread, and both centres keep them for the
    // life of the app: what is given back is only needed to end it sooner.
    unsafe {
        let _until_the_end = workspace.addObserverForName_object_queue_usingBlock(
            Some(NSWorkspaceDidWakeNotification),
            None,
            None,
            &block(),
        );
        let _until_the_end = session.addObserverForName_object_queue_usingBlock(
            Some(&unlocked),
            None,
            None,
            &block(),
        );
    }
}
