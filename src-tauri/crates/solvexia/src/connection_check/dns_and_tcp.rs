//! A name looked up, and a connection to what was found.

use std::io;
use std::net::SocketAddr;

use futures::future::select_ok;
use tokio::net::{TcpStream, lookup_host};

/// Why there is no connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConnectFailure {
    /// Nobody knows the name.
    NoName,
    /// Somebody says no.
    Refused,
    /// Nobody says anything.
    TimedOut,
    /// This computer knows no way there.
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

/// The addresses of `host_and_port`: a host, a colon and a port.
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

/// The first connection that comes about: one of a host's addresses may lead nowhere.
pub async fn connect(addresses: &[SocketAddr]) -> Result<TcpStream, ConnectFailure> {
    let attempts = addresses
        .iter()
        .map(|address| Box::pin(TcpStream::connect(*address)));
    let (stream, _others) = select_ok(attempts).await?;
    Ok(stream)
}
