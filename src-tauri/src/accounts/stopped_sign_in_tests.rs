//! Sign-ins that are stopped while they are under way: nothing of them is left.

use std::sync::Arc;

use runwatch_contract::ErrorCode;
use runwatch_core::account::{Account, SignInMethod};
use runwatch_core::credentials::Credentials;
use runwatch_core::error::VaultError;
use runwatch_core::ids::AccountId;
use runwatch_core::network::Route;
use runwatch_core::ports::RefreshTokens;
use solvexia_sim::{Fault, FaultKind};

use crate::accounts::sign_out::remove;
use crate::accounts::test_sign_in::{SLOW, form, only, sim};
use crate::accounts::{connect, secrets};
use crate::app_state::AppState;
use crate::test_support::{Computer, account};

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
            &app.route.get(),
        );
        let answer = secrets::keep_sign_in(&app, &stop, kept, api.unwrap(), None).await;
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
        ..app.route.get()
    };
    app.route.set(unread);
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
