//! Whether watched runs can be seen, and what is told when they cannot (`rules.md`, 16).
//!
//! Time is time awake: a computer that sleeps sees nothing, and nobody expects it to.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::account::Method;
use crate::ids::{AccountId, RunKey, shorten};
use crate::words::Note;

/// A watched run that cannot be seen for this long is told of.
pub const BLIND: Duration = Duration::from_secs(15 * 60);
/// Runs are read up to five minutes apart, so that they meet the same outage one after the other:
/// those this close behind the first are named with it.
const NEARLY: Duration = Duration::from_secs(6 * 60);
/// Once one is seen again, the others are waited for this long, so that they are told as one.
const SETTLE: Duration = Duration::from_secs(60);

/// How a run looks from here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// Nobody has tried to read it since the app started, the computer woke, or it was cut off.
    Unknown,
    /// Its latest read succeeded.
    Clear,
    /// Its latest read failed, or nobody can ask.
    Blind,
}

/// What was told of runs and accounts that cannot be seen. Kept, so that a restart repeats nothing.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Sight {
    /// Told as not to be seen, and not yet as seen again.
    lost: BTreeSet<RunKey>,
    /// Asked to sign in again, and not yet signed in.
    refused: BTreeSet<AccountId>,
    /// Since when a run cannot be seen (time awake).
    #[serde(skip)]
    since: BTreeMap<RunKey, Duration>,
    /// Lost, and seen again since this moment, untold.
    #[serde(skip)]
    again: Option<(Duration, BTreeSet<RunKey>)>,
}

/// What is to be told now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct News {
    /// They cannot be seen.
    pub lost: Vec<RunKey>,
    /// They can be seen again.
    pub again: Vec<RunKey>,
}

impl Sight {
    /// Takes in how all watched runs look whose end is awaited; `awake` is the time awake so far.
    pub fn look(&mut self, awake: Duration, runs: &[(RunKey, View)]) -> News {
        self.keep_only(runs);
        for (key, view) in runs {
            match view {
                View::Unknown => {}
                View::Clear => {
                    self.since.remove(key);
                    if self.lost.contains(key) {
                        let again = self.again.get_or_insert_with(|| (awake, BTreeSet::new()));
                        again.1.insert(key.clone());
                    }
                }
                View::Blind => {
                    self.since.entry(key.clone()).or_insert(awake);
                    if let Some((_, again)) = &mut self.again {
                        again.remove(key);
                    }
                }
            }
        }
        News {
            again: self.seen_again(awake),
            lost: self.newly_lost(awake, runs),
        }
    }

    /// Runs that were taken off the table, unwatched, or whose end is known, concern nobody.
    fn keep_only(&mut self, runs: &[(RunKey, View)]) {
        let here: BTreeSet<&RunKey> = runs.iter().map(|(key, _)| key).collect();
        self.lost.retain(|key| here.contains(key));
        self.since.retain(|key, _| here.contains(key));
        if let Some((_, again)) = &mut self.again {
            again.retain(|key| here.contains(key));
        }
        self.again.take_if(|(_, again)| again.is_empty());
    }

    fn newly_lost(&mut self, awake: Duration, runs: &[(RunKey, View)]) -> Vec<RunKey> {
        let for_long = |time: Duration| {
            let is = |key: &RunKey| {
                let since = self.since.get(key);
                !self.lost.contains(key) && since.is_some_and(|since| awake >= *since + time)
            };
            let blind = runs.iter().filter(|(_, view)| *view == View::Blind);
            let keys = blind.map(|(key, _)| key).filter(|key| is(key));
            keys.cloned().collect::<Vec<_>>()
        };
        if for_long(BLIND).is_empty() {
            return Vec::new();
        }
        let lost = for_long(BLIND - NEARLY);
        self.lost.extend(lost.iter().cloned());
        lost
    }

    fn seen_again(&mut self, awake: Duration) -> Vec<RunKey> {
        let settled = |(since, again): &mut (Duration, BTreeSet<RunKey>)| {
            again.len() == self.lost.len() || awake >= *since + SETTLE
        };
        let Some((_, again)) = self.again.take_if(settled) else {
            return Vec::new();
        };
        self.lost.retain(|key| !again.contains(key));
        again.into_iter().collect()
    }

    /// Whether what is kept of it is the same.
    pub fn kept_as(&self, other: &Self) -> bool {
        (&self.lost, &self.refused) == (&other.lost, &other.refused)
    }

