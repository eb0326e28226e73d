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

use super::response_page::ResponsePage;

const PATH: &str = "/callback";
/// Browsers send theirs at once.
const LONGEST_REQUEST: Duration = Duration::from_secs(5);
const LARGEST_REQUEST: usize = 16 * 1024;
const MOST_HEADERS: usize = 64;
/// A browser may bring the same answer again, as when a tab is loaded twice.
const LINGER: Duration = Duration::from_secs(3);
const PAUSE_AFTER_REFUSAL: Duration = Duration::from_millis(100);

/// What a browser brought.
pub struct CallbackRequest {
    pub state: String,
    pub told: AuthorizationResult,
    pub browser: WaitingBrowser,
}

/// The two answers that there are.
pub enum AuthorizationResult {
    Code(SecretString),
    Error(String),
}

/// A browser that waits for a page.
pub struct WaitingBrowser(oneshot::Sender<ResponsePage>);

impl WaitingBrowser {
    pub fn show(self, page: ResponsePage) {
        // It may have gone away.
        let _ = self.0.send(page);
    }
}

/// The listener. Dropping it frees the port; browsers that are being answered still get their page.
pub struct CallbackListener {
    port: u16,
    requests: mpsc::Receiver<CallbackRequest>,
    listening: JoinHandle<()>,
}

impl CallbackListener {
    /// Listens from now on. Port 0 takes a free one.
    pub async fn open(port: u16) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let port = listener.local_addr()?.port();
        let (sender, requests) = mpsc::channel(16);
        Ok(Self {
            port,
            requests,
            listening: tokio::spawn(listen(listener, port, sender)),
        })
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    /// Waits for the next one.
    pub async fn next(&mut self) -> CallbackRequest {
        match self.requests.recv().await {
            Some(request) => request,
            // Only a panic ends the listening earlier.
            None => pending().await,
        }
    }

    /// Returns once the port is free again.
    pub async fn close(self) {
        drop(self.requests);
        // However it ended, the port is free.
        let _ = self.listening.await;
    }

    /// Tells for a while whoever still comes that it is over.
    pub fn linger(mut self) {
        tokio::spawn(async move {
            let telling = async {
                while let Some(request) = self.requests.recv().await {
                    request.browser.show(ResponsePage::Over);
                }
            };
            // The while is over then.
            let _ = tokio::time::timeout(LINGER, telling).await;
        });
    }
}

/// Each connection has a task of its own, so that none holds another up.
async fn listen(listener: TcpListener, port: u16, sender: mpsc::Sender<CallbackRequest>) {
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = sender.closed() => return,
        };
        match accepted {
            Ok((stream, _)) => {
                tokio::spawn(serve_connection(stream, port, sender.clone()));
            }
            // Out of file handles, say: they come back when connections end.
            Err(_) => tokio::time::sleep(PAUSE_AFTER_REFUSAL).await,
        }
    }
}

async fn serve_connection(stream: TcpStream, port: u16, sender: mpsc::Sender<CallbackRequest>) {
    let service = service_fn(|request| answer(request, port, &sender));
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
    sender: &mpsc::Sender<CallbackRequest>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let page = match read(&request, port) {
        Ok((state, told)) => deliver(state, told, sender).await,
        Err(page) => page,
    };
    Ok(page.into_response())
}

async fn deliver(
    state: String,
    told: AuthorizationResult,
    sender: &mpsc::Sender<CallbackRequest>,
) -> ResponsePage {
    let (browser, page) = oneshot::channel();
    let request = CallbackRequest {
        state,
        told,
        browser: WaitingBrowser(browser),
    };
    if sender.send(request).await.is_err() {
        return ResponsePage::Over;
    }
    page.await.unwrap_or(ResponsePage::Over)
}

fn read(
    request: &Request<Incoming>,
    port: u16,
) -> Result<(String, AuthorizationResult), ResponsePage> {
    if !is_loopback_host(request, port) {
        return Err(ResponsePage::WrongHost);
    }
    if request.uri().path() != PATH {
        return Err(ResponsePage::NotFound);
    }
    if request.method() != Method::GET {
        return Err(ResponsePage::OnlyGet);
    }
    let query = request.uri().query().unwrap_or_default();
    let field = |name: &str| {
        url::form_urlencoded::parse(query.as_bytes())
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.into_owned())
    };
    let state = field("state").ok_or(ResponsePage::NotOurs)?;
    let told = match (field("error"), field("code")) {
        (Some(error), _) => AuthorizationResult::Error(error),
        (None, Some(code)) => AuthorizationResult::Code(code.into()),
        (None, None) => return Err(ResponsePage::NotOurs),
    };
    Ok((state, told))
}

/// A name that an attacker made point to this computer is another name.
fn is_loopback_host(request: &Request<Incoming>, port: u16) -> bool {
    let host = request.headers().get(HOST).map(|host| host.as_bytes());
    ["127.0.0.1", "localhost"]
        .iter()
        .any(|name| host == Some(format!("{name}:{port}").as_bytes()))
}
