//! Launch at login: what was chosen, and what the system has of it.

use std::sync::Arc;

use runwatch_contract::{AppError, ErrorCode, LaunchAtLogin};
use runwatch_core::settings::kept_settings::Setting;
use runwatch_platform::{LoginEntry, LoginEntryError, Registration};

use crate::api::errors::ForPage;
use crate::app_state::AppState;

const IGNORED: &str = "Your organisation does not let programs of yours start with the computer. Ask your help desk whether \
     Runwatch may.";
const NO_SAMPLE: &str = "Sample data is not opened with the computer.";

/// What is wanted; none where nobody has answered yet, and IT has set nothing.
async fn wanted(app_state: &AppState) -> Result<Option<bool>, AppError> {
    let kept = app_state.engine.history.store().settings().await;
    let chosen = kept.map_err(|error| error.for_page())?.launch_at_login;
    let given = app_state.policy.launch_at_login.as_ref();
    Ok(given.map_or(chosen, |given| Some(given.over(chosen))))
}

/// Whether IT wants nothing to start by itself.
pub fn is_forbidden(app_state: &AppState) -> bool {
    let given = app_state.policy.launch_at_login.as_ref();
    app_state.policy.fixes_launch_at_login() && given.is_some_and(|given| !given.over(None))
}

/// As the page shows it.
pub async fn get(app_state: &Arc<AppState>) -> Result<LaunchAtLogin, AppError> {
    let Some(entry) = &app_state.login_entry else {
        return Ok(LaunchAtLogin {
            on: false,
            can_change: false,
            is_fixed: false,
            is_open: false,
            note: Some(NO_SAMPLE.into()),
        });
    };
    let wanted = wanted(app_state).await?;
    let now = ask_system(entry, |entry| Ok(entry.registration()?)).await?;
    let is_fixed = app_state.policy.fixes_launch_at_login();
    Ok(view(wanted, is_fixed, now, entry.where_it_is_switched()))
}

fn view(wanted: Option<bool>, is_fixed: bool, now: Registration, system: &str) -> LaunchAtLogin {
    let note = match now {
        Registration::SwitchedOff => Some(format!(
            "It was switched off in {system}, so Runwatch does not start with the computer. Switch it on \
             there."
        )),
        Registration::Ignored => Some(IGNORED.to_owned()),
        Registration::Missing | Registration::Current | Registration::Outdated => None,
    };
    let note = note.filter(|_| wanted == Some(true));
    LaunchAtLogin {
        on: now == Registration::Current,
        can_change: !is_fixed,
        is_fixed,
        is_open: wanted.is_none(),
        note,
    }
}

/// Does what was chosen, and remembers it; nothing where IT has chosen.
pub async fn set(app_state: &Arc<AppState>, on: bool) -> Result<LaunchAtLogin, AppError> {
    if let Some(entry) = app_state
        .login_entry
        .as_ref()
        .filter(|_| !app_state.policy.fixes_launch_at_login())
    {
        ask_system(entry, move |entry| match on {
            true => entry.register(),
            false => entry.remove(),
        })
        .await?;
        let choice = Setting::LaunchAtLogin(on);
        let kept = app_state.engine.history.save_setting(choice).await;
        kept.map_err(|error| error.for_page())?;
    }
    get(app_state).await
}

/// At the start: what was chosen is done again where the system has lost it, or has the program's former
/// place.
pub async fn mend(app_state: &Arc<AppState>) {
    let Some(entry) = &app_state.login_entry else {
        return;
    };
    let Ok(wanted) = wanted(app_state).await else {
        return;
    };
    let is_fixed = app_state.policy.fixes_launch_at_login();
    let mended = ask_system(entry, move |entry| {
        match to_do(wanted, is_fixed, entry.registration()?) {
            Some(true) => entry.register(),
            Some(false) => entry.remove(),
            None => Ok(()),
        }
    });
    if let Err(error) = mended.await {
        tracing::warn!(
            error = error.message,
            "launch at login is not as it was chosen"
        );
    }
}

