//! Ordinary calls through proxies and inspected TLS.

use std::net::SocketAddr;

use runwatch_core::credentials::Credentials;
use runwatch_core::environment::Environment;
use runwatch_core::error::{CallError, Effect, Trouble, VaultError};
use runwatch_core::ids::RunId;
use runwatch_core::network::{HopKind, Route};
use runwatch_core::ports::SolveXia;
use solvexia::Client;
use wiremock::{Mock, MockServer, ResponseTemplate, matchers};

use crate::certificate_authority::CertificateAuthority;
use crate::fake_proxy::{FakeProxy, NEEDS_BASIC, Rule, route_through};
use crate::test_server::{
    HOST, TestServer, app, ends_at, good_credentials, nobody, test_server, trusting,
};

const TOKEN: &str = "a-bearer-that-must-not-leak";

fn run() -> RunId {
    RunId::parse("pr-1").unwrap()
}

fn client(route: &Route) -> Client {
    Client::new(app(), good_credentials().unwrap(), route)
        .ok()
        .unwrap()
}

fn with_token(route: &Route) -> Client {
    let token = Credentials::Token {
        token: TOKEN.into(),
    };
    Client::new(app(), token, route).ok().unwrap()
}

async fn trouble(route: &Route) -> CallError {
    with_token(route).start(&run()).await.unwrap_err()
}

fn assert_never_arrived(error: &CallError, says: &str) {
    assert_eq!(
        (error.trouble, error.effect),
        (Trouble::Offline, Effect::None)
    );
    assert!(error.message.contains(says), "{}", error.message);
}

#[tokio::test]
async fn calls_go_through_the_proxy_that_is_set_and_sign_in_there() {
    let TestServer {
        sim,
        authority,
        address,
    } = &test_server().await;
    let proxy = FakeProxy::new(Rule::For("Basic Znw6OnA6"), *address).await;
    let route = trusting(proxy.route_with_sign_in("f|", ":p:"), authority.file());
    client(&route).run_status(&run()).await.unwrap();
    assert_eq!(sim.requests().len(), 2);
    for head in proxy.heads() {
        assert!(head.starts_with("CONNECT app.solvexia.com:443 "), "{head}");
    }
}

/// docs/RULES.md, 20: the proxy of an https environment sees names and noise.
#[tokio::test]
async fn rule_20_a_proxy_never_sees_the_bearer_or_the_secret() {
    let server = MockServer::start().await;
    let grant = serde_json::json!({"access_token": TOKEN, "expires_in": 600});
    Mock::given(matchers::path("/oauth/token"))
        .respond_with(ResponseTemplate::new(200).set_body_json(grant))
        .mount(&server)
        .await;
    let authority = CertificateAuthority::new();
    let address = authority.serve_tls(HOST, *server.address()).await;
    let proxy = FakeProxy::new(Rule::Open, address).await;
    let route = trusting(proxy.route(), authority.file());
    let credentials = Credentials::Client {
        id: "id".into(),
        secret: "hunter2".into(),
    };
    let client = Client::new(app(), credentials, &route).ok().unwrap();
    assert!(client.run_status(&run()).await.is_err());
    let received = server.received_requests().await.unwrap();
    assert!(format!("{:?}", received[1].headers).contains(TOKEN));
    assert!(proxy.bytes_sent() > 0);
    for secret in [TOKEN, "hunter2", "Bearer", "client_secret"] {
        assert!(!proxy.saw(secret), "{secret}");
    }
}

/// docs/RULES.md, 20.
#[tokio::test]
async fn rule_20_a_redirect_behind_a_proxy_is_not_followed() {
    let server = MockServer::start().await;
    let away = ResponseTemplate::new(307).insert_header("location", "https://evil.example/");
    Mock::given(matchers::any())
        .respond_with(away)
        .mount(&server)
        .await;
    let authority = CertificateAuthority::new();
    let address = authority.serve_tls(HOST, *server.address()).await;
    let proxy = FakeProxy::new(Rule::Open, address).await;
    let route = trusting(proxy.route(), authority.file());
    assert_eq!(trouble(&route).await.trouble, Trouble::BadAnswer);
    assert_eq!(server.received_requests().await.unwrap().len(), 1);
    assert!(!proxy.saw("evil.example"));
}

