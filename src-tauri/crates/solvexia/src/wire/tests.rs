use std::borrow::Borrow;

use jiff::Timestamp;
use runwatch_core::ids::{ProcessId, RunId, StepId};
use runwatch_core::status::{RunStatus, StepStatus};
use serde_json::value::RawValue;
use serde_json::{Value, json};

use super::processes::processes;
use super::runs::{created_run, run, run_acted_on, run_status, runs};
use super::steps::{step_acted_on, step_status, steps};
use super::*;

fn example(name: &str) -> Box<RawValue> {
    let all = include_bytes!("../../tests/fixtures/examples.json");
    let all: Value = serde_json::from_slice(all).unwrap();
    raw(all.get(name).unwrap_or_else(|| panic!("{name}")))
}

/// A body as it comes.
pub(super) fn raw(body: impl Borrow<Value>) -> Box<RawValue> {
    serde_json::value::to_raw_value(body.borrow()).unwrap()
}

fn run_id(text: &str) -> RunId {
    RunId::parse(text).unwrap()
}

fn step_id(text: &str) -> StepId {
    StepId::parse(text).unwrap()
}

fn at(text: &str) -> Option<Timestamp> {
    Some(text.parse().unwrap())
}

#[test]
fn the_documented_run_is_read() {
    let info = run(&run_id("pr-114278"), &example("get a run")).unwrap();
    assert_eq!(info.name, "processapitest : run #1");
    assert_eq!(info.process, ProcessId::parse("p-114273").ok());
    assert_eq!(info.description.as_deref(), Some("Description here"));
    assert_eq!(info.last_modified_by.as_deref(), Some("usa.john.adams"));
    assert_eq!(info.date_created, at("2020-06-15T02:24:14.27Z"));
    assert_eq!(info.date_modified, info.date_created);
}

#[test]
fn the_documented_run_status_is_read() {
    let seen = run_status(&run_id("pr-114278"), &example("run status")).unwrap();
    assert_eq!(seen.status, RunStatus::Cancelled);
    assert_eq!(seen.started, at("2025-02-05T22:40:19.923Z"));
    assert_eq!(seen.finished, at("2025-02-05T22:55:51.923Z"));
    assert_eq!(seen.duration_seconds, Some(932.0));
}

#[test]
fn the_answers_of_start_and_cancel_read_as_statuses_too() {
    for name in ["start", "start, deprecated"] {
        let seen = run_status(&run_id("pr-114278"), &example(name)).unwrap();
        assert_eq!(seen.status, RunStatus::Scheduled, "{name}");
        assert_eq!(
            (seen.started, seen.finished, seen.duration_seconds),
            (None, None, None)
        );
    }
    let seen = run_status(&run_id("pr-263"), &example("cancel (asked for pr-263)")).unwrap();
    assert_eq!(seen.status, RunStatus::Cancelled);
    assert_eq!((seen.started, seen.duration_seconds), (None, Some(48.0)));
    assert!(seen.ended(), "a missing end does not mean that it goes on");
}

/// docs/RULES.md, 12.
#[test]
fn an_answer_that_names_another_run_is_never_this_runs_state() {
    let body = || example("cancel, deprecated (asked for pr-114278)");
    let requested = run_id("pr-114278");
    let other = Unreadable::Other {
        requested: "pr-114278".into(),
        named: "pr-263".into(),
    };
    assert_eq!(run_acted_on(&requested, &body()), Err(other.clone()));
    assert_eq!(run_status(&requested, &body()), Err(other.clone()));
    assert_eq!(run(&requested, &body()), Err(other));
    assert_eq!(run_acted_on(&run_id("pr-263"), &body()), Ok(()));
}

#[test]
fn an_answer_that_names_another_step_is_never_this_steps_state() {
    for name in ["step status", "restart from a step"] {
        let other = step_id("as-1");
        assert!(step_status(&other, &example(name)).is_err(), "{name}");
        assert!(step_acted_on(&other, &example(name)).is_err(), "{name}");
        assert!(step_acted_on(&step_id("as-20682"), &example(name)).is_ok());
    }
}

#[test]
fn an_answer_that_names_nothing_is_believed_and_one_that_names_nonsense_is_not() {
    let status = |id: Value| {
        run_status(
            &run_id("pr-1"),
            &raw(json!({"id": id, "status": "Running"})),
        )
    };
    for silent in [json!(null), json!(""), json!("PR-1")] {
        assert!(status(silent.clone()).is_ok(), "{silent}");
    }
    for other in ["pr-2", "nonsense", "ds-1"] {
        assert!(status(json!(other)).is_err(), "{other}");
    }
}

#[test]
fn the_documented_step_status_is_read() {
    let step = step_id("as-20682");
    let seen = step_status(&step, &example("step status")).unwrap();
    assert_eq!(seen.status, StepStatus::Cancelled);
    assert_eq!(seen.started, at("2025-01-13T03:51:03.270Z"));
    assert_eq!((seen.finished, seen.duration_seconds), (None, Some(2.0)));
    assert_eq!(seen.message, "");
    let seen = step_status(&step, &example("restart from a step")).unwrap();
    assert_eq!(seen.message, "step is currently running");
}

