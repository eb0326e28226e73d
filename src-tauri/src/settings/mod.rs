//! What the user sets: notifications and mutes, the connection, how often SolveXia is asked.
//!
//! A setting is kept by [`History::save_setting`](runwatch_engine::Engine) and in no other way.

pub mod connection_check;
pub mod mutes;
pub mod network;
pub mod notifications;
pub mod poll_limits;
pub mod proxy_password;
