//! Exchanges without a whole answer.

use std::error::Error;
use std::io;

/// Why there is no answer. Says as much as is needed to know whether the request was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lost {
    /// The request never left.
    Unsent(Unsent),
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
pub(crate) enum Unsent {
    /// Nobody knows the host's name.
    NoName,
    /// The server's certificate is not trusted, or TLS fails otherwise.
    Unsafe,
    /// Nobody answers there.
    NoConnection,
}

impl Lost {
    /// Reads an error that came before the answer's head.
    pub fn at_sending(error: reqwest::Error) -> Self {
        if error.is_connect() || error.is_builder() {
            Self::Unsent(Unsent::because_of(&error))
        } else if error.is_timeout() {
            Self::TooSlow
        } else {
            Self::Dropped
        }
    }

    /// Reads an error that came in the answer's body.
    pub fn at_receiving(error: reqwest::Error) -> Self {
        if error.is_timeout() {
            Self::TooSlow
        } else {
            Self::CutOff
        }
    }
}

impl Unsent {
    fn because_of(error: &reqwest::Error) -> Self {
        if error.is_dns() {
            Self::NoName
        } else if is_tls(error) {
            Self::Unsafe
        } else {
            Self::NoConnection
        }
    }
}

/// Looks through the chain of causes. An I/O error hides the one that it was made of from its own
/// `source`, and here they are nested.
fn is_tls(error: &(dyn Error + 'static)) -> bool {
    let cause = match error.downcast_ref::<io::Error>() {
        Some(error) => error.get_ref().map(|inner| inner as &(dyn Error + 'static)),
        None => error.source(),
    };
    error.is::<rustls::Error>() || cause.is_some_and(is_tls)
}