/// Whether to make the entry or to remove it; none where it is as it should be. One that its user switched
/// off in the system stays as it is, and so does one of a Runwatch in another place, unless IT wants none.
fn to_do(wanted: Option<bool>, is_fixed: bool, now: Registration) -> Option<bool> {
    match (wanted?, now) {
        (true, Registration::Missing | Registration::Outdated) => Some(true),
        (false, Registration::Current) => Some(false),
        (false, Registration::Outdated | Registration::Ignored) if is_fixed => Some(false),
        _ => None,
    }
}

/// On a thread that may wait: the registry and the disk of a managed computer can be slow.
async fn ask_system<T: Send + 'static>(
    entry: &LoginEntry,
    ask: impl FnOnce(&LoginEntry) -> Result<T, LoginEntryError> + Send + 'static,
) -> Result<T, AppError> {
    let entry = entry.clone();
    let asked = tauri::async_runtime::spawn_blocking(move || ask(&entry)).await;
    let failed = |message: String| AppError::new(ErrorCode::Internal, message);
    asked
        .map_err(|error| failed(error.to_string()))?
        .map_err(|error| failed(error.to_string()))
}

#[cfg(test)]
mod tests {
    use runwatch_core::policy::{Given, Origin, Policy};

    use super::*;
    use crate::test_support::Computer;

    #[test]
    fn a_lost_or_old_entry_is_made_anew_unless_it_was_switched_off_or_never_wanted() {
        use Registration::{Current, Ignored, Missing, Outdated, SwitchedOff};
        for (wanted, now, expected) in [
            (Some(true), Missing, Some(true)),
            (Some(true), Outdated, Some(true)),
            (Some(true), Current, None),
            (Some(true), SwitchedOff, None),
            (Some(true), Ignored, None),
            (Some(false), Current, Some(false)),
            (Some(false), Missing, None),
            // Another program's, perhaps of a newer version.
            (Some(false), Outdated, None),
            (None, Missing, None),
            (None, Current, None),
        ] {
            assert_eq!(to_do(wanted, false, now), expected, "{wanted:?} {now:?}");
        }
    }

    #[test]
    fn where_a_policy_wants_none_no_entry_starts_anything_not_even_one_of_a_former_place() {
        use Registration::{Current, Ignored, Missing, Outdated, SwitchedOff};
        for (now, expected) in [
            (Current, Some(false)),
            (Outdated, Some(false)),
            (Missing, None),
            (SwitchedOff, None),
            (Ignored, Some(false)),
        ] {
            assert_eq!(to_do(Some(false), true, now), expected, "{now:?}");
        }
    }

    #[test]
    fn what_is_shown_is_what_the_system_does() {
        let view = |wanted, now| view(wanted, false, now, "Windows’ settings");
        assert!(view(Some(true), Registration::Current).on);
        assert!(view(None, Registration::Missing).is_open);
        let off = view(Some(true), Registration::SwitchedOff);
        assert!(!off.on && !off.is_open);
        assert!(off.note.unwrap().contains("Windows’ settings"));
        assert_eq!(view(Some(false), Registration::SwitchedOff).note, None);
        let ignored = view(Some(true), Registration::Ignored);
        assert!(!ignored.on && ignored.note.unwrap().contains("organisation"));
    }

    #[tokio::test]
    async fn a_policy_comes_before_what_was_chosen_and_a_preset_after_it() {
        for (origin, given, chosen, expected) in [
            (Origin::MachinePolicy, true, Some(false), Some(true)),
            (Origin::UserPolicy, false, Some(true), Some(false)),
            (Origin::Preset, true, None, Some(true)),
            (Origin::Preset, true, Some(false), Some(false)),
        ] {
            let policy = Policy {
                launch_at_login: Some(Given {
                    value: given,
                    origin,
                }),
                ..Policy::default()
            };
            let computer = Computer::new();
            let app_state = computer.start_under(policy).await;
            if let Some(on) = chosen {
                let choice = Setting::LaunchAtLogin(on);
                app_state.engine.history.save_setting(choice).await.unwrap();
            }
            assert_eq!(wanted(&app_state).await.unwrap(), expected, "{origin:?}");
            assert_eq!(
                app_state.policy.fixes_launch_at_login(),
                origin != Origin::Preset
            );
        }
    }
}
