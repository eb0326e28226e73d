//! What the desktop shows, as the user chose.

use runwatch_contract::{AppError, NotificationSettings};
use runwatch_core::settings::notification_policy::NotificationPolicy;
use runwatch_core::settings::notification_toggles::NotificationToggles;

use crate::api::errors::ForPage;
use crate::app_state::AppState;
use crate::settings::typed_quiet_hours;

/// The settings as the page shows them.
pub fn settings(app_state: &AppState) -> NotificationSettings {
    let policy = app_state.engine.settings.notification_policy();
    NotificationSettings {
        silent: policy.silent,
        quiet: policy.quiet.map(typed_quiet_hours::view),
        switches: NotificationToggles {
            hide_details: app_state.engine.settings.hides_details(),
            ..policy.switches
        },
    }
}

/// Checks and keeps new settings; what is muted or snoozed stays so.
pub async fn change(
    app_state: &AppState,
    settings: NotificationSettings,
) -> Result<NotificationSettings, AppError> {
    let _turn = app_state.changing_notifications.lock().await;
    let before = app_state.engine.settings.notification_policy();
    // The user's own choice stays as it was, for the day on which the organisation's policy is lifted.
    let is_fixed = app_state.policy.fixes_hide_details();
    let chosen = NotificationPolicy {
        silent: settings.silent,
        muted: before.muted,
        quiet: settings
            .quiet
            .as_ref()
            .map(typed_quiet_hours::read)
            .transpose()?,
        switches: NotificationToggles {
            hide_details: if is_fixed {
                before.switches.hide_details
            } else {
                settings.switches.hide_details
            },
            ..settings.switches
        },
    };
    keep(app_state, chosen).await?;
    Ok(self::settings(app_state))
}

/// Keeps the policy, without mutes that are over.
pub(super) async fn keep(
    app_state: &AppState,
    mut policy: NotificationPolicy,
) -> Result<(), AppError> {
    let now = app_state.engine.now();
    policy.muted.forget_ended(now);
    app_state
        .engine
        .set_notification_policy(policy)
        .await
        .map_err(|error| error.for_page())
}

#[cfg(test)]
mod tests {
    use runwatch_core::policy::{Given, Origin, Policy};

    use super::*;
    use crate::test_support::Computer;

    #[tokio::test]
    async fn hidden_details_that_it_fixed_are_shown_as_such_and_leave_the_users_choice_as_it_was() {
        let computer = Computer::new();
        let fixed = Policy {
            hide_details: Some(Given {
                value: true,
                origin: Origin::MachinePolicy,
            }),
            ..Policy::default()
        };
        let app_state = computer.start_under(fixed).await;
        let shown = settings(&app_state);
        assert!(shown.switches.hide_details);
        let saved = change(
            &app_state,
            NotificationSettings {
                switches: NotificationToggles {
                    long: false,
                    ..shown.switches
                },
                ..shown
            },
        )
        .await;
        assert!(saved.unwrap().switches.hide_details);
        let after = computer.start().await;
        let lifted = settings(&after).switches;
        assert!(!lifted.hide_details && !lifted.long);
    }
}
