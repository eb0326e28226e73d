use runwatch_contract::Keeping;

use super::*;
use crate::accounts::test_sign_in::{SLOW, form, keeping, only, sign_in, sim};
use crate::accounts::{connect, restore};
use crate::test_support::Computer;

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
