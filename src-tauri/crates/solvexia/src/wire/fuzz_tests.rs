//! Whatever a server answers: reading it never panics, and never makes more of it than it says.
//! `PROPTEST_CASES` says how many answers each property is tried with; a failing one is printed with
//! its seed.

use proptest::prelude::*;
use proptest::sample::Index;
use runwatch_core::ids::{ProcessId, RunId, StepId};
use runwatch_core::observation::Listing;
use runwatch_core::status::{RunStatus, StepStatus};
use serde_json::Value;
use serde_json::value::RawValue;

use super::processes::{process, processes};
use super::runs::{created_run, run, run_acted_on, run_status, runs};
use super::steps::{step_acted_on, step_status, steps};
use super::tests::raw;
use super::*;

/// So many where nothing is set, 100,000 in all: unoptimised, making one takes half a millisecond.
const CASES: u32 = 20_000;

const FIELDS: [&str; 14] = [
    "id",
    "name",
    "process",
    "status",
    "dateStarted",
    "dateFinished",
    "runDurationInSeconds",
    "runDurationInSec",
    "stepOrder",
    "orderedName",
    "isEnabled",
    "completionMessage",
    "message",
    "supportId",
];

/// What stands in a field, often enough of the form that belongs there.
fn leaf() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-2..12i64).prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        "(pr|p|ds|as)-[0-9]{1,6}".prop_map(Value::from),
        " ?(finished|SUCCESS|Success|Warning|Failed|3|4|4\\.0|5) ?".prop_map(Value::from),
        "-?[0-9]{1,5}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{0,9})?(Z|[+-][0-9]{2}:[0-9]{2})?"
            .prop_map(Value::from),
    ]
}

