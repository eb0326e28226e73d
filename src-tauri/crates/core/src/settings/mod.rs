//! What the user sets, and how it is kept. A toggle of the notifications is a field in
//! `notification_toggles.rs`, one of the page a field in `page_settings.rs`.

pub mod kept_settings;
pub mod list_settings;
pub mod notification_policy;
pub mod notification_toggles;
pub mod page_settings;
pub mod quiet_hours;
