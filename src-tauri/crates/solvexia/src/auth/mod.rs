//! Access tokens: where they come from, how long they are used, how they are renewed.
//!
//! What a token is got with is a grant of [`grant`]; a further way to sign in is a further one.
//! Nothing else knows where a token comes from.

mod client_secret;
mod grant;
mod in_vain;
mod lease;
mod pasted;
mod refusals;
mod rotation;
mod source;

use std::time::Duration;

pub(crate) use grant::{Application, Code, Denied, Grant, SCOPES, not_accepted, with_code};
pub(crate) use rotation::Rotation;
pub(crate) use source::TokenSource;

/// Pauses between the tries of what did not work: short after a slip, long in an outage.
const SELDOMER: [Duration; 5] = [
    Duration::from_secs(1),
    Duration::from_secs(5),
    Duration::from_secs(30),
    Duration::from_secs(120),
    Duration::from_secs(300),
];
