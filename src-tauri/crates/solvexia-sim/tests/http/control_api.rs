use reqwest::Method;
use serde_json::{Value, json};
use solvexia_sim::demo::{DEMO_CLIENT_ID, DEMO_CLIENT_SECRET, DEMO_QUICK_RUN};
use solvexia_sim::{RunState, Sim, SimOptions};

use crate::test_client::{Answer, TestClient, read};

async fn sim(client: &TestClient, method: Method, path: &str, body: Value) -> Answer {
    let request = client
        .http
        .request(method, client.url(&format!("/sim{path}")));
    read(if body.is_null() {
        request
    } else {
        request.json(&body)
    })
    .await
}

async fn tell(client: &TestClient, path: &str, body: Value) -> Answer {
    let answer = sim(client, Method::POST, path, body).await;
    assert!(answer.status < 300, "{}: {}", answer.status, answer.text);
    answer
}

async fn look(client: &TestClient, path: &str) -> Value {
    sim(client, Method::GET, path, Value::Null).await.json()
}

#[tokio::test]
async fn a_run_can_be_seeded_with_a_plan_and_its_true_state_read() {
    let client = TestClient::of_one_run().await;
    let seed = json!({
        "id": "pr-7", "name": "Seeded : run", "process": "p-7", "queueSeconds": 0,
        "afterFailure": "cancel",
        "steps": [
            { "order": "1.1", "name": "A", "seconds": 10 },
            { "id": "as-72", "order": "1.2", "name": "B", "seconds": 10, "ends": "Failed",
              "completionMessage": "no file", "then": [{ "ends": "Success" }] },
            { "order": "1.3", "name": "C", "kind": "action" },
            { "order": "1.4", "name": "D", "enabled": false },
        ],
    });
    tell(&client, "/runs", seed).await;
    assert_eq!(client.post("/processruns/pr-7/start").await.status, 200);
    tell(&client, "/advance", json!({ "seconds": 30 })).await;
    let run: RunState = serde_json::from_value(look(&client, "/runs/pr-7").await).expect("a run");
    let statuses: Vec<_> = run.steps.iter().map(|step| step.status.word()).collect();
    assert_eq!(statuses, ["Success", "Failed", "Cancelled", "NotStarted"]);
    assert_eq!(
        (run.counts.starts, run.steps[1].completion_message.as_str()),
        (1, "no file")
    );
    let state = look(&client, "/state").await;
    assert_eq!(
        (&state["speed"], &state["runs"][1]["id"]),
        (&json!(0.0), &json!("pr-7"))
    );
    assert_eq!(state["processes"][1]["id"], "p-7");
}

#[tokio::test]
async fn a_run_can_be_seeded_with_a_fixed_status_and_dates() {
    let client = TestClient::of_one_run().await;
    let seed = json!({
        "id": "pr-8", "status": "TimedOut", "dateStarted": "2026-01-01T10:00:00Z",
        "dateFinished": "2026-01-01T10:00:05Z", "steps": [{ "order": "1.1", "seconds": 60 }],
    });
    tell(&client, "/runs", seed).await;
    let status = client.get("/processruns/pr-8/runstatus").await.json();
    assert_eq!(
        (&status["status"], &status["runDurationInSeconds"]),
        (&json!("TimedOut"), &json!(5))
    );
}

#[tokio::test]
async fn a_process_can_be_seeded_and_runs_made_from_it() {
    let client = TestClient::of_one_run().await;
    let seed = json!({ "id": "p-5", "name": "Made", "steps": [{ "order": "1.1", "name": "A" }] });
    assert_eq!(
        tell(&client, "/processes", seed).await.json(),
        json!({ "id": "p-5" })
    );
    let run = client.post("/processes/p-5/processruns").await.json();
    assert_eq!(run["name"], "Made : run #1");
}

#[tokio::test]
async fn a_run_can_be_forced_renamed_and_deleted() {
    let client = TestClient::of_one_run().await;
    let patch = json!({
        "name": "Renamed", "status": "Paused", "dateFinished": null,
        "steps": [{ "id": "ds-1", "status": "Warning", "completionMessage": "look" }],
    });
    tell(&client, "/runs/pr-1", patch).await;
    assert_eq!(
        client.get("/processruns/pr-1").await.json()["name"],
        "Renamed"
    );
    let status = client.get("/processruns/pr-1/runstatus").await.json();
    assert_eq!(
        (&status["status"], &status["dateFinished"]),
        (&json!("Paused"), &Value::Null)
    );
    let step = client
        .get("/processruns/pr-1/steps/ds-1/runstatus")
        .await
        .json();
    assert_eq!(
        (&step["status"], &step["completionMessage"]),
        (&json!("Warning"), &json!("look"))
    );
    tell(&client, "/runs/pr-1", json!({ "delete": true })).await;
    client.get("/processruns/pr-1").await.assert_is_error(404);
    assert_eq!(
        sim(&client, Method::DELETE, "/runs/pr-1", Value::Null)
            .await
            .status,
        404
    );
}

#[tokio::test]
async fn faults_can_be_set_seen_and_cleared() {
    let client = TestClient::of_one_run().await;
    let fault = json!({ "path": "/runstatus", "method": "GET", "kind": "status", "code": 418 });
    tell(&client, "/faults", fault).await;
    assert_eq!(client.get("/processruns/pr-1/runstatus").await.status, 418);
    assert_eq!(look(&client, "/faults").await[0]["code"], 418);
    sim(&client, Method::DELETE, "/faults", Value::Null).await;
    assert_eq!(client.get("/processruns/pr-1/runstatus").await.status, 200);
}

