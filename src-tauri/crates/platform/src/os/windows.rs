//! Windows: the Credential Manager, toasts and the registry.

use std::collections::HashMap;
use std::error::Error;
use std::fs::{DirBuilder, Metadata, OpenOptions};
use std::io;
use std::os::windows::io::AsRawHandle;
use std::path::{Component, Path, Prefix};
use std::sync::Arc;

use keyring::Result;
use keyring_core::{CredentialStore, Entry};
use runwatch_core::error::VaultError;
use windows_native_keyring_store::Store;
use windows_sys::Win32::System::Console::{ATTACH_PARENT_PROCESS, AttachConsole};

#[path = "windows/addresses.rs"]
mod addresses;
#[path = "windows/classes.rs"]
mod classes;
#[path = "windows/credential_list.rs"]
mod credential_list;
#[path = "windows/login_entry.rs"]
pub mod login_entry;
#[path = "windows/open_window_pipe.rs"]
pub mod open_window_channel;
#[path = "windows/page_process.rs"]
mod page_process;
#[path = "windows/policy.rs"]
pub mod policy;
#[path = "windows/process.rs"]
mod process;
#[path = "windows/proxy_script.rs"]
mod proxy_script;
#[path = "windows/taskbar_theme.rs"]
mod taskbar_theme;
#[path = "windows/toasts.rs"]
mod toasts;
#[path = "windows/wake_events.rs"]
mod wake_events;

pub use addresses::register_addresses;
pub use page_process::watch_page;
pub use policy::policy_sources;
pub use process::{name_this_process, restart_after_updates, session};
pub use proxy_script::ask as ask_proxy_script;
pub use taskbar_theme::{taskbar_is_light, watch_taskbar_theme};
pub use toasts::{notify, on_notification_click, register_for_notifications};
pub use wake_events::{watch as watch_wake, when_asked_to_close};

/// Errors of a log-on without stored credentials: by a policy, or over the network.
const NO_LOGON_SESSION: [&str; 2] = ["ERROR_NO_SUCH_LOGON_SESSION", "os error 1312"];

// The Credential Manager shows an entry's target: `Runwatch: NAME (SERVICE)`, and its user.
const BEFORE_NAME: &str = "Runwatch: ";
const AFTER_NAME: &str = " (";
const END: &str = ")";

/// The Credential Manager.
pub struct Keychain(Arc<CredentialStore>);

impl Keychain {
    /// Opens it.
    pub fn open() -> std::result::Result<Self, VaultError> {
        let target = HashMap::from([
            ("prefix", BEFORE_NAME),
            ("divider", AFTER_NAME),
            ("suffix", END),
        ]);
        let store = Store::new_with_configuration(&target)
            .map_err(|_| VaultError::Unavailable("it cannot be opened".into()))?;
        Ok(Self(store))
    }

    /// Nothing to do: it is unlocked while its user is signed in.
    pub fn unlock(&self) -> std::result::Result<(), VaultError> {
        Ok(())
    }

    /// An entry, whether it is there or not.
    pub fn entry(&self, service: &str, name: &str) -> Result<Entry> {
        // Local: the default would roam to every computer of the user.
        let options = HashMap::from([("persistence", "Local")]);
        self.0.build(service, name, Some(&options))
    }

    /// Writes an entry. A new one gets its label as its user name, which viewers show below the
    /// target; on an existing one that would read and write the secret once more.
    pub fn write(&self, service: &str, name: &str, label: &str, bytes: &[u8]) -> Result<()> {
        let entry = self.entry(service, name)?;
        let is_new = entry.get_attributes().is_err();
        entry.set_secret(bytes)?;
        let shown = HashMap::from([("username", label), ("comment", label)]);
        if is_new && entry.update_attributes(&shown).is_err() {
            tracing::debug!("a keychain entry has no label");
        }
        Ok(())
    }

    /// The names of all entries of a service.
    pub fn names(&self, service: &str) -> Result<Vec<String>> {
        let targets = credential_list::targets(BEFORE_NAME)
            .map_err(|error| keyring_core::Error::PlatformFailure(Box::new(error)))?;
        let after_name = format!("{AFTER_NAME}{service}{END}");
        let name = |target: &String| {
            let name = target
                .strip_prefix(BEFORE_NAME)?
                .strip_suffix(&after_name)?;
            Some(name.to_owned())
        };
        Ok(targets.iter().filter_map(name).collect())
    }
}

