//! What happens when a notification is clicked.

use std::sync::Arc;

use runwatch_core::address::Address;
use runwatch_core::words::notification::START_BUTTON;

/// Gets what a clicked notification opens beside the window.
pub type OnClick = Arc<dyn Fn(Option<Address>) + Send + Sync>;

/// What the button of a notification says that offers to do something. It opens what a click opens.
pub fn button(opens: Option<&Address>) -> Option<&'static str> {
    match opens? {
        Address::Start(..) => Some(START_BUTTON),
        Address::Run { .. } | Address::Close(_) | Address::Inbox(_) => None,
    }
}
