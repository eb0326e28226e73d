//! Sign-in by the browser, played by the tests.

mod failures;
mod foreign_requests;
mod user_decisions;

use std::future::pending;
use std::sync::Arc;

use reqwest::header::{COOKIE, HeaderMap, LOCATION, SET_COOKIE};
use reqwest::{Client as Http, RequestBuilder, Url, redirect};
use runwatch_core::environment::Environment;
use solvexia::{BeginAddress, BrowserSignIn, Client, SignInError};
use solvexia_sim::demo::{DEMO_CLIENT_ID, DEMO_CLIENT_SECRET};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::fake_keychain_entry::KeychainEntry;
use crate::test_server::TestServer;

/// A sign-in that waits for the browser, which has begun.
struct Waiting {
    begin: BeginAddress,
    /// SolveXia's page.
    address: Url,
    cookie: String,
    entry: KeychainEntry,
    stop: Option<oneshot::Sender<()>>,
    finished: JoinHandle<Result<Client, SignInError>>,
}

async fn prepared(server: &TestServer, port: u16) -> Result<BrowserSignIn, SignInError> {
    BrowserSignIn::prepare(
        Environment::parse(&server.sim.base_url()).unwrap(),
        DEMO_CLIENT_ID,
        DEMO_CLIENT_SECRET.into(),
        port,
        &Default::default(),
    )
    .await
}

async fn waiting(server: &TestServer) -> Waiting {
    waiting_with(server, KeychainEntry::default()).await
}

async fn waiting_with(server: &TestServer, entry: KeychainEntry) -> Waiting {
    let sign_in = prepared(server, 0).await.ok().unwrap();
    let begin = sign_in.begin().clone();
    let (stop, stopped) = oneshot::channel::<()>();
    let refresh = Arc::new(entry.clone());
    let finished = tokio::spawn(async move {
        sign_in
            .finish(refresh, async {
                if stopped.await.is_err() {
                    pending::<()>().await;
                }
            })
            .await
    });
    let begun = visit(&Url::parse(&begin.get()).unwrap()).await;
    Waiting {
        begin,
        address: begun.leads_to(),
        cookie: begun.cookie(),
        entry,
        stop: Some(stop),
        finished,
    }
}

/// What the browser shows.
struct Shown {
    status: u16,
    headers: HeaderMap,
    text: String,
}

/// An HTTP client that follows no redirect by itself.
fn http() -> Http {
    solvexia::install_tls();
    Http::builder()
        .redirect(redirect::Policy::none())
        .no_proxy()
        .build()
        .unwrap()
}

async fn show(request: RequestBuilder) -> Shown {
    let answer = request.send().await.unwrap();
    Shown {
        status: answer.status().as_u16(),
        headers: answer.headers().clone(),
        text: answer.text().await.unwrap(),
    }
}

async fn visit(address: &Url) -> Shown {
    show(http().get(address.clone())).await
}

impl Shown {
    /// The cookie that it sets, as it is sent back.
    fn cookie(&self) -> String {
        let set = self.headers[SET_COOKIE].to_str().unwrap();
        set.split(';').next().unwrap().to_owned()
    }

    fn leads_to(&self) -> Url {
        Url::parse(self.headers[LOCATION].to_str().unwrap()).unwrap()
    }
}

fn field(address: &Url, name: &str) -> Option<String> {
    let mut fields = address.query_pairs();
    fields
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.into_owned())
}

impl Waiting {
    /// Where SolveXia sends the browser once the user has decided.
    async fn decided(&self, decision: &str) -> Url {
        decide(&self.address, decision).await
    }

    /// The callback address with these fields.
    fn back(&self, fields: &[(&str, &str)]) -> Url {
        let callback = field(&self.address, "redirect_uri").unwrap();
        Url::parse_with_params(&callback, fields).unwrap()
    }

    fn state(&self) -> String {
        field(&self.address, "state").unwrap()
    }

    fn port(&self) -> u16 {
        self.back(&[]).port().unwrap()
    }

    /// The browser that has begun comes back.
    async fn bring(&self, back: &Url) -> Shown {
        show(self.request(back)).await
    }

    fn request(&self, back: &Url) -> RequestBuilder {
        http().get(back.clone()).header(COOKIE, &self.cookie)
    }

    async fn allow(&self) -> Shown {
        self.bring(&self.decided("allow").await).await
    }

    async fn client(self) -> Client {
        self.finished.await.unwrap().ok().unwrap()
    }

    async fn error(self) -> SignInError {
        self.finished.await.unwrap().err().unwrap()
    }
}

async fn decide(question: &Url, decision: &str) -> Url {
    let page = visit(question).await;
    assert_eq!(page.status, 200, "{}", page.text);
    let mut fields: Vec<(String, String)> = question.query_pairs().into_owned().collect();
    fields.push(("decision".into(), decision.into()));
    let mut desk = question.clone();
    desk.set_query(None);
    show(http().post(desk).form(&fields)).await.leads_to()
}