/// Converts an error of the Credential Manager.
pub fn keychain_error(source: &(dyn Error + Send + Sync + 'static)) -> VaultError {
    let text = source.to_string();
    if NO_LOGON_SESSION.iter().any(|code| text.contains(code)) {
        let reason = "Windows has none for this sign-in, by a policy or as it is over the network";
        VaultError::Unavailable(reason.into())
    } else {
        VaultError::Refused(text)
    }
}

/// The error where it does not answer.
pub fn keychain_timeout_error() -> VaultError {
    VaultError::Unavailable("it does not answer".into())
}

/// The taskbar always has room for an icon, if only behind its arrow.
pub fn has_tray() -> bool {
    true
}

/// Windows does not slow down programs in the background.
pub struct StayActive;

impl StayActive {
    /// Keeps the app at work.
    pub fn begin(_reason: &str) -> Self {
        Self
    }
}

/// Attaches the console that the program was started from, if any: a windowed program has none.
#[expect(
    unsafe_code,
    reason = "no safe wrapper of this native call is worth a dependency"
)]
pub fn attach_console() {
    // Not where output was redirected to a file or pipe.
    if io::stdout().as_raw_handle().is_null() {
        // SAFETY: it takes a number and touches no memory of ours. Without a console it fails,
        // which changes nothing.
        unsafe { AttachConsole(ATTACH_PARENT_PROCESS) };
    }
}

/// Shows a message box until it is closed.
pub fn show_error_dialog(title: &str, text: &str) {
    rfd::MessageDialog::new()
        .set_level(rfd::MessageLevel::Error)
        .set_title(title)
        .set_description(text)
        .show();
}

/// Whether a folder is on a disk of this computer. The canonical path of a mapped drive begins with
/// its server's name.
pub fn is_local(folder: &Path) -> Option<bool> {
    match folder.canonicalize().ok()?.components().next()? {
        Component::Prefix(prefix) => match prefix.kind() {
            Prefix::VerbatimDisk(_) | Prefix::Disk(_) => Some(true),
            Prefix::VerbatimUNC(..) | Prefix::UNC(..) => Some(false),
            _ => None,
        },
        _ => None,
    }
}

/// Nothing to do: folders below the user's profile are private already.
pub fn make_private(_builder: &mut DirBuilder) {}

/// Nothing to do: a file has the rights of its folder.
pub fn make_file_private(_options: &mut OpenOptions) {}

/// Nothing to do, as above.
///
/// # Errors
/// None.
pub fn keep_private(_folder: &Path) -> io::Result<()> {
    Ok(())
}

/// Nothing is looked at: who may write is a list of rights, which folders below the profile have right.
///
/// # Errors
/// None.
pub fn must_be_ones_own(_folder: &Metadata) -> io::Result<()> {
    Ok(())
}

/// As for the folder itself.
///
/// # Errors
/// None.
pub fn must_keep_what_is_in_it(_folder: &Metadata) -> io::Result<()> {
    Ok(())
}

/// Nothing to do: Windows writes no copy of the memory unless an administrator asked for it.
pub fn keep_memory_private() {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_stay_on_this_computer_under_a_clear_name() {
        if std::env::var("RUNWATCH_REAL_KEYCHAIN").as_deref() != Ok("1") {
            println!("skipped the real keychain (RUNWATCH_REAL_KEYCHAIN is not 1)");
            return;
        }
        let keychain = Keychain::open().unwrap();
        let (service, name) = ("app.runwatch.test.windows", "7d1f/client-secret");
        let label = "Runwatch: client secret of app.solvexia.com";
        for secret in [b"hush", b"hash"] {
            keychain.write(service, name, label, secret).unwrap();
        }
        assert_eq!(keychain.names(service).unwrap(), [name]);
        let entry = keychain.entry(service, name).unwrap();
        let shown = entry.get_attributes().unwrap();
        assert_eq!(shown["persistence"], "Local");
        assert_eq!(shown["username"], label);
        assert_eq!(entry.get_secret().unwrap(), b"hash");
        assert_eq!(
            shown["target_name"],
            "Runwatch: 7d1f/client-secret (app.runwatch.test.windows)"
        );
        entry.delete_credential().unwrap();
        assert_eq!(keychain.names(service).unwrap(), [""; 0]);
    }
}
