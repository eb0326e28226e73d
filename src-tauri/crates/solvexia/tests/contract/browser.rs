//! Signing in by the browser, whose part the tests play.

use std::future::pending;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;

use reqwest::header::{HeaderMap, LOCATION};
use reqwest::{Client as Http, Method, Url, redirect};
use runwatch_core::environment::Environment;
use runwatch_core::error::{Trouble, VaultError};
use runwatch_core::ports::SolveXia;
use solvexia::{BrowserSignIn, Client, SignInError};
use solvexia_sim::demo::{DEMO_CLIENT_ID, DEMO_CLIENT_SECRET};
use solvexia_sim::{Fault, FaultKind, Rewrite};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::entry::Entry;
use crate::tokens::{empty, slowly};
use crate::world::{World, run, until, world};

/// A sign-in that waits for the browser.
struct Waiting {
    address: Url,
    entry: Entry,
    stop: Option<oneshot::Sender<()>>,
    finished: JoinHandle<Result<Client, SignInError>>,
}

async fn prepared(world: &World, port: u16) -> Result<BrowserSignIn, SignInError> {
    BrowserSignIn::prepare(
        Environment::parse(&world.sim.base_url()).unwrap(),
        DEMO_CLIENT_ID,
        DEMO_CLIENT_SECRET.into(),
        port,
        &Default::default(),
    )
    .await
}

async fn waiting(world: &World) -> Waiting {
    waiting_with(world, Entry::default()).await
}

