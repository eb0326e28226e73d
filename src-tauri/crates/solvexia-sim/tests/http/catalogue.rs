use serde_json::{Value, json};
use solvexia_sim::demo::{DEMO_BUSY_PROCESS, DEMO_FILE, DEMO_QUICK_RUN};

use crate::test_client::TestClient;

fn names(list: &Value) -> Vec<&str> {
    list.as_array()
        .expect("a list")
        .iter()
        .filter_map(|each| each["name"].as_str())
        .collect()
}

fn keys(object: &Value) -> Vec<&str> {
    object
        .as_object()
        .expect("an object")
        .keys()
        .map(String::as_str)
        .collect()
}

#[tokio::test]
async fn processes_are_listed_by_id_and_name_and_filtered_by_a_part_of_the_name() {
    let client = TestClient::of_demo().await;
    let all = client.get("/processes").await.json();
    assert_eq!(keys(&all[0]), ["id", "name"]);
    assert!(names(&all).len() >= 10);
    let some = client.get("/processes?name=BANK").await.json();
    assert_eq!(names(&some), ["Bank reconciliation", "Daily bank import"]);
    let none = client
        .get("/processes?dateCreatedStart=2200-01-01")
        .await
        .json();
    assert!(names(&none).is_empty());
    let none = client
        .get("/processes?dateCreatedEnd=2000-01-01T00:00:00")
        .await
        .json();
    assert!(names(&none).is_empty());
    client
        .get("/processes?dateCreatedEnd=soon")
        .await
        .assert_is_error(400);
}

#[tokio::test]
async fn a_process_has_the_documented_fields() {
    let client = TestClient::of_demo().await;
    let process = client.get("/processes/p-10001").await.json();
    assert_eq!(
        keys(&process),
        [
            "alertEmailAddress",
            "alertSMS",
            "availableToSubscriber",
            "dateCreated",
            "dateModified",
            "description",
            "id",
            "lastModifiedBy",
            "name",
            "runsAvailableToSubscriber",
        ]
    );
    client.get("/processes/p-9").await.assert_is_error(404);
}

#[tokio::test]
async fn the_runs_of_a_process_have_no_status_and_come_all_at_once() {
    let client = TestClient::of_demo().await;
    let runs = client
        .get(&format!("/processes/{DEMO_BUSY_PROCESS}/processRuns"))
        .await
        .json();
    assert_eq!(keys(&runs[0]), ["id", "name"]);
    assert!(names(&runs).len() > 40);
    client
        .get("/processes/p-9/processruns")
        .await
        .assert_is_error(404);
}

#[tokio::test]
async fn a_new_run_is_named_after_its_process_or_its_prefix_and_is_not_started() {
    let client = TestClient::of_one_run().await;
    let run = client.post("/processes/p-1/processruns").await.json();
    assert_eq!(
        (&run["name"], &run["process"]),
        (&json!("Test : run #2"), &json!("p-1"))
    );
    let path = format!(
        "/processruns/{}/runstatus",
        run["id"].as_str().expect("an id")
    );
    assert_eq!(client.get(&path).await.json()["status"], "NotStarted");
    let body = json!({ "namePrefix": "October" });
    let run = client
        .post_json("/processes/p-1/processruns", body)
        .await
        .json();
    assert_eq!(run["name"], "October : run #3");
    client
        .post("/processes/p-9/processruns")
        .await
        .assert_is_error(404);
}

#[tokio::test]
async fn a_new_run_has_steps_of_its_own() {
    let client = TestClient::of_one_run().await;
    let run = client.post("/processes/p-1/processruns").await.json();
    let path = format!("/processruns/{}/steps", run["id"].as_str().expect("an id"));
    let (new, old) = (
        client.get(&path).await.json(),
        client.get("/processruns/pr-1/steps").await.json(),
    );
    assert_eq!(names(&new), names(&old));
    assert_ne!(new[0]["id"], old[0]["id"]);
    let of_process = client.get("/processes/p-1/steps").await.json();
    assert_eq!(names(&of_process), names(&old));
}

