//! What the desktop shows, as the user chose: settings, mutes and snoozes.

use jiff::civil::{Time, time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use runwatch_contract::{
    AppError, ErrorCode, MuteFor, Muted, NotificationSettings, Outcome, QuietHours,
};
use runwatch_core::ids::{AccountId, RunId, RunKey};
use runwatch_core::notification_policy::{self as policy, Mute, NotificationPolicy};
use runwatch_core::outcome;

use crate::errors::ForPage;
use crate::view;
use crate::world::World;

/// A snooze until tomorrow ends then, by the clock on the wall.
const MORNING: Time = time(8, 0, 0, 0);

/// The settings as the page shows them.
pub fn settings(choices: &NotificationPolicy) -> NotificationSettings {
    let hour = |time: Time| time.strftime("%H:%M").to_string();
    NotificationSettings {
        silent: choices.silent.iter().copied().map(view::outcome).collect(),
        long: choices.long,
        quiet: choices.quiet.map(|quiet| QuietHours {
            from: hour(quiet.from),
            to: hour(quiet.to),
        }),
        failures_pierce: choices.failures_pierce,
        hide_details: choices.hide_details,
    }
}

/// Checks and keeps new settings; what is muted or snoozed stays so.
pub async fn change(
    world: &World,
    settings: NotificationSettings,
) -> Result<NotificationSettings, AppError> {
    let _turn = world.choosing.lock().await;
    let before = world.engine.settings.notification_policy();
    let choices = NotificationPolicy {
        silent: settings.silent.into_iter().map(chosen_outcome).collect(),
        long: settings.long,
        muted: before.muted,
        quiet: settings.quiet.as_ref().map(quiet).transpose()?,
        failures_pierce: settings.failures_pierce,
        hide_details: settings.hide_details,
    };
    keep(world, choices).await?;
    Ok(self::settings(&world.engine.settings.notification_policy()))
}

/// Mutes or snoozes one run, or shows it again.
pub async fn mute_run(world: &World, key: &RunKey, time: MuteFor) -> Result<(), AppError> {
    mute(world, &key.account, Some(&key.run), time).await?;
    world.engine.runs.changed(key);
    Ok(())
}

/// Mutes or snoozes all runs of an account, or shows them again; what was chosen for one of them
/// stays.
pub async fn mute_account(
    world: &World,
    account: &AccountId,
    time: MuteFor,
) -> Result<(), AppError> {
    mute(world, account, None, time).await?;
    world.engine.accounts.changed(account);
    for tracked in world.engine.runs.all() {
        if tracked.key.account == *account {
            world.engine.runs.changed(&tracked.key);
        }
    }
    Ok(())
}

async fn mute(
    world: &World,
    account: &AccountId,
    run: Option<&RunId>,
    time: MuteFor,
) -> Result<(), AppError> {
    let _turn = world.choosing.lock().await;
    let now = world.engine.now();
    let mut choices = world.engine.settings.notification_policy();
    choices
        .muted
        .retain(|mute| mute.account != *account || mute.run.as_ref() != run);
    if time != MuteFor::NoTime {
        choices.muted.push(Mute {
            account: account.clone(),
            run: run.cloned(),
            until: end(time, now, TimeZone::system()),
        });
    }
    keep(world, choices).await
}

/// Whether nothing is shown of a run; what lasts longer counts.
pub fn muted(choices: &NotificationPolicy, key: &RunKey, now: Timestamp) -> Option<Muted> {
    longest(choices, now, |mute| {
        mute.account == key.account && mute.run.as_ref().is_none_or(|run| *run == key.run)
    })
}

/// Whether nothing is shown of a whole account.
pub fn account_muted(
    choices: &NotificationPolicy,
    account: &AccountId,
    now: Timestamp,
) -> Option<Muted> {
    longest(choices, now, |mute| {
        mute.account == *account && mute.run.is_none()
    })
}

fn longest(
    choices: &NotificationPolicy,
    now: Timestamp,
    is_its: impl Fn(&Mute) -> bool,
) -> Option<Muted> {
    let lasts = |mute: &&Mute| is_its(mute) && mute.until.is_none_or(|until| until > now);
    let length = |mute: &&Mute| (mute.until.is_none(), mute.until, mute.run.is_none());
    let mute = choices.muted.iter().filter(lasts).max_by_key(length)?;
    Some(Muted {
        until: mute.until.map(Timestamp::as_millisecond),
        account: mute.run.is_none(),
    })
}

async fn keep(world: &World, mut choices: NotificationPolicy) -> Result<(), AppError> {
    let now = world.engine.now();
    choices
        .muted
        .retain(|mute| mute.until.is_none_or(|until| until > now));
    world
        .engine
        .set_notification_policy(choices)
        .await
        .map_err(|error| error.for_page())
}

/// When a snooze ends; a mute has no end.
fn end(time: MuteFor, now: Timestamp, zone: TimeZone) -> Option<Timestamp> {
    match time {
        MuteFor::Hour => now.checked_add(SignedDuration::from_hours(1)).ok(),
        MuteFor::Tomorrow => {
            let today = now.to_zoned_datetime(zone.clone()).date();
            let morning = today.tomorrow().ok()?.to_datetime(MORNING);
            Some(morning.to_zoned_datetime(zone).ok()?.timestamp())
        }
        MuteFor::NoTime | MuteFor::Good => None,
    }
}

fn quiet(hours: &QuietHours) -> Result<policy::QuietHours, AppError> {
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
    Ok(policy::QuietHours { from, to })
}

fn chosen_outcome(outcome: Outcome) -> outcome::Outcome {
    match outcome {
        Outcome::Succeeded => outcome::Outcome::Succeeded,
        Outcome::Warnings => outcome::Outcome::Warnings,
        Outcome::Failed => outcome::Outcome::Failed,
        Outcome::Cancelled => outcome::Outcome::Cancelled,
        Outcome::TimedOut => outcome::Outcome::TimedOut,
        Outcome::Unverified => outcome::Outcome::Unverified,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(run: &str) -> RunKey {
        RunKey {
            account: AccountId("a".into()),
            run: RunId::parse(run).unwrap(),
        }
    }

    fn mute(run: Option<&str>, until: Option<i64>) -> Mute {
        Mute {
            account: AccountId("a".into()),
            run: run.map(|run| RunId::parse(run).unwrap()),
            until: until.map(|second| Timestamp::from_second(second).unwrap()),
        }
    }

    fn found(mutes: Vec<Mute>) -> Option<Muted> {
        let choices = NotificationPolicy {
            muted: mutes,
            ..NotificationPolicy::default()
        };
        muted(&choices, &key("pr-1"), Timestamp::from_second(100).unwrap())
    }

    #[test]
    fn a_run_is_muted_by_itself_or_by_its_account_as_long_as_either_lasts() {
        assert_eq!(found(vec![]), None);
        assert_eq!(found(vec![mute(Some("pr-2"), None)]), None);
        assert_eq!(found(vec![mute(Some("pr-1"), Some(99))]), None);
        let snoozed = found(vec![mute(Some("pr-1"), Some(200))]).unwrap();
        assert_eq!((snoozed.until, snoozed.account), (Some(200_000), false));
        let both = found(vec![mute(None, None), mute(Some("pr-1"), Some(200))]).unwrap();
        assert_eq!((both.until, both.account), (None, true));
    }

    #[test]
    fn an_account_is_muted_by_itself_alone_and_no_longer_than_it_was_snoozed() {
        let at = |second| Timestamp::from_second(second).unwrap();
        let found = |mutes: Vec<Mute>, second| {
            let choices = NotificationPolicy {
                muted: mutes,
                ..NotificationPolicy::default()
            };
            account_muted(&choices, &AccountId("a".into()), at(second))
        };
        assert_eq!(found(vec![mute(Some("pr-1"), None)], 100), None);
        let snoozed = found(vec![mute(None, Some(200))], 100).unwrap();
        assert_eq!((snoozed.until, snoozed.account), (Some(200_000), true));
        assert_eq!(found(vec![mute(None, Some(200))], 200), None);
    }

    #[test]
    fn tomorrow_is_the_next_morning_by_the_clock_on_the_wall() {
        let zone = TimeZone::get("Australia/Sydney").unwrap();
        // 23:30 there, in the night in which the clocks go forward.
        let now: Timestamp = "2026-10-03T13:30:00Z".parse().unwrap();
        let until = end(MuteFor::Tomorrow, now, zone).unwrap();
        assert_eq!(until.to_string(), "2026-10-03T21:00:00Z");
    }

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
