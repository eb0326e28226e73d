//! Accounts: signing in and out, names and colours, removal (docs/RULES.md, 19 and 20).
//!
//! - [`form`] reads what the sign-in form sent, [`account_of_form`] says which account it means;
//! - [`connect`] signs in with it, by the browser ([`browser_sign_in`]) or without, and can be stopped
//!   ([`sign_in_under_way`]);
//! - [`secrets`] keeps what a sign-in needs, [`signed_in`] makes the account known;
//! - [`restore`] signs remembered accounts in again with what the keychain holds;
//! - [`route`] applies changed connection settings to them, [`token_expiry`] ends pasted tokens;
//! - [`not_allowed`] leaves out what the organisation's rules do not allow;
//! - [`sign_out`] signs out and removes, [`naming`] changes name and colour.

mod account_of_form;
mod browser_sign_in;
pub mod connect;
mod form;
pub mod naming;
mod not_allowed;
pub mod restore;
pub mod route;
mod secrets;
pub mod sign_in_under_way;
pub mod sign_out;
pub mod signed_in;
#[cfg(test)]
mod stopped_sign_in_tests;
#[cfg(test)]
mod test_sign_in;
mod token_expiry;
