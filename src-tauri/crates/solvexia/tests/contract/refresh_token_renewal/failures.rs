//! Lost responses, rejections and a locked keychain: who is signed out, and who is not.

use std::sync::Arc;

use runwatch_core::error::{Trouble, VaultError};
use runwatch_core::ports::SolveXia;
use serde_json::json;
use solvexia_sim::FaultKind;
use solvexia_sim::demo::DEMO_CLIENT_ID;

use super::{SCOPES, another, signed};
use crate::access_tokens::{answer, empty};
use crate::fake_keychain_entry::{EntryStep, KeychainEntry};
use crate::test_server::{run, test_server, until};

#[tokio::test]
async fn a_refused_token_is_looked_up_again_before_anyone_is_signed_out() {
    let signed = signed().await;
    // Another process rotates, and has not saved yet.
    let elsewhere = KeychainEntry::holding(&signed.entry.token().unwrap());
    another(&signed.server, &elsewhere).sign_in().await.unwrap();
    let client = Arc::clone(&signed.client);
    let reading = tokio::spawn(async move { client.run_status(&run()).await.map(drop) });
    until(|| signed.token_answers() == [Some(200), Some(400)]).await;
    signed.entry.put(&elsewhere.token().unwrap());
    reading.await.unwrap().unwrap();
    assert!(signed.kept_is_good());
}

#[tokio::test]
async fn a_sign_in_that_the_server_ended_is_told_plainly_and_nothing_is_deleted() {
    let signed = signed().await;
    let kept = signed.entry.token();
    signed.server.sim.revoke_refresh_tokens();
    let error = signed.client.sign_in().await.unwrap_err();
    assert_eq!(error.trouble, Trouble::SignedOut);
    assert!(
        error
            .message
            .ends_with("Sign in again in the browser; your list and watches are kept."),
        "{}",
        error.message
    );
    assert_eq!(signed.server.token_requests(), 1);
    assert_eq!(signed.entry.token(), kept);
}

#[tokio::test]
async fn a_refused_token_is_not_sent_again_soon_and_another_one_is_tried_at_once() {
    let signed = signed().await;
    signed.server.sim.revoke_refresh_tokens();
    assert_eq!(signed.read().await, Err(Trouble::SignedOut));
    let reads = signed.entry.reads();
    for later in 1..=3 {
        assert_eq!(signed.read().await, Err(Trouble::SignedOut));
        assert_eq!(signed.entry.reads(), reads + later, "one look each time");
    }
    assert_eq!(signed.server.token_requests(), 1);
    let anew = signed
        .server
        .sim
        .issue_refresh_token(DEMO_CLIENT_ID, SCOPES);
    signed.entry.put(&anew);
    assert_eq!(signed.read().await, Ok(()));
    assert!(signed.kept_is_good());
    assert_eq!(signed.token_answers(), [Some(400), Some(200)]);
}

/// As from a gateway or firewall.
#[tokio::test]
async fn a_refusal_without_a_reason_gives_no_token_up() {
    for code in [400, 401, 403] {
        for nothing in [empty(code), answer(code, json!("Access denied"))] {
            let signed = signed().await;
            signed.server.fault("/oauth/token", nothing);
            let error = signed.client.sign_in().await.unwrap_err();
            assert_eq!(error.trouble, Trouble::BadAnswer);
            assert!(error.passes() && error.message.contains(&format!("({code})")));
            assert_eq!(signed.server.token_requests(), 1);
            signed.server.sim.clear_faults();
            assert_eq!(signed.read().await, Ok(()));
        }
    }
}

#[tokio::test]
async fn a_reason_that_may_pass_gives_no_token_up() {
    for (code, reason) in [
        (400, json!({"error": "temporarily_unavailable"})),
        (400, json!({"error": "server_error"})),
        (401, json!({"error": "slow_down"})),
        (400, json!({"error": "invalid_request"})),
        (400, json!({"message": "Malformed"})),
        (401, json!({"message": "Unauthorized"})),
        (403, json!({"error": "access_denied"})),
        (403, json!({"message": "Blocked by policy"})),
    ] {
        let signed = signed().await;
        let kept = signed.entry.token();
        signed
            .server
            .fault("/oauth/token", answer(code, reason.clone()));
        assert_eq!(signed.read().await, Err(Trouble::Server), "{reason}");
        assert_eq!(signed.server.token_requests(), 1, "{reason}");
        assert_eq!(signed.entry.token(), kept);
        signed.server.sim.clear_faults();
        assert_eq!(signed.read().await, Ok(()), "{reason}");
    }
}

#[tokio::test]
async fn what_the_server_says_to_a_refusal_is_told_with_its_support_id() {
    let signed = signed().await;
    let body = json!({"message": "Blocked by policy", "supportId": "x-1"});
    signed.server.fault("/oauth/token", answer(403, body));
    let error = signed.client.sign_in().await.unwrap_err();
    assert!(
        error.message.contains("(403): “Blocked by policy”"),
        "{}",
        error.message
    );
    assert_eq!(error.support_id.as_deref(), Some("x-1"));
}

