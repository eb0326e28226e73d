//! Malicious servers, and servers that are not SolveXia.

use runwatch_core::credentials::Credentials;
use runwatch_core::environment::Environment;
use runwatch_core::error::Trouble;
use runwatch_core::ports::SolveXia;
use serde_json::{Value, json};
use solvexia::Client;
use wiremock::matchers::{body_string_contains, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::test_server::{by_secret, by_token, client_of, run};

const STATUS: &str = "/api/v1/processruns/pr-1/runstatus";

async fn that_grants(token_answer: Value) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .and(path("/oauth/token"))
        .respond_with(ResponseTemplate::new(200).set_body_json(token_answer))
        .mount(&server)
        .await;
    Mock::given(method("GET"))
        .and(path(STATUS))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({"status": "Running"})))
        .mount(&server)
        .await;
    server
}

async fn requests_to(server: &MockServer, wanted: &str) -> usize {
    let received = server.received_requests().await.unwrap();
    received.iter().filter(|r| r.url.path() == wanted).count()
}

/// docs/RULES.md, 20.
#[tokio::test]
async fn a_redirect_carries_neither_bearer_nor_secret_away() {
    let elsewhere = MockServer::start().await;
    for code in [301, 302, 303, 307, 308] {
        let server = MockServer::start().await;
        let away = ResponseTemplate::new(code).insert_header("location", elsewhere.uri());
        Mock::given(wiremock::matchers::any())
            .respond_with(away)
            .mount(&server)
            .await;
        let with_token = client_of(&server.uri(), by_token("a-token"));
        let with_secret = client_of(&server.uri(), by_secret("a-secret"));
        for error in [
            with_token.run_status(&run()).await.unwrap_err(),
            with_token.start(&run()).await.unwrap_err(),
            with_secret.run_status(&run()).await.unwrap_err(),
        ] {
            assert_eq!(error.trouble, Trouble::BadAnswer, "{code}");
        }
    }
    assert!(elsewhere.received_requests().await.unwrap().is_empty());
}

#[tokio::test]
async fn an_odd_life_of_a_token_is_no_reason_to_ask_again_and_again() {
    for expires_in in [
        json!(599.104_494_5),
        json!("599.1"),
        json!("NaN"),
        json!(-5),
        json!(0),
        json!(1e308),
        json!(null),
        json!({}),
    ] {
        let server = that_grants(json!({
            "access_token": "t", "token_type": "Bearer", "expires_in": expires_in,
        }))
        .await;
        let client = client_of(&server.uri(), by_secret("s"));
        for _ in 0..3 {
            client.run_status(&run()).await.unwrap();
        }
        assert_eq!(
            requests_to(&server, "/oauth/token").await,
            1,
            "{expires_in}"
        );
    }
}

#[tokio::test]
async fn a_sign_in_that_brings_no_token_is_none() {
    for answer in [
        json!({}),
        json!([]),
        json!({"access_token": null}),
        json!({"access_token": ""}),
        json!({"access_token": "with\r\nx-evil: header"}),
        json!({"access_token": 7}),
    ] {
        let server = that_grants(answer.clone()).await;
        let client = client_of(&server.uri(), by_secret("s"));
        let error = client.run_status(&run()).await.unwrap_err();
        assert_eq!(error.trouble, Trouble::BadAnswer, "{answer}");
        assert_eq!(requests_to(&server, STATUS).await, 0);
    }
}

#[tokio::test]
async fn a_server_that_refuses_the_wished_rights_is_asked_for_less() {
    let server = that_grants(json!({"access_token": "t", "expires_in": 600})).await;
    Mock::given(body_string_contains("scope="))
        .respond_with(ResponseTemplate::new(400).set_body_json(json!({"error": "invalid_scope"})))
        .with_priority(1)
        .mount(&server)
        .await;
    let client = client_of(&server.uri(), by_secret("s"));
    client.run_status(&run()).await.unwrap();
    assert_eq!(requests_to(&server, "/oauth/token").await, 3);
}

#[tokio::test]
async fn a_secret_is_sent_in_the_body_and_never_in_an_address_or_header() {
    let server = that_grants(json!({"access_token": "t"})).await;
    let client = client_of(&server.uri(), by_secret("a&secret=ü"));
    client.sign_in().await.unwrap();
    let received = server.received_requests().await.unwrap();
    let body = String::from_utf8(received[0].body.clone()).unwrap();
    assert!(body.contains("client_secret=a%26secret%3D%C3%BC"), "{body}");
    assert!(received[0].url.query().is_none());
    assert!(!format!("{:?}", received[0].headers).contains("a&secret"));
}

#[test]
fn what_cannot_be_a_token_is_refused_before_anything_is_sent() {
    let environment = Environment::parse("http://127.0.0.1:9").unwrap();
    let pasted = Credentials::Token {
        token: "two words\u{7}".into(),
    };
    let error = Client::new(environment, pasted, &Default::default())
        .err()
        .unwrap();
    assert_eq!(error.trouble, Trouble::SignedOut);
    assert!(!error.message.contains("words"));
}

#[tokio::test]
async fn a_server_that_is_no_solvexia_is_told_as_such() {
    let server = MockServer::start().await;
    let client = client_of(&server.uri(), by_secret("s"));
    let error = client.sign_in().await.unwrap_err();
    assert_eq!(error.trouble, Trouble::BadAnswer);
    assert!(error.message.contains("Check the environment's name"));
}
