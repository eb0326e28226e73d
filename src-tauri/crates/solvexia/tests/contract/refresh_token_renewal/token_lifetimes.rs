//! How long tokens are used, and that callers share them.

use std::sync::Arc;
use std::time::Duration;

use runwatch_core::ports::SolveXia;
use serde_json::json;
use solvexia_sim::{Fault, FaultKind, Rewrite, SimOptions};

use super::{signed, signed_in};
use crate::access_tokens::{empty, slowly, storm};
use crate::test_server::test_server_with;

#[tokio::test]
async fn fifty_reads_with_an_expired_token_use_one_refresh_token() {
    let signed = signed().await;
    signed.read().await.unwrap();
    signed.server.sim.expire_tokens();
    signed.server.fault("/oauth/token", slowly());
    let answers = storm(Arc::clone(&signed.client)).await;
    assert!(answers.iter().all(Result::is_ok));
    assert_eq!(signed.token_answers(), [Some(200), Some(200)]);
}

#[tokio::test]
async fn a_storm_of_refusals_renews_once() {
    let signed = signed().await;
    signed.read().await.unwrap();
    let refusals = Fault::on("/runstatus", empty(401)).times(50);
    signed.server.sim.add_fault(refusals);
    signed.server.fault("/oauth/token", slowly());
    let answers = storm(Arc::clone(&signed.client)).await;
    assert!(answers.iter().all(Result::is_ok));
    assert_eq!(signed.token_answers(), [Some(200), Some(200)]);
}

#[tokio::test]
async fn a_token_that_ends_between_two_polls_is_renewed_without_being_noticed() {
    let signed = signed_in(
        test_server_with(SimOptions {
            token_seconds: 0.5,
            ..SimOptions::empty()
        })
        .await,
    );
    let polling = async {
        while signed.server.token_requests() < 4 {
            signed.read().await.unwrap();
        }
    };
    tokio::time::timeout(Duration::from_secs(20), polling)
        .await
        .unwrap();
    assert!(signed.kept_is_good());
}

#[tokio::test]
async fn an_odd_life_of_a_renewed_token_is_no_reason_to_rotate_again_and_again() {
    for expires_in in [
        json!("599.1"),
        json!("NaN"),
        json!(-5),
        json!(0),
        json!(1e308),
        json!(null),
    ] {
        let signed = signed().await;
        let told = Rewrite::SetField {
            field: "expires_in".into(),
            value: expires_in.clone(),
        };
        signed
            .server
            .fault("/oauth/token", FaultKind::Rewrite(told));
        for _ in 0..3 {
            signed.read().await.unwrap();
        }
        assert_eq!(signed.server.token_requests(), 1, "{expires_in}");
    }
}

#[tokio::test]
async fn the_rights_that_a_renewal_does_not_repeat_have_not_changed() {
    let signed = signed().await;
    signed.read().await.unwrap();
    let granted = signed.client.scopes();
    assert!(granted.is_some());
    let silent = Rewrite::RemoveField {
        field: "scope".into(),
    };
    signed
        .server
        .fault("/oauth/token", FaultKind::Rewrite(silent));
    signed.read_with_an_expired_token().await.unwrap();
    assert_eq!(signed.client.scopes(), granted);
}
