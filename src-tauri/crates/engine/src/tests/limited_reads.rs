//! An end is told although SolveXia answers a part of what is asked about it: rules 1, 2 and 6.

use runwatch_core::error::{Effect, Trouble};
use runwatch_core::notification::NotificationKind;
use runwatch_core::outcome::Outcome;

use super::outcome::running;
use super::server::{Call, error};
use super::world::{Life, World, pass};

const MANY: usize = 60;
/// Fewer than the steps of the run.
const A_MINUTE: usize = 40;

/// It has ended, with this as the status of its first step; SolveXia answers some of what is asked a minute.
async fn ended_under_a_quota(status: &str, first: &str) -> (World, Life) {
    let (world, life) = running().await;
    world
        .server
        .update("pr-1", |truth| truth.set_steps(&["Running"; MANY]));
    pass(60).await;
    let mut steps = vec!["Success"; MANY];
    steps[0] = first;
    world.server.allow_a_minute(A_MINUTE);
    world.end("pr-1", status, &steps);
    (world, life)
}

#[tokio::test(start_paused = true)]
async fn rule_2_a_failed_step_is_told_though_not_all_steps_may_be_asked_for_in_one_go() {
    let (world, life) = ended_under_a_quota("Finished", "Failed").await;
    pass(150).await;
    assert_eq!(life.outcome("pr-1"), Some(Outcome::Failed));
    assert_eq!(world.shelf.ends().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn rule_1_a_run_that_timed_out_is_told_though_not_all_steps_may_be_asked_for_in_one_go() {
    let (world, life) = ended_under_a_quota("TimedOut", "Success").await;
    pass(150).await;
    assert_eq!(life.outcome("pr-1"), Some(Outcome::TimedOut));
    assert_eq!(world.shelf.ends().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn rule_2_steps_that_may_not_be_asked_for_in_one_go_are_read_one_part_after_the_other() {
    let (world, life) = ended_under_a_quota("Finished", "Success").await;
    pass(300).await;
    assert_eq!(life.outcome("pr-1"), Some(Outcome::Succeeded));
    let asked = world.server.count("pr-1", &Call::Step("ds-1".into()));
    pass(600).await;
    assert_eq!(
        world.server.count("pr-1", &Call::Step("ds-1".into())),
        asked
    );
}

#[tokio::test(start_paused = true)]
async fn rule_2_what_is_never_read_of_steps_ends_as_unverified_once() {
    let (world, life) = ended_under_a_quota("Finished", "Success").await;
    let busy = error(Trouble::Busy, Effect::None);
    world
        .server
        .break_call("pr-1", Call::Step("ds-60".into()), busy);
    pass(900).await;
    assert_eq!(life.outcome("pr-1"), Some(Outcome::Unverified));
    assert_eq!(world.shelf.ends().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn rule_2_a_failed_step_is_told_though_the_run_is_deleted_before_the_others_are_read() {
    let (world, life) = ended_under_a_quota("Finished", "Failed").await;
    pass(30).await;
    assert!(life.is_pending("pr-1"));
    let missing = error(Trouble::NotFound, Effect::None);
    world.server.break_call("pr-1", Call::Status, missing);
    pass(300).await;
    assert_eq!(life.outcome("pr-1"), Some(Outcome::Failed));
    assert_eq!(world.shelf.ends().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn rule_2_a_failed_step_is_told_though_another_one_never_answers() {
    let (world, life) = running().await;
    pass(30).await;
    let silent = error(Trouble::Offline, Effect::None);
    world
        .server
        .break_call("pr-1", Call::Step("ds-2".into()), silent);
    world.end("pr-1", "Finished", &["Failed", "Success"]);
    pass(60).await;
    assert_eq!(life.outcome("pr-1"), Some(Outcome::Failed));
    assert_eq!(world.shelf.ends().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn rule_6_a_failed_step_corrects_an_unverified_end_though_another_one_never_answers() {
    let (world, life) = running().await;
    pass(30).await;
    let silent = error(Trouble::Offline, Effect::None);
    for step in ["ds-1", "ds-2"] {
        let call = Call::Step(step.into());
        world.server.break_call("pr-1", call, silent.clone());
    }
    world.end("pr-1", "Finished", &["Failed", "Success"]);
    pass(120).await;
    assert_eq!(life.outcome("pr-1"), Some(Outcome::Unverified));
    world.server.mend();
    let call = Call::Step("ds-2".into());
    world.server.break_call("pr-1", call, silent);
    pass(600).await;
    assert_eq!(life.outcome("pr-1"), Some(Outcome::Failed));
    assert_eq!(world.shelf.told(NotificationKind::Correction).len(), 1);
}
