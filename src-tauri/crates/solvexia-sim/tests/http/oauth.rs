use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use reqwest::Url;
use reqwest::header::LOCATION;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use solvexia_sim::demo::{DEMO_CLIENT_ID, DEMO_CLIENT_SECRET};
use solvexia_sim::{Client, Fault, FaultKind};

use crate::test_client::{Answer, TestClient, read};

const CALLBACK: &str = "http://127.0.0.1:5050/callback";

fn credentials(grant_type: &str) -> Vec<(&str, &str)> {
    vec![
        ("grant_type", grant_type),
        ("client_id", DEMO_CLIENT_ID),
        ("client_secret", DEMO_CLIENT_SECRET),
    ]
}

async fn token(client: &TestClient, fields: &[(&str, &str)]) -> Answer {
    read(client.http.post(client.url("/oauth/token")).form(fields)).await
}

fn assert_refused(answer: &Answer, error: &str) {
    assert_eq!(answer.json(), json!({ "error": error }));
    assert!(answer.status == 400 || answer.status == 401);
}

/// What the browser sends from the consent page.
async fn decide(client: &TestClient, decision: &str, more: &[(&str, &str)]) -> Answer {
    let mut fields = vec![
        ("decision", decision),
        ("client_id", DEMO_CLIENT_ID),
        ("response_type", "code"),
        ("state", "a state & more"),
        ("scope", "process_read process_execute"),
    ];
    fields.extend_from_slice(more);
    read(
        client
            .http
            .post(client.url("/oauth/authorize"))
            .form(&fields),
    )
    .await
}

/// The query of the address that the browser is sent to.
fn sent_back(answer: &Answer) -> Vec<(String, String)> {
    assert_eq!(answer.status, 303, "{}", answer.text);
    let address = answer.headers[LOCATION].to_str().expect("an address");
    assert!(address.starts_with(CALLBACK));
    Url::parse(address)
        .expect("an address")
        .query_pairs()
        .into_owned()
        .collect()
}

async fn allowed_code(client: &TestClient, more: &[(&str, &str)]) -> String {
    let query = sent_back(&decide(client, "allow", more).await);
    query
        .into_iter()
        .find(|(name, _)| name == "code")
        .expect("a code")
        .1
}

async fn by_code(client: &TestClient, code: &str, more: &[(&str, &str)]) -> Answer {
    let mut fields = credentials("authorization_code");
    fields.push(("code", code));
    fields.extend_from_slice(more);
    token(client, &fields).await
}

#[tokio::test]
async fn client_credentials_work_as_a_form_and_as_json_and_bring_no_refresh_token() {
    let client = TestClient::of_demo().await;
    let as_form = token(&client, &credentials("client_credentials")).await;
    let as_json = json!({
        "grant_type": "client_credentials", "client_id": DEMO_CLIENT_ID,
        "client_secret": DEMO_CLIENT_SECRET,
    });
    let as_json = read(client.http.post(client.url("/oauth/token")).json(&as_json)).await;
    for answer in [as_form, as_json] {
        assert_eq!(answer.status, 200);
        let body = answer.json();
        assert_eq!(
            (&body["token_type"], &body["scope"]),
            (&json!("Bearer"), &json!("process_read"))
        );
        assert!(body["expires_in"].is_f64());
        assert!(body.get("refresh_token").is_none());
    }
}

#[tokio::test]
async fn a_granted_token_opens_the_api() {
    let mut client = TestClient::of_demo().await;
    let body = token(&client, &credentials("client_credentials"))
        .await
        .json();
    client.token = body["access_token"].as_str().expect("a token").to_owned();
    assert_eq!(client.get("/processes").await.status, 200);
}

#[tokio::test]
async fn a_wrong_secret_and_an_unknown_grant_are_refused_by_name() {
    let client = TestClient::of_demo().await;
    let wrong = [
        ("grant_type", "client_credentials"),
        ("client_id", DEMO_CLIENT_ID),
        ("client_secret", "guessed"),
    ];
    assert_refused(&token(&client, &wrong).await, "invalid_client");
    assert_refused(
        &token(&client, &credentials("password")).await,
        "unsupported_grant_type",
    );
    assert_refused(&token(&client, &credentials("")).await, "invalid_request");
    assert_refused(
        &token(&client, &credentials("refresh_token")).await,
        "invalid_request",
    );
}

