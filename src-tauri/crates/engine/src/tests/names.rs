//! Names, of accounts and of runs, beside all else that happens to them.

use runwatch_core::account::Colour;
use runwatch_core::ports::Store;

use super::faulty_store::wait;
use super::outcome::running;
use super::world::{Life, World, account, key, pass};

async fn sign_out(life: &Life) {
    life.engine.sign_out(&account().id).await.unwrap();
}

async fn rename(life: &Life) {
    let (id, name) = (account().id, "Month-end".to_owned());
    let renamed = life.engine.accounts.rename(&id, name, Colour::Red).await;
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
        let known = life.engine.accounts.get(&account().id).unwrap();
        assert!(known.api.is_none());
        let kept = wait(world.shelf.db().accounts()).unwrap().remove(0);
        for account in [known.account, kept] {
            assert!(account.signed_out, "first: {sign_out_first}");
            let named = (account.label.as_str(), account.colour);
            assert_eq!(named, ("Month-end", Colour::Red), "first: {sign_out_first}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_run_that_was_renamed_is_told_by_its_name_of_now() {
    let (world, _life) = running().await;
    world
        .server
        .update("pr-1", |truth| truth.name = "Payroll".into());
    world.end("pr-1", "Finished", &["Success"]);
    pass(30).await;
    assert_eq!(world.desk.titles(), ["Succeeded: Payroll"]);
}

#[tokio::test(start_paused = true)]
async fn a_run_that_was_renamed_is_shown_by_its_name_of_now_once_it_is_refreshed() {
    let (world, life) = running().await;
    world
        .server
        .update("pr-1", |truth| truth.name = "Payroll".into());
    life.engine.refresh(&key("pr-1")).await.unwrap();
    pass(1).await;
    assert_eq!(life.state("pr-1").run.info.name, "Payroll");
}
