//! What happens when a notification is clicked.

use std::sync::Arc;

use runwatch_core::address::Address;

/// Gets what a clicked notification opens beside the window.
pub type OnClick = Arc<dyn Fn(Option<Address>) + Send + Sync>;
