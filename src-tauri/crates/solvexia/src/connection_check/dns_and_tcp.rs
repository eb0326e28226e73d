//! DNS lookup and TCP connection.

use std::io;
use std::net::SocketAddr;

use futures::future::select_ok;
use tokio::net::{TcpStream, lookup_host};

/// Why there is no connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConnectFailure {
    /// The name is not in DNS.
    NoName,
    /// The connection was refused.
    Refused,
    /// No answer in time.
    TimedOut,
    /// No route to the host.
    Unreachable,
}

impl From<io::Error> for ConnectFailure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::ConnectionRefused => Self::Refused,
            io::ErrorKind::TimedOut => Self::TimedOut,
            _ => Self::Unreachable,
        }
    }
}

/// The addresses of a `host:port`.
pub async fn find(host_and_port: &str) -> Result<Vec<SocketAddr>, ConnectFailure> {
    let found: Vec<SocketAddr> = match lookup_host(host_and_port).await {
        Ok(found) => found.collect(),
        Err(_) => Vec::new(),
    };
    if found.is_empty() {
        return Err(ConnectFailure::NoName);
    }
    Ok(found)
}

/// Connects to whichever address answers first: some of them may be unreachable.
pub async fn connect(addresses: &[SocketAddr]) -> Result<TcpStream, ConnectFailure> {
    let attempts = addresses
        .iter()
        .map(|address| Box::pin(TcpStream::connect(*address)));
    let (stream, _others) = select_ok(attempts).await?;
    Ok(stream)
}
