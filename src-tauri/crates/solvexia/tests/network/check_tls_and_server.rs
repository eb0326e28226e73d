//! “Check connection”: failures of TLS and of the server.

use std::net::SocketAddr;

use runwatch_core::network::HopState::Good;
use runwatch_core::network::{Hop, HopKind};
use solvexia::check_connection;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use wiremock::{Mock, MockServer, ResponseTemplate, matchers};

use crate::certificate_authority::{CertificateAuthority, NAME};
use crate::fake_proxy::{FakeProxy, Rule};
use crate::test_server::{HOST, app, ends_at, good_credentials, nobody, trusting};

/// The check through an open proxy that connects to `address`.
async fn checked(address: SocketAddr, authority: Option<&CertificateAuthority>) -> Vec<Hop> {
    let proxy = FakeProxy::new(Rule::Open, address).await;
    let route = match authority {
        Some(authority) => trusting(proxy.route(), authority.file()),
        None => proxy.route(),
    };
    check_connection(&app(), &route, good_credentials()).await
}

/// By its own dates and name: the systems' verifiers give reasons of their own, and this authority is
/// trusted by none of them.
#[tokio::test]
async fn a_certificate_that_is_not_good_says_why() {
    let authority = CertificateAuthority::new();
    let inner = nobody().await;
    let ended = authority.serve_tls_for_days(HOST, -30..-2, inner).await;
    let early = authority.serve_tls_for_days(HOST, 2..30, inner).await;
    let wrong = authority.serve_tls("portal.firm.example", inner).await;
    let unknown = authority.serve_tls(HOST, inner).await;
    for (address, told) in [
        (ended, ["has expired", "date and time"]),
        (early, ["not valid yet", "date and time"]),
        (wrong, ["of another host", "environment's name"]),
        (
            unknown,
            [
                "does not trust",
                "certificate file, and set it in “Proxy and connection”",
            ],
        ),
    ] {
        let hops = checked(address, None).await;
        ends_at(&hops, HopKind::Tls, &told);
        ends_at(&hops, HopKind::Tls, &["issued by “Firm Inspection CA”"]);
    }
}

#[tokio::test]
async fn a_certificate_file_that_names_another_authority_is_told_so() {
    let (authority, other) = (CertificateAuthority::new(), CertificateAuthority::new());
    let address = authority.serve_tls(HOST, nobody().await).await;
    let hops = checked(address, Some(&other)).await;
    ends_at(
        &hops,
        HopKind::Tls,
        &["does not trust", NAME, "does not vouch for it"],
    );
    // Whoever issued it: one that has ended must be renewed.
    let ended = authority
        .serve_tls_for_days(HOST, -30..-2, nobody().await)
        .await;
    for authority in [&authority, &other] {
        let hops = checked(ended, Some(authority)).await;
        ends_at(&hops, HopKind::Tls, &["has expired", NAME]);
    }
}

/// The message is about the file, where the file is the cause.
#[tokio::test]
async fn a_certificate_file_that_went_missing_is_named_as_the_cause() {
    let authority = CertificateAuthority::new();
    let address = authority.serve_tls(HOST, nobody().await).await;
    std::fs::remove_file(authority.file()).unwrap();
    let hops = checked(address, Some(&authority)).await;
    ends_at(&hops, HopKind::Tls, &["certificate file was not found"]);
}

/// A server that reads a little and sends this.
async fn that_says(answer: &'static [u8]) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut some = [0; 1024];
            let _ = stream.read(&mut some).await;
            let _ = stream.write_all(answer).await;
        }
    });
    address
}

#[tokio::test]
async fn what_does_not_speak_tls_says_so() {
    let http = that_says(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
    ends_at(
        &checked(http, None).await,
        HopKind::Tls,
        &["does not speak TLS"],
    );
    for gone in [&b""[..], b"\x15\x03\x03\x00\x02\x02\x28"] {
        let hops = checked(that_says(gone).await, None).await;
        ends_at(
            &hops,
            HopKind::Tls,
            &["cut off while it was being secured", "firewalls"],
        );
    }
}

#[tokio::test]
async fn what_is_not_solvexias_api_says_so() {
    let page = || ResponseTemplate::new(200).set_body_raw("<html>Log in", "text/html");
    let away = ResponseTemplate::new(302).insert_header("location", "https://login.firm.example/");
    for (answer, told) in [
        (page(), "A web page answers in place of SolveXia (200)"),
        (
            ResponseTemplate::new(401).set_body_raw("<html>", "text/html"),
            "A web page answers",
        ),
        (
            away,
            "points to another address, which Runwatch does not follow",
        ),
        (
            ResponseTemplate::new(404),
            "not SolveXia's API (404). Check the environment's name",
        ),
        (
            ResponseTemplate::new(200).set_body_json([1]),
            "not SolveXia's API (200)",
        ),
        (ResponseTemplate::new(503), "has a problem of its own (503)"),
    ] {
        let server = MockServer::start().await;
        Mock::given(matchers::any())
            .respond_with(answer)
            .mount(&server)
            .await;
        let authority = CertificateAuthority::new();
        let address = authority.serve_tls(HOST, *server.address()).await;
        let hops = checked(address, Some(&authority)).await;
        ends_at(&hops, HopKind::Http, &[told]);
        let requests = server.received_requests().await.unwrap();
        assert_eq!(requests.len(), 1, "{told}");
        assert!(!requests[0].headers.contains_key("authorization"));
    }
}

#[tokio::test]
async fn an_api_that_is_busy_is_there() {
    let server = MockServer::start().await;
    let busy = ResponseTemplate::new(429);
    Mock::given(matchers::any())
        .respond_with(busy)
        .mount(&server)
        .await;
    let authority = CertificateAuthority::new();
    let address = authority.serve_tls(HOST, *server.address()).await;
    let hops = checked(address, Some(&authority)).await;
    assert_eq!(hops[3].state, Good);
    assert!(hops[3].words.contains("busy (429)"));
}

/// A secret is sent over a trusted connection, or not at all.
#[tokio::test]
async fn nothing_is_sent_through_a_connection_that_is_not_trusted() {
    let server = MockServer::start().await;
    let authority = CertificateAuthority::new();
    let address = authority.serve_tls(HOST, *server.address()).await;
    let proxy = FakeProxy::new(Rule::Open, address).await;
    let hops = check_connection(&app(), &proxy.route(), good_credentials()).await;
    ends_at(&hops, HopKind::Tls, &["does not trust"]);
    assert!(server.received_requests().await.unwrap().is_empty());
    // The start of the handshake was recorded: the proxy does see what is sent.
    assert!(proxy.bytes_sent() > 0);
    assert!(!proxy.saw("client_secret"));
}
