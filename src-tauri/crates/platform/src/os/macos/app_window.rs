//! What the app's window and its Dock icon need beside what the window's library does.

use std::ptr::NonNull;

use block2::RcBlock;
use dispatch2::DispatchQueue;
use objc2::{ClassType, MainThreadMarker};
use objc2_app_kit::{
    NSApplication, NSApplicationActivationPolicy, NSPanel, NSWindow,
    NSWindowDidChangeOcclusionStateNotification, NSWindowOcclusionState, NSWindowStyleMask,
};
use objc2_foundation::{NSNotification, NSNotificationCenter, NSObjectProtocol, NSString};

/// Brings the app before all others, as far as macOS lets it. Call it on the main thread.
pub fn activate() {
    if let Some(main) = MainThreadMarker::new() {
        NSApplication::sharedApplication(main).activate();
    }
}

/// Does something on the main thread once the event that is being handled is over.
pub fn after_this_event(act: impl FnOnce() + Send + 'static) {
    DispatchQueue::main().exec_async(act);
}

/// Takes the app out of the Dock before it is ever shown there. Call it on the main thread, once the window's
/// library has made its application, and before that runs.
pub fn stay_out_of_dock() {
    if let Some(main) = MainThreadMarker::new() {
        NSApplication::sharedApplication(main)
            .setActivationPolicy(NSApplicationActivationPolicy::Accessory);
    }
}

/// Shows a number on the Dock icon; none where it is 0. Call it on the main thread.
pub fn show_badge(count: usize) {
    if let Some(main) = MainThreadMarker::new() {
        let label = (count > 0).then(|| NSString::from_str(&count.to_string()));
        let tile = NSApplication::sharedApplication(main).dockTile();
        tile.setBadgeLabel(label.as_deref());
    }
}

/// Calls `on_change` whenever the app's window comes into sight or goes out of it: minimised, hidden with its
/// app, covered, on another desktop, behind a locked screen. Call it on the main thread, which tells of it.
#[expect(unsafe_code, reason = "no library tells of it")]
pub fn watch_window_visibility(on_change: impl Fn(bool) + 'static) {
    let hear = RcBlock::new(move |told: NonNull<NSNotification>| {
        // SAFETY: the centre hands over a notification that lives for this call.
        let window = unsafe { told.as_ref() }.object();
        let window = window.and_then(|window| window.downcast::<NSWindow>().ok());
        if let Some(window) = window.filter(|window| is_app_window(window)) {
            let state = window.occlusionState();
            on_change(state.contains(NSWindowOcclusionState::Visible));
        }
    });
    let centre = NSNotificationCenter::defaultCenter();
    // SAFETY: the centre tells of windows on the main thread alone, and keeps the block for the life of the
    // app: what is given back is only needed to end it sooner.
    unsafe {
        let _until_the_end = centre.addObserverForName_object_queue_usingBlock(
            Some(NSWindowDidChangeOcclusionStateNotification),
            None,
            None,
            &hear,
        );
    }
}

/// Neither the menu bar's icon nor a message box: both are windows of the app too.
fn is_app_window(window: &NSWindow) -> bool {
    window.styleMask().contains(NSWindowStyleMask::Titled)
        && !window.isKindOfClass(NSPanel::class())
}