/// The server would still accept the token: one mistake of it signs nobody out.
#[tokio::test]
async fn a_token_that_the_server_refused_by_a_slip_is_good_again_once_a_person_asks() {
    for slip in ["invalid_grant", "invalid_client"] {
        let signed = signed().await;
        let refusal = answer(400, json!({"error": slip}));
        signed.server.fault("/oauth/token", refusal);
        assert_eq!(signed.read().await, Err(Trouble::SignedOut));
        signed.server.sim.clear_faults();
        for _ in 0..3 {
            assert_eq!(signed.read().await, Err(Trouble::SignedOut));
        }
        assert_eq!(signed.server.token_requests(), 1, "{slip}");
        signed.client.sign_in().await.unwrap();
        assert_eq!(signed.read().await, Ok(()));
        assert_eq!(signed.token_answers(), [Some(400), Some(200)]);
    }
}

#[tokio::test]
async fn a_wrong_secret_is_not_taken_for_an_ended_sign_in() {
    let signed = signed().await;
    signed.server.sim.add_client(solvexia_sim::Client::new(
        DEMO_CLIENT_ID,
        "made anew in the portal",
    ));
    let error = signed.client.sign_in().await.unwrap_err();
    assert_eq!(error.trouble, Trouble::SignedOut);
    assert!(error.message.contains("client id and secret"));
    assert!(signed.kept_is_good());
}

/// Whether the server has rotated or not: only its response tells.
#[tokio::test]
async fn a_lost_answer_gives_no_token_up() {
    for (fault, trouble) in [
        (FaultKind::DropBefore, Trouble::Offline),
        (FaultKind::DropAfter, Trouble::Offline),
        (FaultKind::Truncated, Trouble::BadAnswer),
        (empty(500), Trouble::Server),
        (empty(408), Trouble::Busy),
        (
            FaultKind::Empty {
                code: 503,
                after_effect: true,
            },
            Trouble::Server,
        ),
        (
            FaultKind::Html {
                code: 403,
                after_effect: false,
            },
            Trouble::BadAnswer,
        ),
        (
            FaultKind::RetryAfter {
                code: 429,
                seconds: 30,
            },
            Trouble::Busy,
        ),
    ] {
        let signed = signed().await;
        signed.server.sim.set_refresh_grace(60.0);
        let kept = signed.entry.token();
        signed.server.fault("/oauth/token", fault.clone());
        assert_eq!(signed.read().await, Err(trouble), "{fault:?}");
        assert_eq!(signed.server.token_requests(), 1, "{fault:?}");
        assert_eq!(signed.entry.token(), kept);
        signed.server.sim.clear_faults();
        assert_eq!(signed.read().await, Ok(()), "{fault:?}");
    }
}

#[tokio::test]
async fn a_keychain_that_cannot_be_read_is_no_sign_out() {
    let signed = signed().await;
    for trouble in [VaultError::Locked, VaultError::Unavailable("gone".into())] {
        signed.entry.trouble(Some(trouble.clone()));
        let error = signed.client.sign_in().await.unwrap_err();
        assert_eq!(error.trouble, Trouble::Keychain);
        assert!(error.message.starts_with(&trouble.to_string()));
    }
    assert_eq!(signed.server.token_requests(), 0);
    signed.entry.trouble(None);
    signed.read().await.unwrap();
}

/// A rejection, and then a keychain that locks: what it holds is not known.
#[tokio::test]
async fn a_keychain_that_locks_itself_in_the_middle_is_no_sign_out() {
    let signed = signed().await;
    signed.server.sim.revoke_refresh_tokens();
    signed.entry.block_at(EntryStep::Read(2));
    let client = Arc::clone(&signed.client);
    let signing_in = tokio::spawn(async move { client.sign_in().await });
    signed.entry.reached().await;
    signed.entry.trouble(Some(VaultError::Locked));
    signed.entry.release();
    let error = signing_in.await.unwrap().unwrap_err();
    assert_eq!(error.trouble, Trouble::Keychain);
}

/// docs/RULES.md, 20.
#[tokio::test]
async fn rule_20_a_redirect_carries_neither_bearer_nor_refresh_token_away() {
    let elsewhere = test_server().await;
    let signed = signed().await;
    signed.read().await.unwrap();
    let away = |code, path: &str| {
        let location = format!("{}{path}", elsewhere.sim.base_url());
        FaultKind::Status {
            code,
            body: None,
            headers: [("location".to_owned(), location)].into(),
            after_effect: false,
        }
    };
    for code in [301, 302, 303, 307, 308] {
        signed
            .server
            .fault("/runstatus", away(code, "/api/v1/processes"));
        assert_eq!(signed.read().await, Err(Trouble::BadAnswer), "{code}");
        signed.server.sim.clear_faults();
        signed
            .server
            .fault("/oauth/token", away(code, "/oauth/token"));
        let renewal = signed.read_with_an_expired_token().await;
        assert_eq!(renewal, Err(Trouble::BadAnswer), "{code}");
        signed.server.sim.clear_faults();
    }
    assert!(elsewhere.sim.requests().is_empty());
    assert!(signed.kept_is_good());
}
