//! “Check connection”: a working connection, and failures of DNS and the proxy.

use runwatch_core::environment::Environment;
use runwatch_core::network::HopState::{Good, Skipped};
use runwatch_core::network::{HopKind, Network, Proxy, Route};
use solvexia::check_connection;

use crate::certificate_authority::NAME;
use crate::fake_proxy::{FakeProxy, Rule, route_through};
use crate::test_server::{
    TestServer, app, by_secret, ends_at, good_credentials, nobody, states, test_server, trusting,
};

const NTLM: &str = "HTTP/1.1 407 No\r\nProxy-Authenticate: Negotiate\r\n\
                    Proxy-Authenticate: NTLM\r\nContent-Length: 0\r\n\r\n";
const DIGEST: &str = "HTTP/1.1 407 No\r\nProxy-Authenticate: Digest realm=\"x\", nonce=\"y\"\r\n\
                      Content-Length: 0\r\n\r\n";
const PAGE_403: &str = "HTTP/1.1 403 Forbidden\r\nContent-Type: text/html\r\n\
                        Content-Length: 9\r\n\r\n<p>No</p>";

/// “user:pässword”.
const BASIC: &str = "Basic dXNlcjpww6Rzc3dvcmQ=";

#[tokio::test]
async fn all_is_good_behind_a_proxy_and_an_authority_of_a_firm() {
    let TestServer {
        authority, address, ..
    } = &test_server().await;
    let proxy = FakeProxy::new(Rule::Open, *address).await;
    let route = trusting(proxy.route(), authority.file());
    let hops = check_connection(&app(), &route, good_credentials()).await;
    assert_eq!(
        states(&hops),
        [Skipped, Good, Good, Good, Good],
        "{hops:#?}"
    );
    assert!(hops[0].words.contains("the proxy finds app.solvexia.com"));
    assert_eq!(hops[1].words, format!("Through {}.", proxy.address));
    assert!(hops[2].words.contains(&format!("issued by “{NAME}”")));
    assert_eq!(hops[3].words, "SolveXia's API answers.");
    assert_eq!(hops[4].words, "SolveXia accepts the sign-in.");
    for head in proxy.heads() {
        assert!(
            head.starts_with("CONNECT app.solvexia.com:443 HTTP/1.1\r\n"),
            "{head}"
        );
    }
}

#[tokio::test]
async fn a_proxy_with_a_sign_in_gets_it() {
    let TestServer {
        authority, address, ..
    } = &test_server().await;
    let proxy = FakeProxy::new(Rule::For(BASIC), *address).await;
    let route = trusting(
        proxy.route_with_sign_in("user", "pässword"),
        authority.file(),
    );
    let hops = check_connection(&app(), &route, good_credentials()).await;
    assert_eq!(
        states(&hops),
        [Skipped, Good, Good, Good, Good],
        "{hops:#?}"
    );
}

#[tokio::test]
async fn a_proxy_that_is_spoken_to_through_tls_leads_on() {
    let TestServer {
        authority, address, ..
    } = &test_server().await;
    let proxy = FakeProxy::new(Rule::For(BASIC), *address).await;
    let serve_tls = authority.serve_tls("localhost", proxy.address).await;
    let route = route_through(
        &format!("https://localhost:{}", serve_tls.port()),
        "user",
        Some("pässword"),
    );
    let trusted = trusting(route.clone(), authority.file());
    let hops = check_connection(&app(), &trusted, good_credentials()).await;
    assert_eq!(
        states(&hops),
        [Skipped, Good, Good, Good, Good],
        "{hops:#?}"
    );
    // Its own password is protected like everything else.
    let shown = proxy.heads().len();
    let hops = check_connection(&app(), &route, None).await;
    ends_at(
        &hops,
        HopKind::Proxy,
        &["does not trust", NAME, "certificate file"],
    );
    assert_eq!(proxy.heads().len(), shown);
}

#[tokio::test]
async fn this_computer_itself_needs_neither_proxy_nor_tls() {
    let TestServer { sim, .. } = &test_server().await;
    let refusing = FakeProxy::new(Rule::Answer(PAGE_403), nobody().await).await;
    let environment = Environment::parse(&sim.base_url()).unwrap();
    let hops = check_connection(&environment, &refusing.route(), good_credentials()).await;
    assert_eq!(
        states(&hops),
        [Skipped, Skipped, Skipped, Good, Good],
        "{hops:#?}"
    );
    assert!(refusing.heads().is_empty());
}

