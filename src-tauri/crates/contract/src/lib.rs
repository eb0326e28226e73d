//! What crosses between the backend and the page.
//!
//! Every type here is plain data, turned into TypeScript by [`typescript()`]; the page imports the
//! generated file and nothing else. Times are UTC milliseconds since 1970, durations are seconds.
//! Two types hold secrets, [`ConnectRequest`] and [`NetworkChange`]: they go one way, in, cannot be
//! printed or sent, and are wiped when they are dropped. The commands are listed in `command_list.rs`;
//! which types the page gets follows from them.

#[macro_use]
mod command_list;

mod account;
mod action;
mod close;
mod close_board;
mod commands;
mod declarations;
mod error;
mod event;
mod export;
mod forecast;
mod inbox;
mod launch_at_login;
mod network;
mod notifications;
mod page_types;
mod policy;
mod poll_limits;
mod process;
mod run;
mod shared_values;

pub use export::typescript;
pub use page_types::*;
