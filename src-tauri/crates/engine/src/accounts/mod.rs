//! Accounts: how each is signed in, and what its calls teach of it.

mod calls;
pub(crate) mod date_zones;
mod learn_zone;
pub mod registry;
mod removal;
pub mod session;
mod sign_in_and_out;
