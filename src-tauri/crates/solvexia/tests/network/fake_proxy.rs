//! A CONNECT proxy that records all that passes through it.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use runwatch_core::network::{Network, Proxy, Route};
use tokio::io::{AsyncReadExt, AsyncWriteExt, split};
use tokio::net::{TcpListener, TcpStream};

/// What it does with a CONNECT request.
#[derive(Debug, Clone, Copy)]
pub enum Rule {
    /// Opens the tunnel.
    Open,
    /// Opens it only with this `Proxy-Authorization`.
    For(&'static str),
    /// Sends this response, and closes.
    Answer(&'static str),
}

pub const NEEDS_BASIC: &str = "HTTP/1.1 407 Proxy Authentication Required\r\n\
                               Proxy-Authenticate: Basic realm=\"firm\"\r\n\
                               Content-Length: 0\r\n\r\n";

#[derive(Default)]
struct Seen {
    heads: Vec<String>,
    /// All that clients sent through tunnels.
    sent: Vec<u8>,
}

pub struct FakeProxy {
    pub address: SocketAddr,
    seen: Arc<Mutex<Seen>>,
}

impl FakeProxy {
    /// A proxy whose tunnels all lead to `inner`.
    pub async fn new(rule: Rule, inner: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let seen = Arc::<Mutex<Seen>>::default();
        let kept = Arc::clone(&seen);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(handle(stream, rule, inner, Arc::clone(&kept)));
            }
        });
        Self { address, seen }
    }

    /// The heads of the requests for a tunnel.
    pub fn heads(&self) -> Vec<String> {
        self.seen.lock().unwrap().heads.clone()
    }

    /// Whether a text passed through in the clear, in a head or in a tunnel.
    pub fn saw(&self, text: &str) -> bool {
        let seen = self.seen.lock().unwrap();
        let in_tunnels = String::from_utf8_lossy(&seen.sent);
        in_tunnels.contains(text) || seen.heads.iter().any(|head| head.contains(text))
    }

    pub fn bytes_sent(&self) -> usize {
        self.seen.lock().unwrap().sent.len()
    }

    /// The settings that use it.
    pub fn route(&self) -> Route {
        route_through(&self.address.to_string(), "", None)
    }

    pub fn route_with_sign_in(&self, user: &str, password: &str) -> Route {
        route_through(&self.address.to_string(), user, Some(password))
    }
}

pub fn route_through(address: &str, user: &str, password: Option<&str>) -> Route {
    Route {
        network: Network {
            proxy: Proxy::Manual {
                address: address.to_owned(),
                user: user.to_owned(),
            },
            extra_ca: None,
        },
        proxy_password: Ok(password.map(Into::into)),
        ..Route::default()
    }
}

async fn handle(
    mut stream: TcpStream,
    rule: Rule,
    inner: SocketAddr,
    seen: Arc<Mutex<Seen>>,
) -> std::io::Result<()> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await?);
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let refusal = match rule {
        Rule::Open => None,
        Rule::For(sign_in) => {
            let line = format!("proxy-authorization: {sign_in}\r\n").to_ascii_lowercase();
            (!head.to_ascii_lowercase().contains(&line)).then_some(NEEDS_BASIC)
        }
        Rule::Answer(answer) => Some(answer),
    };
    seen.lock().unwrap().heads.push(head);
    if let Some(answer) = refusal {
        stream.write_all(answer.as_bytes()).await?;
        return stream.shutdown().await;
    }
    let inner = TcpStream::connect(inner).await?;
    stream
        .write_all(b"HTTP/1.1 200 Connection established\r\n\r\n")
        .await?;
    let (mut from_client, mut to_client) = split(stream);
    let (mut from_server, mut to_server) = split(inner);
    let back = tokio::spawn(async move {
        let copied = tokio::io::copy(&mut from_server, &mut to_client).await;
        to_client.shutdown().await.and(copied)
    });
    let mut piece = [0; 4096];
    loop {
        let size = from_client.read(&mut piece).await?;
        if size == 0 {
            to_server.shutdown().await?;
            back.await??;
            return Ok(());
        }
        seen.lock().unwrap().sent.extend_from_slice(&piece[..size]);
        to_server.write_all(&piece[..size]).await?;
    }
}