#[tokio::test]
async fn this_computer_is_never_reached_through_a_proxy() {
    let TestServer { sim, .. } = &test_server().await;
    let proxy = FakeProxy::new(Rule::Open, nobody().await).await;
    let environment = Environment::parse(&sim.base_url()).unwrap();
    let client = Client::new(environment, good_credentials().unwrap(), &proxy.route());
    client.ok().unwrap().run_status(&run()).await.unwrap();
    assert!(proxy.heads().is_empty());
}

/// Nothing was sent to SolveXia, so an action had no effect; and the message names the proxy as the
/// cause.
#[tokio::test]
async fn a_proxy_in_the_way_is_told_apart_from_solvexia() {
    for (answer, told) in [
        (
            NEEDS_BASIC,
            "asks for a sign-in, or does not accept the one that is set",
        ),
        ("HTTP/1.1 403 Forbidden\r\n\r\n", "does not lead there"),
        ("HTTP/1.1 502 Bad Gateway\r\n\r\n", "does not lead there"),
        ("", "does not lead there"),
    ] {
        let proxy = FakeProxy::new(Rule::Answer(answer), nobody().await).await;
        let error = trouble(&proxy.route_with_sign_in("user", "hunter2")).await;
        assert_never_arrived(&error, told);
        assert!(
            error
                .message
                .contains("The proxy on the way to app.solvexia.com")
        );
        assert!(!format!("{error:?}").contains("hunter2"));
        // An action is not repeated, whatever refused it.
        assert_eq!(proxy.heads().len(), 1);
    }
    for address in [nobody().await.to_string(), "proxy.firm.invalid:1".into()] {
        let error = trouble(&route_through(&address, "", None)).await;
        assert_never_arrived(&error, "The proxy on the way");
        assert_never_arrived(&error, "cannot be reached");
    }
}

/// It is often a Windows password, and the account locks after a few wrong ones.
#[tokio::test]
async fn a_password_that_a_proxy_refused_is_not_shown_again_and_again() {
    let proxy = FakeProxy::new(Rule::Answer(NEEDS_BASIC), nobody().await).await;
    let client = with_token(&proxy.route_with_sign_in("user", "old password"));
    for _ in 0..3 {
        let error = client.run_status(&run()).await.unwrap_err();
        assert!(
            error
                .message
                .contains("does not accept the one that is set")
        );
    }
    assert_eq!(proxy.heads().len(), 1);
    // Without a password nothing can be locked.
    let client = with_token(&proxy.route());
    assert!(client.run_status(&run()).await.is_err());
    assert!(proxy.heads().len() > 2);
}

/// Concurrent and later requests of all accounts share one password.
#[tokio::test]
async fn accounts_and_checks_show_a_wrong_proxy_password_once_together() {
    let proxy = FakeProxy::new(Rule::Answer(NEEDS_BASIC), nobody().await).await;
    let route = proxy.route_with_sign_in("user", "old password");
    let reading = [(); 3].map(|()| {
        let client = with_token(&route);
        tokio::spawn(async move { client.run_status(&run()).await.map(drop) })
    });
    for read in reading {
        assert_eq!(read.await.unwrap().unwrap_err().trouble, Trouble::Offline);
    }
    assert!(with_token(&route).run_status(&run()).await.is_err());
    let hops = solvexia::check_connection(&app(), &route, None).await;
    ends_at(&hops, HopKind::Proxy, &["within the last ten minutes"]);
    assert_eq!(shown(&proxy), 1);
    // Another password is not affected.
    let hops = solvexia::check_connection(
        &app(),
        &proxy.route_with_sign_in("user", "new password"),
        None,
    )
    .await;
    ends_at(&hops, HopKind::Proxy, &["did not accept the user"]);
    assert_eq!(shown(&proxy), 2);
}

