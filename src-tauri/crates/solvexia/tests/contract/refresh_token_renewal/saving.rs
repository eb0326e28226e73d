//! A new refresh token is saved before it is used, and no token of another process is overwritten.

use std::sync::Arc;
use std::time::Duration;

use runwatch_core::error::Trouble;
use runwatch_core::network::{Network, Proxy, Route};
use runwatch_core::ports::SolveXia;
use solvexia_sim::demo::DEMO_CLIENT_ID;
use solvexia_sim::{FaultKind, Rewrite};

use super::{SCOPES, another, signed};
use crate::access_tokens::slowly;
use crate::fake_keychain_entry::{EntryStep, KeychainEntry};
use crate::test_server::{run, test_server, until};

#[tokio::test]
async fn a_new_refresh_token_is_kept_before_the_access_token_is_used() {
    let signed = signed().await;
    signed.entry.block_at(EntryStep::Kept);
    let client = Arc::clone(&signed.client);
    let reading = tokio::spawn(async move { client.run_status(&run()).await.map(drop) });
    signed.entry.reached().await;
    assert!(signed.kept_is_good());
    assert!(signed.server.requests("/runstatus").is_empty());
    signed.entry.release();
    reading.await.unwrap().unwrap();
    assert_eq!(signed.server.requests("/runstatus").len(), 1);
}

#[tokio::test]
async fn each_renewal_uses_the_token_that_is_kept_now() {
    let signed = signed().await;
    signed.read().await.unwrap();
    let other = another(&signed.server, &signed.entry);
    for _ in 0..3 {
        signed.server.sim.expire_tokens();
        other.sign_in().await.unwrap();
        other.run_status(&run()).await.unwrap();
        signed.read_with_an_expired_token().await.unwrap();
    }
    assert!(signed.token_answers().iter().all(|code| *code == Some(200)));
}

#[tokio::test]
async fn an_answer_without_a_new_refresh_token_keeps_the_old_one() {
    let signed = signed().await;
    signed.server.sim.set_refresh_grace(60.0);
    signed.server.fault(
        "/oauth/token",
        FaultKind::Rewrite(Rewrite::RemoveField {
            field: "refresh_token".into(),
        }),
    );
    let before = signed.entry.token();
    for _ in 0..3 {
        signed.read_with_an_expired_token().await.unwrap();
    }
    assert_eq!(signed.entry.token(), before);
    assert_eq!(signed.entry.writes(), 0);
}

#[tokio::test]
async fn a_token_that_cannot_be_kept_is_held_and_used_next() {
    let signed = signed().await;
    let kept = signed.entry.token();
    signed.renew_without_keeping().await;
    assert_eq!(signed.entry.token(), kept);
    // The server has rotated: only the unsaved token can renew, even while the keychain cannot be
    // read.
    for _ in 0..3 {
        signed.read_with_an_expired_token().await.unwrap();
    }
    signed.entry.trouble(None);
    signed.read_with_an_expired_token().await.unwrap();
    assert!(signed.kept_is_good(), "it is kept at the next need");
    assert!(signed.token_answers().iter().all(|code| *code == Some(200)));
}

/// As when the user changes the proxy at that moment.
#[tokio::test]
async fn a_token_that_is_held_is_held_by_the_client_of_another_way_too() {
    let signed = signed().await;
    signed.renew_without_keeping().await;
    let direct = Route {
        network: Network {
            proxy: Proxy::Direct,
            extra_ca: None,
        },
        ..Route::default()
    };
    let other = signed.client.by_route(&direct).unwrap();
    other.run_status(&run()).await.unwrap();
    assert_eq!(signed.server.token_requests(), 1, "it had a good one");
    signed.server.sim.expire_tokens();
    other.run_status(&run()).await.unwrap();
    assert_eq!(signed.token_answers(), [Some(200), Some(200)]);
}

#[tokio::test]
async fn a_token_that_could_not_be_kept_is_kept_soon_without_any_need() {
    let signed = signed().await;
    signed.renew_without_keeping().await;
    assert!(!signed.kept_is_good());
    signed.entry.trouble(None);
    until(|| signed.kept_is_good()).await;
    assert_eq!(signed.server.token_requests(), 1);
}

/// A reader cannot tell it from a saved one, and it must not end with the session.
#[tokio::test]
async fn a_token_that_is_kept_for_the_session_only_is_kept_soon_without_any_need() {
    let signed = signed().await;
    signed.entry.remembers();
    signed.renew_without_keeping().await;
    signed.read_with_an_expired_token().await.unwrap();
    assert!(!signed.kept_is_good());
    signed.entry.trouble(None);
    until(|| signed.kept_is_good()).await;
    assert_eq!(signed.token_answers(), [Some(200), Some(200)]);
}

/// As after the connection settings changed, or while the connection is checked.
#[tokio::test]
async fn two_clients_of_one_process_renew_one_after_the_other() {
    let server = test_server().await;
    let first_token = server.sim.issue_refresh_token(DEMO_CLIENT_ID, SCOPES);
    let entry = KeychainEntry::holding(&first_token).in_one_process();
    // The server has rotated, and its response is late.
    let late = FaultKind::Delay {
        ms: 300,
        after_effect: true,
    };
    server.fault("/oauth/token", late);
    let (first, second) = (another(&server, &entry), another(&server, &entry));
    let first = tokio::spawn(async move { first.sign_in().await });
    until(|| !server.sim.accepts_refresh_token(&first_token)).await;
    second.sign_in().await.unwrap();
    first.await.unwrap().unwrap();
    let answers = server.requests("/oauth/token").into_iter();
    let codes: Vec<Option<u16>> = answers.map(|answer| answer.status).collect();
    assert_eq!(codes, [Some(200), Some(200)]);
}

/// Otherwise the token of the other process, which the server now expects, would be lost.
#[tokio::test]
async fn a_held_token_never_overwrites_what_another_process_kept() {
    let signed = signed().await;
    signed.renew_without_keeping().await;
    let newer = signed
        .server
        .sim
        .issue_refresh_token(DEMO_CLIENT_ID, SCOPES);
    signed.entry.put(&newer);
    signed.entry.trouble(None);
    signed.read_with_an_expired_token().await.unwrap();
    assert!(
        !signed.server.sim.accepts_refresh_token(&newer),
        "it was used"
    );
    assert!(signed.kept_is_good());
    another(&signed.server, &signed.entry)
        .sign_in()
        .await
        .unwrap();
}

#[tokio::test]
async fn an_account_that_was_removed_meanwhile_leaves_no_token_behind() {
    let signed = signed().await;
    signed.entry.block_at(EntryStep::Read(2));
    let client = Arc::clone(&signed.client);
    let signing_in = tokio::spawn(async move { client.sign_in().await });
    // The server has responded; the token is about to be saved.
    signed.entry.reached().await;
    signed.entry.remove();
    signed.entry.release();
    signing_in.await.unwrap().unwrap();
    assert_eq!(signed.entry.token(), None);
    let gone = signed.read_with_an_expired_token().await;
    assert_eq!(gone, Err(Trouble::SignedOut));
    assert_eq!(signed.entry.token(), None);
}

#[tokio::test]
async fn a_rotation_is_kept_although_its_caller_is_gone() {
    let signed = signed().await;
    let before = signed.entry.token();
    signed.server.fault("/oauth/token", slowly());
    let left = tokio::time::timeout(Duration::from_millis(50), signed.client.sign_in()).await;
    assert!(left.is_err(), "the token came sooner than it can");
    until(|| signed.entry.token() != before).await;
    signed.read().await.unwrap();
    assert_eq!(signed.server.token_requests(), 1);
}
