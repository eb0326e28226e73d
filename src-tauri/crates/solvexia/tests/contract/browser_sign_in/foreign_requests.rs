//! Requests of others to the callback address.

use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};

use reqwest::{Method, Url};
use solvexia::SignInError;

use super::{field, http, prepared, show, visit, waiting};
use crate::access_tokens::slowly;
use crate::fake_keychain_entry::KeychainEntry;
use crate::test_server::{test_server, until};

#[tokio::test]
async fn a_strangers_answer_is_shown_the_door_and_the_wait_goes_on() {
    let server = test_server().await;
    let waiting = waiting(&server).await;
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
        let page = waiting.bring(&waiting.back(fields)).await;
        assert_eq!(page.status, 400, "{fields:?}");
        assert!(page.text.contains("does not belong to your sign-in"));
    }
    assert_eq!(server.token_requests(), 0);
    assert_eq!(waiting.allow().await.status, 200);
    waiting.client().await;
}

#[tokio::test]
async fn whoever_comes_otherwise_than_solvexia_sends_browsers_finds_nothing() {
    let server = test_server().await;
    let waiting = waiting(&server).await;
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
        &format!("localhost:{}", waiting.port()),
        "localhost.evil.example:1",
    ] {
        let page = show(http.get(callback.clone()).header("host", host)).await;
        assert_eq!(page.status, 421, "{host}");
    }
    assert_eq!(server.token_requests(), 0);
    assert_eq!(waiting.allow().await.status, 200);
    waiting.client().await;
}

#[tokio::test]
async fn a_true_answer_counts_by_the_browser_that_began_alone() {
    let server = test_server().await;
    let waiting = waiting(&server).await;
    let back = waiting.decided("allow").await;
    for cookie in ["", "runwatch-sign-in=x", &format!("{}x", waiting.cookie)] {
        let page = show(http().get(back.clone()).header("cookie", cookie)).await;
        assert_eq!(page.status, 400, "{cookie}");
    }
    assert_eq!(server.token_requests(), 0);
    assert_eq!(waiting.bring(&back).await.status, 200);
    waiting.client().await;
}

#[tokio::test]
async fn what_a_browser_is_started_with_holds_nothing_of_the_sign_in() {
    let server = test_server().await;
    let waiting = waiting(&server).await;
    let started_with = waiting.begin.get();
    assert!(started_with.starts_with(&format!("http://127.0.0.1:{}/begin/", waiting.port())));
    for name in ["state", "code_challenge", "client_id"] {
        let value = field(&waiting.address, name).unwrap();
        assert!(!started_with.contains(&value), "{name}");
    }
}

#[tokio::test]
async fn the_address_of_a_browser_is_good_for_one_browser_and_a_second_one_ends_the_sign_in() {
    let server = test_server().await;
    let sign_in = prepared(&server, 0).await.ok().unwrap();
    let begin = Url::parse(&sign_in.begin().get()).unwrap();
    let entry = Arc::new(KeychainEntry::default());
    let finished = tokio::spawn(sign_in.finish(entry, std::future::pending()));
    let mut guess = begin.clone();
    guess.set_path("/begin/guess");
    assert_eq!(visit(&guess).await.status, 404);
    let first = visit(&begin).await;
    assert_eq!(first.status, 303);
    let again = show(http().get(begin.clone()).header("cookie", first.cookie())).await;
    assert_eq!(
        again.leads_to(),
        first.leads_to(),
        "as when a tab is reloaded"
    );
    let second = visit(&begin).await;
    assert_eq!(second.status, 410);
    assert!(second.text.contains("This sign-in was stopped"));
    let error = finished.await.unwrap().err().unwrap();
    assert_eq!(error, SignInError::OpenedTwice);
}

#[tokio::test]
async fn another_browser_can_take_over_by_another_address() {
    let server = test_server().await;
    let mut waiting = waiting(&server).await;
    let other = visit(&Url::parse(&waiting.begin.get()).unwrap()).await;
    assert_ne!(other.cookie(), waiting.cookie);
    assert_eq!(
        waiting.allow().await.status,
        400,
        "it is the other one's now"
    );
    waiting.cookie = other.cookie();
    assert_eq!(waiting.allow().await.status, 200);
    waiting.client().await;
}

