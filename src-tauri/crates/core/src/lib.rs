//! Ids, statuses and the pure decisions of Runwatch.
//!
//! Nothing here reads a clock, a network, a disk or a keychain: whoever calls brings what was seen
//! and the time, and gets a decision back. The [`ports`] say what the adapters must offer.

pub mod account;
pub mod action;
pub mod action_availability;
pub mod address;
pub mod attempt;
pub mod clock_offset;
pub mod close;
pub mod closed_window_interval;
pub mod credentials;
pub mod current_step;
pub mod date_zone;
pub mod duration_model;
pub mod duration_sample;
pub mod environment;
pub mod error;
pub mod forecast;
pub mod handled;
pub mod ids;
pub mod judge;
pub mod mutes;
pub mod names;
pub mod network;
pub mod notification;
pub mod observation;
pub mod outage;
pub mod outcome;
pub mod policy;
pub mod ports;
pub mod run;
pub mod run_reference;
pub mod secret;
pub mod server_dates;
pub mod settings;
pub mod status;
pub mod status_stamp;
pub mod step_freshness;
pub mod step_order;
pub mod steps_read;
#[cfg(test)]
mod test_support;
pub mod time;
pub mod transaction;
pub mod unanswered_create;
pub mod unreadable;
pub mod window_place;
pub mod words;
