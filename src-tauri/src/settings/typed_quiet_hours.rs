//! Quiet hours as the user types and sees them. When they are is `core/src/settings/quiet_hours.rs`, what they hold
//! back `core/src/settings/notification_policy.rs`.

use jiff::civil::Time;
use runwatch_contract::{AppError, ErrorCode, QuietHours};
use runwatch_core::settings::quiet_hours as core;

/// Quiet hours as the page shows them.
pub fn view(quiet: core::QuietHours) -> QuietHours {
    let hour = |time: Time| time.strftime("%H:%M").to_string();
    QuietHours {
        from: hour(quiet.from),
        to: hour(quiet.to),
    }
}

/// Reads typed quiet hours.
///
/// # Errors
/// When either is no time of day, or both are the same.
pub fn read(hours: &QuietHours) -> Result<core::QuietHours, AppError> {
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
    Ok(core::QuietHours { from, to })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quiet_hours_are_two_different_times_of_day() {
        let hours = |from: &str, to: &str| {
            read(&QuietHours {
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
