//! An account that is removed takes its runs along, and nothing brings them back.

use std::time::Duration;

use runwatch_core::close::plan::PlanId;
use runwatch_core::ids::AccountId;
use runwatch_core::ports::Store;

use super::faulty_store::wait;
use super::month_end::{create, plan_by_hand, world as month_end};
use super::server::{Call, Twist};
use super::world::{Life, World, account, key, pass, plain};
use crate::actions::request::RequestedAction;
use crate::{EngineError, Event};

async fn run(status: &str) -> (World, Life) {
    let world = World::new();
    world.put("pr-1", status, &["Success"]);
    let life = world.boot().await;
    wait(world.shelf.db().save_account(account())).unwrap();
    life.watch("pr-1").await;
    pass(5).await;
    (world, life)
}

fn is_gone(world: &World, life: &Life) -> bool {
    let db = world.shelf.db();
    let (runs, steps) = (
        wait(db.runs()).unwrap(),
        wait(db.steps(&key("pr-1"))).unwrap(),
    );
    let accounts = wait(db.accounts()).unwrap();
    runs.is_empty() && steps.is_empty() && accounts.is_empty() && life.engine.runs.all().is_empty()
}

fn slow(world: &World, call: Call) {
    let late = Twist {
        delay: Duration::from_secs(20),
        ..Twist::default()
    };
    world.server.twist("pr-1", call, late);
}

#[tokio::test(start_paused = true)]
async fn a_removed_account_is_asked_nothing_more_and_its_history_stays_unless_wished() {
    for with_history in [false, true] {
        let (world, life) = run("Running").await;
        world.end("pr-1", "Finished", &["Failed"]);
        pass(30).await;
        let mut events = life.engine.events();
        let id = account().id;
        life.engine.remove_account(&id, with_history).await.unwrap();
        assert!(is_gone(&world, &life));
        assert!(life.engine.accounts.get(&id).is_none());
        let said: Vec<Event> = std::iter::from_fn(|| events.try_recv().ok()).collect();
        assert!(said.contains(&Event::AccountRemoved(id)), "{said:?}");
        let kept = if with_history { 0 } else { 1 };
        assert_eq!(world.shelf.inbox().len(), kept);
        let before = world.server.count("pr-1", &Call::Status);
        pass(3600).await;
        assert_eq!(world.server.count("pr-1", &Call::Status), before);
    }
}