/// Any JSON, of the documented field names more often than not.
fn any_json() -> impl Strategy<Value = Value> {
    let field = prop_oneof![
        9 => prop::sample::select(&FIELDS[..]).prop_map(str::to_owned),
        1 => any::<String>(),
    ];
    leaf().prop_recursive(3, 24, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::hash_map(field.clone(), inner, 0..6)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

/// A change to a documented answer.
#[derive(Debug, Clone)]
enum Change {
    /// Something else stands in one place.
    Put(Index, Value),
    /// One field or entry is missing.
    Drop(Index),
    /// One field has another's name.
    Rename(Index, &'static str),
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        (any::<Index>(), leaf()).prop_map(|(at, value)| Change::Put(at, value)),
        any::<Index>().prop_map(Change::Drop),
        (any::<Index>(), prop::sample::select(&FIELDS[..]))
            .prop_map(|(at, name)| Change::Rename(at, name)),
    ]
}

/// A documented answer, changed in some places.
fn changed_example() -> impl Strategy<Value = Value> {
    let all = include_bytes!("../../tests/fixtures/examples.json");
    let all: Value = serde_json::from_slice(all).unwrap();
    let examples: Vec<Value> = all.as_object().unwrap().values().cloned().collect();
    let changes = prop::collection::vec(change(), 1..5);
    (prop::sample::select(examples), changes).prop_map(|(mut body, changes)| {
        for each in changes {
            apply(&mut body, each);
        }
        body
    })
}

/// Changes one field of the object, or of one entry of the list.
fn apply(body: &mut Value, change: Change) {
    let (Change::Put(at, _) | Change::Drop(at) | Change::Rename(at, _)) = &change;
    let fields = match body {
        Value::Array(entries) if !entries.is_empty() => {
            let entry = at.index(entries.len());
            return apply(&mut entries[entry], change);
        }
        Value::Object(fields) if !fields.is_empty() => fields,
        _ => return,
    };
    let names: Vec<String> = fields.keys().cloned().collect();
    let name = at.get(&names).clone();
    match change {
        Change::Put(_, value) => {
            fields.insert(name, value);
        }
        Change::Drop(_) => {
            fields.remove(&name);
        }
        Change::Rename(_, new) => {
            let value = fields.remove(&name).unwrap_or_default();
            fields.insert(new.to_owned(), value);
        }
    }
}

fn read_in_every_way(body: &RawValue) {
    let (a_run, a_step) = (
        RunId::parse("pr-1").unwrap(),
        StepId::parse("ds-1").unwrap(),
    );
    let a_process = ProcessId::parse("p-1").unwrap();
    // What comes out does not matter here, only that something does.
    let _ = run(&a_run, body);
    let _ = run_status(&a_run, body);
    let _ = run_acted_on(&a_run, body);
    let _ = step_status(&a_step, body);
    let _ = step_acted_on(&a_step, body);
    let _ = steps(body);
    let _ = processes(body);
    let _ = runs(body);
    let _ = process(&a_process, body);
    let _ = created_run(&a_process, body);
}

/// Whether a status is this word or this number, in the plainest reading.
fn says(body: &Value, word: &str, number: &str) -> bool {
    let said = match &body["status"] {
        Value::String(said) => said.trim().to_owned(),
        other => other.to_string(),
    };
    said.eq_ignore_ascii_case(word) || said.strip_suffix(".0").unwrap_or(&said) == number
}

/// An answer about what was asked, so that more than its id is read.
fn about(id: &str, body: &Value) -> Value {
    let mut body = body.clone();
    if let Value::Object(fields) = &mut body {
        fields.insert("id".to_owned(), id.into());
    }
    body
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(CASES),
        ..ProptestConfig::default()
    })]

    #[test]
    fn no_json_makes_reading_panic(body in any_json()) {
        read_in_every_way(&raw(&body));
        error_body(body.to_string().as_bytes());
    }

    #[test]
    fn no_change_of_a_documented_answer_makes_reading_panic(
        body in changed_example(),
        cut in any::<Index>(),
    ) {
        read_in_every_way(&raw(&body));
        read_in_every_way(&raw(about("pr-1", &body)));
        read_in_every_way(&raw(about("ds-1", &body)));
        let text = body.to_string();
        error_body(text.as_bytes());
        let cut_off = &text.as_bytes()[..cut.index(text.len())];
        prop_assert!(json(cut_off).is_err(), "half an answer is none");
    }

    #[test]
    fn no_bytes_make_reading_panic(body in prop::collection::vec(any::<u8>(), 0..200)) {
        error_body(&body);
        if let Ok(body) = json(&body) {
            read_in_every_way(body);
        }
    }

    /// docs/RULES.md, 2: no answer is read as a success, or as an end, that does not say so.
    #[test]
    fn rule_2_a_success_and_an_end_are_read_only_where_they_stand(
        body in prop_oneof![changed_example(), any_json()],
    ) {
        let (a_run, a_step) = (RunId::parse("pr-1").unwrap(), StepId::parse("ds-1").unwrap());
        if let Ok(seen) = step_status(&a_step, &raw(about("ds-1", &body))) {
            prop_assert_eq!(seen.status == StepStatus::Success, says(&body, "Success", "3"));
        }
        if let Ok(seen) = run_status(&a_run, &raw(about("pr-1", &body))) {
            prop_assert_eq!(seen.status == RunStatus::Finished, says(&body, "Finished", "4"));
        }
    }

    #[test]
    fn a_list_of_steps_is_read_whole_or_not_at_all(
        body in prop_oneof![changed_example(), any_json()],
    ) {
        let Ok(Listing { entries: listed, .. }) = steps(&raw(&body)) else { return Ok(()) };
        prop_assert_eq!(listed.len(), body.as_array().map_or(0, Vec::len));
        for (step, entry) in listed.iter().zip(body.as_array().into_iter().flatten()) {
            let clear_no = entry["isEnabled"] == false
                || entry["isEnabled"].as_str().is_some_and(|no| no.trim().eq_ignore_ascii_case("false"));
            prop_assert_eq!(step.enabled, !clear_no);
        }
    }
}
