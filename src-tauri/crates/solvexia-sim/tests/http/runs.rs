use reqwest::header::CONTENT_TYPE;
use serde_json::{Value, json};
use solvexia_sim::{Fault, FaultKind, Rewrite, RunPatch, RunStatus, StepSeed, StepStatus};

use crate::test_client::{RUN, TestClient, read};

/// A date that ends in these characters and has that many fractional digits.
fn assert_is_date(value: &Value, digits: usize, ending: &str) {
    let text = value.as_str().expect("a date");
    let fraction = text
        .strip_suffix(ending)
        .and_then(|text| text.split_once('.'));
    assert_eq!(
        fraction.map(|(_, digits)| digits.len()),
        Some(digits),
        "{text}"
    );
}

#[tokio::test]
async fn a_run_has_the_documented_fields_and_seven_fractional_digits() {
    let client = TestClient::of_one_run().await;
    let run = client.get("/processruns/pr-1").await.json();
    assert_is_date(&run["dateCreated"], 7, "");
    assert_is_date(&run["dateModified"], 7, "");
    let expected = json!({
        "id": "pr-1", "name": "Test : run #1", "process": "p-1", "description": "",
        "lastModifiedBy": "finance.automation", "alertEmailAddress": "", "alertSMS": "",
        "dateCreated": run["dateCreated"], "dateModified": run["dateModified"],
    });
    assert_eq!(run, expected);
}

#[tokio::test]
async fn start_answers_scheduled_without_any_date() {
    let client = TestClient::of_one_run().await;
    let expected = json!({
        "id": "pr-1", "dateStarted": null, "dateFinished": null, "runDurationInSeconds": null,
        "status": "Scheduled",
    });
    assert_eq!(
        client.post("/processruns/pr-1/start").await.json(),
        expected
    );
    assert_eq!(client.sim.start_count(RUN), 1);
}

#[tokio::test]
async fn cancel_answers_with_the_other_duration_and_an_empty_text_for_a_date() {
    let client = TestClient::of_one_run().await;
    client.start_and_work(5.0).await;
    let expected = json!({
        "id": "pr-1", "dateStarted": "", "dateFinished": null, "runDurationInSec": 0,
        "status": "Cancelled",
    });
    assert_eq!(
        client.post("/processruns/pr-1/cancel").await.json(),
        expected
    );
    let status = client.get("/processruns/pr-1/runstatus").await.json();
    assert_eq!(status["status"], "Cancelled");
    assert_is_date(&status["dateFinished"], 3, "");
}

#[tokio::test]
async fn the_deprecated_call_starts_and_cancels_with_the_same_answers() {
    let client = TestClient::of_one_run().await;
    let request = |kind: &str| json!({ "request": kind, "processRunId": RUN });
    let started = client
        .post_json("/requests", request("ProcessRun_StartRq"))
        .await
        .json();
    assert_eq!(
        (&started["id"], &started["status"]),
        (&json!(RUN), &json!("Scheduled"))
    );
    let cancelled = client
        .post_json("/requests", request("ProcessRun_CancelRq"))
        .await
        .json();
    assert_eq!(
        (&cancelled["id"], &cancelled["dateStarted"]),
        (&json!(RUN), &json!(""))
    );
    client
        .post_json("/requests", request("ProcessRun_PauseRq"))
        .await
        .assert_is_error(400);
    client
        .post_json("/requests", json!({}))
        .await
        .assert_is_error(400);
}

#[tokio::test]
async fn the_deprecated_cancel_answers_with_another_runs_id_on_demand() {
    let client = TestClient::of_one_run().await;
    client.start_and_work(0.0).await;
    let other = Rewrite::OtherId {
        id: "pr-263".to_owned(),
    };
    client
        .sim
        .add_fault(Fault::on("/requests", FaultKind::Rewrite(other)));
    let body = json!({ "request": "ProcessRun_CancelRq", "processRunId": RUN });
    assert_eq!(
        client.post_json("/requests", body).await.json()["id"],
        "pr-263"
    );
    assert_eq!(
        client.sim.run(RUN).map(|run| run.status),
        Some(RunStatus::Cancelled)
    );
}

#[tokio::test]
async fn a_runs_status_has_three_fractional_digits_and_no_zone() {
    let client = TestClient::of_one_run().await;
    let waiting = client.get("/processruns/pr-1/runstatus").await.json();
    let expected = json!({
        "id": "pr-1", "dateStarted": null, "dateFinished": null, "runDurationInSeconds": null,
        "status": "NotStarted",
    });
    assert_eq!(waiting, expected);
    client.start_and_work(100.0).await;
    let finished = client.get("/processruns/pr-1/runstatus").await.json();
    assert_eq!(
        (&finished["status"], &finished["runDurationInSeconds"]),
        (&json!("Finished"), &json!(0))
    );
    assert_is_date(&finished["dateStarted"], 3, "");
    assert_is_date(&finished["dateFinished"], 3, "");
}

