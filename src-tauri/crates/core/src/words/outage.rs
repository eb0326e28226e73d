//! The texts of notifications about runs that cannot be read, and accounts that must sign in again.

use crate::account::SignInMethod;
use crate::words::notification::NotificationText;
use crate::words::terms::name;

/// Why a run cannot be seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UnreadableReason {
    /// SolveXia cannot be reached.
    Offline,
    /// Its account is signed out, or was refused.
    SignedOut,
    /// The keychain with its account's secret is locked.
    Locked,
    /// The keychain with its account's secret cannot be reached.
    NoKeychain,
    /// The organisation's rules do not allow its account.
    NotAllowed,
    /// SolveXia's answer, in a sentence.
    Refused(String),
}

impl UnreadableReason {
    fn sentence(&self) -> String {
        match self {
            Self::Offline => "SolveXia cannot be reached. Check this computer's network.".into(),
            Self::SignedOut => "you are signed out. Sign in again.".into(),
            Self::Locked => "this computer's keychain is locked. Unlock it.".into(),
            Self::NoKeychain => {
                "this computer's keychain cannot be reached. Start it, or sign in again.".into()
            }
            Self::NotAllowed => {
                "your organisation's rules do not allow its account. Ask your IT department.".into()
            }
            Self::Refused(message) => message.clone(),
        }
    }
}

/// A run that cannot be seen, as it is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadableRun {
    /// Its name.
    pub run: String,
    /// Its account's name, where there is more than one account.
    pub account: Option<String>,
    /// Why.
    pub why: UnreadableReason,
}

/// What is told once runs could not be seen for 15 minutes. `runs` is not empty.
pub fn unreadable(runs: &[UnreadableRun]) -> NotificationText {
    let mut groups: Vec<(&UnreadableRun, Vec<&str>)> = Vec::new();
    for unseen in runs {
        let same = |(first, _): &&mut (&UnreadableRun, Vec<&str>)| {
            (&first.account, &first.why) == (&unseen.account, &unseen.why)
        };
        match groups.iter_mut().find(same) {
            Some((_, names)) => names.push(&unseen.run),
            None => groups.push((unseen, vec![&unseen.run])),
        }
    }
    let line = |(first, names): &(&UnreadableRun, Vec<&str>)| {
        let account = first.account.as_ref();
        let account = account.map_or_else(String::new, |label| format!(" ({})", name(label, 80)));
        format!("{}{account}: {}", listed(names), first.why.sentence())
    };
    let mut lines: Vec<String> = groups.iter().map(line).collect();
    lines.push(
        "Not seen for 15 minutes. You will be notified of what ends meanwhile once it can be seen again.".into(),
    );
    NotificationText {
        title: format!("Runwatch cannot see {}", these(runs)),
        body: lines.join("\n"),
    }
}

/// What is told once they can be seen again. `runs` is not empty.
pub fn readable_again(runs: &[UnreadableRun]) -> NotificationText {
    let names: Vec<&str> = runs.iter().map(|unseen| unseen.run.as_str()).collect();
    NotificationText {
        title: format!("Runwatch can see {} again", these(runs)),
        body: format!(
            "{}. There is a notification for each that ended meanwhile.",
            listed(&names)
        ),
    }
}

/// What is told when SolveXia no longer knows a run whose end is awaited.
pub fn gone(run_name: &str) -> NotificationText {
    NotificationText {
        title: format!("SolveXia no longer has “{}”", name(run_name, 80)),
        body:
            "It was deleted, or you may no longer see it, so its end cannot be told. It stays in \
               your list, and Runwatch looks for it now and then."
                .into(),
    }
}

/// What is told when SolveXia no longer accepts an account's secret. `account` is its name, where
/// there is more than one.
pub fn sign_in_again(host: &str, method: SignInMethod, account: Option<&str>) -> NotificationText {
    let place = match account {
        Some(label) if label.contains(host) => name(label, 80),
        Some(label) => format!("{host} ({})", name(label, 80)),
        None => host.to_owned(),
    };
    let what = match method {
        SignInMethod::Token => "The access token has expired",
        SignInMethod::Browser | SignInMethod::Client => "SolveXia no longer accepts this sign-in",
    };
    NotificationText {
        title: format!("Sign in again at {place}"),
        body: format!("{what}, so its runs cannot be watched. Your list and watches are kept."),
    }
}

fn these(runs: &[UnreadableRun]) -> String {
    match runs {
        [only] => format!("“{}”", name(&only.run, 80)),
        many => format!("{} watched runs", many.len()),
    }
}

fn listed(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|run| name(run, 80)).collect();
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rule_16_the_notification_names_each_run_and_says_why_and_what_to_do() {
        let unseen = |run: &str, account: &str, why| UnreadableRun {
            run: run.into(),
            account: Some(account.into()),
            why,
        };
        let plain = |text: String| text.replace(['\u{2068}', '\u{2069}'], "");
        let runs = [
            unseen("Bank", "Prod", UnreadableReason::Offline),
            unseen("Close", "Sandbox", UnreadableReason::SignedOut),
            unseen("FX", "Prod", UnreadableReason::Offline),
        ];
        let note = unreadable(&runs);
        assert_eq!(note.title, "Runwatch cannot see 3 watched runs");
        assert!(
            plain(note.body.clone()).starts_with(
                "Bank, FX (Prod): SolveXia cannot be reached. Check this computer's network.\n\
                 Close (Sandbox): you are signed out. Sign in again.\n"
            ),
            "{}",
            note.body
        );
        assert_eq!(
            plain(readable_again(&runs[..1]).title),
            "Runwatch can see “Bank” again"
        );
        let host = "app.solvexia.com";
        for label in [None, Some(host)] {
            let note = sign_in_again(host, SignInMethod::Client, label);
            assert_eq!(plain(note.title), "Sign in again at app.solvexia.com");
        }
        let named = |label| sign_in_again(host, SignInMethod::Token, Some(label));
        let title = "Sign in again at app.solvexia.com (token)";
        assert_eq!(plain(named("app.solvexia.com (token)").title), title);
        let title = "Sign in again at app.solvexia.com (Payroll)";
        assert_eq!(plain(named("Payroll").title), title);
        // Nobody refused it: it lasts ten minutes.
        assert!(
            named("Payroll")
                .body
                .starts_with("The access token has expired")
        );
    }
}
