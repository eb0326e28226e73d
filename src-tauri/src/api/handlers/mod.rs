//! What each command does, in a few lines: the work is done elsewhere.

mod account;
mod action;
mod close;
mod launch_at_login;
mod network;
mod notifications;
mod page;
mod page_settings;
mod poll_limits;
mod process;
mod run;
mod step;

pub use account::*;
pub use action::*;
pub use close::*;
pub use launch_at_login::*;
pub use network::*;
pub use notifications::*;
pub use page::*;
pub use page_settings::*;
pub use poll_limits::*;
pub use process::*;
pub use run::*;
pub use step::*;
