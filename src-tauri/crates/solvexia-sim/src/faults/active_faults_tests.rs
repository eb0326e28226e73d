use super::super::fault::matches;
use super::{ActiveFaults, Fault, FaultKind, Rewrite};

const PATH: &str = "/api/v1/processruns/pr-1/runstatus";

#[test]
fn a_pattern_is_a_part_of_the_path_and_its_stars_stand_for_anything() {
    assert!(matches("", PATH));
    assert!(matches("RunStatus", PATH));
    assert!(matches("processruns/*/runstatus", PATH));
    assert!(!matches("steps/*/runstatus", PATH));
}

#[test]
fn answers_in_place_of_the_true_one_queue_up() {
    let mut faults = ActiveFaults::default();
    faults.add(Fault::on("", FaultKind::DropBefore).times(1));
    faults.add(Fault::on("", FaultKind::Truncated).times(1));
    let mut replacement = || faults.effects_on("GET", PATH).replacement;
    assert_eq!(replacement(), Some(FaultKind::DropBefore));
    assert_eq!(replacement(), Some(FaultKind::Truncated));
    assert_eq!(replacement(), None);
}

#[test]
fn delays_and_rewrites_add_up() {
    let mut faults = ActiveFaults::default();
    faults.add(Fault::on(
        "",
        FaultKind::Delay {
            ms: 20,
            after_effect: false,
        },
    ));
    faults.add(Fault::on(
        "",
        FaultKind::Delay {
            ms: 30,
            after_effect: false,
        },
    ));
    faults.add(Fault::on("", FaultKind::Rewrite(Rewrite::NullEnd)));
    faults.add(Fault::on("", FaultKind::Rewrite(Rewrite::NumericStatus)).method("POST"));
    let effects = faults.effects_on("GET", PATH);
    assert_eq!(effects.delay_before_ms, 50);
    assert_eq!(effects.rewrites, [Rewrite::NullEnd]);
}

#[test]
fn every_kind_is_written_flat_in_json() {
    let read = |text| serde_json::from_str::<Fault>(text).expect("a fault");
    let fault = read(r#"{"path":"start","method":"POST","times":2,"kind":"drop_after"}"#);
    assert_eq!(
        fault,
        Fault::on("start", FaultKind::DropAfter)
            .method("POST")
            .times(2)
    );
    let fault = read(r#"{"path":"","kind":"delay","ms":5,"afterEffect":true}"#);
    assert_eq!(
        fault.kind,
        FaultKind::Delay {
            ms: 5,
            after_effect: true
        }
    );
    let fault = read(r#"{"path":"","kind":"status_word","word":"Paused"}"#);
    let word = "Paused".to_owned();
    assert_eq!(fault.kind, FaultKind::Rewrite(Rewrite::StatusWord { word }));
    let fault = read(r#"{"kind":"numeric_status"}"#);
    assert_eq!(fault.kind, FaultKind::Rewrite(Rewrite::NumericStatus));
    assert!(serde_json::from_str::<Fault>(r#"{"kind":"nonsense"}"#).is_err());
}
