use runwatch_core::action::ActionResult;
use runwatch_core::action::{Action, ActionKind};
use runwatch_core::ids::{AccountId, RunId, StepId};
use runwatch_core::status_stamp::StatusStamp;

use super::*;

fn restart() -> Action {
    Action {
        id: 1,
        account: AccountId("a".into()),
        run: Some(RunId::parse("pr-114278").unwrap()),
        account_label: "Group finance".into(),
        environment: Some("https://app.solvexia.com".into()),
        identity: "desk".into(),
        os_user: "ana".into(),
        run_name: "=cmd|' /C calc'!A0".into(),
        attempt: Some(2),
        kind: ActionKind::Restart {
            step: StepId::parse("ds-7").unwrap(),
            step_name: "1.3 Match, “late” lines".into(),
        },
        deprecated: false,
        baseline: StatusStamp::not_started(),
        result: ActionResult::Ok,
        message: "step is currently running;\r\nwait".into(),
        support_id: Some("6f1c".into()),
        reason: None,
        asked: "2026-11-04T07:20:00Z".parse().unwrap(),
        answered: Some("2026-11-04T07:20:02.9Z".parse().unwrap()),
    }
}

fn read(actions: &[Action]) -> Vec<Vec<String>> {
    let zone = TimeZone::get("Australia/Sydney").unwrap();
    let bytes = file(actions, &zone).unwrap();
    let text = bytes.strip_prefix("\u{FEFF}".as_bytes()).expect("the mark");
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text);
    let cells = |row: csv::StringRecord| row.iter().map(str::to_owned).collect();
    reader.records().map(|row| cells(row.unwrap())).collect()
}

#[test]
fn an_action_is_a_row_with_all_that_an_auditor_asks_for_and_times_that_name_their_zone() {
    let rows = read(&[restart()]);
    let row: Vec<_> = rows[0].iter().zip(&rows[1]).collect();
    let expected = [
        ("Time", "2026-11-04T18:20:00+11:00"),
        ("Person", "ana"),
        ("Identity", "desk"),
        ("Account", "Group finance"),
        ("Environment", "https://app.solvexia.com"),
        ("Run id", "pr-114278"),
        ("Run", "'=cmd|' /C calc'!A0"),
        ("Attempt", "2"),
        ("Step id", "ds-7"),
        ("Step", "1.3 Match, “late” lines"),
        ("Action", "Restart from a step"),
        ("Result", "Done"),
        ("Answer", "step is currently running;\r\nwait"),
        ("Answered", "2026-11-04T18:20:02+11:00"),
        ("Note", ""),
        ("Support id", "6f1c"),
    ];
    let row: Vec<_> = row.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    assert_eq!(row, expected);
}

#[test]
fn a_mark_is_a_row_with_its_note_and_what_is_not_known_is_empty() {
    let note = "bank file resent".to_owned();
    let rows = read(&[Action {
        kind: ActionKind::DealtWith { note },
        environment: None,
        attempt: None,
        answered: None,
        support_id: None,
        ..restart()
    }]);
    let cell = |column: &str| {
        let at = rows[0].iter().position(|name| name == column).unwrap();
        rows[1][at].as_str()
    };
    assert_eq!(
        (cell("Action"), cell("Note")),
        ("Mark as dealt with", "bank file resent")
    );
    for column in [
        "Environment",
        "Attempt",
        "Step id",
        "Answered",
        "Support id",
    ] {
        assert_eq!(cell(column), "", "{column}");
    }
}
