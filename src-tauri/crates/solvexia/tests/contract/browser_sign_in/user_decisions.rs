//! The user allows or refuses, and the result of that.

use runwatch_core::error::VaultError;
use runwatch_core::ports::SolveXia;
use solvexia::SignInError;
use solvexia_sim::demo::{DEMO_CLIENT_ID, DEMO_CLIENT_SECRET};

use super::{decide, field, prepared, waiting, waiting_with};
use crate::access_tokens::slowly;
use crate::fake_keychain_entry::KeychainEntry;
use crate::test_server::{run, test_server, until};

#[tokio::test]
async fn an_allowed_sign_in_brings_a_client_that_is_signed_in_and_renews() {
    let server = test_server().await;
    let waiting = waiting(&server).await;
    let page = waiting.allow().await;
    assert_eq!(page.status, 200);
    assert!(
        page.text
            .contains("You can close this tab and go back to Runwatch.")
    );
    let entry = waiting.entry.clone();
    let client = waiting.client().await;
    assert!(server.sim.accepts_refresh_token(&entry.token().unwrap()));
    client.run_status(&run()).await.unwrap();
    assert_eq!(server.token_requests(), 1);
    assert!(client.scopes().unwrap().contains(&"process_execute".into()));
    server.sim.expire_tokens();
    client.run_status(&run()).await.unwrap();
    assert_eq!(server.token_requests(), 2);
    assert!(server.sim.accepts_refresh_token(&entry.token().unwrap()));
}

#[tokio::test]
async fn the_question_holds_no_secret_and_each_has_a_state_and_a_challenge_of_its_own() {
    let server = test_server().await;
    let (one, other) = (waiting(&server).await, waiting(&server).await);
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
    let server = test_server().await;
    let waiting = waiting(&server).await;
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
    let server = test_server().await;
    let waiting = waiting(&server).await;
    let page = waiting.bring(&waiting.decided("refuse").await).await;
    assert!(page.text.contains("Access was refused"), "{}", page.text);
    assert_eq!(waiting.error().await, SignInError::Refused);
    assert_eq!(server.token_requests(), 0);
}

#[tokio::test]
async fn where_not_all_rights_can_be_had_fewer_are_asked_for_without_the_user() {
    let server = test_server().await;
    let waiting = waiting(&server).await;
    let refused = |state: &str| waiting.back(&[("error", "invalid_scope"), ("state", state)]);
    let first = waiting.bring(&refused(&waiting.state())).await;
    assert_eq!(first.status, 303);
    let narrower = first.leads_to();
    assert_eq!(
        field(&narrower, "scope").unwrap(),
        "process_execute process_read"
    );
    let old_state = waiting.bring(&refused(&waiting.state())).await;
    assert_eq!(old_state.status, 400, "its question is no longer asked");
    let second = waiting
        .bring(&refused(&field(&narrower, "state").unwrap()))
        .await;
    let narrowest = second.leads_to();
    assert_eq!(field(&narrowest, "scope"), None);
    let page = waiting.bring(&decide(&narrowest, "allow").await).await;
    assert_eq!(page.status, 200);
    let client = waiting.client().await;
    assert_eq!(client.scopes().unwrap(), ["process_read"]);
}

#[tokio::test]
async fn a_keychain_that_fails_does_not_undo_the_sign_in() {
    let server = test_server().await;
    let entry = KeychainEntry::default();
    entry.trouble(Some(VaultError::Locked));
    let waiting = waiting_with(&server, entry.clone()).await;
    assert_eq!(waiting.allow().await.status, 200);
    let client = waiting.client().await;
    for _ in 0..2 {
        server.sim.expire_tokens();
        client.run_status(&run()).await.unwrap();
    }
    assert_eq!(entry.token(), None);
    entry.trouble(None);
    until(|| entry.token().is_some()).await;
    assert!(server.sim.accepts_refresh_token(&entry.token().unwrap()));
}

#[tokio::test]
async fn a_new_sign_in_replaces_what_was_kept() {
    let server = test_server().await;
    let old = server
        .sim
        .issue_refresh_token(DEMO_CLIENT_ID, "process_read");
    let waiting = waiting_with(&server, KeychainEntry::holding(&old)).await;
    waiting.allow().await;
    let entry = waiting.entry.clone();
    waiting.client().await;
    assert_ne!(entry.token().unwrap(), old);
}

#[tokio::test]
async fn a_stop_ends_the_wait_at_once_and_frees_the_port() {
    let server = test_server().await;
    let mut waiting = waiting(&server).await;
    let port = waiting.port();
    waiting.stop.take().unwrap().send(()).unwrap();
    assert_eq!(waiting.error().await, SignInError::Stopped);
    prepared(&server, port).await.ok().unwrap();
}

#[tokio::test]
async fn a_stop_in_the_middle_of_the_exchange_keeps_nothing() {
    let server = test_server().await;
    server.fault("/oauth/token", slowly());
    let mut waiting = waiting(&server).await;
    let stop = waiting.stop.take().unwrap();
    let browsing = waiting.allow();
    let stopping = async {
        until(|| server.token_requests() == 1).await;
        stop.send(()).unwrap();
    };
    let (page, ()) = tokio::join!(browsing, stopping);
    assert_eq!(page.status, 410);
    let entry = waiting.entry.clone();
    assert_eq!(waiting.error().await, SignInError::Stopped);
    assert_eq!(entry.token(), None);
}
