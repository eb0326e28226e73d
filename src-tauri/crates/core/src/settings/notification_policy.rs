//! What the desktop shows, as the user chose. The Inbox always gets everything.

use jiff::{Timestamp, ZonedDateTime};

use crate::mutes::{Mute, Mutes};
use crate::notification::{Notification, NotificationKind};
use crate::outcome::Outcome;
use crate::settings::notification_toggles::NotificationToggles;
use crate::settings::quiet_hours::QuietHours;

/// What the user chose.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NotificationPolicy {
    /// Ends that are not shown.
    pub silent: Vec<Outcome>,
    /// Runs and accounts of which nothing is shown, for a while or for good.
    pub muted: Mutes,
    /// When nothing is shown: it is held, and summed up at their end.
    pub quiet: Option<QuietHours>,
    /// What is on or off.
    pub switches: NotificationToggles,
}

/// What becomes of something that was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivery {
    /// The desktop shows it.
    Now,
    /// The desktop shows it then, summed up with what else was held.
    HoldUntil(Timestamp),
    /// It stands in the Inbox alone.
    InboxOnly,
}

/// What becomes of a notification. `now` is in the user's time zone.
pub fn decide(
    notification: &Notification,
    choices: &NotificationPolicy,
    now: &ZonedDateTime,
) -> Delivery {
    let is_end = notification.kind == NotificationKind::Ended;
    if is_end
        && notification
            .outcome
            .is_some_and(|outcome| choices.silent.contains(&outcome))
    {
        return Delivery::InboxOnly;
    }
    // A notification of an outage is about several accounts: muting one does not hold it.
    let its = match notification.is_of_accounts() {
        true => None,
        false => Some((&notification.account, notification.run.as_ref())),
    };
    let mutes: Vec<Mute> = its
        .into_iter()
        .flat_map(|(account, run)| choices.muted.covering(account, run))
        .collect();
    if mutes.iter().any(|mute| mute.until.is_none()) {
        return Delivery::InboxOnly;
    }
    let snoozed = mutes.iter().filter_map(|mute| mute.until).max();
    let snoozed = snoozed.filter(|until| *until > now.timestamp());
    let failed = notification.outcome.is_some_and(Outcome::is_failure);
    let pierces = failed && choices.switches.failures_pierce;
    let quiet = choices.quiet.filter(|_| !pierces);
    match snoozed.max(quiet.and_then(|quiet| quiet.end(now))) {
        Some(until) => Delivery::HoldUntil(until),
        None => Delivery::Now,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{AccountId, RunId};

    fn notification(outcome: Outcome) -> Notification {
        Notification {
            kind: NotificationKind::Ended,
            account: AccountId("a".into()),
            run: RunId::parse("pr-1").ok(),
            close: None,
            starts: None,
            mark: 1,
            outcome: Some(outcome),
            title: "Failed: Payroll".into(),
            body: "Step 3".into(),
            at: Timestamp::UNIX_EPOCH,
            away: false,
        }
    }

    /// A moment in Sydney, where the clocks go forward in the night to 4 October 2026.
    fn sydney(text: &str) -> ZonedDateTime {
        format!("{text}[Australia/Sydney]").parse().unwrap()
    }

    fn quiet(from: &str, to: &str) -> NotificationPolicy {
        NotificationPolicy {
            quiet: Some(QuietHours {
                from: from.parse().unwrap(),
                to: to.parse().unwrap(),
            }),
            ..NotificationPolicy::default()
        }
    }

    fn mute(run: Option<&str>, until: Option<&str>) -> NotificationPolicy {
        let mute = Mute {
            account: AccountId("a".into()),
            run: run.and_then(|run| RunId::parse(run).ok()),
            until: until.map(|text| sydney(text).timestamp()),
        };
        NotificationPolicy {
            muted: [mute].into_iter().collect(),
            ..NotificationPolicy::default()
        }
    }

    fn shown(choices: &NotificationPolicy, now: &str) -> Delivery {
        decide(&notification(Outcome::Succeeded), choices, &sydney(now))
    }

    fn until(text: &str) -> Delivery {
        Delivery::HoldUntil(sydney(text).timestamp())
    }

    #[test]
    fn everything_is_shown_unless_chosen_otherwise() {
        assert_eq!(
            shown(&NotificationPolicy::default(), "2026-11-24T03:00"),
            Delivery::Now
        );
    }

    #[test]
    fn an_outcome_that_is_not_wanted_stands_in_the_inbox_alone() {
        let choices = NotificationPolicy {
            silent: vec![Outcome::Succeeded],
            ..NotificationPolicy::default()
        };
        assert_eq!(shown(&choices, "2026-11-24T12:00"), Delivery::InboxOnly);
        let failed = notification(Outcome::Failed);
        assert_eq!(
            decide(&failed, &choices, &sydney("2026-11-24T12:00")),
            Delivery::Now
        );
    }

    #[test]
    fn quiet_hours_hold_until_their_end() {
        let night = quiet("22:00", "07:00");
        assert_eq!(shown(&night, "2026-11-24T21:59:59"), Delivery::Now);
        assert_eq!(shown(&night, "2026-11-24T22:00"), until("2026-11-25T07:00"));
    }

    #[test]
    fn failures_pierce_quiet_hours_if_wished_and_nothing_else_does() {
        let mut choices = quiet("22:00", "07:00");
        let at = |choices: &NotificationPolicy, outcome| {
            let showing = decide(&notification(outcome), choices, &sydney("2026-11-24T23:00"));
            showing == Delivery::Now
        };
        assert!(!at(&choices, Outcome::Failed));
        choices.switches.failures_pierce = true;
        assert!(at(&choices, Outcome::Failed) && at(&choices, Outcome::TimedOut));
        assert!(!at(&choices, Outcome::Succeeded) && !at(&choices, Outcome::Warnings));
        choices.muted = mute(None, None).muted;
        assert!(!at(&choices, Outcome::Failed), "who mutes a run means it");
    }

    #[test]
    fn a_mute_covers_its_run_or_all_of_its_account() {
        let now = "2026-11-24T12:00";
        assert_eq!(shown(&mute(None, None), now), Delivery::InboxOnly);
        assert_eq!(shown(&mute(Some("pr-1"), None), now), Delivery::InboxOnly);
        assert_eq!(shown(&mute(Some("pr-2"), None), now), Delivery::Now);
        let other = Notification {
            account: AccountId("b".into()),
            ..notification(Outcome::Failed)
        };
        let showing = decide(&other, &mute(None, None), &sydney(now));
        assert_eq!(showing, Delivery::Now);
    }

    #[test]
    fn a_snooze_holds_until_its_end_and_the_longer_of_two_reasons_counts() {
        let snooze = mute(Some("pr-1"), Some("2026-11-24T13:00"));
        assert_eq!(
            shown(&snooze, "2026-11-24T12:00"),
            until("2026-11-24T13:00")
        );
        assert_eq!(shown(&snooze, "2026-11-24T13:00"), Delivery::Now);
        let both = NotificationPolicy {
            quiet: quiet("11:00", "18:00").quiet,
            ..snooze
        };
        assert_eq!(shown(&both, "2026-11-24T12:00"), until("2026-11-24T18:00"));
    }

    #[test]
    fn rule_16_what_cannot_be_seen_is_not_muted_with_one_account() {
        let outage = Notification {
            kind: NotificationKind::Outage,
            run: None,
            ..notification(Outcome::Failed)
        };
        let showing = decide(&outage, &mute(None, None), &sydney("2026-11-24T12:00"));
        assert_eq!(showing, Delivery::Now);
    }
}
