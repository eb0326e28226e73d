//! How the watched runs stand, as the tray shows it: its icon and its words. Pure.

use runwatch_core::error::StoreError;
use runwatch_core::notification::InboxItem;
use runwatch_core::outcome::Outcome;
use runwatch_core::words::count;

/// What the tray tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TraySummary {
    /// Watched runs whose ends are awaited, of accounts that are signed in.
    pub awaited: usize,
    /// Those that cannot, as nobody is signed in to their accounts.
    pub signed_out: usize,
    /// Those that cannot, as the keychain does not hand out their accounts’ secrets.
    pub unread: usize,
    /// Those that may not be read, by the organisation's rules.
    pub not_allowed: usize,
    /// Failures in the Inbox that are not marked as read.
    pub failures: Failures,
    /// SolveXia cannot be reached for some account that is signed in.
    pub offline: bool,
    /// Watching is paused.
    pub paused: bool,
}

/// How many failures nobody has seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Failures {
    /// As far as is known.
    pub count: usize,
    /// The Inbox could not be read since: there may be others.
    pub is_unread: bool,
}

impl Failures {
    /// Those of the Inbox, where it could be read, and of what could not be written into it.
    pub fn now(self, inbox: Result<Vec<InboxItem>, StoreError>, unwritten: &[InboxItem]) -> Self {
        let is_failure = |item: &&InboxItem| {
            let outcome = item.notification.outcome;
            !item.read && outcome.is_some_and(Outcome::is_failure)
        };
        let in_memory = unwritten.iter().filter(is_failure).count();
        match inbox {
            Ok(inbox) => Self {
                count: inbox.iter().filter(is_failure).count() + in_memory,
                is_unread: false,
            },
            Err(_) => Self {
                count: self.count.max(in_memory),
                is_unread: true,
            },
        }
    }
}

/// The tray's icon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrayIconKind {
    /// The Inbox holds a failure that is not marked as read.
    Failed,
    /// Ends are awaited.
    Active,
    /// SolveXia cannot be reached, or only accounts that are signed out or whose secrets cannot be read
    /// have ends to await.
    Offline,
    /// No end is awaited, or watching is paused.
    Idle,
}

impl TraySummary {
    /// The icon: what wants a look first.
    pub fn icon(&self) -> TrayIconKind {
        match self {
            _ if self.failures.count > 0 => TrayIconKind::Failed,
            Self { paused: true, .. } => TrayIconKind::Idle,
            Self { awaited: 1.., .. } => TrayIconKind::Active,
            Self { offline: true, .. }
            | Self {
                signed_out: 1.., ..
            }
            | Self { unread: 1.., .. }
            | Self {
                not_allowed: 1.., ..
            } => TrayIconKind::Offline,
            _ if self.failures.is_unread => TrayIconKind::Offline,
            _ => TrayIconKind::Idle,
        }
    }

