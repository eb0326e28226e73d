//! “Check connection”: what is said of a way that is good, and of the name and the proxy.

use runwatch_core::environment::Environment;
use runwatch_core::network::HopState::{Good, Skipped};
use runwatch_core::network::{HopKind, Network, Proxy, Route};
use solvexia::check;

use crate::authority::NAME;
use crate::site::{
    Site, app, by_secret, ends_at, good_credentials, nobody, site, states, trusting,
};
use crate::tunnels::{Rule, Tunnels, way_through};

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
    let Site {
        authority, address, ..
    } = &site().await;
    let proxy = Tunnels::new(Rule::Open, *address).await;
    let way = trusting(proxy.way(), authority.file());
    let hops = check(&app(), &way, good_credentials()).await;
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
    let Site {
        authority, address, ..
    } = &site().await;
    let proxy = Tunnels::new(Rule::For(BASIC), *address).await;
    let way = trusting(proxy.way_with("user", "pässword"), authority.file());
    let hops = check(&app(), &way, good_credentials()).await;
    assert_eq!(
        states(&hops),
        [Skipped, Good, Good, Good, Good],
        "{hops:#?}"
    );
}

#[tokio::test]
async fn a_proxy_that_is_spoken_to_through_tls_leads_on() {
    let Site {
        authority, address, ..
    } = &site().await;
    let proxy = Tunnels::new(Rule::For(BASIC), *address).await;
    let shield = authority.shield("localhost", proxy.address).await;
    let way = way_through(
        &format!("https://localhost:{}", shield.port()),
        "user",
        Some("pässword"),
    );
    let trusted = trusting(way.clone(), authority.file());
    let hops = check(&app(), &trusted, good_credentials()).await;
    assert_eq!(
        states(&hops),
        [Skipped, Good, Good, Good, Good],
        "{hops:#?}"
    );
    // Its own password is as safe with it as all else.
    let shown = proxy.heads().len();
    let hops = check(&app(), &way, None).await;
    ends_at(
        &hops,
        HopKind::Proxy,
        &["does not trust", NAME, "certificate file"],
    );
    assert_eq!(proxy.heads().len(), shown);
}

#[tokio::test]
async fn this_computer_itself_needs_neither_proxy_nor_tls() {
    let Site { sim, .. } = &site().await;
    let refusing = Tunnels::new(Rule::Answer(PAGE_403), nobody().await).await;
    let environment = Environment::parse(&sim.base_url()).unwrap();
    let hops = check(&environment, &refusing.way(), good_credentials()).await;
    assert_eq!(
        states(&hops),
        [Skipped, Skipped, Skipped, Good, Good],
        "{hops:#?}"
    );
    assert!(refusing.heads().is_empty());
}

#[tokio::test]
async fn a_sign_in_is_tried_where_there_is_one_and_no_run_is_touched() {
    let Site {
        sim,
        authority,
        address,
    } = &site().await;
    let proxy = Tunnels::new(Rule::Open, *address).await;
    let way = trusting(proxy.way(), authority.file());
    let hops = check(&app(), &way, None).await;
    assert_eq!(
        states(&hops),
        [Skipped, Good, Good, Good, Skipped],
        "{hops:#?}"
    );
    let hops = check(&app(), &way, Some(by_secret("wrong"))).await;
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

/// What is said when the proxy answers so, without and with a sign-in of ours.
#[tokio::test]
async fn a_proxy_that_does_not_lead_on_says_why() {
    let unused = nobody().await;
    for (answer, user, told) in [
        (
            crate::tunnels::NEEDS_BASIC,
            "",
            "asks for a user and a password. Set both in “Proxy and connection”",
        ),
        (
            crate::tunnels::NEEDS_BASIC,
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
        let proxy = Tunnels::new(Rule::Answer(answer), unused).await;
        let way = proxy.way_with(user, "hunter2");
        let hops = check(&app(), &way, good_credentials()).await;
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
        let hops = check(&app(), &way_through(address, "", None), None).await;
        ends_at(&hops, HopKind::Proxy, &[told]);
    }
}

fn direct() -> Route {
    Route {
        network: Network {
            proxy: Proxy::Direct,
            extra_ca: None,
        },
        proxy_password: Ok(None),
    }
}

#[tokio::test]
async fn a_name_that_nobody_knows_ends_the_way_at_once() {
    let unknown = Environment::parse("https://app.solvexia.invalid").unwrap();
    let hops = check(&unknown, &direct(), good_credentials()).await;
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
    let hops = check(&secure, &direct(), None).await;
    assert_eq!(hops[0].state, Good);
    assert_eq!(hops[0].words, "Found localhost.");
    ends_at(
        &hops,
        HopKind::Tls,
        &["localhost refuses the connection", "firewall"],
    );
    let plain = Environment::parse(&format!("http://{address}")).unwrap();
    let hops = check(&plain, &direct(), None).await;
    ends_at(&hops, HopKind::Http, &["127.0.0.1 cannot be reached"]);
}
