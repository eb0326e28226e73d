//! Toasts of our own XML: a click opens an address, also from the notification centre after the app has
//! ended.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError, mpsc};
use std::time::Duration;

use runwatch_core::address::Address;
use runwatch_core::words::NotificationText;
use windows::Data::Xml::Dom::XmlDocument;
use windows::Foundation::TypedEventHandler;
use windows::UI::Notifications::{
    NotificationSetting, ToastFailedEventArgs, ToastNotification, ToastNotificationManager,
};
use windows::core::{Error, HSTRING, Ref, Result};

use super::{addresses, classes};
use crate::identifier::IDENTIFIER;
use crate::on_click::OnClick;
use crate::toast_xml::toast_xml;

/// A toast that is dropped tells of no click any more. The notification centre keeps no more of an app.
const MOST_KEPT: usize = 20;
/// Windows takes a toast at once, and says within a moment where it refuses it after all.
const REFUSED_WITHIN: Duration = Duration::from_secs(1);
static KEPT: Mutex<VecDeque<ToastNotification>> = Mutex::new(VecDeque::new());

/// Shows a toast, and reports within a moment whether that worked.
pub fn notify(
    note: &NotificationText,
    opens: Option<Address>,
    shown: impl FnOnce(std::result::Result<(), String>),
    on_click: &OnClick,
) {
    let show = || show(note, opens, on_click).map_err(|error| error.message());
    shown(allowed().and_then(|()| show()));
}

fn show(note: &NotificationText, opens: Option<Address>, on_click: &OnClick) -> Result<()> {
    // Windows starts the program of the usual data folder for an address; another one hears of the click
    // itself, while it runs.
    let launch = opens.as_ref().filter(|_| addresses::are_registered());
    let xml = XmlDocument::new()?;
    let text = toast_xml(note, launch);
    xml.LoadXml(&HSTRING::from(text))?;
    let toast = ToastNotification::CreateToastNotification(&xml)?;
    if launch.is_none() {
        let on_click = OnClick::clone(on_click);
        toast.Activated(&TypedEventHandler::new(move |_, _| {
            on_click(opens.clone());
            Ok(())
        }))?;
    }
    let (refused, after_all) = mpsc::sync_channel(1);
    toast.Failed(&TypedEventHandler::new(
        move |_, failed: Ref<ToastFailedEventArgs>| {
            let code = failed.ok().and_then(ToastFailedEventArgs::ErrorCode);
            let code = code.unwrap_or_else(|error| error.code());
            tracing::error!(?code, "Windows did not show a notification");
            // Nobody waits for what comes later.
            let _ = refused.try_send(code);
            Ok(())
        },
    ))?;
    ToastNotificationManager::CreateToastNotifierWithId(&HSTRING::from(IDENTIFIER))?
        .Show(&toast)?;
    keep(toast);
    match after_all.recv_timeout(REFUSED_WITHIN) {
        Ok(code) => Err(Error::from_hresult(code)),
        Err(_) => Ok(()),
    }
}

fn keep(toast: ToastNotification) {
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    kept.push_back(toast);
    if kept.len() > MOST_KEPT {
        kept.pop_front();
    }
}

/// Nothing to do: Windows tells each toast of its click, or opens its address.
pub fn on_notification_click(_on_click: &OnClick) {}

/// Fails where toasts are turned off: showing one would fail silently.
fn allowed() -> std::result::Result<(), String> {
    let id = HSTRING::from(IDENTIFIER);
    let notifier = ToastNotificationManager::CreateToastNotifierWithId(&id);
    // There is no setting before the first toast of an app.
    let Ok(setting) = notifier.and_then(|notifier| notifier.Setting()) else {
        return Ok(());
    };
    who_forbids(setting).map_or(Ok(()), |who| Err(who.to_owned()))
}

fn who_forbids(setting: NotificationSetting) -> Option<&'static str> {
    match setting {
        NotificationSetting::DisabledForApplication => {
            Some("Runwatch’s notifications are turned off in Windows’ settings (Notifications).")
        }
        NotificationSetting::DisabledForUser => {
            Some("All notifications are turned off in Windows’ settings (Notifications).")
        }
        NotificationSetting::DisabledByGroupPolicy => {
            Some("Your firm’s rules turn notifications off on this computer.")
        }
        _ => None,
    }
}

/// Registers the app's id: toasts of an unknown id are not shown, without an error.
///
/// # Errors
/// A sentence, when the registry refuses.
pub fn register_for_notifications() -> std::result::Result<(), String> {
    let class = format!(r"Software\Classes\AppUserModelId\{IDENTIFIER}");
    classes::register(&class, |key| key.set_string("DisplayName", "Runwatch"))
        .map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use windows_registry::CURRENT_USER;

    use super::*;

    #[test]
    fn toasts_that_are_turned_off_are_told_by_whom() {
        let off = [
            NotificationSetting::DisabledForApplication,
            NotificationSetting::DisabledForUser,
            NotificationSetting::DisabledByGroupPolicy,
        ];
        assert!(
            off.into_iter()
                .all(|setting| who_forbids(setting).is_some())
        );
        assert_eq!(who_forbids(NotificationSetting::Enabled), None);
        // A manifest that lacks something is no wish of anybody.
        assert_eq!(who_forbids(NotificationSetting::DisabledByManifest), None);
    }

    #[test]
    fn toasts_come_from_an_id_that_windows_knows() {
        register_for_notifications().unwrap();
        let key = format!(r"Software\Classes\AppUserModelId\{IDENTIFIER}");
        let key = CURRENT_USER.open(key).unwrap();
        assert_eq!(key.get_string("DisplayName").unwrap(), "Runwatch");
    }
}
