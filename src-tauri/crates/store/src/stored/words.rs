//! Values that are stored as one word.

use runwatch_core::account::{Colour, SignInMethod};
use runwatch_core::action::ActionResult;
use runwatch_core::close::binding::BoundBy;
use runwatch_core::close::plan::Gate;
use runwatch_core::outcome::Outcome;
use runwatch_core::settings::list_settings::{ListColumn, ListSince, ListTab};

use super::Stored;
use crate::errors::invalid_row;

macro_rules! stored_as_words {
    ($type:ident { $($variant:ident = $word:literal),* $(,)? }) => {
        impl Stored for $type {
            type Form = String;

            fn to_form(&self) -> String {
                match self {
                    $(Self::$variant => $word,)*
                }
                .into()
            }

            fn from_form(word: String) -> rusqlite::Result<Self> {
                match word.as_str() {
                    $($word => Ok(Self::$variant),)*
                    _ => Err(invalid_row(format!("{word} is not known here"))),
                }
            }
        }
    };
}

stored_as_words!(Outcome {
    Succeeded = "succeeded",
    Warnings = "warnings",
    Failed = "failed",
    Cancelled = "cancelled",
    TimedOut = "timed-out",
    Unverified = "unverified",
});

stored_as_words!(Gate {
    Succeeded = "succeeded",
    WarningsAllowed = "warnings-allowed",
});

stored_as_words!(BoundBy {
    StartHere = "start",
    Rule = "rule",
    Hand = "hand",
});

stored_as_words!(ActionResult {
    Pending = "pending",
    Ok = "ok",
    Refused = "refused",
    Unknown = "unknown",
});

stored_as_words!(SignInMethod {
    Browser = "browser",
    Client = "client",
    Token = "token",
});

stored_as_words!(Colour {
    Blue = "blue",
    Teal = "teal",
    Green = "green",
    Amber = "amber",
    Red = "red",
    Purple = "purple",
    Grey = "grey",
});

stored_as_words!(ListTab {
    Attention = "attention",
    Running = "running",
    ToStart = "to-start",
    Done = "done",
    All = "all",
});

stored_as_words!(ListSince {
    Today = "today",
    Yesterday = "yesterday",
    Week = "week",
    Month = "month",
});

stored_as_words!(ListColumn {
    Run = "run",
    NowAt = "now-at",
    Ends = "ends",
    Took = "took",
});
