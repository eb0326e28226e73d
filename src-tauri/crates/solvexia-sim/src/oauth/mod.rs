//! Who may do what: clients, scopes, codes and tokens. Pure, told the time by its caller.

mod grants;
pub mod http;
mod page;
mod scopes;
mod secrets;

pub use grants::{Access, Client, Grants};
