//! Runwatch's own addresses (`runwatch://…`): what a clicked notification or a link opens. Anybody can write
//! one, a web page too, so that it shows something and does nothing else.

use std::fmt;

use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use thiserror::Error;

use crate::account::Account;
use crate::close::kept::CloseId;
use crate::close::plan::PlanId;
use crate::ids::{ProcessId, RunId, RunKey};
use crate::names;
use crate::notification::ClickTarget;

/// Every address begins with it.
const SCHEME: &str = "runwatch:";

/// The longest address (bytes) that is looked at; one of ours has 200 at most.
pub const LONGEST_ADDRESS: usize = 2_000;

/// What an address shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// `runwatch://run/WHERE/RUN`. Where: an account's id, or its environment's host.
    Run {
        /// Where it is.
        place: String,
        /// The run.
        run: RunId,
    },
    /// `runwatch://close/PLAN/LAST-DAY`: the board of a close.
    Close(CloseId),
    /// `runwatch://close/PLAN/LAST-DAY/start/PROCESS`: the question whether to start an item. Nothing starts by it.
    Start(CloseId, ProcessId),
    /// `runwatch://inbox/ID`, or without an id: the Inbox, at this item or at its newest failure.
    Inbox(Option<i64>),
}

/// Why an address shows nothing. Said in the window.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum AddressError {
    /// Too long to be looked at.
    #[error(
        "The address that was to be opened is too long to be one of Runwatch’s. Nothing was opened."
    )]
    TooLong,
    /// Of no known form.
    #[error(
        "Runwatch does not know the address “{0}”, so nothing was opened. Its addresses show a run \
         (runwatch://run/app.solvexia.com/pr-114278) or the Inbox (runwatch://inbox)."
    )]
    Unknown(String),
    /// It names an account or an environment that is not here.
    #[error(
        "The address names the run {run} in “{place}”, and no account here is of it. Nothing was \
         opened. Sign in there first, or ask who gave you the address."
    )]
    NoAccount {
        /// The run.
        run: RunId,
        /// Where it should be.
        place: String,
    },
    /// It names a close that is not here.
    #[error(
        "The address names a close that is not here: its plan was deleted, or it is of another \
         computer. Nothing was opened."
    )]
    NoClose,
    /// The account is here, and the run is not in its list.
    #[error(
        "The run {run} of {account} is not in your list, so it was not opened. To see it, add it by \
         its id."
    )]
    NotListed {
        /// The run.
        run: RunId,
        /// The account's name.
        account: String,
    },
}

/// Whether a text is meant as an address of ours, rightly written or not.
pub fn is_address(text: &str) -> bool {
    behind_scheme(text).is_some()
}

fn behind_scheme(text: &str) -> Option<&str> {
    let (start, rest) = text.split_at_checked(SCHEME.len())?;
    start.eq_ignore_ascii_case(SCHEME).then_some(rest)
}

impl Address {
    /// Reads an address.
    ///
    /// # Errors
    /// [`AddressError::TooLong`] and [`AddressError::Unknown`].
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        if text.len() > LONGEST_ADDRESS {
            return Err(AddressError::TooLong);
        }
        let unknown = || AddressError::Unknown(shown(text));
        // What stands behind a `#` only tells two notifications of one run apart.
        let path = behind_scheme(text).and_then(|rest| rest.split('#').next());
        let path = path.and_then(|path| path.strip_prefix("//"));
        let path = path.ok_or_else(unknown)?.trim_end_matches('/');
        let parts: Vec<&str> = path.split('/').collect();
        let address = match parts.as_slice() {
            ["run", place, run] => read_run(place, run),
            ["close", plan, last] => read_close(plan, last).map(Self::Close),
            ["close", plan, last, "start", process] => read_start(plan, last, process),
            ["inbox"] => Some(Self::Inbox(None)),
            ["inbox", id] => id.parse().ok().map(|id| Self::Inbox(Some(id))),
            _ => None,
        };
        address.ok_or_else(unknown)
    }

    /// The run that it shows, among those in the list; of several accounts in its environment, the first
    /// that lists it.
    ///
    /// # Errors
    /// [`AddressError::NoAccount`] and [`AddressError::NotListed`].
    pub fn find_run(
        place: &str,
        run: &RunId,
        accounts: &[Account],
        is_listed: impl Fn(&RunKey) -> bool,
    ) -> Result<RunKey, AddressError> {
        let mut there = accounts
            .iter()
            .filter(|account| {
                account.id.0 == place || account.environment.host().eq_ignore_ascii_case(place)
            })
            .peekable();
        let Some(first) = there.peek().copied() else {
            return Err(AddressError::NoAccount {
                run: run.clone(),
                place: shown(place),
            });
        };
        let key = |account: &Account| RunKey {
            account: account.id.clone(),
            run: run.clone(),
        };
        there
            .map(key)
            .find(is_listed)
            .ok_or_else(|| AddressError::NotListed {
                run: run.clone(),
                account: shown(&first.label),
            })
    }
}

/// A text of an address as it is quoted: it comes from whoever wrote the link.
fn shown(text: &str) -> String {
    names::line(text, 60).unwrap_or_else(|| "…".to_owned())
}

fn read_run(place: &str, run: &str) -> Option<Address> {
    let decoded = |text| percent_decode_str(text).decode_utf8().ok();
    let place = decoded(place)?.into_owned();
    let run = RunId::parse(&decoded(run)?).ok()?;
    let is_plain = !place.is_empty() && !place.chars().any(char::is_control);
    is_plain.then_some(Address::Run { place, run })
}

fn read_start(plan: &str, last: &str, process: &str) -> Option<Address> {
    let process = percent_decode_str(process).decode_utf8().ok()?;
    let process = ProcessId::parse(&process).ok()?;
    Some(Address::Start(read_close(plan, last)?, process))
}

fn read_close(plan: &str, last: &str) -> Option<CloseId> {
    let plan = percent_decode_str(plan).decode_utf8().ok()?.into_owned();
    let last = last.parse().ok()?;
    let is_plain = !plan.is_empty() && !plan.chars().any(char::is_control);
    is_plain.then_some(CloseId {
        plan: PlanId(plan),
        last,
    })
}

impl From<&ClickTarget> for Address {
    fn from(target: &ClickTarget) -> Self {
        match target {
            ClickTarget::Run(key) => Self::Run {
                place: key.account.0.clone(),
                run: key.run.clone(),
            },
            ClickTarget::Close(id) => Self::Close(id.clone()),
            ClickTarget::Start(id, process) => Self::Start(id.clone(), process.clone()),
            ClickTarget::Inbox(id) => Self::Inbox(Some(*id)),
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Run { place, run } => {
                let place = utf8_percent_encode(place, NON_ALPHANUMERIC);
                write!(f, "{SCHEME}//run/{place}/{run}")
            }
            Self::Close(CloseId { plan, last }) => {
                let plan = utf8_percent_encode(&plan.0, NON_ALPHANUMERIC);
                write!(f, "{SCHEME}//close/{plan}/{last}")
            }
            Self::Start(close, process) => {
                let process = utf8_percent_encode(process.as_str(), NON_ALPHANUMERIC);
                write!(f, "{}/start/{process}", Self::Close(close.clone()))
            }
            Self::Inbox(None) => write!(f, "{SCHEME}//inbox"),
            Self::Inbox(Some(id)) => write!(f, "{SCHEME}//inbox/{id}"),
        }
    }
}

#[cfg(test)]
#[path = "address_tests.rs"]
mod tests;
