//! A client of the SolveXia public API: tolerant on the wire, strict in its types.
//!
//! [`Client`] is SolveXia for one account and implements [`runwatch_core::ports::SolveXia`].
//!
//! A call goes from its method in `endpoints.rs` to `authorized_calls` (token, retries of reads),
//! from there to `transport` (one exchange under deadlines), and back through `wire` (parsing) or
//! `error_messages` (what is shown when it fails).
//!
//! [`check_connection()`] tries the steps of a connection one by one, and says which fails.

mod auth;
mod authorized_calls;
mod browser_sign_in;
mod client;
mod connection_check;
mod endpoints;
mod error_messages;
mod transport;
mod url_path;
mod wire;

pub use browser_sign_in::{BeginAddress, BrowserSignIn, SignInError};
pub use client::Client;
pub use connection_check::check_connection;
pub use transport::{CaFileError, ScriptCache, check_ca_file, install_tls};
