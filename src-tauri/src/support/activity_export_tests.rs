use async_trait::async_trait;
use runwatch_core::action::{ActionKind, ActionResult};
use runwatch_core::ids::RunId;
use runwatch_core::status_stamp::StatusStamp;
use runwatch_core::transaction::Transaction;

use super::*;
use crate::test_support::{Computer, account};

/// Its user chooses this place, or none.
struct Chooses(Option<PathBuf>);

#[async_trait]
impl FileDialogs for Chooses {
    async fn save_as(&self, _: &str, name: &str) -> Option<PathBuf> {
        assert!(name.starts_with("Runwatch activity 20") && name.ends_with(".csv"));
        self.0.clone()
    }
}

fn action(n: i64) -> Action {
    Action {
        id: 0,
        account: account().id,
        run: Some(RunId::parse(&format!("pr-{n}")).unwrap()),
        account_label: "Payroll".into(),
        environment: None,
        identity: "desk".into(),
        os_user: "ana".into(),
        run_name: format!("Run {n}, “all”"),
        attempt: Some(1),
        kind: ActionKind::Start,
        deprecated: false,
        baseline: StatusStamp::not_started(),
        result: ActionResult::Ok,
        message: "Accepted;\nscheduled".into(),
        support_id: None,
        reason: None,
        asked: "2026-11-04T07:20:00Z".parse().unwrap(),
        answered: None,
    }
}

async fn with_actions(computer: &Computer, many: i64) -> std::sync::Arc<AppState> {
    let app_state = computer.start().await;
    for n in 1..=many {
        let write = Transaction {
            action: Some(action(n)),
            ..Transaction::default()
        };
        let store = app_state.engine.history.store();
        store.write(write).await.unwrap();
    }
    app_state
}

#[tokio::test]
async fn every_action_of_the_history_is_a_row_not_only_those_that_the_page_shows() {
    let computer = Computer::new();
    let many = i64::from(crate::api::views::LATEST) + 7;
    let app_state = with_actions(&computer, many).await;
    app_state.engine.set_session(account(), None);
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("activity.csv");
    let saved = export(&app_state, &Chooses(Some(place.clone()))).await;
    assert_eq!(saved.unwrap().as_deref(), Some(place.as_path()));
    let text = std::fs::read_to_string(&place).unwrap();
    // A row of two lines each, after the names of the columns.
    assert_eq!(text.matches("\r\n").count() as i64, many + 1);
    for n in 1..=many {
        assert_eq!(text.matches(&format!("pr-{n},")).count(), 1, "pr-{n}");
    }
    // Written down before environments were: the account still says it.
    assert!(
        text.contains("Payroll,https://app.solvexia.com,pr-"),
        "{text}"
    );
}

#[tokio::test]
async fn nothing_is_written_where_its_user_thought_better_of_it() {
    let computer = Computer::new();
    let app_state = with_actions(&computer, 1).await;
    assert_eq!(export(&app_state, &Chooses(None)).await.unwrap(), None);
}

#[tokio::test]
async fn a_place_that_cannot_be_written_to_is_named_with_the_reason() {
    let computer = Computer::new();
    let app_state = with_actions(&computer, 1).await;
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("gone").join("activity.csv");
    let error = export(&app_state, &Chooses(Some(place.clone())))
        .await
        .unwrap_err();
    let words = format!(
        "“{}” was not saved. The folder is not there any more. Save it in another place.",
        place.display()
    );
    assert_eq!(error.message, words);
    let said = |kind: ErrorKind| not_saved(&place, &kind.into());
    assert!(said(ErrorKind::StorageFull).contains("The disk is full."));
    assert!(said(ErrorKind::PermissionDenied).contains("You may not write into this folder."));
}
