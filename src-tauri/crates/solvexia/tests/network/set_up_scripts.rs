//! Proxies that the computer's set-up script (PAC) chooses. No certificate need be trusted for these
//! tests: what a proxy is asked for shows which way a request took.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use runwatch_core::credentials::Credentials;
use runwatch_core::environment::Environment;
use runwatch_core::error::{Effect, Trouble};
use runwatch_core::ids::RunId;
use runwatch_core::network::HopState::{Good, Skipped};
use runwatch_core::network::{Hop, HopKind, Route, ScriptAnswer, ScriptError, ScriptPlace};
use runwatch_core::ports::{ProxyScript, SolveXia};
use solvexia::{Client, check_connection};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::certificate_authority::CertificateAuthority;
use crate::fake_proxy::{FakeProxy, Rule};
use crate::test_server::{HOST, TestServer, app, ends_at, nobody, test_server};

const PLACE: &str = "http://pac.firm.example/proxy.pac";

/// A script that answers this.
#[derive(Debug)]
struct Script {
    answer: Result<Arc<ScriptAnswer>, ScriptError>,
    asked: Mutex<Vec<String>>,
}

#[async_trait]
impl ProxyScript for Script {
    async fn ask(&self, origin: &str) -> Result<Option<Arc<ScriptAnswer>>, ScriptError> {
        self.asked.lock().unwrap().push(origin.to_owned());
        self.answer.clone().map(Some)
    }
}

fn answering(text: &str) -> (Arc<Script>, Route) {
    let answer = ScriptAnswer::read(ScriptPlace::at(PLACE), text).map(Arc::new);
    on(answer)
}

fn on(answer: Result<Arc<ScriptAnswer>, ScriptError>) -> (Arc<Script>, Route) {
    let script = Arc::new(Script {
        answer,
        asked: Mutex::default(),
    });
    let proxy_script = script.clone();
    let route = Route {
        proxy_script,
        ..Route::default()
    };
    (script, route)
}

fn run() -> RunId {
    RunId::parse("pr-1").unwrap()
}

fn client(route: &Route) -> Client {
    let token = Credentials::Token {
        token: "token".into(),
    };
    Client::new(app(), token, route).ok().unwrap()
}

/// A proxy that leads to SolveXia's host, whose certificate nobody trusts.
async fn proxy() -> FakeProxy {
    let inner = CertificateAuthority::new()
        .serve_tls(HOST, nobody().await)
        .await;
    FakeProxy::new(Rule::Open, inner).await
}

fn proxy_hop(hops: &[Hop]) -> &Hop {
    hops.iter().find(|hop| hop.kind == HopKind::Proxy).unwrap()
}

#[tokio::test]
async fn the_first_proxy_that_is_there_is_used_and_named_with_the_script() {
    let (gone, there) = (nobody().await, proxy().await);
    let text = format!("PROXY {gone}; PROXY {}; DIRECT", there.address);
    let (script, route) = answering(&text);
    let hops = check_connection(&app(), &route, None).await;
    let hop = proxy_hop(&hops);
    assert_eq!(hop.state, Good, "{hops:#?}");
    assert_eq!(
        hop.words,
        format!(
            "The set-up script {PLACE} answers “{text}”. {gone} cannot be reached. Through {}.",
            there.address
        )
    );
    assert_eq!(*script.asked.lock().unwrap(), ["https://app.solvexia.com"]);
    let seen = there.heads().len();
    assert!(client(&route).run_status(&run()).await.is_err());
    assert!(there.heads().len() > seen);
    assert!(there.heads()[seen].starts_with("CONNECT app.solvexia.com:443 "));
}

#[tokio::test]
async fn where_the_script_says_so_no_proxy_is_asked() {
    let (_, route) = answering("DIRECT");
    let unknown = Environment::parse("https://app.solvexia.invalid").unwrap();
    let hops = check_connection(&unknown, &route, None).await;
    ends_at(&hops, HopKind::Name, &["was not found"]);
}

#[tokio::test]
async fn an_answer_of_other_kinds_alone_is_told_and_never_bypassed() {
    let (_, route) = answering("SOCKS 127.0.0.1:1080");
    let hops = check_connection(&app(), &route, None).await;
    let told = [PLACE, "“SOCKS 127.0.0.1:1080”", "HTTP proxies alone"];
    ends_at(&hops, HopKind::Proxy, &told);
    let error = client(&route).start(&run()).await.unwrap_err();
    assert_eq!(
        (error.trouble, error.effect),
        (Trouble::Offline, Effect::None)
    );
    assert!(error.message.contains("The proxy on the way"), "{error}");
}

#[tokio::test]
async fn a_script_that_cannot_be_read_is_told_and_done_without() {
    let (_, route) = on(Err(ScriptError::Unreadable(ScriptPlace::at(PLACE))));
    let unknown = Environment::parse("https://app.solvexia.invalid").unwrap();
    let hops = check_connection(&unknown, &route, None).await;
    ends_at(&hops, HopKind::Name, &[PLACE, "could not be read"]);
}

#[tokio::test]
async fn this_computer_itself_is_not_the_scripts_business() {
    let TestServer { sim, .. } = &test_server().await;
    let (script, route) = answering("PROXY proxy.firm.invalid:8080");
    let here = Environment::parse(&sim.base_url()).unwrap();
    let hops = check_connection(&here, &route, None).await;
    assert_eq!(proxy_hop(&hops).state, Skipped);
    assert!(script.asked.lock().unwrap().is_empty());
}

/// A proxy that closes each connection, until it is gone.
async fn until_gone() -> (SocketAddr, JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let serving = tokio::spawn(async move { while listener.accept().await.is_ok() {} });
    (address, serving)
}

/// docs/RULES.md, 9: the action goes by the proxy that was chosen before, whatever becomes of it; the
/// next read chooses anew.
#[tokio::test]
async fn rule_9_an_action_is_not_sent_by_the_next_proxy_where_one_fails() {
    let ((first, serving), second) = (until_gone().await, proxy().await);
    let (_, route) = answering(&format!("PROXY {first}; PROXY {}", second.address));
    let client = client(&route);
    assert!(client.run_status(&run()).await.is_err());
    serving.abort();
    assert!(serving.await.unwrap_err().is_cancelled());
    let error = client.start(&run()).await.unwrap_err();
    assert_eq!(
        (error.trouble, error.effect),
        (Trouble::Offline, Effect::None)
    );
    assert!(error.message.contains("cannot be reached"), "{error}");
    assert!(second.heads().is_empty());
    assert!(client.run_status(&run()).await.is_err());
    assert!(!second.heads().is_empty());
}