#[tokio::test]
async fn no_client_is_granted_more_than_it_is_configured_for() {
    let client = TestClient::of_demo().await;
    let scopes = "process_read".to_owned();
    client.sim.add_client(Client {
        scopes,
        ..Client::new("reader", "secret")
    });
    let ask = |scope| {
        [
            ("grant_type", "client_credentials"),
            ("client_id", "reader"),
            ("client_secret", "secret"),
            ("scope", scope),
        ]
    };
    let granted = token(&client, &ask("process_read process_execute"))
        .await
        .json();
    assert_eq!(granted["scope"], "process_read");
    assert_refused(
        &token(&client, &ask("process_execute")).await,
        "invalid_scope",
    );
}

#[tokio::test]
async fn reading_alone_does_not_allow_to_act() {
    let mut client = TestClient::of_one_run().await;
    client.token = client.sim.issue_token("process_read", 600.0);
    assert_eq!(client.get("/processruns/pr-1/runstatus").await.status, 200);
    for path in ["start", "cancel", "steps/ds-1/restartfromhere"] {
        client
            .post(&format!("/processruns/pr-1/{path}"))
            .await
            .assert_is_error(403);
    }
    let body = json!({ "request": "ProcessRun_StartRq", "processRunId": "pr-1" });
    client
        .post_json("/requests", body)
        .await
        .assert_is_error(403);
    client
        .post("/processes/p-1/processruns")
        .await
        .assert_is_error(403);
    client.get("/logs").await.assert_is_error(403);
    client.get("/files/f-1/metadata").await.assert_is_error(403);
}

#[tokio::test]
async fn a_missing_wrong_or_expired_token_is_unauthorized() {
    let mut client = TestClient::of_one_run().await;
    let url = client.url("/api/v1/processruns/pr-1");
    read(client.http.get(&url)).await.assert_is_error(401);
    read(client.http.get(&url).basic_auth("a", Some("b")))
        .await
        .assert_is_error(401);
    read(client.http.get(&url).bearer_auth("guessed"))
        .await
        .assert_is_error(401);
    client.sim.expire_tokens();
    client.get("/processruns/pr-1").await.assert_is_error(401);
    client.token = client.sim.issue_token("process_read", 0.0);
    client.get("/processruns/pr-1").await.assert_is_error(401);
}

#[tokio::test]
async fn the_consent_page_offers_to_allow_and_to_refuse_and_escapes_what_it_is_told() {
    let client = TestClient::of_demo().await;
    let query = [
        ("client_id", DEMO_CLIENT_ID),
        ("response_type", "code"),
        ("redirect_uri", CALLBACK),
        ("state", "\"><script>"),
    ];
    let page = Url::parse_with_params(&client.url("/oauth/authorize"), query).expect("an address");
    let page = read(client.http.get(page)).await;
    assert_eq!(page.status, 200);
    assert!(page.text.contains("value=\"allow\"") && page.text.contains("value=\"refuse\""));
    assert!(page.text.contains("process_read"));
    assert!(!page.text.contains("<script>"));
}

#[tokio::test]
async fn an_allowed_code_brings_tokens_and_the_state_is_echoed() {
    let mut client = TestClient::of_demo().await;
    let back = sent_back(&decide(&client, "allow", &[("redirect_uri", CALLBACK)]).await);
    assert!(back.contains(&("state".to_owned(), "a state & more".to_owned())));
    let code = allowed_code(&client, &[("redirect_uri", CALLBACK)]).await;
    let body = by_code(&client, &code, &[("redirect_uri", CALLBACK)])
        .await
        .json();
    assert_eq!(body["scope"], "process_read process_execute");
    assert!(body["refresh_token"].is_string() && body["expires_in"].is_f64());
    client.token = body["access_token"].as_str().expect("a token").to_owned();
    assert_eq!(client.get("/processes").await.status, 200);
}

#[tokio::test]
async fn a_refusal_is_told_to_the_client_with_its_state() {
    let client = TestClient::of_demo().await;
    let back = sent_back(&decide(&client, "refuse", &[("redirect_uri", CALLBACK)]).await);
    assert!(back.contains(&("error".to_owned(), "access_denied".to_owned())));
    assert!(back.contains(&("state".to_owned(), "a state & more".to_owned())));
}

