//! Whether the taskbar is light or dark, by which its icons are chosen. The theme of apps is another one.

use windows_registry::{CURRENT_USER, Key};
use windows_sys::Win32::Foundation::ERROR_SUCCESS;
use windows_sys::Win32::System::Registry::{REG_NOTIFY_CHANGE_LAST_SET, RegNotifyChangeKeyValue};

const THEMES: &str = r"Software\Microsoft\Windows\CurrentVersion\Themes\Personalize";
const IS_LIGHT: &str = "SystemUsesLightTheme";

/// Whether the taskbar is light. Where Windows does not say, it is dark, as it was before it had themes.
pub fn taskbar_is_light() -> bool {
    CURRENT_USER
        .open(THEMES)
        .is_ok_and(|themes| is_light(&themes))
}

/// Calls `on_change`, from a thread of its own, whenever the taskbar gets another theme.
pub fn watch_taskbar_theme(on_change: impl Fn() + Send + 'static) {
    let listen = move || {
        if let Err(error) = listen(on_change) {
            tracing::debug!(%error, "nobody tells when the taskbar gets another theme");
        }
    };
    let thread = std::thread::Builder::new().name("taskbar theme".into());
    if let Err(error) = thread.spawn(listen) {
        tracing::debug!(%error, "nobody listens when the taskbar gets another theme");
    }
}

fn listen(on_change: impl Fn()) -> windows_registry::Result<()> {
    // Made where it is missing: only what exists can be waited for.
    let themes = CURRENT_USER.create(THEMES)?;
    let mut before = is_light(&themes);
    while wait_for_change(&themes) {
        let now = is_light(&themes);
        if now != before {
            before = now;
            on_change();
        }
    }
    Ok(())
}

/// False when Windows does not tell.
#[expect(
    unsafe_code,
    reason = "the registry's library does not wait for changes"
)]
fn wait_for_change(key: &Key) -> bool {
    // SAFETY: the key is open for the time of the call, which takes no memory of ours.
    let waited = unsafe {
        RegNotifyChangeKeyValue(
            key.as_raw(),
            0,
            REG_NOTIFY_CHANGE_LAST_SET,
            std::ptr::null_mut(),
            0,
        )
    };
    waited == ERROR_SUCCESS
}

fn is_light(themes: &Key) -> bool {
    themes.get_u32(IS_LIGHT).is_ok_and(|value| value == 1)
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;
    use std::time::{Duration, Instant};

    use super::*;

    const SOON: Duration = Duration::from_secs(20);

    #[test]
    fn the_taskbar_s_theme_is_read_and_its_change_is_told() {
        let themes = CURRENT_USER.create(THEMES).unwrap();
        let before = themes.get_u32(IS_LIGHT).ok();
        themes.set_u32(IS_LIGHT, 0).unwrap();
        assert!(!taskbar_is_light());
        let (sender, changed) = channel();
        watch_taskbar_theme(move || {
            let _ = sender.send(());
        });
        // Changed until it is heard: the thread may not listen yet.
        let deadline = Instant::now() + SOON;
        let mut light = 0;
        while changed.recv_timeout(Duration::from_millis(200)).is_err() {
            assert!(Instant::now() < deadline, "nobody told of it");
            light = 1 - light;
            themes.set_u32(IS_LIGHT, light).unwrap();
        }
        themes.set_u32(IS_LIGHT, 1).unwrap();
        assert!(taskbar_is_light());
        themes.remove_value(IS_LIGHT).unwrap();
        assert!(!taskbar_is_light(), "where nothing is said it is dark");
        if let Some(before) = before {
            themes.set_u32(IS_LIGHT, before).unwrap();
        }
    }
}
