//! Runwatch's addresses, opened: by a clicked notification, a link, or another launch. They show something,
//! and do nothing else.

use std::sync::Arc;

use runwatch_core::address::{Address, AddressError};
use runwatch_core::close::kept::CloseId;
use runwatch_core::ids::{ProcessId, RunKey};
use runwatch_core::outcome::Outcome;
use tauri::{AppHandle, Manager};

use crate::api::page::Page;
use crate::api::views::LATEST;
use crate::app_state::AppState;
use crate::shell::window;

/// What an address opens in the page.
#[derive(Debug, PartialEq, Eq)]
enum Opens {
    Run(RunKey),
    Close(CloseId),
    Start(CloseId, ProcessId),
    /// At this item.
    Inbox(Option<i64>),
}

/// Opens the window, and in it what the address shows. Where it shows nothing, the window says why.
pub fn open(app: &AppHandle, address: Result<Address, AddressError>) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let app_state = Arc::clone(&app.state::<Arc<AppState>>());
        let opens = match address {
            Ok(address) => find(&app_state, address).await,
            Err(error) => Err(error),
        };
        let main = app.clone();
        let opened = app.run_on_main_thread(move || {
            window::open(&main);
            show(&app_state.page, opens);
        });
        if let Err(error) = opened {
            tracing::warn!(%error, "the window could not be opened for an address");
        }
    });
}

fn show(page: &Page, opens: Result<Opens, AddressError>) {
    match opens {
        Ok(Opens::Run(key)) => page.open_run(&key),
        Ok(Opens::Close(id)) => page.open_close(&id, None),
        Ok(Opens::Start(id, process)) => page.open_close(&id, Some(&process)),
        Ok(Opens::Inbox(id)) => page.open_inbox(id),
        Err(error) => page.tell_not_opened(error.to_string()),
    }
}

async fn find(app_state: &AppState, address: Address) -> Result<Opens, AddressError> {
    let engine = &app_state.engine;
    let is_here = |id: &CloseId| match engine.closes.get(id) {
        Ok(_) => Ok(()),
        Err(_) => Err(AddressError::NoClose),
    };
    match address {
        Address::Run { place, run } => {
            let mut accounts: Vec<_> = engine.accounts.all();
            accounts.sort_by(|a, b| a.account.id.cmp(&b.account.id));
            let accounts: Vec<_> = accounts.into_iter().map(|one| one.account).collect();
            let is_listed = |key: &RunKey| engine.runs.get(key).is_ok();
            Address::find_run(&place, &run, &accounts, is_listed).map(Opens::Run)
        }
        Address::Close(id) => is_here(&id).map(|()| Opens::Close(id)),
        Address::Start(id, process) => is_here(&id).map(|()| Opens::Start(id, process)),
        Address::Inbox(Some(id)) => Ok(Opens::Inbox(Some(id))),
        Address::Inbox(None) => {
            // What cannot be read is said by the window itself.
            let items = engine
                .history
                .store()
                .inbox(LATEST)
                .await
                .unwrap_or_default();
            let failed = |outcome: Option<Outcome>| outcome.is_some_and(Outcome::is_failure);
            let newest = items.iter().find(|item| failed(item.notification.outcome));
            Ok(Opens::Inbox(newest.or(items.first()).map(|item| item.id)))
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use runwatch_core::ids::RunId;
    use runwatch_core::notification::{Notification, NotificationKind};
    use runwatch_core::transaction::Transaction;

    use super::*;
    use crate::test_support::{Computer, account};

    async fn told(app_state: &AppState, mark: i64, outcome: Outcome) {
        let notification = Notification {
            kind: NotificationKind::Ended,
            account: account().id,
            run: RunId::parse("pr-1").ok(),
            close: None,
            starts: None,
            mark,
            outcome: Some(outcome),
            title: String::new(),
            body: String::new(),
            at: Timestamp::from_second(mark).unwrap(),
            away: false,
        };
        let write = Transaction {
            notify: vec![notification],
            ..Transaction::default()
        };
        app_state.engine.history.store().write(write).await.unwrap();
    }

    #[tokio::test]
    async fn the_inbox_without_an_item_opens_at_its_newest_failure() {
        let computer = Computer::new();
        let app_state = computer.start().await;
        let inbox = async || find(&app_state, Address::Inbox(None)).await;
        assert_eq!(inbox().await, Ok(Opens::Inbox(None)));
        told(&app_state, 1, Outcome::Succeeded).await;
        assert_eq!(inbox().await, Ok(Opens::Inbox(Some(1))));
        told(&app_state, 2, Outcome::Failed).await;
        told(&app_state, 3, Outcome::Succeeded).await;
        assert_eq!(inbox().await, Ok(Opens::Inbox(Some(2))));
    }

    #[tokio::test]
    async fn a_run_that_is_not_listed_here_is_not_opened() {
        let computer = Computer::new();
        let app_state = computer.start().await;
        let address = || Address::parse("runwatch://run/app.solvexia.com/pr-1").unwrap();
        let opened = find(&app_state, address()).await;
        assert!(matches!(opened, Err(AddressError::NoAccount { .. })));
        app_state.engine.set_session(account(), None);
        let opened = find(&app_state, address()).await;
        assert!(matches!(opened, Err(AddressError::NotListed { .. })));
    }
}
