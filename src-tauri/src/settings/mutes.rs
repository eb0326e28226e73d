//! Runs and accounts that are muted, or snoozed for a while.

use jiff::civil::{Time, Weekday, time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span, Timestamp};
use runwatch_contract::{AppError, MuteFor, Muted};
use runwatch_core::ids::{AccountId, RunId, RunKey};
use runwatch_core::mutes::Mute;
use runwatch_core::settings::notification_policy::NotificationPolicy;

use crate::app_state::AppState;
use crate::settings::notifications::keep;

/// A snooze until the next working morning ends then, by the clock on the wall.
const MORNING: Time = time(8, 0, 0, 0);

/// Mutes or snoozes runs, or shows them again.
pub async fn mute_runs(
    app_state: &AppState,
    keys: &[RunKey],
    time: MuteFor,
) -> Result<(), AppError> {
    let whose = |key: &RunKey| (key.account.clone(), Some(key.run.clone()));
    let muted = mute(app_state, keys.iter().map(whose), time).await;
    // It counts until the app ends, also where it could not be written down: the page must show it.
    for key in keys {
        app_state.engine.runs.changed(key);
    }
    muted
}

/// Mutes or snoozes all runs of an account, or shows them again; what was chosen for one of them
/// stays.
pub async fn mute_account(
    app_state: &AppState,
    account: &AccountId,
    time: MuteFor,
) -> Result<(), AppError> {
    let muted = mute(app_state, [(account.clone(), None)], time).await;
    // As above.
    app_state.engine.accounts.changed(account);
    for tracked in app_state.engine.runs.of_account(account) {
        app_state.engine.runs.changed(&tracked.key);
    }
    muted
}

async fn mute(
    app_state: &AppState,
    whose: impl IntoIterator<Item = (AccountId, Option<RunId>)>,
    time: MuteFor,
) -> Result<(), AppError> {
    let _turn = app_state.changing_notifications.lock().await;
    let now = app_state.engine.now();
    let mut policy = app_state.engine.settings.notification_policy();
    let until = end(time, now, TimeZone::system());
    for (account, run) in whose {
        match time {
            MuteFor::Unmute => policy.muted.remove(&account, run.as_ref()),
            MuteFor::Hour | MuteFor::Morning | MuteFor::Forever => {
                policy.muted.set(Mute {
                    account,
                    run,
                    until,
                });
            }
        }
    }
    keep(app_state, policy).await
}

/// Whether nothing is shown of a run; what lasts longer counts.
pub fn muted(policy: &NotificationPolicy, key: &RunKey, now: Timestamp) -> Option<Muted> {
    longest(policy.muted.covering(&key.account, Some(&key.run)), now)
}

/// Whether nothing is shown of a whole account.
pub fn account_muted(
    policy: &NotificationPolicy,
    account: &AccountId,
    now: Timestamp,
) -> Option<Muted> {
    longest(policy.muted.covering(account, None), now)
}

fn longest(mutes: impl Iterator<Item = Mute>, now: Timestamp) -> Option<Muted> {
    let lasts = |mute: &Mute| mute.until.is_none_or(|until| until > now);
    let length = |mute: &Mute| (mute.until.is_none(), mute.until, mute.run.is_none());
    let mute = mutes.filter(lasts).max_by_key(length)?;
    Some(Muted {
        until: mute.until.map(Timestamp::as_millisecond),
        account: mute.run.is_none(),
    })
}

/// The next morning of a working day, Monday to Friday.
pub fn next_morning(now: Timestamp, zone: TimeZone) -> Option<Timestamp> {
    let today = now.to_zoned_datetime(zone.clone()).date();
    let mornings = today.series(Span::new().days(1)).filter_map(|day| {
        let is_working = !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        let morning = day
            .to_datetime(MORNING)
            .to_zoned_datetime(zone.clone())
            .ok()?;
        is_working.then(|| morning.timestamp())
    });
    mornings.take(7).find(|morning| *morning > now)
}