#[tokio::test]
async fn a_run_tells_how_long_it_took_in_whole_seconds() {
    let client = TestClient::of_one_run().await;
    let date = |text: &str| Some(Some(text.parse().expect("a date")));
    client.sim.change_run(
        RUN,
        RunPatch {
            status: Some(RunStatus::Cancelled),
            date_started: date("2025-02-05T22:40:19.923Z"),
            date_finished: date("2025-02-05T22:55:51.923Z"),
            ..RunPatch::default()
        },
    );
    let expected = json!({
        "id": "pr-1", "dateStarted": "2025-02-05T22:40:19.923",
        "dateFinished": "2025-02-05T22:55:51.923", "runDurationInSeconds": 932,
        "status": "Cancelled",
    });
    assert_eq!(
        client.get("/processruns/pr-1/runstatus").await.json(),
        expected
    );
}

#[tokio::test]
async fn finished_does_not_mean_success() {
    let client = TestClient::of_one_run().await;
    client.sim.seed_run(solvexia_sim::RunSeed::new(
        RUN,
        vec![
            StepSeed::new("1.1", "Match", 5.0)
                .id("ds-1")
                .ends(StepStatus::Failed, "no file"),
        ],
    ));
    client.start_and_work(100.0).await;
    assert_eq!(
        client.get("/processruns/pr-1/runstatus").await.json()["status"],
        "Finished"
    );
    let step = client
        .get("/processruns/pr-1/steps/ds-1/runstatus")
        .await
        .json();
    assert_eq!(
        (&step["status"], &step["completionMessage"]),
        (&json!("Failed"), &json!("no file"))
    );
}

#[tokio::test]
async fn the_list_of_steps_names_data_steps_alone() {
    let client = TestClient::of_one_run().await;
    let expected = json!([
        { "id": "ds-1", "name": "Load", "isEnabled": true, "stepOrder": "1.1" },
        { "id": "ds-3", "name": "Match", "isEnabled": true, "stepOrder": "1.3" },
    ]);
    assert_eq!(client.get("/processruns/pr-1/steps").await.json(), expected);
}

