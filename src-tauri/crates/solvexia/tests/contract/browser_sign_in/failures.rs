//! Errors between the browser's response and the first token, or before.

use runwatch_core::environment::Environment;
use runwatch_core::error::Trouble;
use solvexia::{BrowserSignIn, SignInError};
use solvexia_sim::demo::{DEMO_CLIENT_ID, DEMO_CLIENT_SECRET};
use solvexia_sim::{Fault, FaultKind, Rewrite};

use super::{prepared, waiting};
use crate::access_tokens::empty;
use crate::test_server::{TestServer, test_server};

#[tokio::test]
async fn a_code_that_solvexia_does_not_take_is_told_with_what_to_check() {
    let server = test_server().await;
    let waiting = waiting(&server).await;
    let port = waiting.port();
    let page = waiting
        .bring(&waiting.back(&[("code", "too-old"), ("state", &waiting.state())]))
        .await;
    assert!(page.text.contains("did not accept this answer"));
    let error = waiting.error().await;
    assert_eq!(error, SignInError::NotAccepted { port });
    let callback = format!("is exactly http://127.0.0.1:{port}/callback.");
    assert!(error.to_string().ends_with(&callback), "{error}");
}

#[tokio::test]
async fn an_exchange_whose_connection_breaks_is_tried_again_while_the_code_lives() {
    let server = test_server().await;
    let broken = Fault::on("/oauth/token", FaultKind::DropBefore).times(1);
    server.sim.add_fault(broken);
    let waiting = waiting(&server).await;
    assert_eq!(waiting.allow().await.status, 200);
    waiting.client().await;
    assert_eq!(server.token_requests(), 2);
}

/// The second try is rejected only because the first one was accepted.
#[tokio::test]
async fn an_exchange_whose_answer_was_lost_is_not_told_as_a_refusal() {
    let server = test_server().await;
    let lost = Fault::on("/oauth/token", FaultKind::DropAfter).times(1);
    server.sim.add_fault(lost);
    let waiting = waiting(&server).await;
    let page = waiting.allow().await;
    assert!(page.text.contains("You are not signed in"), "{}", page.text);
    match waiting.error().await {
        SignInError::Call(error) => {
            assert_eq!(error.trouble, Trouble::Offline);
            assert!(error.message.contains("lost before its answer came"));
        }
        other => panic!("{other}"),
    }
    assert_eq!(server.token_requests(), 2);
}

#[tokio::test]
async fn trouble_at_the_exchange_is_told_in_the_app_and_the_browser_and_frees_the_port() {
    let server = test_server().await;
    for (fault, trouble) in [
        (empty(503), Trouble::Server),
        (FaultKind::DropBefore, Trouble::Offline),
        (
            FaultKind::Rewrite(Rewrite::RemoveField {
                field: "refresh_token".into(),
            }),
            Trouble::BadAnswer,
        ),
    ] {
        server.fault("/oauth/token", fault.clone());
        let waiting = waiting(&server).await;
        let (port, entry) = (waiting.port(), waiting.entry.clone());
        let page = waiting.allow().await;
        assert!(page.text.contains("You are not signed in"), "{fault:?}");
        match waiting.error().await {
            SignInError::Call(error) => assert_eq!(error.trouble, trouble),
            other => panic!("{fault:?}: {other}"),
        }
        assert_eq!(entry.token(), None);
        prepared(&server, port).await.ok().unwrap();
        server.sim.clear_faults();
    }
}

#[tokio::test]
async fn other_refusals_are_told_with_their_word_if_it_is_one() {
    let server = test_server().await;
    for (word, is_told) in [
        ("unauthorized_client", true),
        ("<b>see evil.example</b>", false),
    ] {
        let waiting = waiting(&server).await;
        let state = waiting.state();
        let page = waiting
            .bring(&waiting.back(&[("error", word), ("state", &state)]))
            .await;
        assert!(!page.text.contains("evil"));
        let message = waiting.error().await.to_string();
        assert_eq!(message.contains(word), is_told, "{message}");
    }
}

#[tokio::test]
async fn a_port_that_is_taken_is_told_before_the_browser_opens() {
    let server = test_server().await;
    let waiting = waiting(&server).await;
    let port = waiting.port();
    let error = prepared(&server, port).await.err().unwrap();
    let SignInError::PortTaken { port: taken, free } = error else {
        panic!("{error}");
    };
    assert_eq!(taken, port);
    // The one that is offered can be had.
    prepared(&server, free.unwrap()).await.ok().unwrap();
}

#[tokio::test]
async fn a_server_that_cannot_be_reached_is_told_before_the_browser_opens() {
    let TestServer { sim, client } = test_server().await;
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
