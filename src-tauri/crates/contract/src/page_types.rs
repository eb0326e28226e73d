//! All types that cross to the page, under one roof.

pub use crate::account::*;
pub use crate::action::*;
pub use crate::close::*;
pub use crate::close_board::*;
pub use crate::error::*;
pub use crate::event::*;
pub use crate::forecast::*;
pub use crate::inbox::*;
pub use crate::launch_at_login::*;
pub use crate::network::*;
pub use crate::notifications::*;
pub use crate::policy::*;
pub use crate::poll_limits::*;
pub use crate::process::*;
pub use crate::run::*;
// What means the same on both sides is one type.
pub use runwatch_core::account::{Colour, SignInMethod};
pub use runwatch_core::action::ActionResult;
pub use runwatch_core::close::binding::BoundBy;
pub use runwatch_core::close::board::BoardState;
pub use runwatch_core::close::plan::Gate;
pub use runwatch_core::network::{HopKind, HopState};
pub use runwatch_core::notification::NotificationKind;
pub use runwatch_core::outcome::Outcome;
pub use runwatch_core::settings::list_settings::{
    ListColumn, ListFilters, ListLook, ListSettings, ListSince, ListSort, ListTab, SavedView,
};
pub use runwatch_core::settings::notification_toggles::NotificationToggles;
pub use runwatch_core::settings::page_settings::PageSettings;

/// A stream: the page gives a function that takes what comes.
pub(crate) type Channel<T> = T;