/// When a snooze ends; a mute has no end.
fn end(time: MuteFor, now: Timestamp, zone: TimeZone) -> Option<Timestamp> {
    match time {
        MuteFor::Hour => now.checked_add(SignedDuration::from_hours(1)).ok(),
        MuteFor::Morning => next_morning(now, zone),
        MuteFor::Unmute | MuteFor::Forever => None,
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;
    use crate::test_support::{Computer, account};
    use jiff::ZonedDateTime;
    use runwatch_engine::Event;

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
        let policy = NotificationPolicy {
            muted: mutes.into_iter().collect(),
            ..NotificationPolicy::default()
        };
        muted(&policy, &key("pr-1"), Timestamp::from_second(100).unwrap())
    }

    #[tokio::test]
    async fn a_mute_that_cannot_be_written_down_is_shown_as_it_counts() {
        let computer = Computer::new();
        let app = computer.start().await;
        app.engine.set_session(account(), None);
        let mut events = app.engine.events();
        let other = rusqlite::Connection::open(app.folder.history()).unwrap();
        other.execute_batch("BEGIN IMMEDIATE").unwrap();
        let muted = mute_account(&app, &account().id, MuteFor::Forever).await;
        assert!(muted.is_err());
        let counts = |policy: &NotificationPolicy| {
            account_muted(policy, &account().id, app.engine.now()).is_some()
        };
        assert!(app.engine.settings.by_policy(counts));
        let told = std::iter::from_fn(|| events.try_recv().ok());
        let is_of_account =
            |event: &Event| matches!(event, Event::Account(id) if *id == account().id);
        assert!(
            told.into_iter().any(|event| is_of_account(&event)),
            "the page must show it"
        );
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
            let policy = NotificationPolicy {
                muted: mutes.into_iter().collect(),
                ..NotificationPolicy::default()
            };
            account_muted(&policy, &AccountId("a".into()), at(second))
        };
        assert_eq!(found(vec![mute(Some("pr-1"), None)], 100), None);
        let snoozed = found(vec![mute(None, Some(200))], 100).unwrap();
        assert_eq!((snoozed.until, snoozed.account), (Some(200_000), true));
        assert_eq!(found(vec![mute(None, Some(200))], 200), None);
    }

    /// Each row is sent anew once it was muted, and asks.
    #[test]
    fn that_thousands_of_rows_are_muted_costs_as_much_as_there_are_rows_and_not_their_square() {
        let names: Vec<String> = (1..=20_000).map(|n| format!("pr-{n}")).collect();
        let began = Instant::now();
        let policy = NotificationPolicy {
            muted: names.iter().map(|name| mute(Some(name), None)).collect(),
            ..NotificationPolicy::default()
        };
        let now = Timestamp::from_second(100).unwrap();
        assert!(
            names
                .iter()
                .all(|name| muted(&policy, &key(name), now).is_some())
        );
        let took = began.elapsed();
        assert!(took < Duration::from_secs(2), "{took:?}");
    }

    #[test]
    fn a_snooze_until_the_morning_ends_on_the_next_working_day_by_the_clock_on_the_wall() {
        let zone = TimeZone::get("Australia/Sydney").unwrap();
        let until = |now: &str| {
            let now: ZonedDateTime = format!("{now}[Australia/Sydney]").parse().unwrap();
            let until = end(MuteFor::Morning, now.timestamp(), zone.clone()).unwrap();
            until.to_zoned_datetime(zone.clone()).datetime().to_string()
        };
        assert_eq!(until("2026-11-24T00:30"), "2026-11-24T08:00:00");
        assert_eq!(until("2026-11-24T08:00"), "2026-11-25T08:00:00");
        assert_eq!(until("2026-11-27T10:00"), "2026-11-30T08:00:00", "a Friday");
        assert_eq!(until("2026-11-28T10:00"), "2026-11-30T08:00:00");
        // In the night before, the clocks went forward.
        assert_eq!(until("2026-10-03T23:30"), "2026-10-05T08:00:00");
    }
}
