//! Access tokens: where they come from, how long they are used, how they are renewed.
//!
//! A further way to sign in, such as the browser's, is a further kind of grant beside
//! [`grant`], and a further source in [`source`]. Nothing else knows
//! where a token comes from.

mod grant;
mod lease;
mod pasted;
mod source;

pub(crate) use source::TokenSource;
