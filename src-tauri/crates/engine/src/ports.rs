//! The world outside, as the engine sees it.

use std::sync::Arc;

use runwatch_core::ports::{Clock, Notifier, Store};

/// The world outside, as the engine sees it.
#[derive(Clone)]
pub struct Ports {
    /// The local history.
    pub store: Arc<dyn Store>,
    /// Desktop notifications.
    pub notifier: Arc<dyn Notifier>,
    /// The time of day.
    pub clock: Arc<dyn Clock>,
    /// Who sits at this computer.
    pub os_user: String,
}