async fn waiting_with(world: &World, entry: Entry) -> Waiting {
    let sign_in = prepared(world, 0).await.ok().unwrap();
    let address = Url::parse(sign_in.address()).unwrap();
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
    Waiting {
        address,
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

/// A browser whose user follows no redirect unseen.
fn http() -> Http {
    solvexia::install_tls();
    Http::builder()
        .redirect(redirect::Policy::none())
        .no_proxy()
        .build()
        .unwrap()
}

async fn show(request: reqwest::RequestBuilder) -> Shown {
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

    async fn allow(&self) -> Shown {
        visit(&self.decided("allow").await).await
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

#[tokio::test]
async fn an_allowed_sign_in_brings_a_client_that_is_signed_in_and_renews() {
    let world = world().await;
    let waiting = waiting(&world).await;
    let page = waiting.allow().await;
    assert_eq!(page.status, 200);
    assert!(
        page.text
            .contains("You can close this tab and go back to Runwatch.")
    );
    let entry = waiting.entry.clone();
    let client = waiting.client().await;
    assert!(world.sim.accepts_refresh_token(&entry.token().unwrap()));
    client.run_status(&run()).await.unwrap();
    assert_eq!(world.token_requests(), 1);
    assert!(client.scopes().unwrap().contains(&"process_execute".into()));
    world.sim.expire_tokens();
    client.run_status(&run()).await.unwrap();
    assert_eq!(world.token_requests(), 2);
    assert!(world.sim.accepts_refresh_token(&entry.token().unwrap()));
}

#[tokio::test]
async fn the_question_holds_no_secret_and_each_has_a_state_and_a_challenge_of_its_own() {
    let world = world().await;
    let (one, other) = (waiting(&world).await, waiting(&world).await);
    for name in ["state", "code_challenge"] {
        let (first, second) = (field(&one.address, name), field(&other.address, name));
        assert!(first.as_ref().unwrap().len() >= 22, "at least 128 bits");
        assert_ne!(first, second, "{name}");
    }
    assert_eq!(
        field(&one.address, "code_challenge_method").unwrap(),
        "S256"
    );
    assert_eq!(field(&one.address, "response_type").unwrap(), "code");
    assert!(
        field(&one.address, "scope")
            .unwrap()
            .contains("process_execute")
    );
    assert!(!one.address.as_str().contains(DEMO_CLIENT_SECRET));
}

#[tokio::test]
async fn the_page_takes_nothing_from_outside_and_leaves_nothing_behind() {
    let world = world().await;
    let waiting = waiting(&world).await;
    let page = waiting.allow().await;
    let header = |name: &str| page.headers[name].to_str().unwrap();
    assert_eq!(header("cache-control"), "no-store");
    assert_eq!(header("referrer-policy"), "no-referrer");
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert!(
        header("content-security-policy").starts_with("default-src 'none'; style-src 'sha256-")
    );
    for outside in ["http:", "https:", "src=", "<script", "<link"] {
        assert!(!page.text.contains(outside), "{outside}");
    }
}

#[tokio::test]
async fn a_refusal_ends_the_wait_and_is_told() {
    let world = world().await;
    let waiting = waiting(&world).await;
    let page = visit(&waiting.decided("refuse").await).await;
    assert!(page.text.contains("Access was refused"), "{}", page.text);
    assert_eq!(waiting.error().await, SignInError::Refused);
    assert_eq!(world.token_requests(), 0);
}

#[tokio::test]
async fn a_strangers_answer_is_shown_the_door_and_the_wait_goes_on() {
    let world = world().await;
    let waiting = waiting(&world).await;
    let near_miss = format!("{}x", waiting.state());
    for fields in [
        &[("code", "stolen"), ("state", "guessed")][..],
        &[("code", "stolen"), ("state", &near_miss)],
        &[("code", "stolen"), ("state", "")],
        &[("code", "stolen")],
        &[("error", "access_denied"), ("state", "guessed")],
        &[("error", "access_denied")],
        &[("state", &waiting.state())],
        &[],
    ] {
        let page = visit(&waiting.back(fields)).await;
        assert_eq!(page.status, 400, "{fields:?}");
        assert!(page.text.contains("does not belong to your sign-in"));
    }
    assert_eq!(world.token_requests(), 0);
    assert_eq!(waiting.allow().await.status, 200);
    waiting.client().await;
}

#[tokio::test]
async fn whoever_comes_otherwise_than_solvexia_sends_browsers_finds_nothing() {
    let world = world().await;
    let waiting = waiting(&world).await;
    let callback = waiting.back(&[("code", "x"), ("state", &waiting.state())]);
    let http = http();
    for path in ["/", "/favicon.ico", "/callback/", "/Callback", "//callback"] {
        let mut elsewhere = callback.clone();
        elsewhere.set_path(path);
        assert_eq!(visit(&elsewhere).await.status, 404, "{path}");
    }
    for method in [Method::POST, Method::HEAD, Method::PUT, Method::OPTIONS] {
        let page = show(http.request(method.clone(), callback.clone())).await;
        assert_eq!(
            (page.status, page.headers["allow"].to_str().unwrap()),
            (405, "GET")
        );
    }
    for host in [
        "evil.example",
        "127.0.0.1",
        "127.0.0.1:1",
        "localhost.evil.example:1",
    ] {
        let page = show(http.get(callback.clone()).header("host", host)).await;
        assert_eq!(page.status, 421, "{host}");
    }
    assert_eq!(world.token_requests(), 0);
    let mut by_name = waiting.decided("allow").await;
    by_name.set_host(Some("localhost")).unwrap();
    let page = show(
        http.get(by_name)
            .header("host", format!("localhost:{}", waiting.port())),
    );
    assert_eq!(page.await.status, 200);
    waiting.client().await;
}

#[tokio::test]
async fn slow_and_garbled_connections_do_not_hold_the_true_one_up() {
    let world = world().await;
    let waiting = waiting(&world).await;
    let connect = || TcpStream::connect(("127.0.0.1", waiting.port())).unwrap();
    let silent: Vec<TcpStream> = (0..50).map(|_| connect()).collect();
    let mut slow = connect();
    slow.write_all(b"GET /callback?code=").unwrap();
    let mut garbled = connect();
    garbled.write_all(b"\x16\x03\x01\x00\xff\r\n\r\n").unwrap();
    let mut endless = connect();
    let head = format!("GET /callback HTTP/1.1\r\nx: {}", "a".repeat(64 * 1024));
    // It may be cut off in its middle.
    let _ = endless.write_all(head.as_bytes());
    assert_eq!(waiting.allow().await.status, 200);
    waiting.client().await;
    drop((silent, slow));
}

#[tokio::test]
async fn a_second_answer_is_told_so_and_not_exchanged() {
    let world = world().await;
    world.fault("/oauth/token", slowly());
    let waiting = waiting(&world).await;
    let back = waiting.decided("allow").await;
    let (first, second) = tokio::join!(visit(&back), visit(&back));
    let mut codes = [first.status, second.status];
    codes.sort_unstable();
    assert_eq!(codes, [200, 410]);
    assert_eq!(visit(&back).await.status, 410, "a bit later, too");
    waiting.client().await;
    assert_eq!(world.token_requests(), 1);
}

#[tokio::test]
async fn a_browser_that_goes_away_does_not_end_the_exchange() {
    let world = world().await;
    world.fault("/oauth/token", slowly());
    let waiting = waiting(&world).await;
    let back = waiting.decided("allow").await;
    let mut browser = TcpStream::connect(("127.0.0.1", waiting.port())).unwrap();
    let request = format!(
        "GET {}?{} HTTP/1.1\r\nhost: 127.0.0.1:{}\r\n\r\n",
        back.path(),
        back.query().unwrap(),
        waiting.port()
    );
    browser.write_all(request.as_bytes()).unwrap();
    until(|| world.token_requests() == 1).await;
    drop(browser);
    waiting.client().await;
}

#[tokio::test]
async fn a_code_that_solvexia_does_not_take_is_told_with_what_to_check() {
    let world = world().await;
    let waiting = waiting(&world).await;
    let port = waiting.port();
    let page = visit(&waiting.back(&[("code", "too-old"), ("state", &waiting.state())])).await;
    assert!(page.text.contains("did not accept this answer"));
    let error = waiting.error().await;
    assert_eq!(error, SignInError::NotAccepted { port });
    let callback = format!("is exactly http://127.0.0.1:{port}/callback.");
    assert!(error.to_string().ends_with(&callback), "{error}");
}

#[tokio::test]
async fn where_not_all_rights_can_be_had_fewer_are_asked_for_without_the_user() {
    let world = world().await;
    let waiting = waiting(&world).await;
    let refused = |state: &str| waiting.back(&[("error", "invalid_scope"), ("state", state)]);
    let first = visit(&refused(&waiting.state())).await;
    assert_eq!(first.status, 303);
    let narrower = first.leads_to();
    assert_eq!(
        field(&narrower, "scope").unwrap(),
        "process_execute process_read"
    );
    let old_state = visit(&refused(&waiting.state())).await;
    assert_eq!(old_state.status, 400, "its question is no longer asked");
    let second = visit(&refused(&field(&narrower, "state").unwrap())).await;
    let narrowest = second.leads_to();
    assert_eq!(field(&narrowest, "scope"), None);
    assert_eq!(visit(&decide(&narrowest, "allow").await).await.status, 200);
    let client = waiting.client().await;
    assert_eq!(client.scopes().unwrap(), ["process_read"]);
}

#[tokio::test]
async fn a_keychain_that_fails_does_not_undo_the_sign_in() {
    let world = world().await;
    let entry = Entry::default();
    entry.trouble(Some(VaultError::Locked));
    let waiting = waiting_with(&world, entry.clone()).await;
    assert_eq!(waiting.allow().await.status, 200);
    let client = waiting.client().await;
    for _ in 0..2 {
        world.sim.expire_tokens();
        client.run_status(&run()).await.unwrap();
    }
    assert_eq!(entry.token(), None);
    entry.trouble(None);
    until(|| entry.token().is_some()).await;
    assert!(world.sim.accepts_refresh_token(&entry.token().unwrap()));
}

#[tokio::test]
async fn a_new_sign_in_replaces_what_was_kept() {
    let world = world().await;
    let old = world
        .sim
        .issue_refresh_token(DEMO_CLIENT_ID, "process_read");
    let waiting = waiting_with(&world, Entry::holding(&old)).await;
    waiting.allow().await;
    let entry = waiting.entry.clone();
    waiting.client().await;
    assert_ne!(entry.token().unwrap(), old);
}

#[tokio::test]
async fn an_exchange_whose_connection_breaks_is_tried_again_while_the_code_lives() {
    let world = world().await;
    let broken = Fault::on("/oauth/token", FaultKind::DropBefore).times(1);
    world.sim.add_fault(broken);
    let waiting = waiting(&world).await;
    assert_eq!(waiting.allow().await.status, 200);
    waiting.client().await;
    assert_eq!(world.token_requests(), 2);
}

#[tokio::test]
async fn trouble_at_the_exchange_is_told_in_the_app_and_the_browser_and_frees_the_port() {
    let world = world().await;
    for (fault, trouble) in [
        (empty(503), Trouble::Server),
        (FaultKind::DropBefore, Trouble::Offline),
        (
            FaultKind::Told(Rewrite::RemoveField {
                field: "refresh_token".into(),
            }),
            Trouble::BadAnswer,
        ),
    ] {
        world.fault("/oauth/token", fault.clone());
        let waiting = waiting(&world).await;
        let (port, entry) = (waiting.port(), waiting.entry.clone());
        let page = waiting.allow().await;
        assert!(page.text.contains("You are not signed in"), "{fault:?}");
        match waiting.error().await {
            SignInError::Call(error) => assert_eq!(error.trouble, trouble),
            other => panic!("{fault:?}: {other}"),
        }
        assert_eq!(entry.token(), None);
        prepared(&world, port).await.ok().unwrap();
        world.sim.clear_faults();
    }
}

#[tokio::test]
async fn other_refusals_are_told_with_their_word_if_it_is_one() {
    let world = world().await;
    for (word, is_told) in [
        ("unauthorized_client", true),
        ("<b>see evil.example</b>", false),
    ] {
        let waiting = waiting(&world).await;
        let state = waiting.state();
        let page = visit(&waiting.back(&[("error", word), ("state", &state)])).await;
        assert!(!page.text.contains("evil"));
        let message = waiting.error().await.to_string();
        assert_eq!(message.contains(word), is_told, "{message}");
    }
}

#[tokio::test]
async fn a_stop_ends_the_wait_at_once_and_frees_the_port() {
    let world = world().await;
    let mut waiting = waiting(&world).await;
    let port = waiting.port();
    waiting.stop.take().unwrap().send(()).unwrap();
    assert_eq!(waiting.error().await, SignInError::Stopped);
    prepared(&world, port).await.ok().unwrap();
}

#[tokio::test]
async fn a_stop_in_the_middle_of_the_exchange_keeps_nothing() {
    let world = world().await;
    world.fault("/oauth/token", slowly());
    let mut waiting = waiting(&world).await;
    let stop = waiting.stop.take().unwrap();
    let browsing = waiting.allow();
    let stopping = async {
        until(|| world.token_requests() == 1).await;
        stop.send(()).unwrap();
    };
    let (page, ()) = tokio::join!(browsing, stopping);
    assert_eq!(page.status, 410);
    let entry = waiting.entry.clone();
    assert_eq!(waiting.error().await, SignInError::Stopped);
    assert_eq!(entry.token(), None);
}

#[tokio::test]
async fn a_port_that_is_taken_is_told_before_the_browser_opens() {
    let world = world().await;
    let waiting = waiting(&world).await;
    let port = waiting.port();
    let error = prepared(&world, port).await.err().unwrap();
    assert_eq!(error, SignInError::PortTaken { port });
    assert!(error.to_string().contains(&format!("Port {port}")));
}

#[tokio::test]
async fn a_server_that_cannot_be_reached_is_told_before_the_browser_opens() {
    let World { sim, client } = world().await;
    let origin = sim.base_url();
    sim.shutdown().await;
    let error = BrowserSignIn::prepare(
        Environment::parse(&origin).unwrap(),
        DEMO_CLIENT_ID,
        DEMO_CLIENT_SECRET.into(),
        0,
        &Default::default(),
    )
    .await;
    match error.err().unwrap() {
        SignInError::Call(error) => assert_eq!(error.trouble, Trouble::Offline),
        other => panic!("{other}"),
    }
    drop(client);
}

/// Nobody but this computer can come.
#[tokio::test]
async fn the_listener_is_not_there_for_the_network() {
    let world = world().await;
    let waiting = waiting(&world).await;
    // Linux leads every 127.x.x.x to this computer: a listener on all addresses would answer.
    if let Ok(mut stream) = TcpStream::connect(("127.0.0.2", waiting.port())) {
        let mut byte = [0];
        assert!(stream.read(&mut byte).is_err());
    }
}