#[tokio::test]
async fn a_sign_in_is_tried_where_there_is_one_and_no_run_is_touched() {
    let TestServer {
        sim,
        authority,
        address,
    } = &test_server().await;
    let proxy = FakeProxy::new(Rule::Open, *address).await;
    let route = trusting(proxy.route(), authority.file());
    let hops = check_connection(&app(), &route, None).await;
    assert_eq!(
        states(&hops),
        [Skipped, Good, Good, Good, Skipped],
        "{hops:#?}"
    );
    let hops = check_connection(&app(), &route, Some(by_secret("wrong"))).await;
    ends_at(
        &hops,
        HopKind::SignIn,
        &["did not accept this client id and secret"],
    );
    let asked: Vec<String> = sim
        .requests()
        .into_iter()
        .map(|request| format!("{} {}", request.method, request.path))
        .collect();
    assert_eq!(
        asked,
        [
            "GET /api/v1/processes",
            "GET /api/v1/processes",
            "POST /oauth/token"
        ]
    );
}

/// The messages where the proxy sends this response, without and with credentials of ours.
#[tokio::test]
async fn a_proxy_that_does_not_lead_on_says_why() {
    let unused = nobody().await;
    for (answer, user, told) in [
        (
            crate::fake_proxy::NEEDS_BASIC,
            "",
            "asks for a user and a password. Set both in “Proxy and connection”",
        ),
        (
            crate::fake_proxy::NEEDS_BASIC,
            "user",
            "did not accept the user and the password",
        ),
        (
            NTLM,
            "",
            "Windows sign-in (NTLM or Kerberos), which Runwatch does not support. Ask your IT",
        ),
        (
            NTLM,
            "user",
            "Windows sign-in (NTLM or Kerberos), which Runwatch does not support. Ask your IT",
        ),
        (
            DIGEST,
            "user",
            "sign-in of the kind “digest”, which Runwatch does not support",
        ),
        (
            PAGE_403,
            "",
            "does not allow connections to app.solvexia.com (403). Ask your IT department",
        ),
        (
            "HTTP/1.1 502 Bad Gateway\r\n\r\n",
            "",
            "does not reach app.solvexia.com (502). Check the environment's name",
        ),
        (
            "HTTP/1.1 302 Found\r\nLocation: http://login.firm.example/\r\n\r\n",
            "",
            "does not connect to app.solvexia.com (302)",
        ),
        (
            "HTTP/1.1 204 No Content\r\n\r\n",
            "",
            "does not connect to app.solvexia.com (204)",
        ),
        ("", "", "closed the connection without an answer"),
        ("SSH-2.0-OpenSSH_9.2\r\n", "", "is no HTTP proxy"),
    ] {
        let proxy = FakeProxy::new(Rule::Answer(answer), unused).await;
        let route = proxy.route_with_sign_in(user, "hunter2");
        let hops = check_connection(&app(), &route, good_credentials()).await;
        ends_at(&hops, HopKind::Proxy, &[told, &proxy.address.to_string()]);
        assert!(!format!("{hops:?}").contains("hunter2"));
    }
}

#[tokio::test]
async fn a_proxy_that_is_not_there_says_so() {
    let closed = nobody().await.to_string();
    for (address, told) in [
        (
            closed.as_str(),
            "refuses connections. Check its address in “Proxy and connection”",
        ),
        ("proxy.firm.invalid:8080", "is not known on your network"),
        ("socks5://127.0.0.1:1080", "“socks5” is not supported"),
    ] {
        let hops = check_connection(&app(), &route_through(address, "", None), None).await;
        ends_at(&hops, HopKind::Proxy, &[told]);
    }
}

fn direct() -> Route {
    Route {
        network: Network {
            proxy: Proxy::Direct,
            extra_ca: None,
        },
        ..Route::default()
    }
}

#[tokio::test]
async fn a_name_that_nobody_knows_ends_the_way_at_once() {
    let unknown = Environment::parse("https://app.solvexia.invalid").unwrap();
    let hops = check_connection(&unknown, &direct(), good_credentials()).await;
    ends_at(
        &hops,
        HopKind::Name,
        &[
            "app.solvexia.invalid was not found",
            "environment's name",
            "proxy",
        ],
    );
}

#[tokio::test]
async fn a_server_that_is_not_there_says_so() {
    let address = nobody().await;
    let secure = Environment::parse(&format!("https://localhost:{}", address.port())).unwrap();
    let hops = check_connection(&secure, &direct(), None).await;
    assert_eq!(hops[0].state, Good);
    assert_eq!(hops[0].words, "Found localhost.");
    ends_at(
        &hops,
        HopKind::Tls,
        &["localhost refuses the connection", "firewall"],
    );
    let plain = Environment::parse(&format!("http://{address}")).unwrap();
    let hops = check_connection(&plain, &direct(), None).await;
    ends_at(&hops, HopKind::Http, &["127.0.0.1 cannot be reached"]);
}
