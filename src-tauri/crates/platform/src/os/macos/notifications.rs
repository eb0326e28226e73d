//! The notification centre. A notification's identifier is the address that a click opens, so that a click
//! counts also after the app has ended: macOS starts it, and tells its delegate.
#![expect(
    unsafe_code,
    reason = "a delegate is a class of Objective-C, and errors come as plain pointers"
)]

use std::ptr::NonNull;
use std::sync::{OnceLock, mpsc};

use block2::{DynBlock, RcBlock};
use jiff::Timestamp;
use objc2::rc::{Retained, autoreleasepool};
use objc2::runtime::{Bool, NSObject, NSObjectProtocol, ProtocolObject};
use objc2::{AnyThread, define_class, msg_send};
use objc2_foundation::{NSArray, NSBundle, NSError, NSSet, NSString};
use objc2_user_notifications::{
    UNAuthorizationOptions, UNMutableNotificationContent, UNNotification, UNNotificationAction,
    UNNotificationActionOptions, UNNotificationCategory, UNNotificationCategoryOptions,
    UNNotificationPresentationOptions, UNNotificationRequest, UNNotificationResponse,
    UNNotificationSound, UNUserNotificationCenter, UNUserNotificationCenterDelegate,
};
use runwatch_core::address::Address;
use runwatch_core::words::NotificationText;
use runwatch_core::words::notification::START_BUTTON;

use crate::on_click::{OnClick, button};

static ON_CLICK: OnceLock<OnClick> = OnceLock::new();

define_class!(
    // SAFETY: NSObject asks nothing of what inherits from it, and there is no Drop.
    #[unsafe(super(NSObject))]
    #[name = "RunwatchNotificationDelegate"]
    struct Delegate;

    // SAFETY: it asks for nothing.
    unsafe impl NSObjectProtocol for Delegate {}

    // SAFETY: the methods have the signatures that the protocol wants.
    unsafe impl UNUserNotificationCenterDelegate for Delegate {
        /// Without it nothing is shown while the app is in front.
        #[unsafe(method(userNotificationCenter:willPresentNotification:withCompletionHandler:))]
        fn will_present(
            &self,
            _center: &UNUserNotificationCenter,
            _notification: &UNNotification,
            answer: &DynBlock<dyn Fn(UNNotificationPresentationOptions)>,
        ) {
            let banner = UNNotificationPresentationOptions::Banner
                | UNNotificationPresentationOptions::List
                | UNNotificationPresentationOptions::Sound;
            answer.call((banner,));
        }

        #[unsafe(method(userNotificationCenter:didReceiveNotificationResponse:withCompletionHandler:))]
        fn did_receive(
            &self,
            _center: &UNUserNotificationCenter,
            response: &UNNotificationResponse,
            done: &DynBlock<dyn Fn()>,
        ) {
            // A click or the button, which opens the same; dismissals are not told.
            let identifier = response.notification().request().identifier().to_string();
            if let Some(on_click) = ON_CLICK.get() {
                on_click(Address::parse(&identifier).ok());
            }
            done.call(());
        }
    }
);

/// Hears of clicks. Called before the app runs: macOS tells of the one that started it at once.
pub fn on_notification_click(on_click: &OnClick) {
    if !is_bundled() || ON_CLICK.set(OnClick::clone(on_click)).is_err() {
        return;
    }
    let delegate: Retained<Delegate> = {
        let new = Delegate::alloc().set_ivars(());
        // SAFETY: it is NSObject's own initialiser.
        unsafe { msg_send![super(new), init] }
    };
    let delegate: &'static Delegate = Box::leak(Box::new(delegate));
    let center = UNUserNotificationCenter::currentNotificationCenter();
    center.setDelegate(Some(ProtocolObject::from_ref(delegate)));
    center.setNotificationCategories(&NSSet::from_retained_slice(&[with_button(START_BUTTON)]));
}

/// What notifications with this button are: its label names them.
fn with_button(label: &str) -> Retained<UNNotificationCategory> {
    let label = NSString::from_str(label);
    let action = UNNotificationAction::actionWithIdentifier_title_options(
        &label,
        &label,
        UNNotificationActionOptions::Foreground,
    );
    UNNotificationCategory::categoryWithIdentifier_actions_intentIdentifiers_options(
        &label,
        &NSArray::from_retained_slice(&[action]),
        &NSArray::new(),
        UNNotificationCategoryOptions::empty(),
    )
}

/// A program outside its bundle may not ask: the notification centre would end it.
fn is_bundled() -> bool {
    NSBundle::mainBundle().bundleIdentifier().is_some()
}

/// Shows a notification, and reports whether that worked once the notification centre has answered.
pub fn notify(
    text: &NotificationText,
    opens: Option<Address>,
    shown: impl FnOnce(Result<(), String>),
    _on_click: &OnClick,
) {
    if !is_bundled() {
        return shown(Err("this program is outside its app".to_owned()));
    }
    let (answer, wait) = mpsc::channel();
    autoreleasepool(|_| {
        let content = UNMutableNotificationContent::new();
        content.setTitle(&NSString::from_str(&text.title));
        content.setBody(&NSString::from_str(&text.body));
        if let Some(label) = button(opens.as_ref()) {
            content.setCategoryIdentifier(&NSString::from_str(label));
        }
        content.setSound(Some(&UNNotificationSound::defaultSound()));
        let request = UNNotificationRequest::requestWithIdentifier_content_trigger(
            &NSString::from_str(&identifier(opens.as_ref())),
            &content,
            None,
        );
        let answered = RcBlock::new(move |error: *mut NSError| {
            // Nobody waits any more where the app is ending.
            let _ = answer.send(said(error));
        });
        UNUserNotificationCenter::currentNotificationCenter()
            .addNotificationRequest_withCompletionHandler(&request, Some(&answered));
    });
    let no_answer = |_| Err("the notification centre gave no answer".to_owned());
    shown(wait.recv().unwrap_or_else(no_answer));
}

/// Unique, as a second notification of one identifier would take the place of the first.
fn identifier(opens: Option<&Address>) -> String {
    let address = opens.map(ToString::to_string).unwrap_or_default();
    format!("{address}#{}", Timestamp::now().as_nanosecond())
}

fn said(error: *mut NSError) -> Result<(), String> {
    match NonNull::new(error) {
        None => Ok(()),
        // SAFETY: macOS keeps it alive while it calls.
        Some(error) => Err(unsafe { error.as_ref() }.localizedDescription().to_string()),
    }
}

/// Asks the user once for permission, without which nothing is shown. Blocks until they have answered.
///
/// # Errors
/// A sentence, when they may not.
pub fn register_for_notifications() -> Result<(), String> {
    if !is_bundled() {
        return Err("this program is outside its app".to_owned());
    }
    let (answer, wait) = mpsc::channel();
    let answered = RcBlock::new(move |granted: Bool, error: *mut NSError| {
        let off = || Err("notifications are switched off for Runwatch".to_owned());
        let may = said(error).and_then(|()| if granted.as_bool() { Ok(()) } else { off() });
        // Nobody waits any more where the app is ending.
        let _ = answer.send(may);
    });
    UNUserNotificationCenter::currentNotificationCenter()
        .requestAuthorizationWithOptions_completionHandler(
            // Without the last one macOS hides the number on the Dock icon too, whoever sets it.
            UNAuthorizationOptions::Alert
                | UNAuthorizationOptions::Sound
                | UNAuthorizationOptions::Badge,
            &answered,
        );
    wait.recv()
        .unwrap_or_else(|_| Err("the notification centre gave no answer".to_owned()))
}
