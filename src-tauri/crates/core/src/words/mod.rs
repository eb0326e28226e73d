//! What people read: statuses, outcomes, notifications, sentences.

pub mod notification;
pub mod outage;
mod run;
mod terms;

pub use notification::NotificationText;
pub use run::{gone, summary};
pub use terms::{count, done, duration, outcome, status};
