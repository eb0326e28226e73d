//! An account's name and colour, beside all else that happens to it.

use runwatch_core::account::{Account, Colour};
use runwatch_core::ports::Store;

use super::life::{Life, World, account};
use super::shelf::wait;

/// Signs out as the app does.
async fn sign_out(life: &Life) {
    let signed_out = Account {
        signed_out: true,
        ..account()
    };
    life.engine.set_session(signed_out, None);
    let remembered = life.engine.remember_account(&account().id).await;
    remembered.unwrap();
}

async fn rename(life: &Life) {
    let (id, name) = (account().id, "Month-end".to_owned());
    let renamed = life.engine.rename_account(&id, name, Colour::Red).await;
    renamed.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_new_name_never_undoes_a_sign_out_and_a_sign_out_no_new_name() {
    for sign_out_first in [false, true] {
        let world = World::new();
        let life = world.boot().await;
        if sign_out_first {
            tokio::join!(sign_out(&life), rename(&life));
        } else {
            tokio::join!(rename(&life), sign_out(&life));
        }
        let known = life.engine.session(&account().id).unwrap();
        assert!(known.api.is_none());
        let kept = wait(world.shelf.db().accounts()).unwrap().remove(0);
        for account in [known.account, kept] {
            assert!(account.signed_out, "first: {sign_out_first}");
            let named = (account.label.as_str(), account.colour);
            assert_eq!(named, ("Month-end", Colour::Red), "first: {sign_out_first}");
        }
    }
}
