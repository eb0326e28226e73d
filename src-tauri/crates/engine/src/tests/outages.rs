//! What is told when runs cannot be seen: rule 16, and signing in again.

use std::time::Duration;

use runwatch_core::account::{Account, SignInMethod};
use runwatch_core::error::{Effect, Trouble, VaultError};
use runwatch_core::ids::AccountId;
use runwatch_core::notification::NotificationKind;

use super::server::{Call, error};
use super::world::{Life, World, account, key, pass, watching};

const MINUTE: u64 = 60;

pub async fn running(runs: &[&str]) -> (World, Life) {
    watching(runs, "Running", "Running", 30).await
}

fn refuse(world: &World, run: &str) {
    let refused = error(Trouble::SignedOut, Effect::None);
    world.server.break_call(run, Call::Status, refused);
}

fn other() -> Account {
    Account {
        id: AccountId("b".into()),
        label: "Sandbox".into(),
        ..account()
    }
}

/// The titles of what was told of sight, oldest first.
pub fn told(world: &World) -> Vec<String> {
    let told = world.shelf.told(NotificationKind::Outage).into_iter();
    told.map(|(.., title)| title).collect()
}

#[tokio::test(start_paused = true)]
async fn rule_16_offline_for_15_minutes_is_told_once_naming_each_run_and_once_when_over() {
    let (world, _life) = running(&["pr-1", "pr-2"]).await;
    world.server.set_offline(true);
    pass(14 * MINUTE).await;
    assert!(world.desk.titles().is_empty());
    pass(3 * MINUTE).await;
    assert_eq!(world.desk.titles(), ["Runwatch cannot see 2 watched runs"]);
    let body = world.desk.bodies().remove(0);
    assert!(
        body.contains("Run pr-1") && body.contains("Run pr-2"),
        "{body}"
    );
    assert!(body.contains("cannot be reached"), "{body}");
    pass(300 * MINUTE).await;
    assert_eq!(world.desk.titles().len(), 1);
    world.server.set_offline(false);
    pass(3 * MINUTE).await;
    assert_eq!(
        world.desk.titles()[1..],
        ["Runwatch can see 2 watched runs again"]
    );
    assert_eq!(told(&world), world.desk.titles(), "and the Inbox has both");
}

#[tokio::test(start_paused = true)]
async fn rule_16_runs_are_named_in_the_order_of_their_names() {
    let (world, _life) = running(&["pr-4", "pr-2", "pr-5", "pr-1", "pr-3"]).await;
    world.server.set_offline(true);
    pass(17 * MINUTE).await;
    let body = world.desk.bodies().remove(0);
    let named = "Run pr-1, Run pr-2, Run pr-3, Run pr-4, Run pr-5: ";
    assert!(body.starts_with(named), "{body}");
}

#[tokio::test(start_paused = true)]
async fn rule_16_a_restart_of_the_app_repeats_neither() {
    let (world, life) = running(&["pr-1"]).await;
    world.server.set_offline(true);
    pass(17 * MINUTE).await;
    life.kill();
    let life = world.boot().await;
    pass(60 * MINUTE).await;
    assert_eq!(told(&world).len(), 1);
    world.server.set_offline(false);
    life.kill();
    let life = world.boot().await;
    pass(5 * MINUTE).await;
    life.kill();
    let _life = world.boot().await;
    pass(30 * MINUTE).await;
    let all = [
        "Runwatch cannot see “Run pr-1”",
        "Runwatch can see “Run pr-1” again",
    ];
    assert_eq!(told(&world), all);
    assert_eq!(world.desk.titles(), all);
}

#[tokio::test(start_paused = true)]
async fn rule_16_a_laptop_that_sleeps_is_not_blind() {
    for timers_go_on in [false, true] {
        let (world, _life) = running(&["pr-1"]).await;
        for _ in 0..3 {
            match timers_go_on {
                true => tokio::time::advance(Duration::from_secs(8 * 3600)).await,
                false => world.sleep(8 * 3600),
            }
            pass(20).await;
        }
        world.server.set_offline(true);
        pass(10 * MINUTE).await;
        match timers_go_on {
            true => tokio::time::advance(Duration::from_secs(8 * 3600)).await,
            false => world.sleep(8 * 3600),
        }
        pass(3 * MINUTE).await;
        assert!(told(&world).is_empty(), "13 minutes awake");
        pass(4 * MINUTE).await;
        assert_eq!(told(&world).len(), 1, "17 minutes awake");
    }
}

#[tokio::test(start_paused = true)]
async fn rule_16_a_run_that_ended_unseen_is_told_by_itself_once_it_can_be_seen() {
    let (world, _life) = running(&["pr-1"]).await;
    world.server.set_offline(true);
    pass(17 * MINUTE).await;
    world.end("pr-1", "Finished", &["Failed"]);
    world.server.set_offline(false);
    pass(3 * MINUTE).await;
    assert_eq!(world.shelf.ends(), ["Failed: Run pr-1"]);
}

#[tokio::test(start_paused = true)]
async fn rule_16_what_nobody_waits_for_is_not_missed() {
    let (world, life) = running(&["pr-1", "pr-2"]).await;
    world.end("pr-1", "Finished", &["Success"]);
    life.engine.set_watched(&key("pr-2"), false).await.unwrap();
    pass(MINUTE).await;
    world.server.set_offline(true);
    pass(60 * MINUTE).await;
    assert!(told(&world).is_empty());
}

