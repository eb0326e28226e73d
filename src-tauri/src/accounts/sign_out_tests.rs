use std::time::Duration;

use runwatch_contract::{ConnectRequest, Keeping};
use runwatch_core::account::{Account, SignInMethod};
use runwatch_core::credentials::Credentials;
use runwatch_core::network::Route;
use runwatch_core::ports::RefreshTokens;
use runwatch_engine::accounts::session::Session;
use solvexia_sim::demo::{DEMO_CLIENT_ID, DEMO_CLIENT_SECRET};
use solvexia_sim::{Fault, FaultKind, Sim, SimHandle, SimOptions};

use super::*;
use crate::accounts::{connect, restore, secrets};
use crate::api::views;
use crate::test_support::{Computer, account};

/// So long a token endpoint takes; a test that works waits for none of it.
const SLOW: Duration = Duration::from_secs(10);

async fn sim() -> SimHandle {
    Sim::start(SimOptions::empty()).await.unwrap()
}

fn form(sim: &SimHandle, again: Option<&str>) -> ConnectRequest {
    ConnectRequest {
        account_id: again.map(str::to_owned),
        environment: sim.base_url(),
        method: SignInMethod::Client,
        client_id: Some(DEMO_CLIENT_ID.into()),
        client_secret: Some(DEMO_CLIENT_SECRET.into()),
        callback_port: None,
        access_token: None,
        confirmed_origin: None,
    }
}

/// Signs in, and gives the account's id.
async fn sign_in(app: &Arc<AppState>) -> String {
    let sim = sim().await;
    connect::connect(app, form(&sim, None)).await.unwrap().id
}

fn only(app: &AppState) -> Session {
    app.engine.accounts.all().remove(0)
}

fn keeping(app: &AppState) -> Keeping {
    views::account::account(app, &only(app)).keeping
}

#[tokio::test]
async fn what_a_locked_keychain_kept_at_a_sign_out_is_deleted_once_it_is_unlocked() {
    let computer = Computer::new();
    let app = computer.start().await;
    let id = sign_in(&app).await;
    computer.keychain.lock(true);
    let told = sign_out(&app, &id).await.unwrap_err();
    assert!(told.message.contains("may still be in"), "{}", told.message);

    // Also after a restart, and not before it is true.
    drop(app);
    let app = computer.start().await;
    assert_eq!(keeping(&app), Keeping::Left);
    restore::unlock(&app).await;
    assert_eq!(keeping(&app), Keeping::Left);
    computer.keychain.lock(false);
    assert_eq!(computer.keychain.names().await.len(), 1);
    restore::unlock(&app).await;
    assert_eq!(keeping(&app), Keeping::Deleted);
    assert!(computer.keychain.names().await.is_empty());

    drop(app);
    let app = computer.start().await;
    assert_eq!(keeping(&app), Keeping::Deleted);
}

#[tokio::test]
async fn the_next_start_deletes_what_a_sign_out_left_by_itself() {
    let computer = Computer::new();
    let app = computer.start().await;
    let id = sign_in(&app).await;
    computer.keychain.lock(true);
    sign_out(&app, &id).await.unwrap_err();
    drop(app);

    computer.keychain.lock(false);
    let app = computer.start().await;
    let mut events = app.engine.events();
    let deleted = async {
        while keeping(&app) != Keeping::Deleted {
            events.recv().await.unwrap();
        }
    };
    tokio::select! {
        () = deleted => {}
        () = restore::restore(&app) => {}
    }
    assert!(computer.keychain.names().await.is_empty());
}

#[tokio::test]
async fn a_kill_while_the_keychain_hangs_does_not_undo_a_sign_out_or_a_removal() {
    for removes in [false, true] {
        let computer = Computer::new();
        let app = computer.start().await;
        let id = sign_in(&app).await;
        computer.keychain.hang();
        let left = async {
            match removes {
                true => remove(&app, &id, true).await,
                false => sign_out(&app, &id).await,
            }
        };
        tokio::select! {
            _ = left => panic!("the keychain has answered"),
            () = computer.keychain.asked() => {}
        }
        drop(app);
        let app = computer.start().await;
        assert!(only(&app).account.signed_out, "removed: {removes}");
    }
}

#[tokio::test]
async fn an_account_that_a_locked_keychain_kept_from_removal_stays_signed_out_and_can_be_removed() {
    let computer = Computer::new();
    let app = computer.start().await;
    let id = sign_in(&app).await;
    computer.keychain.lock(true);
    remove(&app, &id, true).await.unwrap_err();
    drop(app);

    computer.keychain.lock(false);
    let app = computer.start().await;
    restore::unlock(&app).await;
    let session = only(&app);
    assert!(session.account.signed_out && session.api.is_none());
    remove(&app, &id, true).await.unwrap();
    assert!(app.engine.accounts.all().is_empty());
    assert!(computer.keychain.names().await.is_empty());
}

/// Signs an account in again with a token endpoint that is slow, and does something meanwhile.
async fn while_it_signs_in_again(
    computer: &Computer,
    meanwhile: impl AsyncFnOnce(&Arc<AppState>, &str),
) -> Arc<AppState> {
    let app = computer.start().await;
    let sim = sim().await;
    let id = connect::connect(&app, form(&sim, None)).await.unwrap().id;
    sim.add_fault(Fault::on(
        "/oauth/token",
        FaultKind::Delay {
            ms: SLOW.as_millis().try_into().unwrap(),
            after_effect: false,
        },
    ));
    let again = connect::connect(&app, form(&sim, Some(&id)));
    let then = async {
        let waits = || app.sign_in.is_of(&AccountId(id.clone()));
        while !waits() {
            tokio::task::yield_now().await;
        }
        meanwhile(&app, &id).await;
    };
    let both = async { tokio::join!(again, then).0 };
    let answer = tokio::time::timeout(SLOW / 2, both).await.unwrap();
    assert_eq!(answer.unwrap_err().code, ErrorCode::Stopped);
    app
}

