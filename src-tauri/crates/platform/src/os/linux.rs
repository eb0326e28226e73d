//! Linux: the Secret Service and the freedesktop notification server.

use std::collections::HashMap;
use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;
use std::sync::Arc;

use keyring_core::CredentialStore;
use notify_rust::Notification;

/// Connects to the Secret Service.
pub fn open_keychain() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(zbus_secret_service_keyring_store::Store::new()?)
}

/// The name that a keychain viewer shows.
pub fn with_entry_options(label: &str) -> HashMap<&'static str, &str> {
    HashMap::from([("label", label)])
}

/// Escapes what a server would take for markup, and makes the body clickable.
pub fn style_notification(notification: &mut Notification) {
    let capabilities = notify_rust::get_capabilities().unwrap_or_default();
    if capabilities
        .iter()
        .any(|capability| capability == "body-markup")
    {
        notification.body = notification
            .body
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;");
    }
    notification
        .icon(crate::IDENTIFIER)
        .action("default", "Open");
}

/// Notification servers take everybody's.
///
/// # Errors
/// None here.
pub fn introduce() -> Result<(), String> {
    Ok(())
}

/// A program that was started in a terminal has it already.
pub fn attach_console() {}

/// There is no message box that every desktop has: standard error must do.
pub fn alarm(_title: &str, _text: &str) {}

/// File systems that are on another computer, by the numbers that the kernel gives them.
const REMOTE: [i64; 7] = [
    0x6969,      // NFS
    0x517b,      // SMB
    0xff53_4d42, // CIFS
    0xfe53_4d42, // SMB 2
    0x5346_414f, // AFS
    0x00c3_6400, // Ceph
    0x0102_1997, // 9P
];

/// Whether a folder is on a disk of this computer.
pub fn is_local(folder: &Path) -> Option<bool> {
    let status = rustix::fs::statfs(folder).ok()?;
    Some(!REMOTE.contains(&status.f_type))
}

/// Only its owner may look into it.
pub fn make_private(builder: &mut DirBuilder) {
    builder.mode(0o700);
}