#[tokio::test(start_paused = true)]
async fn a_read_under_way_ends_harmlessly_and_brings_no_row_back() {
    for call in [Call::Status, Call::Steps, Call::Step("ds-1".into())] {
        let (world, life) = run("Running").await;
        slow(&world, call.clone());
        world.end("pr-1", "Finished", &["Failed"]);
        let pr_1 = key("pr-1");
        let removing = async {
            pass(2).await;
            life.engine.remove_account(&account().id, false).await
        };
        let (_, removed) = tokio::join!(life.engine.poll(&pr_1, true), removing);
        removed.unwrap();
        pass(60).await;
        assert!(is_gone(&world, &life), "{call:?}");
        assert!(
            world.shelf.inbox().is_empty(),
            "nobody waits for it: {call:?}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_run_that_is_being_added_does_not_outlive_its_account() {
    let (world, life) = run("Running").await;
    world.put("pr-2", "Running", &["Running"]);
    let late = Twist {
        delay: Duration::from_secs(5),
        ..Twist::default()
    };
    world.server.twist("pr-2", Call::Info, late);
    let removing = async {
        pass(2).await;
        life.engine.remove_account(&account().id, false).await
    };
    let id = account().id;
    let (added, removed) = tokio::join!(life.engine.add_run(&id, key("pr-2").run), removing);
    removed.unwrap();
    assert!(added.is_err());
    assert!(is_gone(&world, &life));
}

/// Nothing of its closes, neither here nor written down.
fn has_no_close(world: &World, life: &Life) -> bool {
    let kept = wait(world.shelf.db().closes()).unwrap();
    kept.is_empty()
        && life
            .engine
            .closes
            .closes_of(&PlanId("plan".into()))
            .is_empty()
}

#[tokio::test(start_paused = true)]
async fn a_look_at_a_close_under_way_brings_nothing_of_a_removed_account_back() {
    for late in 0..30 {
        let world = month_end();
        let life = world.boot_close(plan_by_hand()).await;
        create(&world, "pr-101", 1);
        life.watch("pr-101").await;
        let removing = async {
            tokio::time::sleep(Duration::from_millis(late)).await;
            life.engine.remove_account(&account().id, true).await
        };
        let (removed, ()) = tokio::join!(removing, life.engine.refresh_closes());
        removed.unwrap();
        assert!(has_no_close(&world, &life), "{late} ms later");
        pass(120).await;
        assert!(has_no_close(&world, &life), "{late} ms later");
        life.kill();
    }
}

#[tokio::test(start_paused = true)]
async fn what_could_not_be_written_of_a_close_is_not_written_once_its_account_is_removed() {
    let world = month_end();
    let life = world.boot_close(plan_by_hand()).await;
    world.shelf.fail_where(|write| !write.closes.is_empty());
    create(&world, "pr-101", 1);
    pass(6 * 60).await;
    assert!(life.engine.closes.first_unsaved().is_some());
    life.engine
        .remove_account(&account().id, true)
        .await
        .unwrap();
    world.shelf.mend();
    life.sign_in();
    life.engine.save_plan(plan_by_hand()).await.unwrap();
    assert!(has_no_close(&world, &life));
}

#[tokio::test(start_paused = true)]
async fn rule_11_an_account_stays_while_an_action_is_under_way_or_may_have_arrived() {
    let (world, life) = run("NotStarted").await;
    world.server.update("pr-1", |truth| truth.sluggish = true);
    slow(&world, Call::Start);
    let id = account().id;
    let removing = async {
        pass(2).await;
        life.engine.remove_account(&id, false).await
    };
    let (acted, removed) = tokio::join!(life.act("pr-1", RequestedAction::Start), removing);
    assert!(acted.is_ok(), "the action goes on");
    let why = |removed: Result<(), EngineError>| match removed {
        Err(EngineError::NotNow(why)) => plain(&why),
        other => panic!("{other:?}"),
    };
    assert!(why(removed).contains("under way on “Run pr-1”"));
    let unclear = life.engine.remove_account(&id, false).await;
    assert!(why(unclear).contains("was asked of “Run pr-1”"));
    assert!(!life.state("pr-1").busy, "and nothing stays locked");
    pass(130).await;
    life.engine.remove_account(&id, false).await.unwrap();
    assert!(is_gone(&world, &life));
}

#[tokio::test(start_paused = true)]
async fn an_account_that_cannot_be_removed_goes_on() {
    let (world, life) = run("Running").await;
    world.shelf.fail_accounts(true);
    let removed = life.engine.remove_account(&account().id, true).await;
    assert!(matches!(removed, Err(EngineError::Store(_))));
    world.end("pr-1", "Finished", &["Failed"]);
    pass(30).await;
    assert_eq!(world.shelf.ends(), ["Failed: Run pr-1"]);
}

#[tokio::test(start_paused = true)]
async fn another_accounts_runs_stay() {
    let (world, life) = run("Running").await;
    let other = AccountId("b".into());
    life.engine.remove_account(&other, true).await.unwrap();
    world.end("pr-1", "Finished", &["Failed"]);
    pass(30).await;
    assert_eq!(world.shelf.ends(), ["Failed: Run pr-1"]);
}

#[tokio::test(start_paused = true)]
async fn a_sign_out_is_written_down_before_anybody_hears_of_it() {
    let (world, life) = run("Running").await;
    let mut events = life.engine.events();
    let kept = || wait(world.shelf.db().accounts()).unwrap().remove(0);
    let heard = async {
        while events.recv().await.unwrap() != Event::Account(account().id) {}
        kept()
    };
    let id = account().id;
    let (kept, written) = tokio::join!(heard, life.engine.sign_out(&id));
    written.unwrap();
    assert!(kept.signed_out && kept.secrets_left);
}

#[tokio::test(start_paused = true)]
async fn rule_17_a_full_disk_keeps_nobody_from_signing_out() {
    let (world, life) = run("Running").await;
    world.shelf.fail_accounts(true);
    let written = life.engine.sign_out(&account().id).await;
    assert!(written.is_err());
    let session = life.engine.accounts.get(&account().id).unwrap();
    assert!(session.api.is_none() && session.account.secrets_left);
    let before = world.server.count("pr-1", &Call::Status);
    pass(3600).await;
    assert_eq!(world.server.count("pr-1", &Call::Status), before);
}