#[tokio::test]
async fn a_code_works_once_and_only_with_the_address_that_it_was_asked_with() {
    let client = TestClient::of_demo().await;
    let sent = [("redirect_uri", CALLBACK)];
    let code = allowed_code(&client, &sent).await;
    assert_refused(&by_code(&client, &code, &[]).await, "invalid_grant");
    let code = allowed_code(&client, &sent).await;
    let slash = format!("{CALLBACK}/");
    assert_refused(
        &by_code(&client, &code, &[("redirect_uri", &slash)]).await,
        "invalid_grant",
    );
    let code = allowed_code(&client, &sent).await;
    assert_eq!(by_code(&client, &code, &sent).await.status, 200);
    assert_refused(&by_code(&client, &code, &sent).await, "invalid_grant");
}

#[tokio::test]
async fn a_code_with_a_challenge_needs_its_verifier() {
    let client = TestClient::of_demo().await;
    let verifier = "a-verifier-that-is-long-enough-to-be-a-good-one";
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier));
    let sent = ("redirect_uri", CALLBACK);
    let asked = [
        sent,
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
    ];
    for wrong in [&[sent][..], &[sent, ("code_verifier", "another")]] {
        let code = allowed_code(&client, &asked).await;
        assert_refused(&by_code(&client, &code, wrong).await, "invalid_grant");
    }
    let code = allowed_code(&client, &asked).await;
    let right = [sent, ("code_verifier", verifier)];
    assert_eq!(by_code(&client, &code, &right).await.status, 200);
}

#[tokio::test]
async fn nobody_is_sent_to_an_address_that_is_not_the_clients() {
    let client = TestClient::of_demo().await;
    let elsewhere = decide(
        &client,
        "allow",
        &[("redirect_uri", "https://example.com/")],
    )
    .await;
    assert_eq!(
        (elsewhere.status, elsewhere.headers.get(LOCATION)),
        (400, None)
    );
    let callback_url = Some(CALLBACK.to_owned());
    let own = Client {
        callback_url,
        ..Client::new(DEMO_CLIENT_ID, DEMO_CLIENT_SECRET)
    };
    client.sim.add_client(own);
    let other_port = [("redirect_uri", "http://127.0.0.1:5051/callback")];
    assert_eq!(decide(&client, "allow", &other_port).await.status, 400);
    let code = allowed_code(&client, &[]).await;
    assert_eq!(
        by_code(&client, &code, &[]).await.status,
        200,
        "the configured one is the default"
    );
}

#[tokio::test]
async fn a_refresh_brings_a_new_refresh_token_and_the_old_one_is_invalid() {
    let client = TestClient::of_demo().await;
    let code = allowed_code(&client, &[("redirect_uri", CALLBACK)]).await;
    let first = by_code(&client, &code, &[("redirect_uri", CALLBACK)])
        .await
        .json();
    let second = refresh(&client, &first).await.json();
    assert!(second["access_token"].is_string() && second["expires_in"].is_f64());
    assert_ne!(second["refresh_token"], first["refresh_token"]);
    assert_refused(&refresh(&client, &first).await, "invalid_grant");
    assert_eq!(refresh(&client, &second).await.status, 200);
}

#[tokio::test]
async fn refresh_tokens_can_be_revoked() {
    let client = TestClient::of_demo().await;
    let code = allowed_code(&client, &[("redirect_uri", CALLBACK)]).await;
    let granted = by_code(&client, &code, &[("redirect_uri", CALLBACK)])
        .await
        .json();
    client.sim.revoke_refresh_tokens();
    assert_refused(&refresh(&client, &granted).await, "invalid_grant");
}

#[tokio::test]
async fn the_answer_to_a_rotation_can_be_lost_after_it_or_before() {
    let client = TestClient::of_demo().await;
    for (fault, is_still_good) in [(FaultKind::DropBefore, true), (FaultKind::DropAfter, false)] {
        let token = client
            .sim
            .issue_refresh_token(DEMO_CLIENT_ID, "process_read");
        client
            .sim
            .add_fault(Fault::on("/oauth/token", fault).times(1));
        let mut fields = credentials("refresh_token");
        fields.push(("refresh_token", &token));
        let asked = client.http.post(client.url("/oauth/token")).form(&fields);
        assert!(asked.send().await.is_err());
        assert_eq!(client.sim.accepts_refresh_token(&token), is_still_good);
    }
}

async fn refresh(client: &TestClient, granted: &Value) -> Answer {
    let mut fields = credentials("refresh_token");
    fields.push((
        "refresh_token",
        granted["refresh_token"].as_str().expect("a refresh token"),
    ));
    token(client, &fields).await
}
