//! The callback address: a listener on this computer alone that hands on what browsers bring, and
//! judges none of it but its form. Any program and any web page of this computer can come here.

use std::convert::Infallible;
use std::future::pending;
use std::io;
use std::net::Ipv4Addr;
use std::time::Duration;

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::HOST;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response};
use hyper_util::rt::{TokioIo, TokioTimer};
use secrecy::SecretString;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

use super::page::Page;

const PATH: &str = "/callback";
/// Browsers send theirs at once.
const LONGEST_REQUEST: Duration = Duration::from_secs(5);
const LARGEST_REQUEST: usize = 16 * 1024;
const MOST_HEADERS: usize = 64;
/// A browser may bring the same answer again, as when a tab is loaded twice.
const LINGER: Duration = Duration::from_secs(3);
const PAUSE_AFTER_REFUSAL: Duration = Duration::from_millis(100);

/// What a browser brought.
pub struct Arrival {
    pub state: String,
    pub told: Told,
    pub browser: Browser,
}

/// The two answers that there are.
pub enum Told {
    Code(SecretString),
    Error(String),
}

/// A browser that waits for a page.
pub struct Browser(oneshot::Sender<Page>);

impl Browser {
    pub fn show(self, page: Page) {
        // It may have gone away.
        let _ = self.0.send(page);
    }
}

/// The listener. Dropping it frees the port; browsers that are being answered still get their page.
pub struct Callback {
    port: u16,
    arrivals: mpsc::Receiver<Arrival>,
    listening: JoinHandle<()>,
}

impl Callback {
    /// Listens from now on. Port 0 takes a free one.
    pub async fn open(port: u16) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let port = listener.local_addr()?.port();
        let (desk, arrivals) = mpsc::channel(16);
        Ok(Self {
            port,
            arrivals,
            listening: tokio::spawn(listen(listener, port, desk)),
        })
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    /// Waits for the next one.
    pub async fn next(&mut self) -> Arrival {
        match self.arrivals.recv().await {
            Some(arrival) => arrival,
            // Only a panic ends the listening earlier.
            None => pending().await,
        }
    }

    /// Returns once the port is free again.
    pub async fn close(self) {
        drop(self.arrivals);
        // However it ended, the port is free.
        let _ = self.listening.await;
    }

    /// Tells for a while whoever still comes that it is over.
    pub fn linger(mut self) {
        tokio::spawn(async move {
            let telling = async {
                while let Some(arrival) = self.arrivals.recv().await {
                    arrival.browser.show(Page::Over);
                }
            };
            // The while is over then.
            let _ = tokio::time::timeout(LINGER, telling).await;
        });
    }
}

/// Each connection has a task of its own, so that none holds another up.
async fn listen(listener: TcpListener, port: u16, desk: mpsc::Sender<Arrival>) {
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = desk.closed() => return,
        };
        match accepted {
            Ok((stream, _)) => {
                tokio::spawn(converse(stream, port, desk.clone()));
            }
            // Out of file handles, say: they come back when connections end.
            Err(_) => tokio::time::sleep(PAUSE_AFTER_REFUSAL).await,
        }
    }
}

async fn converse(stream: TcpStream, port: u16, desk: mpsc::Sender<Arrival>) {
    let service = service_fn(|request| answer(request, port, &desk));
    // What comes of a single connection does not matter.
    let _ = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(LONGEST_REQUEST)
        .max_buf_size(LARGEST_REQUEST)
        .max_headers(MOST_HEADERS)
        .keep_alive(false)
        .serve_connection(TokioIo::new(stream), service)
        .await;
}

async fn answer(
    request: Request<Incoming>,
    port: u16,
    desk: &mpsc::Sender<Arrival>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let page = match read(&request, port) {
        Ok((state, told)) => bring(state, told, desk).await,
        Err(page) => page,
    };
    Ok(page.into_response())
}

async fn bring(state: String, told: Told, desk: &mpsc::Sender<Arrival>) -> Page {
    let (browser, page) = oneshot::channel();
    let arrival = Arrival {
        state,
        told,
        browser: Browser(browser),
    };
    if desk.send(arrival).await.is_err() {
        return Page::Over;
    }
    page.await.unwrap_or(Page::Over)
}

fn read(request: &Request<Incoming>, port: u16) -> Result<(String, Told), Page> {
    if !is_this_computer(request, port) {
        return Err(Page::WrongHost);
    }
    if request.uri().path() != PATH {
        return Err(Page::NotFound);
    }
    if request.method() != Method::GET {
        return Err(Page::OnlyGet);
    }
    let query = request.uri().query().unwrap_or_default();
    let field = |name: &str| {
        url::form_urlencoded::parse(query.as_bytes())
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.into_owned())
    };
    let state = field("state").ok_or(Page::NotOurs)?;
    let told = match (field("error"), field("code")) {
        (Some(error), _) => Told::Error(error),
        (None, Some(code)) => Told::Code(code.into()),
        (None, None) => return Err(Page::NotOurs),
    };
    Ok((state, told))
}

/// A name that an attacker made point to this computer is another name.
fn is_this_computer(request: &Request<Incoming>, port: u16) -> bool {
    let host = request.headers().get(HOST).map(|host| host.as_bytes());
    ["127.0.0.1", "localhost"]
        .iter()
        .any(|name| host == Some(format!("{name}:{port}").as_bytes()))
}
