//! Wake-up events from the workspace, unlock events from the session.

use std::ffi::c_void;
use std::ptr::{self, NonNull};
use std::sync::Arc;

use block2::RcBlock;
use objc2_app_kit::{NSWorkspace, NSWorkspaceDidWakeNotification};
use objc2_core_foundation::{
    CFDictionary, CFNotificationCenter, CFNotificationName, CFNotificationSuspensionBehavior,
    CFString,
};
use objc2_foundation::NSNotification;

type OnWake = Arc<dyn Fn() + Send + Sync>;

/// Calls `on_wake` after each wake-up and unlock. Call it on the main thread, which gets both.
pub fn watch(on_wake: impl Fn() + Send + Sync + 'static) {
    let on_wake: OnWake = Arc::new(on_wake);
    hear_waking(Arc::clone(&on_wake));
    hear_unlocking(on_wake);
}

#[expect(unsafe_code, reason = "no library tells of it")]
fn hear_waking(on_wake: OnWake) {
    let workspace = NSWorkspace::sharedWorkspace().notificationCenter();
    let block = RcBlock::new(move |_: NonNull<NSNotification>| on_wake());
    // SAFETY: the block holds what may be called from any thread, and the centre keeps it for the life of
    // the app: what is given back is only needed to end it sooner.
    unsafe {
        let _until_the_end = workspace.addObserverForName_object_queue_usingBlock(
            Some(NSWorkspaceDidWakeNotification),
            None,
            None,
            &block,
        );
    }
}

/// Told at once: in the background, macOS would hold it until the app comes to the front.
#[expect(unsafe_code, reason = "no library tells of it")]
fn hear_unlocking(on_wake: OnWake) {
    let Some(session) = CFNotificationCenter::distributed_center() else {
        return;
    };
    let unlocked = CFString::from_static_str("com.apple.screenIsUnlocked");
    let observer: &'static OnWake = Box::leak(Box::new(on_wake));
    // SAFETY: what `hear` gets is the observer, which lives until the end.
    unsafe {
        session.add_observer(
            ptr::from_ref(observer).cast(),
            Some(hear),
            Some(&unlocked),
            ptr::null(),
            CFNotificationSuspensionBehavior::DeliverImmediately,
        );
    }
}

#[expect(unsafe_code, reason = "macOS calls it")]
unsafe extern "C-unwind" fn hear(
    _centre: *mut CFNotificationCenter,
    observer: *mut c_void,
    _name: *const CFNotificationName,
    _object: *const c_void,
    _more: *const CFDictionary,
) {
    // SAFETY: it is the observer that `hear_unlocking` gave.
    let on_wake = unsafe { &*observer.cast_const().cast::<OnWake>() };
    on_wake();
}
