//! What SolveXia refuses for want of a right, where it never said what a token may do.

use std::time::Duration;

use runwatch_core::error::{Effect, Trouble};

use super::server::{Call, Twist, error};
use super::world::{Life, World, key, pass, watching};
use crate::actions::request::RequestedAction;

async fn two_runs() -> (World, Life) {
    watching(&["pr-1", "pr-2"], "NotStarted", "NotStarted", 3).await
}

async fn refused(world: &World, life: &Life, trouble: Trouble) {
    let refusal = error(trouble, Effect::None);
    world.server.fail_once("pr-1", Call::Start, refusal);
    life.act("pr-1", RequestedAction::Start).await.unwrap();
}

fn is_refused(life: &Life, run: &str) -> bool {
    life.state(run).refused.is_some()
}

#[tokio::test(start_paused = true)]
async fn a_missing_right_bars_the_run_that_it_was_met_at_and_no_other() {
    let (world, life) = two_runs().await;
    refused(&world, &life, Trouble::Forbidden).await;
    assert!(is_refused(&life, "pr-1") && !is_refused(&life, "pr-2"));
    pass(60).await;
    assert!(is_refused(&life, "pr-1"), "reading it proves nothing");
}

#[tokio::test(start_paused = true)]
async fn a_missing_right_is_asked_about_again_after_a_refresh_and_after_a_new_sign_in() {
    let (world, life) = two_runs().await;
    refused(&world, &life, Trouble::Forbidden).await;
    life.engine.refresh(&key("pr-1")).await.unwrap();
    assert!(!is_refused(&life, "pr-1"));
    refused(&world, &life, Trouble::Forbidden).await;
    life.sign_in();
    assert!(!is_refused(&life, "pr-1"));
}

#[tokio::test(start_paused = true)]
async fn what_is_no_refusal_for_want_of_a_right_bars_nothing() {
    let (world, life) = two_runs().await;
    for trouble in [Trouble::Refused, Trouble::Busy, Trouble::NotFound] {
        refused(&world, &life, trouble).await;
        assert!(!is_refused(&life, "pr-1"), "{trouble:?}");
        // SolveXia is left alone while it is busy.
        pass(20).await;
    }
    // Whoever may start it after all is not held back by what was refused before.
    refused(&world, &life, Trouble::Forbidden).await;
    life.act("pr-1", RequestedAction::Start).await.unwrap();
    assert!(!is_refused(&life, "pr-1"));
}

#[tokio::test(start_paused = true)]
async fn rule_8_a_refused_action_leaves_alone_what_a_person_chose_while_it_was_on_its_way() {
    for (status, action) in [
        ("NotStarted", RequestedAction::Start),
        ("Running", RequestedAction::Cancel),
    ] {
        for wanted in [true, false] {
            let world = World::new();
            world.put("pr-1", status, &["NotStarted"]);
            let life = world.boot().await;
            life.watch("pr-1").await;
            let pr_1 = key("pr-1");
            life.engine.set_watched(&pr_1, !wanted).await.unwrap();
            pass(3).await;
            let call = match action {
                RequestedAction::Cancel => Call::Cancel,
                _ => Call::Start,
            };
            let refusal = Twist {
                fail: Some(error(Trouble::Forbidden, Effect::None)),
                delay: Duration::from_secs(5),
                ..Twist::default()
            };
            world.server.twist("pr-1", call, refusal);
            let choosing = async {
                pass(2).await;
                life.engine.set_watched(&pr_1, wanted).await
            };
            let (acted, chosen) = tokio::join!(life.act("pr-1", action.clone()), choosing);
            acted.unwrap();
            chosen.unwrap();
            let watched = life.state("pr-1").run.watched;
            assert_eq!(watched, wanted, "{action:?}");
            world.end("pr-1", "Failed", &["Failed"]);
            pass(60).await;
            let told = world.desk.titles().len();
            assert_eq!(told, usize::from(wanted), "{action:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn rule_8_a_refused_start_takes_back_the_watch_that_came_with_it() {
    let (world, life) = two_runs().await;
    life.engine.set_watched(&key("pr-1"), false).await.unwrap();
    refused(&world, &life, Trouble::Forbidden).await;
    assert!(!life.state("pr-1").run.watched);
}

#[tokio::test(start_paused = true)]
async fn rule_8_a_run_that_was_started_here_stays_watched_though_its_cancel_is_refused_later() {
    for (trouble, effect) in [
        (Trouble::Forbidden, Effect::None),
        (Trouble::NotAllowed, Effect::None),
    ] {
        let world = World::new();
        world.put("pr-1", "NotStarted", &["NotStarted"]);
        let life = world.boot().await;
        life.watch("pr-1").await;
        life.engine.set_watched(&key("pr-1"), false).await.unwrap();
        pass(3).await;
        life.act("pr-1", RequestedAction::Start).await.unwrap();
        pass(10).await;
        world
            .server
            .fail_once("pr-1", Call::Cancel, error(trouble, effect));
        life.act("pr-1", RequestedAction::Cancel).await.unwrap();
        assert!(life.state("pr-1").run.watched, "{trouble:?}");
        world.end("pr-1", "Finished", &["Failed"]);
        pass(30).await;
        assert_eq!(world.shelf.ends(), ["Failed: Run pr-1"]);
    }
}
