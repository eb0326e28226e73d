//! Who may do what: clients, scopes, codes and tokens. Pure, told the time by its caller.

mod grants;
pub mod http;
mod page;
mod scopes;
mod secrets;
mod wire;

pub use grants::{Access, Grants};
pub use wire::Client;
