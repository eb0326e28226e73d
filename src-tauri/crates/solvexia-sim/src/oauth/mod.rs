//! The OAuth server, and its endpoints below `/oauth`. The server has no clock: callers pass the
//! time.

mod authorization_server;
mod consent_page;
mod random_secrets;
pub mod routes;
mod scopes;
mod wire_types;

pub use authorization_server::{AccessGrant, AuthorizationServer};
pub use wire_types::Client;