#[tokio::test]
async fn a_grace_for_used_refresh_tokens_can_be_set() {
    let client = TestClient::of_one_run().await;
    tell(&client, "/tokens/grace", json!({ "seconds": 60 })).await;
    let token = client
        .sim
        .issue_refresh_token(DEMO_CLIENT_ID, "process_read");
    let form = [
        ("grant_type", "refresh_token"),
        ("client_id", DEMO_CLIENT_ID),
        ("client_secret", DEMO_CLIENT_SECRET),
        ("refresh_token", &token),
    ];
    for _ in 0..2 {
        let asked = client.http.post(client.url("/oauth/token")).form(&form);
        assert_eq!(read(asked).await.status, 200);
    }
}

#[tokio::test]
async fn tokens_can_be_issued_and_expired() {
    let mut client = TestClient::of_one_run().await;
    let issued = tell(
        &client,
        "/tokens",
        json!({ "scope": "process_read", "seconds": 60 }),
    )
    .await;
    client.token = issued.json()["access_token"]
        .as_str()
        .expect("a token")
        .to_owned();
    assert_eq!(client.get("/processruns/pr-1").await.status, 200);
    tell(&client, "/tokens/expire", Value::Null).await;
    client.get("/processruns/pr-1").await.assert_is_error(401);
    tell(&client, "/tokens/expire", json!({ "refresh": true })).await;
}

#[tokio::test]
async fn a_client_can_be_added() {
    let client = TestClient::of_one_run().await;
    tell(
        &client,
        "/clients",
        json!({ "id": "new", "secret": "s", "scopes": "process_read" }),
    )
    .await;
    let fields = [
        ("grant_type", "client_credentials"),
        ("client_id", "new"),
        ("client_secret", "s"),
    ];
    let answer = read(client.http.post(client.url("/oauth/token")).form(&fields)).await;
    assert_eq!(answer.json()["scope"], "process_read");
}

#[tokio::test]
async fn the_request_log_tells_what_was_sent_and_never_the_token() {
    let client = TestClient::of_one_run().await;
    client.post("/processRuns/pr-1/start").await;
    client.get("/processes?name=x").await;
    look(&client, "/state").await;
    let log = look(&client, "/requests").await;
    assert_eq!(
        log.as_array().map(Vec::len),
        Some(2),
        "/sim itself is not logged"
    );
    let started = &log[0];
    assert_eq!(
        (&started["method"], &started["status"]),
        (&json!("POST"), &json!(200))
    );
    assert_eq!(started["path"], "/api/v1/processRuns/pr-1/start");
    assert_eq!(
        (&started["hasAuthorization"], &started["contentLength"]),
        (&json!(true), &json!("0"))
    );
    assert_eq!(
        (&log[1]["query"], &log[1]["contentLength"]),
        (&json!("name=x"), &Value::Null)
    );
    assert!(!log.to_string().contains(&client.token));
    sim(&client, Method::DELETE, "/requests", Value::Null).await;
    assert_eq!(look(&client, "/requests").await, json!([]));
}

#[tokio::test]
async fn a_reset_brings_everything_back_and_leaves_who_is_signed_in() {
    let client = TestClient::of_demo().await;
    let path = format!("/processruns/{DEMO_QUICK_RUN}");
    tell(
        &client,
        &format!("/runs/{DEMO_QUICK_RUN}"),
        json!({ "delete": true }),
    )
    .await;
    tell(&client, "/faults", json!({ "kind": "drop_before" })).await;
    tell(&client, "/reset", Value::Null).await;
    assert_eq!(client.get(&path).await.status, 200);
    assert_eq!(client.sim.start_count(DEMO_QUICK_RUN), 0);
}

#[tokio::test]
async fn speed_makes_runs_faster() {
    let client = TestClient::of_one_run().await;
    client.start_and_work(0.0).await;
    tell(&client, "/speed", json!({ "factor": 1e9 })).await;
    tokio::time::sleep(std::time::Duration::from_millis(2)).await;
    let status = client.get("/processruns/pr-1/runstatus").await.json();
    assert_eq!(status["status"], "Finished");
}

#[tokio::test]
async fn a_simulation_that_was_shut_down_frees_its_port() {
    let client = TestClient::of_one_run().await;
    let port = client.sim.port();
    client.sim.shutdown().await;
    let again = Sim::start(SimOptions {
        port,
        ..SimOptions::empty()
    })
    .await;
    assert_eq!(again.map(|sim| sim.port()).ok(), Some(port));
}

#[tokio::test]
async fn the_clock_can_be_off_in_dates_and_in_the_date_of_answers_and_nothing_works_for_it() {
    let client = TestClient::of_one_run().await;
    tell(&client, "/speed", json!({ "factor": 1 })).await;
    tell(&client, "/clock", json!({ "ahead": 300 })).await;
    let answer = client.post("/processruns/pr-1/start").await;
    assert_eq!(answer.status, 200);
    let date =
        jiff::fmt::rfc2822::parse(answer.headers["date"].to_str().expect("text")).expect("a date");
    let off = |at: jiff::Timestamp| at.duration_since(jiff::Timestamp::now()).as_secs() - 300;
    assert!(off(date.timestamp()).abs() <= 2, "{date}");
    let run: RunState = serde_json::from_value(look(&client, "/runs/pr-1").await).expect("a run");
    assert!(
        run.date_started.is_none_or(|at| off(at).abs() <= 5),
        "{run:?}"
    );
    tell(&client, "/clock", json!({ "ahead": -300 })).await;
    let run: RunState = serde_json::from_value(look(&client, "/runs/pr-1").await).expect("a run");
    assert!(run.date_finished.is_none(), "{run:?}");
}
