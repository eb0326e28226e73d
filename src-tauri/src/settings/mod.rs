//! What the user sets: notifications and mutes, the connection, poll limits, launch at login; and what the
//! organisation's IT set instead ([`policy`]).
//!
//! What a user sets is kept by `History::save_setting` (`engine/src/history.rs`) and in no other way.

pub mod connection_check;
pub mod current_route;
pub mod launch_at_login;
pub mod mutes;
pub mod network;
pub mod notifications;
pub mod policy;
pub mod poll_limits;
pub mod proxy_password;
pub mod proxy_script;
mod typed_quiet_hours;
