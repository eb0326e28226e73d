//! Deadlines and size limits of an exchange.

use std::time::Duration;

/// How long an exchange may take, and how large its response may be.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// For DNS, TCP and TLS together.
    pub connect: Duration,
    /// Between two bytes of the response.
    pub silence: Duration,
    /// For the whole exchange.
    pub whole: Duration,
    /// Bytes of a response about one thing, decompressed: SolveXia's have some hundred, a long message
    /// aside.
    pub one: usize,
    /// Bytes of a list, decompressed: some hundred thousand entries.
    pub list: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            silence: Duration::from_secs(30),
            whole: Duration::from_secs(60),
            one: 256 * 1024,
            list: 16 * 1024 * 1024,
        }
    }
}
