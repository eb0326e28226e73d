use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use reqwest::header::{CONTENT_TYPE, RETRY_AFTER};
use serde_json::{Value, json};
use solvexia_sim::{Fault, FaultKind, Rewrite};

use crate::test_client::{RUN, TestClient, read};

const STATUS: &str = "/processruns/pr-1/runstatus";
const START: &str = "/processruns/pr-1/start";

async fn hit_by(kind: FaultKind) -> TestClient {
    let client = TestClient::of_one_run().await;
    client.sim.add_fault(Fault::on("/processruns/", kind));
    client
}

fn status(code: u16, after_effect: bool) -> FaultKind {
    FaultKind::Status {
        code,
        body: None,
        headers: BTreeMap::new(),
        after_effect,
    }
}

async fn try_to_start(client: &TestClient) -> Result<String, reqwest::Error> {
    let answer = client
        .posting(START)
        .header("content-length", "0")
        .send()
        .await?;
    answer.text().await
}

#[tokio::test]
async fn a_status_is_answered_in_place_of_the_true_answer_and_nothing_is_done() {
    let client = hit_by(status(503, false)).await;
    client.post(START).await.assert_is_error(503);
    assert_eq!(client.sim.start_count(RUN), 0);
}

#[tokio::test]
async fn a_status_may_be_answered_although_the_action_took_effect() {
    let client = hit_by(status(502, true)).await;
    client.post(START).await.assert_is_error(502);
    assert_eq!(client.sim.start_count(RUN), 1);
}

#[tokio::test]
async fn a_status_may_have_a_body_and_headers_of_its_own() {
    let headers = BTreeMap::from([("x-cause".to_owned(), "test".to_owned())]);
    let body = Some(json!("plain text"));
    let kind = FaultKind::Status {
        code: 500,
        body,
        headers,
        after_effect: false,
    };
    let answer = hit_by(kind).await.get(STATUS).await;
    assert_eq!((answer.status, answer.text.as_str()), (500, "plain text"));
    assert_eq!(answer.headers["x-cause"], "test");
}

#[tokio::test]
async fn a_refusal_says_when_to_come_again() {
    let client = hit_by(FaultKind::RetryAfter {
        code: 429,
        seconds: 7,
    })
    .await;
    let answer = client.get(STATUS).await;
    answer.assert_is_error(429);
    assert_eq!(answer.headers[RETRY_AFTER], "7");
}

