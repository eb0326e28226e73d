//! What the desktop shows, as the user chose; quiet hours.

use jiff::civil::Time;
use runwatch_contract::{AppError, ErrorCode, NotificationSettings, QuietHours};
use runwatch_core::notification_policy::{self as core_policy, NotificationPolicy};

use crate::api::errors::ForPage;
use crate::app_state::AppState;

/// The settings as the page shows them.
pub fn settings(policy: &NotificationPolicy) -> NotificationSettings {
    let hour = |time: Time| time.strftime("%H:%M").to_string();
    NotificationSettings {
        silent: policy.silent.clone(),
        long: policy.long,
        quiet: policy.quiet.map(|quiet| QuietHours {
            from: hour(quiet.from),
            to: hour(quiet.to),
        }),
        failures_pierce: policy.failures_pierce,
        hide_details: policy.hide_details,
    }
}

/// Checks and keeps new settings; what is muted or snoozed stays so.
pub async fn change(
    app_state: &AppState,
    settings: NotificationSettings,
) -> Result<NotificationSettings, AppError> {
    let _turn = app_state.changing_notifications.lock().await;
    let before = app_state.engine.settings.notification_policy();
    let policy = NotificationPolicy {
        silent: settings.silent,
        long: settings.long,
        muted: before.muted,
        quiet: settings.quiet.as_ref().map(quiet).transpose()?,
        failures_pierce: settings.failures_pierce,
        hide_details: settings.hide_details,
    };
    keep(app_state, policy).await?;
    Ok(self::settings(
        &app_state.engine.settings.notification_policy(),
    ))
}

/// Keeps the policy, without mutes that are over.
pub(super) async fn keep(
    app_state: &AppState,
    mut policy: NotificationPolicy,
) -> Result<(), AppError> {
    let now = app_state.engine.now();
    policy
        .muted
        .retain(|mute| mute.until.is_none_or(|until| until > now));
    app_state
        .engine
        .set_notification_policy(policy)
        .await
        .map_err(|error| error.for_page())
}

fn quiet(hours: &QuietHours) -> Result<core_policy::QuietHours, AppError> {
    let wrong = |message: String| AppError::new(ErrorCode::BadId, message);
    let time = |text: &str| {
        let text = text.trim();
        let by_half_days = |_| Time::strptime("%I:%M %p", text);
        let time = Time::strptime("%H:%M", text).or_else(by_half_days);
        time.map_err(|_| {
            wrong(format!(
                "“{text}” is not a time of day. Type the quiet hours as 18:30 or as 6:30 pm."
            ))
        })
    };
    let (from, to) = (time(&hours.from)?, time(&hours.to)?);
    if from == to {
        let message = "The quiet hours begin and end at the same time. Choose two times.";
        return Err(wrong(message.to_owned()));
    }
    Ok(core_policy::QuietHours { from, to })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quiet_hours_are_two_different_times_of_day() {
        let hours = |from: &str, to: &str| {
            quiet(&QuietHours {
                from: from.into(),
                to: to.into(),
            })
        };
        assert!(hours("22:00", " 6:30").is_ok());
        for (from, to) in [("10:00 PM", "6:30 am"), ("10:00pm", "06:30AM")] {
            assert_eq!(hours(from, to), hours("22:00", "06:30"), "{from} {to}");
        }
        for (from, to) in [
            ("22", "06:00"),
            ("22:00", "24:00"),
            ("", "x"),
            ("08:00", "08:00"),
        ] {
            assert!(hours(from, to).is_err(), "{from} {to}");
        }
    }
}
