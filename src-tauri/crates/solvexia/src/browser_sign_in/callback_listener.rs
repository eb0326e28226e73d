//! The addresses on this computer: a listener on 127.0.0.1 that passes on what browsers bring. Any program
//! and web page of this computer can send requests here, so only their form is checked here.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::future::pending;
use std::io;
use std::net::Ipv4Addr;
use std::time::Duration;

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{COOKIE, HOST};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response};
use hyper_util::rt::{TokioIo, TokioTimer};
use secrecy::SecretString;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, oneshot};
use tokio::task::{AbortHandle, JoinHandle};

use super::begin_address::{self, cookie_of};
use super::response_page::ResponsePage;

const PATH: &str = "/callback";
/// Browsers send their request at once.
const LONGEST_REQUEST: Duration = Duration::from_secs(5);
const LARGEST_REQUEST: usize = 16 * 1024;
const MOST_HEADERS: usize = 64;
/// For that long after the sign-in: a browser may send the same request again, as when a tab is
/// reloaded.
const ANSWER_AFTERWARDS: Duration = Duration::from_secs(3);
const PAUSE_AFTER_ACCEPT_ERROR: Duration = Duration::from_millis(100);
/// Open at the same time. A browser needs a few; whoever opens more gets the oldest ones closed, so that
/// neither file handles run out nor the browser waits in a queue while its code expires.
const MOST_CONNECTIONS: usize = 32;
/// Longer than a browser waits for its page while the code is exchanged.
const LONGEST_CONNECTION: Duration = Duration::from_secs(2 * 60);

/// What a browser brought, and the browser.
pub struct BrowserRequest {
    pub brought: Brought,
    /// The cookie of this port.
    pub cookie: Option<String>,
    pub browser: WaitingBrowser,
}

/// What a browser brought.
pub enum Brought {
    /// The name of a visit, to begin.
    Begin(String),
    /// SolveXia's answer.
    Answer {
        state: String,
        result: AuthorizationResult,
    },
}

/// The result of the authorization.
pub enum AuthorizationResult {
    Code(SecretString),
    Error(String),
}

/// A browser that waits for its response page.
pub struct WaitingBrowser(oneshot::Sender<ResponsePage>);

impl WaitingBrowser {
    pub fn show(self, page: ResponsePage) {
        // The browser may have disconnected.
        let _ = self.0.send(page);
    }
}

/// The listener. Dropping it frees the port; requests under way still get their page.
pub struct CallbackListener {
    port: u16,
    requests: mpsc::Receiver<BrowserRequest>,
    listening: JoinHandle<()>,
}

impl CallbackListener {
    /// Starts to listen. Port 0 takes a free one.
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

    /// Waits for the next request.
    pub async fn next(&mut self) -> BrowserRequest {
        match self.requests.recv().await {
            Some(request) => request,
            // Only a panic in the listening task gets here.
            None => pending().await,
        }
    }

    /// Stops, and returns once the port is free.
    pub async fn close(self) {
        drop(self.requests);
        // The port is free however the task ended.
        let _ = self.listening.await;
    }

    /// Keeps answering for a short while that the sign-in is over.
    pub fn keep_answering(mut self) {
        tokio::spawn(async move {
            let answering = async {
                while let Some(request) = self.requests.recv().await {
                    request.browser.show(ResponsePage::Over);
                }
            };
            // The time-out is the normal end.
            let _ = tokio::time::timeout(ANSWER_AFTERWARDS, answering).await;
        });
    }
}

/// A port that nobody listens on at this moment.
pub fn free_port() -> Option<u16> {
    let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).ok()?;
    listener.local_addr().ok().map(|address| address.port())
}

/// Each connection has its own task, so that none blocks another.
async fn listen(listener: TcpListener, port: u16, sender: mpsc::Sender<BrowserRequest>) {
    let mut connections: VecDeque<AbortHandle> = VecDeque::new();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = sender.closed() => return,
        };
        match accepted {
            Ok((stream, _)) => {
                connections.retain(|one| !one.is_finished());
                if connections.len() == MOST_CONNECTIONS {
                    connections.pop_front().inspect(AbortHandle::abort);
                }
                let serving = serve_connection(stream, port, sender.clone());
                let serving = tokio::spawn(tokio::time::timeout(LONGEST_CONNECTION, serving));
                connections.push_back(serving.abort_handle());
            }
            // For example out of file handles, which ending connections free.
            Err(_) => tokio::time::sleep(PAUSE_AFTER_ACCEPT_ERROR).await,
        }
    }
}

async fn serve_connection(stream: TcpStream, port: u16, sender: mpsc::Sender<BrowserRequest>) {
    let service = service_fn(|request| answer(request, port, &sender));
    // An error of a single connection does not matter.
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
    sender: &mpsc::Sender<BrowserRequest>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let page = match read(&request, port) {
        Ok(brought) => deliver(brought, cookie(&request, port), sender).await,
        Err(page) => page,
    };
    Ok(page.into_response())
}

async fn deliver(
    brought: Brought,
    cookie: Option<String>,
    sender: &mpsc::Sender<BrowserRequest>,
) -> ResponsePage {
    let (browser, page) = oneshot::channel();
    let request = BrowserRequest {
        brought,
        cookie,
        browser: WaitingBrowser(browser),
    };
    if sender.send(request).await.is_err() {
        return ResponsePage::Over;
    }
    page.await.unwrap_or(ResponsePage::Over)
}

fn cookie(request: &Request<Incoming>, port: u16) -> Option<String> {
    let headers = request.headers().get_all(COOKIE).iter();
    let mut texts = headers.filter_map(|header| header.to_str().ok());
    texts
        .find_map(|text| cookie_of(text, port))
        .map(str::to_owned)
}

fn read(request: &Request<Incoming>, port: u16) -> Result<Brought, ResponsePage> {
    if !is_our_host(request, port) {
        return Err(ResponsePage::WrongHost);
    }
    let visit = request.uri().path().strip_prefix(begin_address::PATH);
    if visit.is_none() && request.uri().path() != PATH {
        return Err(ResponsePage::NotFound);
    }
    if request.method() != Method::GET {
        return Err(ResponsePage::OnlyGet);
    }
    if let Some(name) = visit {
        return Ok(Brought::Begin(name.to_owned()));
    }
    let query = request.uri().query().unwrap_or_default();
    let field = |name: &str| {
        url::form_urlencoded::parse(query.as_bytes())
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.into_owned())
    };
    let state = field("state").ok_or(ResponsePage::NotOurs)?;
    let result = match (field("error"), field("code")) {
        (Some(error), _) => AuthorizationResult::Error(error),
        (None, Some(code)) => AuthorizationResult::Code(code.into()),
        (None, None) => return Err(ResponsePage::NotOurs),
    };
    Ok(Brought::Answer { state, result })
}

/// Checks the Host header, against DNS rebinding. Under another name of this computer a browser would not
/// bring the cookie.
fn is_our_host(request: &Request<Incoming>, port: u16) -> bool {
    let host = request.headers().get(HOST).map(|host| host.as_bytes());
    host == Some(format!("127.0.0.1:{port}").as_bytes())
}