#[tokio::test]
async fn a_fault_hits_its_path_and_method_as_often_as_was_said() {
    let client = TestClient::of_one_run().await;
    client.sim.add_fault(
        Fault::on("runstatus", status(500, false))
            .method("get")
            .times(2),
    );
    let answered = async || client.get(STATUS).await.status;
    assert_eq!(
        [answered().await, answered().await, answered().await],
        [500, 500, 200]
    );
    client
        .sim
        .add_fault(Fault::on("steps/*/runstatus", status(500, false)));
    assert_eq!(answered().await, 200);
    assert_eq!(
        client
            .get("/processruns/pr-1/steps/ds-1/runstatus")
            .await
            .status,
        500
    );
    client.sim.clear_faults();
    assert_eq!(
        client
            .get("/processruns/pr-1/steps/ds-1/runstatus")
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn the_token_endpoint_can_be_hit_too() {
    let client = TestClient::of_one_run().await;
    client
        .sim
        .add_fault(Fault::on("/oauth/token", status(503, false)));
    let answer = read(
        client
            .http
            .post(client.url("/oauth/token"))
            .form(&[("a", "b")]),
    )
    .await;
    assert_eq!(answer.status, 503);
}

#[tokio::test]
async fn a_connection_dropped_before_the_effect_is_an_error_and_nothing_was_done() {
    let client = hit_by(FaultKind::DropBefore).await;
    assert!(try_to_start(&client).await.is_err());
    assert_eq!(client.sim.start_count(RUN), 0);
}

#[tokio::test]
async fn a_connection_dropped_after_the_effect_is_an_error_although_it_was_done_once() {
    let client = hit_by(FaultKind::DropAfter).await;
    assert!(try_to_start(&client).await.is_err());
    assert_eq!(client.sim.start_count(RUN), 1);
    assert_eq!(
        client.sim.requests().last().map(|request| request.status),
        Some(None)
    );
}

#[tokio::test]
async fn a_truncated_answer_begins_well_and_breaks_off() {
    let client = hit_by(FaultKind::Truncated).await;
    let answer = client
        .posting(START)
        .header("content-length", "0")
        .send()
        .await;
    let answer = answer.expect("the head of the answer");
    assert_eq!(answer.status(), 200);
    assert!(answer.bytes().await.is_err());
    assert_eq!(client.sim.start_count(RUN), 1);
}

#[tokio::test]
async fn a_web_page_may_come_in_place_of_json() {
    let answer = hit_by(FaultKind::Html {
        code: 200,
        after_effect: false,
    })
    .await
    .get(STATUS)
    .await;
    assert_eq!((answer.status, answer.json()), (200, Value::Null));
    assert!(
        answer.headers[CONTENT_TYPE]
            .to_str()
            .is_ok_and(|kind| kind.contains("html"))
    );
}

#[tokio::test]
async fn an_answer_may_be_empty() {
    let kind = FaultKind::Empty {
        code: 200,
        after_effect: true,
    };
    let client = hit_by(kind).await;
    let answer = client.post(START).await;
    assert_eq!((answer.status, answer.text.as_str()), (200, ""));
    assert_eq!(client.sim.start_count(RUN), 1);
}

#[tokio::test]
async fn an_answer_may_be_as_large_as_was_said() {
    let answer = hit_by(FaultKind::Huge { bytes: 1_000_003 })
        .await
        .get(STATUS)
        .await;
    assert_eq!(answer.text.len(), 1_000_003);
}

#[tokio::test]
async fn an_answer_may_be_late_with_the_action_done_or_not_done_before_the_wait() {
    for (after_effect, starts) in [(false, 0), (true, 1)] {
        let client = hit_by(FaultKind::Delay {
            ms: 60_000,
            after_effect,
        })
        .await;
        let request = client.posting(START).header("content-length", "0");
        let answer = request.timeout(Duration::from_millis(300)).send().await;
        assert!(answer.is_err_and(|error| error.is_timeout()));
        assert_eq!(client.sim.start_count(RUN), starts);
    }
}

#[tokio::test]
async fn a_late_answer_comes_in_the_end() {
    let client = hit_by(FaultKind::Delay {
        ms: 50,
        after_effect: false,
    })
    .await;
    let asked = Instant::now();
    assert_eq!(client.get(STATUS).await.status, 200);
    assert!(asked.elapsed() >= Duration::from_millis(50));
}

async fn retold(rewrite: Rewrite, path: &str) -> Value {
    let client = hit_by(FaultKind::Rewrite(rewrite)).await;
    client.start_and_work(100.0).await;
    client.get(path).await.json()
}

#[tokio::test]
async fn a_status_may_be_told_as_its_number_which_differs_between_runs_and_steps() {
    let step = "/processruns/pr-1/steps/ds-1/runstatus";
    assert_eq!(retold(Rewrite::NumericStatus, STATUS).await["status"], 4);
    assert_eq!(retold(Rewrite::NumericStatus, step).await["status"], 3);
}

#[tokio::test]
async fn an_ended_run_may_have_no_end_date() {
    let body = retold(Rewrite::NullEnd, STATUS).await;
    assert_eq!(
        (&body["status"], &body["dateFinished"]),
        (&json!("Finished"), &Value::Null)
    );
}

#[tokio::test]
async fn a_status_may_be_any_word() {
    let word = "Pondering".to_owned();
    assert_eq!(
        retold(Rewrite::StatusWord { word }, STATUS).await["status"],
        "Pondering"
    );
}

#[tokio::test]
async fn steps_may_have_the_schemas_name_for_their_order_and_lack_is_enabled() {
    let path = "/processruns/pr-1/steps";
    let steps = retold(Rewrite::OrderedName, path).await;
    assert_eq!(
        (&steps[1]["orderedName"], steps[1].get("stepOrder")),
        (&json!("1.3"), None)
    );
    let steps = retold(Rewrite::MissingIsEnabled, path).await;
    assert!(steps[0].get("isEnabled").is_none());
}

#[tokio::test]
async fn an_answer_may_name_another_run() {
    let id = "pr-263".to_owned();
    assert_eq!(
        retold(Rewrite::OtherId { id }, STATUS).await["id"],
        "pr-263"
    );
}

#[tokio::test]
async fn durations_and_fields_may_be_told_otherwise() {
    let body = retold(Rewrite::OtherDurationKey, STATUS).await;
    assert!(body["runDurationInSec"].is_i64() && body.get("runDurationInSeconds").is_none());
    let set = Rewrite::SetField {
        field: "dateStarted".to_owned(),
        value: json!("nonsense"),
    };
    assert_eq!(retold(set, STATUS).await["dateStarted"], "nonsense");
    let remove = Rewrite::RemoveField {
        field: "status".to_owned(),
    };
    assert!(retold(remove, STATUS).await.get("status").is_none());
}
