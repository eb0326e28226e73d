//! What crosses between the backend and the page.
//!
//! Every type here is plain data, turned into TypeScript by [`typescript()`]; the page imports the
//! generated files and nothing else. Times are UTC milliseconds since 1970, durations are seconds.
//! Two types hold secrets, [`ConnectRequest`] and [`NetworkChange`]: they go one way, in, cannot be
//! printed or sent, and are wiped when they are dropped. The commands are listed in [`with_commands`].

mod account;
mod action;
#[macro_use]
mod command_list;
mod commands;
mod error;
mod event;
mod export;
mod forecast;
mod inbox;
mod network;
mod notifications;
mod poll_limits;
mod process;
mod run;

pub use account::{AccountState, AccountView, ConnectRequest, Keeping};
pub use action::{ActionName, ActionReply, ActivityRow, ExpectedState, RunAction, StepAction};
pub use error::{AppError, ErrorCode};
pub use event::{AppInfo, DamagedHistory, Snapshot, Update};
pub use export::typescript;
pub use forecast::{Forecast, PastRun};
pub use inbox::InboxItem;
pub use network::{HopView, NetworkChange, NetworkView, ProxyUse};
pub use notifications::{MuteFor, Muted, NotificationSettings, QuietHours};
pub use poll_limits::PollLimits;
pub use process::{ProcessDetail, ProcessRow, ProcessRunRow, ProcessStepRow};
pub use run::{Availability, RunDetail, RunRef, RunRow, StepRow};

// What means the same on both sides is one type.
pub use runwatch_core::account::{Colour, SignInMethod};
pub use runwatch_core::action::ActionResult;
pub use runwatch_core::network::{HopKind, HopState};
pub use runwatch_core::notification::NotificationKind;
pub use runwatch_core::outcome::Outcome;