#[test]
fn the_documented_steps_are_read_in_the_order_in_which_they_are_listed() {
    let listed = steps(&example("steps of a run")).unwrap().entries;
    let told: Vec<(String, String, bool)> = listed
        .iter()
        .map(|step| (step.id.to_string(), step.name.clone(), step.enabled))
        .collect();
    assert_eq!(
        told,
        [
            ("ds-114279".into(), "New data step".into(), true),
            ("ds-114278".into(), "New data step 2".into(), true),
        ]
    );
    assert_eq!(listed[1].order.as_ref().unwrap().to_string(), "1.2");
}

/// docs/RULES.md, 2: a step that is not seen cannot fail.
#[test]
fn a_listed_step_is_never_dropped_in_silence() {
    let good = json!({"id": "ds-1", "name": "Load"});
    for odd in [
        json!({"id": "x-1"}),
        json!({"name": "no id"}),
        json!(null),
        json!("ds-2"),
        json!({"id": 7}),
    ] {
        assert!(steps(&raw(json!([good, odd]))).is_err(), "{odd}");
    }
    assert!(steps(&raw(json!({"steps": []}))).is_err());
    assert_eq!(steps(&raw(json!([]))), Ok(vec![].into()));
}

/// docs/RULES.md, 2: what is not read cannot prove anything.
#[test]
fn a_list_is_cut_at_its_limit_and_says_so() {
    let listed = |count: usize, entry: &str| {
        let body = format!("[{}]", vec![entry; count].join(","));
        json(body.as_bytes()).map(RawValue::to_owned).unwrap()
    };
    let step = r#"{"id":"ds-1"}"#;
    for (count, read, is_cut) in [(2_000, 2_000, false), (2_001, 2_000, true)] {
        let listing = steps(&listed(count, step)).unwrap();
        assert_eq!((listing.entries.len(), listing.is_cut), (read, is_cut));
    }
    let listing = runs(&listed(20_001, r#"{"id":"pr-1"}"#)).unwrap();
    assert_eq!((listing.entries.len(), listing.is_cut), (20_000, true));
    let listing = processes(&listed(20_000, r#"{"id":"p-1"}"#)).unwrap();
    assert_eq!((listing.entries.len(), listing.is_cut), (20_000, false));
}

#[test]
fn a_body_that_is_nested_a_million_times_is_read_past() {
    let deep = format!("{}{}", "[".repeat(1 << 20), "]".repeat(1 << 20));
    let body = format!(r#"{{"more":{deep},"status":"Running","id":{deep}}}"#);
    let seen = run_status(&run_id("pr-1"), json(body.as_bytes()).unwrap()).unwrap();
    assert_eq!(seen.status, RunStatus::Running);
}

#[test]
fn a_name_that_is_missing_or_cannot_be_seen_is_the_id() {
    let body = raw(
        json!([{"id": "ds-1"}, {"id": "ds-2", "name": null}, {"id": "ds-3", "name": "\u{200b}"}]),
    );
    let listed = steps(&body).unwrap().entries;
    let names: Vec<&str> = listed.iter().map(|step| step.name.as_str()).collect();
    assert_eq!(names, ["ds-1", "ds-2", "ds-3"]);
    assert_eq!(run(&run_id("pr-1"), &raw(json!({}))).unwrap().name, "pr-1");
}

#[test]
fn an_entry_to_pick_from_that_cannot_be_read_does_not_cost_the_others() {
    let body = raw(json!([{"id": "p-1", "name": "A"}, {"id": "t-2"}, 3]));
    assert_eq!(processes(&body).unwrap().entries.len(), 1);
    let body = raw(json!([{"id": "pr-1"}, {}]));
    assert_eq!(runs(&body).unwrap().entries.len(), 1);
}

#[test]
fn a_new_run_must_be_named_and_be_of_the_process() {
    let process = ProcessId::parse("p-1").unwrap();
    let created = |body: Value| created_run(&process, &raw(body));
    assert!(created(json!({"id": "pr-9", "name": "N", "process": "p-1"})).is_ok());
    assert!(created(json!({"id": "pr-9"})).is_ok());
    assert!(created(json!({"id": "pr-9", "process": "p-2"})).is_err());
    assert!(created(json!({"name": "N"})).is_err());
}

#[test]
fn a_status_answer_without_a_status_is_none() {
    for body in [
        json!({}),
        json!({"message": "all fine"}),
        json!([]),
        json!(null),
        json!("Finished"),
    ] {
        assert!(run_status(&run_id("pr-1"), &raw(&body)).is_err(), "{body}");
    }
}

#[test]
fn a_name_of_100_000_characters_is_cut() {
    let body = raw(json!([{"id": "ds-1", "name": "x".repeat(100_000)}]));
    let listed = steps(&body).unwrap().entries;
    assert_eq!(listed[0].name.chars().count(), 501);
}

#[test]
fn a_byte_order_mark_before_the_body_does_not_matter() {
    assert_eq!(json(b"\xEF\xBB\xBF[]").map(RawValue::get), Ok("[]"));
}

#[test]
fn an_error_body_is_read_and_another_body_says_nothing() {
    let read = error_body(br#"{"message": "The run\u0000 is gone.", "supportId": "5f1c"}"#);
    assert_eq!(read.message.as_deref(), Some("The run is gone."));
    assert_eq!(read.support_id.as_deref(), Some("5f1c"));
    for other in [&b""[..], b"<html>", b"null", b"[]", br#"{"message": {}}"#] {
        assert_eq!(error_body(other), ErrorBody::default());
    }
}