#[tokio::test]
async fn status_and_restart_take_action_steps_too() {
    let client = TestClient::of_one_run().await;
    client.start_and_work(100.0).await;
    let status = client
        .get("/processruns/pr-1/steps/as-2/runstatus")
        .await
        .json();
    assert_eq!(status["status"], "Success");
    assert_eq!(
        client
            .post("/processruns/pr-1/steps/as-2/restartfromhere")
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn a_steps_status_has_the_short_duration_and_dates_with_z() {
    let client = TestClient::of_one_run().await;
    client.start_and_work(5.0).await;
    let step = client
        .get("/processruns/pr-1/steps/ds-1/runstatus")
        .await
        .json();
    assert!(
        step["dateStarted"]
            .as_str()
            .is_some_and(|date| date.ends_with('Z'))
    );
    let expected = json!({
        "id": "ds-1", "dateStarted": step["dateStarted"], "dateFinished": null,
        "runDurationInSec": 0, "status": "Running",
        "completionMessage": "step is currently running",
    });
    assert_eq!(step, expected);
}

#[tokio::test]
async fn a_cancelled_step_has_no_end_date() {
    let client = TestClient::of_one_run().await;
    client.start_and_work(5.0).await;
    client.post("/processruns/pr-1/cancel").await;
    let step = client
        .get("/processruns/pr-1/steps/ds-1/runstatus")
        .await
        .json();
    assert_eq!(
        (&step["status"], &step["dateFinished"]),
        (&json!("Cancelled"), &Value::Null)
    );
    assert_eq!(step["completionMessage"], "");
}

#[tokio::test]
async fn restart_answers_running_with_the_steps_old_date() {
    let client = TestClient::of_one_run().await;
    client.start_and_work(100.0).await;
    let path = "/processruns/pr-1/steps/ds-3";
    client.sim.change_run(
        RUN,
        serde_json::from_value(json!({
            "steps": [{ "id": "ds-3", "dateStarted": "2025-01-13T03:51:03.27Z" }],
        }))
        .expect("a patch"),
    );
    let answer = client.post(&format!("{path}/restartfromhere")).await.json();
    assert_eq!(
        (&answer["id"], &answer["status"]),
        (&json!("ds-3"), &json!("Running"))
    );
    assert_eq!(answer["dateStarted"], "2025-01-13T03:51:03.27Z");
    assert_eq!(answer["completionMessage"], "step is currently running");
    assert!(answer.get("runDurationInSec").is_some());
    let later = client.get(&format!("{path}/runstatus")).await.json();
    assert_ne!(
        later["dateStarted"], answer["dateStarted"],
        "it truly began anew"
    );
}

#[tokio::test]
async fn restart_leaves_the_earlier_steps_and_runs_the_later_ones_again() {
    let client = TestClient::of_one_run().await;
    client.start_and_work(100.0).await;
    client
        .post("/processruns/pr-1/steps/as-2/restartfromhere")
        .await;
    let run = client.sim.run(RUN).expect("the run");
    let statuses: Vec<_> = run.steps.iter().map(|step| step.status.word()).collect();
    assert_eq!(statuses, ["Success", "Running", "NotStarted"]);
    assert_eq!((run.status.word(), run.counts.restarts), ("Running", 1));
}

#[tokio::test]
async fn an_action_that_does_not_fit_is_refused_with_a_message_and_changes_nothing() {
    let client = TestClient::of_one_run().await;
    client
        .post("/processruns/pr-1/cancel")
        .await
        .assert_is_error(400);
    client.start_and_work(5.0).await;
    client
        .post("/processruns/pr-1/start")
        .await
        .assert_is_error(400);
    client
        .post("/processruns/pr-1/steps/ds-1/restartfromhere")
        .await
        .assert_is_error(400);
    let counts = client.sim.run(RUN).expect("the run").counts;
    assert_eq!((counts.starts, counts.cancels, counts.restarts), (1, 0, 0));
}

#[tokio::test]
async fn what_does_not_exist_is_not_found() {
    let client = TestClient::of_one_run().await;
    for path in ["", "/runstatus", "/steps"] {
        client
            .get(&format!("/processruns/pr-9{path}"))
            .await
            .assert_is_error(404);
    }
    client
        .get("/processruns/pr-1/steps/ds-9/runstatus")
        .await
        .assert_is_error(404);
    client
        .post("/processruns/pr-9/start")
        .await
        .assert_is_error(404);
    client
        .post("/processruns/pr-1/steps/ds-9/restartfromhere")
        .await
        .assert_is_error(404);
    client.get("/nonsense").await.assert_is_error(404);
    client
        .get("/processruns/pr-1/start")
        .await
        .assert_is_error(405);
}

#[tokio::test]
async fn a_deleted_run_is_not_found() {
    let client = TestClient::of_one_run().await;
    assert!(client.sim.delete_run(RUN));
    client
        .get("/processruns/pr-1/runstatus")
        .await
        .assert_is_error(404);
}

#[tokio::test]
async fn the_case_of_a_paths_words_does_not_matter() {
    let client = TestClient::of_one_run().await;
    assert_eq!(client.get("/processRuns/pr-1/runStatus").await.status, 200);
    assert_eq!(client.post("/PROCESSRUNS/pr-1/Start").await.status, 200);
}

#[tokio::test]
async fn an_empty_post_that_does_not_say_so_is_answered_411_with_a_web_page() {
    let client = TestClient::of_one_run().await;
    for path in ["start", "cancel", "steps/ds-1/restartfromhere"] {
        let answer = read(client.posting(&format!("/processruns/pr-1/{path}"))).await;
        assert_eq!(answer.status, 411);
        assert!(
            answer.headers[CONTENT_TYPE]
                .to_str()
                .is_ok_and(|kind| kind.contains("html"))
        );
    }
    assert_eq!(client.sim.start_count(RUN), 0);
}

#[tokio::test]
async fn an_ended_run_that_is_started_again_has_new_dates_and_untouched_steps() {
    let client = TestClient::of_one_run().await;
    client.start_and_work(100.0).await;
    client.start_and_work(0.0).await;
    let status = client.get("/processruns/pr-1/runstatus").await.json();
    assert_eq!(
        (&status["status"], &status["dateStarted"]),
        (&json!("Scheduled"), &Value::Null)
    );
    let step = client
        .get("/processruns/pr-1/steps/ds-1/runstatus")
        .await
        .json();
    assert_eq!(
        (&step["status"], &step["dateStarted"]),
        (&json!("NotStarted"), &Value::Null)
    );
    assert_eq!(client.sim.start_count(RUN), 2);
}