#[tokio::test]
async fn a_sign_in_under_way_does_not_bring_back_what_was_removed() {
    let computer = Computer::new();
    let app = while_it_signs_in_again(&computer, async |app, id| {
        remove(app, id, true).await.unwrap();
    })
    .await;
    assert!(app.engine.accounts.all().is_empty());
    assert!(computer.keychain.names().await.is_empty());
}

#[tokio::test]
async fn a_sign_in_without_the_browser_can_be_stopped_too_and_changes_nothing() {
    let computer = Computer::new();
    let app = while_it_signs_in_again(&computer, async |app, _| app.sign_in.stop()).await;
    assert!(only(&app).api.is_some(), "it was signed in before");
    assert_eq!(computer.keychain.names().await.len(), 1);
}

#[tokio::test]
async fn a_sign_out_wins_over_a_sign_in_that_is_just_being_kept() {
    let computer = Computer::new();
    let app = computer.start().await;
    let sim = sim().await;
    let id = connect::connect(&app, form(&sim, None)).await.unwrap().id;
    computer.keychain.hang();
    let out = async {
        computer.keychain.asked().await;
        let answers = async {
            while !only(&app).account.signed_out {
                tokio::task::yield_now().await;
            }
            computer.keychain.answer();
        };
        tokio::join!(sign_out(&app, &id), answers).0
    };
    let (again, out) = tokio::join!(connect::connect(&app, form(&sim, Some(&id))), out);
    assert_eq!(again.unwrap_err().code, ErrorCode::Stopped);
    out.unwrap();
    let session = only(&app);
    assert!(session.account.signed_out && session.api.is_none());
    assert_eq!(keeping(&app), Keeping::Deleted);
    assert!(computer.keychain.names().await.is_empty());
}

#[tokio::test]
async fn a_sign_out_stops_an_account_while_secrets_of_another_are_being_kept() {
    let computer = Computer::new();
    let app = computer.start().await;
    let id = sign_in(&app).await;
    let _turn = app.changing_secrets.lock().await;
    let stopped = async {
        while !only(&app).account.signed_out {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        _ = sign_out(&app, &id) => panic!("it did not wait to delete secrets"),
        done = tokio::time::timeout(SLOW, stopped) => done.unwrap(),
    }
    assert!(only(&app).api.is_none());
}

/// Nothing is left of an account that never was.
async fn nothing_is_left(computer: &Computer, app: &AppState) {
    assert!(app.engine.accounts.all().is_empty());
    assert!(
        app.engine
            .history
            .store()
            .accounts()
            .await
            .unwrap()
            .is_empty()
    );
    assert!(computer.keychain.names().await.is_empty());
}

#[tokio::test]
async fn a_sign_in_that_is_stopped_while_it_is_being_kept_leaves_nothing() {
    let computer = Computer::new();
    let app = computer.start().await;
    let sim = sim().await;
    computer.keychain.hang();
    let stopped = async {
        computer.keychain.asked().await;
        app.sign_in.stop();
        computer.keychain.answer();
    };
    let (answer, ()) = tokio::join!(connect::connect(&app, form(&sim, None)), stopped);
    assert_eq!(answer.unwrap_err().code, ErrorCode::Stopped);
    nothing_is_left(&computer, &app).await;
}

#[tokio::test]
async fn what_the_browser_had_brought_when_it_was_stopped_goes_again() {
    for was_signed_out in [false, true] {
        let computer = Computer::new();
        let app = computer.start().await;
        let account = Account {
            method: SignInMethod::Browser,
            signed_out: was_signed_out,
            ..account()
        };
        if was_signed_out {
            app.engine.set_session(account.clone(), None);
        }
        let stop = app.sign_in.begin(&account);
        let kept = Account {
            signed_out: false,
            ..account.clone()
        };
        secrets::remember(&app, &kept).await;
        let refresh = app.open_refresh(&account);
        refresh.keep("token".into()).await.unwrap();
        app.sign_in.stop();
        let api = crate::accounts::signed_in::client(
            &account.environment,
            Credentials::Token {
                token: "token".into(),
            },
            &app.route(),
        );
        let answer = secrets::settle(&app, &stop, kept, api.unwrap(), None).await;
        assert_eq!(answer.unwrap_err().code, ErrorCode::Stopped);
        match was_signed_out {
            false => nothing_is_left(&computer, &app).await,
            true => {
                assert!(computer.keychain.names().await.is_empty());
                let remembered = app.engine.history.store().accounts().await.unwrap();
                assert!(remembered[0].signed_out);
            }
        }
    }
}

#[tokio::test]
async fn a_sign_in_that_waits_for_the_proxys_password_can_be_stopped() {
    let computer = Computer::new();
    let app = computer.start().await;
    let sim = sim().await;
    let unread = Route {
        proxy_password: Err(VaultError::Locked),
        ..app.route()
    };
    app.set_route(unread);
    computer.keychain.hang();
    let stopped = async {
        computer.keychain.asked().await;
        app.sign_in.stop();
    };
    let (answer, ()) = tokio::join!(connect::connect(&app, form(&sim, None)), stopped);
    assert_eq!(answer.unwrap_err().code, ErrorCode::Stopped);
    computer.keychain.answer();
    nothing_is_left(&computer, &app).await;
}
