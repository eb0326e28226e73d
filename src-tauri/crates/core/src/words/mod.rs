//! What people read: statuses, outcomes, notifications, sentences.

pub mod activity;
pub mod board;
pub mod close;
pub mod notification;
pub mod outage;
pub mod outcomes;
pub mod policy;
pub mod run;
pub(crate) mod terms;
mod unreadable;

pub use notification::NotificationText;
pub use outcomes::outcome;
pub use run::summary;
pub use terms::{count, done, duration, name, status};
pub use unreadable::unreadable;