    /// Takes in whether SolveXia took an account's secret, where that is known; true when its user
    /// is to be asked to sign in again.
    pub fn sign_in(&mut self, account: &AccountId, taken: Option<bool>) -> bool {
        match taken {
            None => false,
            Some(true) => {
                self.refused.remove(account);
                false
            }
            Some(false) => self.refused.insert(account.clone()),
        }
    }
}

/// Why a run cannot be seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// SolveXia cannot be reached.
    Offline,
    /// Its account is signed out, or was refused.
    SignedOut,
    /// The keychain with its account's secret is locked.
    Locked,
    /// The keychain with its account's secret cannot be reached.
    NoKeychain,
    /// SolveXia's answer, in a sentence.
    Refused(String),
}

impl Why {
    fn sentence(&self) -> String {
        match self {
            Self::Offline => "SolveXia cannot be reached. Check this computer's network.".into(),
            Self::SignedOut => "you are signed out. Sign in again.".into(),
            Self::Locked => "this computer's keychain is locked. Unlock it.".into(),
            Self::NoKeychain => {
                "this computer's keychain cannot be reached. Start it, or sign in again.".into()
            }
            Self::Refused(message) => message.clone(),
        }
    }
}

/// A run that cannot be seen, as it is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unseen {
    /// Its name.
    pub run: String,
    /// Its account's name, where there is more than one account.
    pub account: Option<String>,
    /// Why.
    pub why: Why,
}

/// What is told once runs could not be seen for 15 minutes. `runs` is not empty.
pub fn lost(runs: &[Unseen]) -> Note {
    let mut groups: Vec<(&Unseen, Vec<&str>)> = Vec::new();
    for unseen in runs {
        let same = |(first, _): &&mut (&Unseen, Vec<&str>)| {
            (&first.account, &first.why) == (&unseen.account, &unseen.why)
        };
        match groups.iter_mut().find(same) {
            Some((_, names)) => names.push(&unseen.run),
            None => groups.push((unseen, vec![&unseen.run])),
        }
    }
    let line = |(first, names): &(&Unseen, Vec<&str>)| {
        let account = first.account.as_ref();
        let account = account.map_or_else(String::new, |label| format!(" ({label})"));
        format!("{}{account}: {}", listed(names), first.why.sentence())
    };
    let mut lines: Vec<String> = groups.iter().map(line).collect();
    lines.push(
        "Not seen for 15 minutes. What ends meanwhile is told once it can be seen again.".into(),
    );
    Note {
        title: format!("Runwatch cannot see {}", these(runs)),
        body: lines.join("\n"),
    }
}

/// What is told once they can be seen again. `runs` is not empty.
pub fn seen_again(runs: &[Unseen]) -> Note {
    let names: Vec<&str> = runs.iter().map(|unseen| unseen.run.as_str()).collect();
    Note {
        title: format!("Runwatch can see {} again", these(runs)),
        body: format!(
            "{}. What ended meanwhile is told by itself.",
            listed(&names)
        ),
    }
}

/// What is told when SolveXia no longer knows a run whose end is awaited.
pub fn gone(run_name: &str) -> Note {
    Note {
        title: format!("SolveXia no longer has “{}”", shorten(run_name, 80)),
        body:
            "It was deleted, or you may no longer see it, so its end cannot be told. It stays in \
               your list, and Runwatch looks for it now and then."
                .into(),
    }
}

/// What is told when SolveXia no longer takes an account's secret. `account` is its name, where
/// there is more than one.
pub fn sign_in_again(host: &str, method: Method, account: Option<&str>) -> Note {
    let place = match account {
        Some(label) if label.contains(host) => label.to_owned(),
        Some(label) => format!("{host} ({label})"),
        None => host.to_owned(),
    };
    let what = match method {
        Method::Token => "The access token has expired",
        Method::Browser | Method::Client => "SolveXia no longer takes this sign-in",
    };
    Note {
        title: format!("Sign in again at {place}"),
        body: format!("{what}, so its runs cannot be watched. Your list and watches are kept."),
    }
}

fn these(runs: &[Unseen]) -> String {
    match runs {
        [only] => format!("“{}”", shorten(&only.run, 80)),
        many => format!("{} watched runs", many.len()),
    }
}

fn listed(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| shorten(name, 80)).collect();
    names.join(", ")
}

#[cfg(test)]
#[path = "sight_tests.rs"]
mod tests;