/// A user name alone would count as a failed log-on.
#[tokio::test]
async fn a_user_is_never_shown_to_a_proxy_without_its_password() {
    let proxy = FakeProxy::new(Rule::Answer(NEEDS_BASIC), nobody().await).await;
    let route = route_through(&proxy.address.to_string(), "user", None);
    assert!(with_token(&route).run_status(&run()).await.is_err());
    let hops = solvexia::check_connection(&app(), &route, None).await;
    ends_at(&hops, HopKind::Proxy, &["Set both"]);
    assert_eq!(shown(&proxy), 0);
}

#[tokio::test]
async fn nothing_is_sent_while_the_password_of_the_proxy_cannot_be_read() {
    let proxy = FakeProxy::new(Rule::Open, nobody().await).await;
    let route = Route {
        proxy_password: Err(VaultError::Locked),
        ..proxy.route_with_sign_in("user", "")
    };
    let client = with_token(&route);
    let read = client.run_status(&run()).await.unwrap_err();
    for error in [read, client.start(&run()).await.unwrap_err()] {
        let expected = (Trouble::Keychain, Effect::None);
        assert_eq!((error.trouble, error.effect), expected);
        assert!(error.message.contains("keychain is locked"), "{error}");
    }
    let hops = solvexia::check_connection(&app(), &route, None).await;
    ends_at(&hops, HopKind::Proxy, &["keychain is locked. Unlock it"]);
    assert!(proxy.heads().is_empty());
    // A proxy without a user needs no password.
    let route = Route {
        proxy_password: Err(VaultError::Locked),
        ..proxy.route()
    };
    assert_eq!(trouble(&route).await.trouble, Trouble::Offline);
}

/// How often a password was sent.
fn shown(proxy: &FakeProxy) -> usize {
    let heads = proxy.heads().into_iter();
    heads
        .filter(|head| head.to_ascii_lowercase().contains("proxy-authorization"))
        .count()
}

#[tokio::test]
async fn a_password_that_a_proxy_takes_holds_nobody_up() {
    let TestServer { address, .. } = &test_server().await;
    let proxy = FakeProxy::new(Rule::For("Basic dXNlcjpnb29k"), *address).await;
    let route = proxy.route_with_sign_in("user", "good");
    let (first, second) = (with_token(&route), with_token(&route));
    let run = run();
    // The certificate is not trusted, but the proxy opened the tunnel.
    let (first, second) = tokio::join!(first.run_status(&run), second.run_status(&run));
    for answer in [first, second] {
        assert!(
            answer
                .unwrap_err()
                .message
                .contains("certificate is not trusted")
        );
    }
    assert!(shown(&proxy) >= 2);
}

#[tokio::test]
async fn an_address_that_names_no_proxy_makes_no_client() {
    let token = Credentials::Token {
        token: TOKEN.into(),
    };
    let route = route_through("socks5://proxy:1080", "", None);
    let error = Client::new(app(), token, &route).err().unwrap();
    assert!(
        error.message.contains("“socks5” is not supported"),
        "{}",
        error.message
    );
}

async fn behind(address: SocketAddr) -> Route {
    FakeProxy::new(Rule::Open, address).await.route()
}

/// Without the file fewer certificates are trusted, never more.
#[tokio::test]
async fn an_authority_is_trusted_while_its_file_is_there() {
    let TestServer {
        sim,
        authority,
        address,
    } = &test_server().await;
    let plain = behind(*address).await;
    let trusted = trusting(plain.clone(), authority.file());
    client(&trusted).run_status(&run()).await.unwrap();
    let asked = sim.requests().len();
    std::fs::remove_file(authority.file()).unwrap();
    for route in [plain, trusted] {
        let error = trouble(&route).await;
        assert_never_arrived(&error, "certificate is not trusted");
    }
    assert_eq!(sim.requests().len(), asked);
}
