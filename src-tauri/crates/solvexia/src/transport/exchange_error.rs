//! Exchanges without a whole answer.

use std::error::Error;
use std::{io, iter};

/// Why there is no answer. Says as much as is needed to know whether the request was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ExchangeError {
    /// The request never left.
    Unsent(UnsentReason),
    /// It was sent, and the connection ended before an answer began.
    Dropped,
    /// It was sent, and the answer took too long.
    TooSlow,
    /// The answer ended in its middle.
    CutOff,
    /// The answer is larger than any true one.
    TooLong,
}

/// Why a request never left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum UnsentReason {
    /// Nobody knows the host's name.
    NoName,
    /// The server's certificate is not trusted, or TLS fails otherwise.
    Unsafe,
    /// Nobody answers there.
    NoConnection,
    /// The proxy on the way cannot be reached.
    NoProxy,
    /// The proxy on the way wants a sign-in, or another one.
    ProxySignIn,
    /// The proxy on the way does not lead there.
    ProxyRefused,
    /// The keychain does not hand out the password of the proxy on the way.
    ProxyPassword,
}

/// How hyper-util begins to describe a proxy that did not lead on. Its type is private.
const TUNNEL: &str = "tunnel error: ";

impl ExchangeError {
    /// Reads an error that came before the answer's head.
    pub fn while_sending(error: reqwest::Error) -> Self {
        if error.is_connect() || error.is_builder() {
            Self::Unsent(UnsentReason::because_of(&error))
        } else if error.is_timeout() {
            Self::TooSlow
        } else {
            Self::Dropped
        }
    }

    /// Reads an error that came in the answer's body.
    pub fn while_receiving(error: reqwest::Error) -> Self {
        if error.is_timeout() {
            Self::TooSlow
        } else {
            Self::CutOff
        }
    }
}

impl UnsentReason {
    fn because_of(error: &reqwest::Error) -> Self {
        if let Some(what) = causes(error).find_map(tunnel_error) {
            // What the cause of this one is concerns the proxy, and no longer SolveXia.
            match what.as_str() {
                "proxy authorization required" => Self::ProxySignIn,
                "failed to create underlying connection" => Self::NoProxy,
                _ => Self::ProxyRefused,
            }
        } else if error.is_dns() {
            Self::NoName
        } else if causes(error).any(|cause| cause.is::<rustls::Error>()) {
            Self::Unsafe
        } else {
            Self::NoConnection
        }
    }
}

fn tunnel_error(cause: &(dyn Error + 'static)) -> Option<String> {
    cause.to_string().strip_prefix(TUNNEL).map(str::to_owned)
}

/// The error and the chain of its causes.
fn causes<'a>(
    error: &'a (dyn Error + 'static),
) -> impl Iterator<Item = &'a (dyn Error + 'static)> + use<'a> {
    iter::successors(Some(error), |error| cause(*error))
}

/// An I/O error hides the one that it was made of from its own `source`, and here they are nested.
fn cause<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    match error.downcast_ref::<io::Error>() {
        Some(error) => error.get_ref().map(|inner| inner as &(dyn Error + 'static)),
        None => error.source(),
    }
}