    /// The tooltip: the same in words, with counts.
    pub fn words(&self) -> String {
        let mut parts = Vec::new();
        if self.failures.count > 0 {
            let failures = count(self.failures.count, "failure");
            parts.push(format!("{failures} not seen yet"));
        }
        if self.failures.is_unread {
            parts.push("the Inbox cannot be read, so there may be more failures".to_owned());
        }
        let unseen = self.signed_out + self.unread + self.not_allowed;
        match (self.paused, self.awaited, unseen) {
            (true, ..) => parts.push("watching is paused".to_owned()),
            (false, 0, 0) => parts.push("no watched run is going".to_owned()),
            (false, 0, _) => {}
            (false, going, _) => parts.push(format!("watching {}", count(going, "run"))),
        }
        for (unseen, advice) in [
            (self.signed_out, "sign in again"),
            (self.unread, "the keychain cannot be read"),
            (
                self.not_allowed,
                "your organisation's rules do not allow it",
            ),
        ] {
            if unseen > 0 {
                let runs = count(unseen, "watched run");
                parts.push(format!("cannot see {runs}: {advice}"));
            }
        }
        if self.offline {
            parts.push("SolveXia cannot be asked".to_owned());
        }
        format!("Runwatch: {}", parts.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;
    use runwatch_core::ids::AccountId;
    use runwatch_core::notification::{Notification, NotificationKind};

    const NONE: Failures = Failures {
        count: 0,
        is_unread: false,
    };
    const ONE: Failures = Failures { count: 1, ..NONE };
    const ALL: TraySummary = TraySummary {
        awaited: 3,
        signed_out: 0,
        unread: 0,
        not_allowed: 0,
        failures: ONE,
        offline: true,
        paused: false,
    };

    #[test]
    fn a_failure_comes_before_a_run_that_is_going_before_an_outage_before_rest() {
        let mut summary = ALL;
        assert_eq!(summary.icon(), TrayIconKind::Failed);
        summary.failures = NONE;
        assert_eq!(summary.icon(), TrayIconKind::Active);
        summary.awaited = 0;
        assert_eq!(summary.icon(), TrayIconKind::Offline);
        summary.offline = false;
        assert_eq!(summary.icon(), TrayIconKind::Idle);
    }

    #[test]
    fn while_watching_is_paused_no_run_looks_watched_but_a_failure_still_shows() {
        let paused = TraySummary {
            paused: true,
            ..ALL
        };
        assert_eq!(paused.icon(), TrayIconKind::Failed);
        let calm = TraySummary {
            failures: NONE,
            ..paused
        };
        assert_eq!(calm.icon(), TrayIconKind::Idle);
        assert!(calm.words().contains("watching is paused"));
    }

    #[test]
    fn runs_of_an_account_that_is_signed_out_do_not_count_as_watched() {
        let unseen = TraySummary {
            signed_out: 1,
            ..TraySummary::default()
        };
        assert_eq!(
            unseen.words(),
            "Runwatch: cannot see 1 watched run: sign in again"
        );
        assert_eq!(unseen.icon(), TrayIconKind::Offline);
        let both = TraySummary {
            awaited: 2,
            ..unseen
        };
        assert_eq!(
            both.words(),
            "Runwatch: watching 2 runs, cannot see 1 watched run: sign in again"
        );
        assert_eq!(both.icon(), TrayIconKind::Active);
    }

    #[test]
    fn runs_of_an_account_that_is_not_allowed_do_not_count_as_watched() {
        let unseen = TraySummary {
            not_allowed: 1,
            ..TraySummary::default()
        };
        assert_eq!(
            unseen.words(),
            "Runwatch: cannot see 1 watched run: your organisation's rules do not allow it"
        );
        assert_eq!(unseen.icon(), TrayIconKind::Offline);
    }

    #[test]
    fn runs_whose_accounts_secret_cannot_be_read_do_not_count_as_watched() {
        let unread = TraySummary {
            unread: 2,
            ..TraySummary::default()
        };
        assert_eq!(
            unread.words(),
            "Runwatch: cannot see 2 watched runs: the keychain cannot be read"
        );
        assert_eq!(unread.icon(), TrayIconKind::Offline);
    }

    #[test]
    fn an_inbox_that_cannot_be_read_is_not_an_empty_one() {
        let failed = |id| InboxItem {
            id,
            read: false,
            notification: Notification {
                kind: NotificationKind::Ended,
                account: AccountId("a".into()),
                run: None,
                close: None,
                starts: None,
                mark: id,
                outcome: Some(Outcome::Failed),
                title: String::new(),
                body: String::new(),
                at: Timestamp::UNIX_EPOCH,
                away: false,
            },
        };
        let read = NONE.now(Ok(vec![failed(1), failed(2)]), &[]);
        assert_eq!(read, Failures { count: 2, ..NONE });
        let unread = read.now(Err(StoreError::Locked), &[failed(-1)]);
        let kept = Failures {
            count: 2,
            is_unread: true,
        };
        assert_eq!(unread, kept, "the last known number stays");
        assert_eq!(unread.now(Ok(Vec::new()), &[]), NONE);
        let nothing_known = TraySummary {
            failures: NONE.now(Err(StoreError::Locked), &[]),
            ..TraySummary::default()
        };
        assert_eq!(nothing_known.icon(), TrayIconKind::Offline);
        let words = nothing_known.words();
        assert!(words.contains("the Inbox cannot be read"), "{words}");
    }

    #[test]
    fn the_words_count() {
        assert_eq!(
            ALL.words(),
            "Runwatch: 1 failure not seen yet, watching 3 runs, SolveXia cannot be asked"
        );
        let words = TraySummary::default().words();
        assert_eq!(words, "Runwatch: no watched run is going");
    }
}
