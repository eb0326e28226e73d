//! What crosses between the backend and the page.
//!
//! Every type here is plain data, turned into TypeScript by [`typescript()`]; the page imports the
//! generated file and nothing else. Times are UTC milliseconds since 1970, durations are seconds.
//! Two types hold secrets, [`ConnectRequest`] and [`NetworkChange`]: they go one way, in, cannot be
//! printed or sent, and are wiped when they are dropped.

mod account;
mod action;
mod cadence;
mod error;
mod event;
mod export;
mod inbox;
mod insight;
mod network;
mod notifications;
mod process;
mod run;

pub use account::{AccountState, AccountView, Colour, ConnectRequest, Keeping, SignInMethod};
pub use action::{ActionKind, ActionReply, ActionResult, ActivityRow, ExpectedState};
pub use cadence::Cadence;
pub use error::{AppError, ErrorCode};
pub use event::{AppInfo, DamagedHistory, Snapshot, Update};
pub use export::typescript;
pub use inbox::{InboxItem, InboxKind};
pub use insight::{Insight, PastRun};
pub use network::{HopKind, HopState, HopView, NetworkChange, NetworkView, ProxyUse};
pub use notifications::{MuteFor, Muted, NotificationSettings, QuietHours};
pub use process::{ProcessDetail, ProcessRow, ProcessRunRow, ProcessStepRow};
pub use run::{Ability, Outcome, RunDetail, RunRow, StepRow};