/// A process may have some hundred files open, and all else needs some too.
#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn of_hundreds_of_connections_32_are_kept_and_they_hold_no_answer_up() {
    let server = test_server().await;
    let waiting = waiting(&server).await;
    let back = waiting.decided("allow").await;
    let come = |_| {
        let stream = TcpStream::connect(("127.0.0.1", waiting.port())).unwrap();
        stream.set_nonblocking(true).unwrap();
        stream
    };
    let come_at = Instant::now();
    let strangers: Vec<TcpStream> = (0..300).map(come).collect();
    let is_kept = |mut stream: &TcpStream| {
        let read = stream.read(&mut [0]);
        read.is_err_and(|error| error.kind() == ErrorKind::WouldBlock)
    };
    let page = waiting.bring(&back).await;
    assert_eq!(page.status, 200);
    waiting.client().await;
    until(|| strangers.iter().filter(|stream| is_kept(stream)).count() <= 32).await;
    let waited = come_at.elapsed();
    assert!(
        waited < Duration::from_secs(5),
        "by time alone, they would go too"
    );
}

/// Only Linux has a second loopback address to try without set-up.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn nobody_comes_by_another_address_of_this_computer() {
    let server = test_server().await;
    let waiting = waiting(&server).await;
    let come = |address| TcpStream::connect((address, waiting.port()));
    assert!(come("127.0.0.1").is_ok());
    let refused = come("127.0.0.2").unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::ConnectionRefused);
}

#[tokio::test]
async fn slow_and_garbled_connections_do_not_hold_the_true_one_up() {
    let server = test_server().await;
    let waiting = waiting(&server).await;
    let connect = || TcpStream::connect(("127.0.0.1", waiting.port())).unwrap();
    let mut all: Vec<TcpStream> = (0..50).map(|_| connect()).collect();
    for part in [
        "GET /callback?code=".to_owned(),
        "\u{16}\u{3}\u{1}\r\n\r\n".to_owned(),
        format!("GET /callback HTTP/1.1\r\nx: {}", "a".repeat(64 * 1024)),
    ] {
        let mut stream = connect();
        // It may be cut off half-way.
        let _ = stream.write_all(part.as_bytes());
        all.push(stream);
    }
    assert_eq!(waiting.allow().await.status, 200);
    waiting.client().await;
    let closing = tokio::task::spawn_blocking(move || {
        for mut stream in all {
            let patience = Some(Duration::from_secs(20));
            stream.set_read_timeout(patience).unwrap();
            let ended = stream.read_to_end(&mut Vec::new());
            let too_late = [ErrorKind::WouldBlock, ErrorKind::TimedOut];
            assert!(!ended.is_err_and(|error| too_late.contains(&error.kind())));
        }
    });
    closing.await.unwrap();
}

#[tokio::test]
async fn a_second_answer_is_told_so_and_not_exchanged() {
    let server = test_server().await;
    server.fault("/oauth/token", slowly());
    let waiting = waiting(&server).await;
    let back = waiting.decided("allow").await;
    let (first, second) = tokio::join!(waiting.bring(&back), waiting.bring(&back));
    let mut codes = [first.status, second.status];
    codes.sort_unstable();
    assert_eq!(codes, [200, 410]);
    assert_eq!(waiting.bring(&back).await.status, 410, "a bit later, too");
    waiting.client().await;
    assert_eq!(server.token_requests(), 1);
}

#[tokio::test]
async fn a_browser_that_goes_away_does_not_end_the_exchange() {
    let server = test_server().await;
    server.fault("/oauth/token", slowly());
    let waiting = waiting(&server).await;
    let back = waiting.decided("allow").await;
    let mut browser = TcpStream::connect(("127.0.0.1", waiting.port())).unwrap();
    let request = format!(
        "GET {}?{} HTTP/1.1\r\nhost: 127.0.0.1:{}\r\ncookie: {}\r\n\r\n",
        back.path(),
        back.query().unwrap(),
        waiting.port(),
        waiting.cookie
    );
    browser.write_all(request.as_bytes()).unwrap();
    until(|| server.token_requests() == 1).await;
    drop(browser);
    waiting.client().await;
}

/// Linux and Windows route all of 127.0.0.0/8 to this computer: a listener on all addresses would
/// answer.
#[tokio::test]
async fn the_listener_is_not_there_for_the_network() {
    let server = test_server().await;
    let waiting = waiting(&server).await;
    let neighbour = SocketAddr::from(([127, 0, 0, 2], waiting.port()));
    assert!(TcpStream::connect_timeout(&neighbour, Duration::from_secs(2)).is_err());
}
