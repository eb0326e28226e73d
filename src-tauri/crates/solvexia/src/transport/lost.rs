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
    /// The server's certificate, or another part of TLS.
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

fn is_tls(error: &(dyn Error + 'static)) -> bool {
    let inside = error
        .downcast_ref::<io::Error>()
        .and_then(io::Error::get_ref)
        .is_some_and(|inner| inner.is::<rustls::Error>());
    inside || error.is::<rustls::Error>() || error.source().is_some_and(is_tls)
}