#[tokio::test]
async fn a_step_is_found_by_its_id_alone() {
    let client = TestClient::of_one_run().await;
    let expected = json!({ "id": "ds-1", "name": "Load", "isEnabled": true, "stepOrder": "1.1" });
    assert_eq!(client.get("/steps/ds-1").await.json(), expected);
    client.get("/steps/ds-9").await.assert_is_error(404);
}

#[tokio::test]
async fn every_documented_type_of_property_is_there() {
    let client = TestClient::of_demo().await;
    let steps = client
        .get(&format!("/processruns/{DEMO_QUICK_RUN}/steps"))
        .await
        .json();
    let path = format!(
        "/steps/{}/properties",
        steps[0]["id"].as_str().expect("an id")
    );
    let properties = client.get(&path).await.json();
    let properties = properties.as_array().expect("a list");
    for data_type in [
        "CheckBox",
        "Dropdown",
        "Text",
        "String",
        "Number",
        "Decimal",
        "SystemVariable",
        "Datepicker",
        "File",
    ] {
        let property = properties.iter().find(|each| each["dataType"] == data_type);
        let property = property.unwrap_or_else(|| panic!("{data_type} is missing"));
        assert!(
            property["id"]
                .as_str()
                .is_some_and(|id| id.starts_with("dsprop-"))
        );
        assert_eq!(property["informationFlowType"], "INPUT");
        assert!(property["mouseoverText"].is_string());
    }
}

#[tokio::test]
async fn a_property_can_be_set_and_its_answer_spells_mouse_over_otherwise() {
    let client = TestClient::of_demo().await;
    let steps = client
        .get(&format!("/processruns/{DEMO_QUICK_RUN}/steps"))
        .await
        .json();
    let path = format!(
        "/steps/{}/properties",
        steps[0]["id"].as_str().expect("an id")
    );
    let properties = client.get(&path).await.json();
    let days = properties
        .as_array()
        .and_then(|all| all.iter().find(|p| p["name"] == "Days back"));
    let path = format!(
        "{path}/{}",
        days.expect("a number")["id"].as_str().expect("an id")
    );
    let answer = client.post_json(&path, json!({ "value": 28 })).await.json();
    assert_eq!(answer["value"], 28);
    assert!(answer["mouseOverText"].is_string() && answer.get("mouseoverText").is_none());
    assert_eq!(client.get(&path).await.json()["value"], 28);
    client.get(&format!("{path}9")).await.assert_is_error(404);
    client
        .post_json(&path, json!("nonsense"))
        .await
        .assert_is_error(400);
}

#[tokio::test]
async fn a_file_tells_its_metadata() {
    let client = TestClient::of_demo().await;
    let file = client
        .get(&format!("/files/{DEMO_FILE}/metadata"))
        .await
        .json();
    assert_eq!(
        keys(&file),
        ["fileExtension", "id", "name", "sizeInBytes", "url"]
    );
    client.get("/files/f-9/metadata").await.assert_is_error(404);
}

#[tokio::test]
async fn without_a_filter_the_log_tells_its_newest_fifty_entries() {
    let client = TestClient::of_demo().await;
    client
        .post(&format!("/processruns/{DEMO_QUICK_RUN}/start"))
        .await;
    let log = client.get("/logs").await.json();
    assert_eq!(log.as_array().map(Vec::len), Some(50));
    assert_eq!(keys(&log[0]), ["id", "message", "timeStamp", "userName"]);
    assert!(
        log[0]["message"]
            .as_str()
            .is_some_and(|message| message.contains("was started"))
    );
    assert!(
        log[0]["timeStamp"]
            .as_str()
            .is_some_and(|time| time.ends_with("+10:00"))
    );
    let all = client
        .get("/logs?startDate=2000-01-01T00:00:00Z")
        .await
        .json();
    assert!(all.as_array().is_some_and(|all| all.len() > 50));
    let none = client.get("/logs?endDate=2000-01-01").await.json();
    assert_eq!(none, json!([]));
}