#[tokio::test(start_paused = true)]
async fn rule_16_a_keychain_that_cannot_be_read_is_named_as_the_reason() {
    for (why, said) in [
        (VaultError::Locked, "keychain is locked"),
        (
            VaultError::Unavailable("none is running".into()),
            "keychain cannot be reached",
        ),
    ] {
        let (world, life) = running(&["pr-1"]).await;
        life.kill();
        let life = world.load().await;
        life.engine.set_unread(account(), &why);
        let barred = life.engine.accounts.cannot_act(&account().id).unwrap();
        assert!(barred.contains(said), "{barred}");
        pass(17 * MINUTE).await;
        let body = world.desk.bodies().remove(0);
        assert!(body.contains(said), "{body}");
        life.sign_in();
        pass(MINUTE).await;
        assert_eq!(told(&world).len(), 2);
    }
}

#[tokio::test(start_paused = true)]
async fn rule_16_runs_of_several_accounts_are_one_notification_that_says_whose_they_are() {
    let (world, life) = running(&["pr-1"]).await;
    world.put("pr-2", "Running", &["Running"]);
    life.engine.set_session(other(), Some(life.port.clone()));
    let of_other = life.engine.add_run(&other().id, key("pr-2").run).await;
    let of_other = of_other.unwrap();
    life.engine.set_watched(&of_other, true).await.unwrap();
    pass(MINUTE).await;
    life.engine.set_session(other(), None);
    world.server.set_offline(true);
    pass(20 * MINUTE).await;
    assert_eq!(told(&world), ["Runwatch cannot see 2 watched runs"]);
    let body = world.desk.bodies().remove(0);
    assert!(body.contains("Run pr-1 (Close team): SolveXia"), "{body}");
    assert!(
        body.contains("Run pr-2 (Sandbox): you are signed out"),
        "{body}"
    );
}

#[tokio::test(start_paused = true)]
async fn with_several_accounts_a_notification_says_whose_run_ended() {
    let (world, life) = running(&["pr-1"]).await;
    life.engine.set_session(other(), Some(life.port.clone()));
    world.end("pr-1", "Finished", &["Success"]);
    pass(MINUTE).await;
    assert_eq!(world.desk.titles(), ["Succeeded: Run pr-1 (Close team)"]);
    assert_eq!(world.shelf.ends(), ["Succeeded: Run pr-1"]);
}

#[tokio::test(start_paused = true)]
async fn a_refused_account_is_asked_to_sign_in_again_at_once_and_once_an_outage() {
    let (world, life) = running(&["pr-1"]).await;
    refuse(&world, "pr-1");
    pass(30).await;
    let again = "Sign in again at app.solvexia.com";
    assert_eq!(world.desk.titles(), [again]);
    assert!(world.desk.bodies()[0].contains("Your list and watches are kept"));
    pass(10 * MINUTE).await;
    life.kill();
    let life = world.boot().await;
    pass(10 * MINUTE).await;
    assert_eq!(told(&world), [again], "a restart repeats nothing");
    world.server.mend();
    life.sign_in();
    pass(5 * MINUTE).await;
    refuse(&world, "pr-1");
    pass(5 * MINUTE).await;
    assert_eq!(told(&world), [again, again], "this is another outage");
}

#[tokio::test(start_paused = true)]
async fn a_refused_account_is_not_asked_again_because_the_network_was_away_too() {
    let (world, _life) = running(&["pr-1"]).await;
    refuse(&world, "pr-1");
    pass(30).await;
    for _ in 0..3 {
        world.server.set_offline(true);
        pass(3 * MINUTE).await;
        world.server.set_offline(false);
        pass(3 * MINUTE).await;
    }
    let all = [
        "Sign in again at app.solvexia.com",
        "Runwatch cannot see “Run pr-1”",
    ];
    assert_eq!(world.desk.titles(), all);
}

#[tokio::test(start_paused = true)]
async fn who_signs_out_is_not_asked_to_sign_in_again() {
    let (world, life) = running(&["pr-1"]).await;
    life.engine.sign_out(&account().id).await.unwrap();
    pass(10 * MINUTE).await;
    assert!(world.desk.titles().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_dead_token_is_told_once_and_its_runs_15_minutes_later() {
    let (world, life) = running(&["pr-1"]).await;
    let pasted = Account {
        method: SignInMethod::Token,
        ..account()
    };
    life.engine.set_session(pasted, Some(life.port.clone()));
    refuse(&world, "pr-1");
    pass(30 * MINUTE).await;
    let all = [
        "Sign in again at app.solvexia.com",
        "Runwatch cannot see “Run pr-1”",
    ];
    assert_eq!(told(&world), all);
}

#[tokio::test(start_paused = true)]
async fn rule_17_with_a_full_disk_it_is_told_from_memory() {
    let (world, _life) = running(&["pr-1"]).await;
    world.shelf.fail_all();
    world.server.set_offline(true);
    pass(40 * MINUTE).await;
    assert_eq!(world.desk.titles(), ["Runwatch cannot see “Run pr-1”"]);
}

#[tokio::test(start_paused = true)]
async fn rule_16_a_run_that_is_refused_with_404_now_and_then_is_told_as_unreadable_too() {
    let (world, life) = running(&["pr-1"]).await;
    for _ in 0..200 {
        for trouble in [Trouble::NotFound, Trouble::Server] {
            let refused = error(trouble, Effect::None);
            world.server.fail_once("pr-1", Call::Status, refused);
        }
    }
    pass(17 * MINUTE).await;
    assert!(!life.state("pr-1").gone, "no two in a row");
    assert_eq!(told(&world), ["Runwatch cannot see “Run pr-1”"]);
    pass(60 * MINUTE).await;
    assert_eq!(told(&world).len(), 1);
    world.server.mend();
    pass(3 * MINUTE).await;
    assert_eq!(told(&world)[1..], ["Runwatch can see “Run pr-1” again"]);
}
