//! How access tokens are requested, renewed and shared.

use std::sync::Arc;
use std::time::Duration;

use runwatch_core::error::{CallError, Trouble};
use runwatch_core::ports::SolveXia;
use serde_json::json;
use solvexia::Client;
use solvexia_sim::demo::DEMO_CLIENT_ID;
use solvexia_sim::{Client as Application, Fault, FaultKind, SimOptions};
use tokio::task::JoinSet;

use crate::test_server::{
    TestServer, by_secret, by_token, client_of, run, test_server, test_server_with,
};

pub fn slowly() -> FaultKind {
    FaultKind::Delay {
        ms: 200,
        after_effect: false,
    }
}

pub fn empty(code: u16) -> FaultKind {
    FaultKind::Empty {
        code,
        after_effect: false,
    }
}

/// Text is sent as it is.
pub fn answer(code: u16, body: serde_json::Value) -> FaultKind {
    FaultKind::Status {
        code,
        body: Some(body),
        headers: Default::default(),
        after_effect: false,
    }
}

/// Fifty reads at once.
pub async fn storm(client: Arc<Client>) -> Vec<Result<(), CallError>> {
    let mut reads = JoinSet::new();
    for _ in 0..50 {
        let client = Arc::clone(&client);
        reads.spawn(async move { client.run_status(&run()).await.map(drop) });
    }
    reads.join_all().await
}

#[tokio::test]
async fn the_first_read_signs_in_and_the_next_ones_do_not() {
    let server = test_server().await;
    for _ in 0..3 {
        server.client.run_status(&run()).await.unwrap();
    }
    assert_eq!(server.token_requests(), 1);
}

#[tokio::test]
async fn a_read_that_meets_an_expired_token_is_repeated_with_a_new_one() {
    let server = test_server().await;
    server.client.run_status(&run()).await.unwrap();
    server.sim.expire_tokens();
    server.client.run_status(&run()).await.unwrap();
    let answers: Vec<Option<u16>> = server
        .requests("/runstatus")
        .iter()
        .map(|r| r.status)
        .collect();
    assert_eq!(answers, [Some(200), Some(401), Some(200)]);
    assert_eq!(server.token_requests(), 2);
}

#[tokio::test]
async fn a_read_that_is_refused_with_a_new_token_too_is_no_sign_out() {
    let server = test_server().await;
    server.client.run_status(&run()).await.unwrap();
    server.fault("/runstatus", empty(401));
    server.sim.clear_requests();
    let error = server.client.run_status(&run()).await.unwrap_err();
    assert_eq!(error.trouble, Trouble::Server);
    assert!(
        error.message.contains("goes on by itself"),
        "{}",
        error.message
    );
    assert_eq!(server.requests("/runstatus").len(), 2);
    assert_eq!(server.token_requests(), 1);
}

#[tokio::test]
async fn fifty_reads_with_an_expired_token_renew_it_once() {
    let TestServer { sim, client } = test_server().await;
    let client = Arc::new(client);
    client.run_status(&run()).await.unwrap();
    sim.expire_tokens();
    sim.clear_requests();
    sim.add_fault(Fault::on("/oauth/token", slowly()));
    assert!(storm(client).await.iter().all(Result::is_ok));
    let renewals = sim
        .requests()
        .iter()
        .filter(|r| r.path == "/oauth/token")
        .count();
    assert_eq!(renewals, 1);
}

#[tokio::test]
async fn fifty_reads_with_a_wrong_secret_ask_once() {
    let TestServer { sim, .. } = test_server().await;
    let client = Arc::new(client_of(&sim.base_url(), by_secret("wrong")));
    sim.add_fault(Fault::on("/oauth/token", slowly()));
    let answers = storm(client).await;
    for answer in answers {
        assert_eq!(answer.unwrap_err().trouble, Trouble::SignedOut);
    }
    assert_eq!(sim.requests().len(), 1);
}

#[tokio::test]
async fn a_token_that_ends_is_renewed_without_being_noticed() {
    let options = SimOptions {
        token_seconds: 0.5,
        ..SimOptions::empty()
    };
    let server = test_server_with(options).await;
    let deadline = tokio::time::Instant::now() + Duration::from_secs(20);
    while server.token_requests() < 3 {
        server.client.run_status(&run()).await.unwrap();
        assert!(tokio::time::Instant::now() < deadline, "never renewed");
    }
}

#[tokio::test]
async fn a_renewal_goes_on_when_its_caller_is_gone() {
    let server = test_server().await;
    server.fault("/oauth/token", slowly());
    let left = tokio::time::timeout(Duration::from_millis(50), server.client.sign_in()).await;
    assert!(left.is_err(), "the token came sooner than it can");
    server.client.sign_in().await.unwrap();
    assert_eq!(server.token_requests(), 1);
}

