//! Ids, statuses and the pure decisions of Runwatch.
//!
//! Nothing here reads a clock, a network, a disk or a keychain: whoever calls brings what was seen
//! and the time, and gets a decision back. The [`ports`] say what the adapters must offer.

pub mod ability;
pub mod account;
pub mod action;
pub mod attempt;
pub mod cadence;
pub mod choice;
pub mod clock_offset;
pub mod earlier;
pub mod environment;
pub mod error;
pub mod habit;
pub mod ids;
pub mod insight;
pub mod lesson;
pub mod network;
pub mod observation;
pub mod order;
pub mod outcome;
pub mod ports;
pub mod reference;
pub mod secret;
pub mod sight;
pub mod status;
pub mod story;
pub mod words;
