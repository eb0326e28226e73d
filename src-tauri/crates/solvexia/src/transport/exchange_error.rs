//! Errors of exchanges without a whole response.

use std::error::Error;
use std::{io, iter};

/// Why there is no response, and whether the request was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ExchangeError {
    /// The request was not sent.
    Unsent(UnsentReason),
    /// It was sent, and the connection ended before the response began.
    Dropped,
    /// It was sent, and the response took too long.
    TooSlow,
    /// The response was cut off.
    CutOff,
    /// The response is larger than the limit.
    TooLong,
}

/// Why a request was not sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum UnsentReason {
    /// The host name is not in DNS.
    NoName,
    /// The server's certificate is not trusted, or TLS fails otherwise.
    Unsafe,
    /// The server cannot be reached.
    NoConnection,
    /// The proxy cannot be reached.
    NoProxy,
    /// The proxy asks for a sign-in, or rejects the one it got.
    ProxySignIn,
    /// The proxy refuses to connect to the host.
    ProxyRefused,
    /// The password of the proxy cannot be read from the keychain.
    ProxyPassword,
}

/// How hyper-util's message for a refused tunnel begins. Its error type is private.
const TUNNEL: &str = "tunnel error: ";

impl ExchangeError {
    /// From an error before the response headers.
    pub fn while_sending(error: reqwest::Error) -> Self {
        if error.is_connect() || error.is_builder() {
            Self::Unsent(UnsentReason::because_of(&error))
        } else if error.is_timeout() {
            Self::TooSlow
        } else {
            Self::Dropped
        }
    }

    /// Whether another proxy could help: this one, or the host without one, was not reached.
    pub fn is_of_the_way(self) -> bool {
        use UnsentReason::{NoConnection, NoName, NoProxy};
        matches!(self, Self::Unsent(NoName | NoConnection | NoProxy))
    }

    /// From an error in the response body.
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
            // The causes below it are about the proxy, not about SolveXia.
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

/// `io::Error::source` skips the wrapped error itself, and here such errors are nested.
fn cause<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    match error.downcast_ref::<io::Error>() {
        Some(error) => error.get_ref().map(|inner| inner as &(dyn Error + 'static)),
        None => error.source(),
    }
}