#[tokio::test]
async fn a_wrong_secret_is_told_plainly_and_not_repeated() {
    let server = test_server().await;
    let client = client_of(&server.sim.base_url(), by_secret("wrong-secret"));
    let error = client.sign_in().await.unwrap_err();
    assert_eq!(error.trouble, Trouble::SignedOut);
    assert!(
        error
            .message
            .contains("did not accept this client id and secret")
    );
    assert!(!error.message.contains("wrong-secret"));
    assert_eq!(server.token_requests(), 1);
}

/// An administrator may correct it: it is tried again rarely, and at once when the user asks.
#[tokio::test]
async fn a_wrong_secret_is_not_shown_again_and_again() {
    let server = test_server().await;
    let client = client_of(&server.sim.base_url(), by_secret("new-secret"));
    for _ in 0..3 {
        let error = client.run_status(&run()).await.unwrap_err();
        assert_eq!(error.trouble, Trouble::SignedOut);
        assert!(error.message.contains("client id and secret"));
    }
    assert_eq!(server.token_requests(), 1);
    server
        .sim
        .add_client(Application::new(DEMO_CLIENT_ID, "new-secret"));
    assert!(client.run_status(&run()).await.is_err());
    client.sign_in().await.unwrap();
    client.run_status(&run()).await.unwrap();
    assert_eq!(server.token_requests(), 2);
}

#[tokio::test]
async fn the_granted_rights_are_known_after_signing_in() {
    let server = test_server().await;
    assert_eq!(server.client.scopes(), None);
    server.client.sign_in().await.unwrap();
    let granted = server.client.scopes().unwrap();
    assert!(granted.iter().any(|scope| scope == "process_execute"));
}

/// A sign-in error is never an error of the run that was read.
#[tokio::test]
async fn a_token_endpoint_that_fails_does_not_make_a_run_look_gone() {
    let server = test_server().await;
    for (fault, trouble) in [
        (empty(400), Trouble::BadAnswer),
        (empty(401), Trouble::BadAnswer),
        (empty(403), Trouble::BadAnswer),
        (answer(401, "Access denied".into()), Trouble::BadAnswer),
        (answer(401, json!({"message": "No."})), Trouble::Server),
        (answer(403, json!({"message": "No."})), Trouble::Server),
        (answer(400, json!({"error": "x"})), Trouble::Server),
        (empty(404), Trouble::BadAnswer),
        (empty(405), Trouble::BadAnswer),
        (empty(302), Trouble::BadAnswer),
        (empty(200), Trouble::BadAnswer),
        (empty(500), Trouble::Server),
        (empty(429), Trouble::Busy),
        (FaultKind::DropBefore, Trouble::Offline),
        (FaultKind::Truncated, Trouble::BadAnswer),
        (
            FaultKind::Html {
                code: 403,
                after_effect: false,
            },
            Trouble::BadAnswer,
        ),
    ] {
        server.fault("/oauth/token", fault.clone());
        let error = server.client.run_status(&run()).await.unwrap_err();
        assert_eq!(error.trouble, trouble, "{fault:?}");
        server.sim.clear_faults();
    }
    server.client.run_status(&run()).await.unwrap();
}

#[tokio::test]
async fn an_application_that_may_only_read_signs_in_all_the_same() {
    let server = test_server().await;
    server.sim.add_client(Application {
        scopes: "process_read".into(),
        ..Application::new(DEMO_CLIENT_ID, "reader")
    });
    let client = client_of(&server.sim.base_url(), by_secret("reader"));
    client.run_status(&run()).await.unwrap();
    assert_eq!(client.scopes(), Some(vec!["process_read".to_owned()]));
}

#[tokio::test]
async fn a_pasted_token_is_tried_at_sign_in_and_cannot_be_renewed() {
    let server = test_server().await;
    let token = server.sim.issue_token("process_read", 600.0);
    let client = client_of(
        &server.sim.base_url(),
        by_token(&format!(" Bearer {token}\n")),
    );
    client.sign_in().await.unwrap();
    client.run_status(&run()).await.unwrap();
    server.sim.expire_tokens();
    for error in [
        client.sign_in().await.unwrap_err(),
        client.run_status(&run()).await.unwrap_err(),
    ] {
        assert_eq!(error.trouble, Trouble::SignedOut);
        assert!(
            error.message.ends_with("Sign in again."),
            "{}",
            error.message
        );
    }
    assert_eq!(server.token_requests(), 0);
}

#[tokio::test]
async fn a_pasted_token_that_may_not_list_processes_is_good_all_the_same() {
    let server = test_server().await;
    let token = server.sim.issue_token("log_read", 600.0);
    let client = client_of(&server.sim.base_url(), by_token(&token));
    client.sign_in().await.unwrap();
}
