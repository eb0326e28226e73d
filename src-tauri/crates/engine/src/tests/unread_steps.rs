//! What could not be read of an end is shown as it was last known, and proves nothing: rule 2.

use runwatch_core::error::{Effect, Trouble};
use runwatch_core::ids::StepId;
use runwatch_core::notification::NotificationKind;
use runwatch_core::outcome::Outcome;
use runwatch_core::ports::Store;

use super::faulty_store::wait;
use super::month_end::{create, plan_by_hand, process, world as office};
use super::outcome::running;
use super::server::{Call, error};
use super::world::{Life, World, account, from_first, key, pass};

fn step(id: &str) -> StepId {
    StepId::parse(id).unwrap()
}

fn break_step(world: &World, run: &str, id: &str) {
    let broken = error(Trouble::Server, Effect::None);
    let call = Call::Step(id.to_owned());
    world.server.break_call(run, call, broken);
}

/// Its first attempt succeeded and skipped the second step; that step fails in the second attempt, and cannot be read.
async fn unread_failure() -> (World, Life) {
    let (world, life) = running().await;
    world.end("pr-1", "Finished", &["Success", "Skipped"]);
    pass(30).await;
    assert_eq!(world.shelf.ends(), ["Succeeded: Run pr-1"]);
    life.act("pr-1", from_first()).await.unwrap();
    pass(60).await;
    break_step(&world, "pr-1", "ds-2");
    world.end("pr-1", "Finished", &["Success", "Failed"]);
    pass(90).await;
    assert_eq!(life.outcome("pr-1"), Some(Outcome::Unverified));
    (world, life)
}

#[tokio::test(start_paused = true)]
async fn rule_2_a_step_that_is_read_again_lends_no_success_to_one_that_only_an_earlier_attempt_showed()
 {
    let (world, life) = unread_failure().await;
    let pr_1 = key("pr-1");
    life.engine.read_step(&pr_1, step("ds-1")).await.unwrap();
    assert_eq!(life.outcome("pr-1"), Some(Outcome::Unverified));
    let shown = life.state("pr-1").steps[1].seen.clone();
    let word = shown.map(|seen| seen.status.word().to_owned());
    assert_eq!(word.as_deref(), Some("Skipped"), "it is shown all the same");
    world.server.mend();
    life.engine.read_step(&pr_1, step("ds-2")).await.unwrap();
    assert_eq!(life.outcome("pr-1"), Some(Outcome::Failed));
    assert_eq!(world.shelf.told(NotificationKind::Correction).len(), 1);
}

#[tokio::test(start_paused = true)]
async fn rule_2_a_step_that_is_taken_off_lends_no_success_to_one_that_only_an_earlier_attempt_showed()
 {
    let (world, life) = unread_failure().await;
    let pr_1 = key("pr-1");
    world.server.update("pr-1", |truth| {
        let mut third = truth.steps[0].clone();
        (third.id, third.unlisted) = ("ds-3".to_owned(), true);
        truth.steps.push(third);
    });
    life.engine.read_step(&pr_1, step("ds-3")).await.unwrap();
    assert_eq!(life.outcome("pr-1"), Some(Outcome::Unverified));
    life.engine.remove_step(&pr_1, &step("ds-3")).await.unwrap();
    assert_eq!(life.outcome("pr-1"), Some(Outcome::Unverified));
}

#[tokio::test(start_paused = true)]
async fn rule_2_what_was_read_before_a_restart_of_the_app_is_still_known_and_nothing_else() {
    let (world, life) = unread_failure().await;
    life.kill();
    let life = world.load().await;
    let read = life.state("pr-1").steps_read();
    let seen = read.iter().map(|step| step.seen.is_some());
    assert_eq!(seen.collect::<Vec<_>>(), [true, false]);
}

#[tokio::test(start_paused = true)]
async fn a_step_that_was_added_by_mistake_counts_no_more_though_another_was_unread_meanwhile() {
    let (world, life) = running().await;
    let pr_1 = key("pr-1");
    world.end("pr-1", "Finished", &["Success", "Success"]);
    world.server.update("pr-1", |truth| {
        let mut third = truth.steps[0].clone();
        (third.id, third.unlisted) = ("ds-3".to_owned(), true);
        third.status = "Failed".to_owned();
        truth.steps.push(third);
    });
    pass(30).await;
    life.engine.read_step(&pr_1, step("ds-3")).await.unwrap();
    assert_eq!(life.outcome("pr-1"), Some(Outcome::Failed));
    break_step(&world, "pr-1", "ds-2");
    life.engine.poll(&pr_1, true).await.unwrap();
    world.server.mend();
    life.engine.remove_step(&pr_1, &step("ds-3")).await.unwrap();
    assert_eq!(life.outcome("pr-1"), Some(Outcome::Succeeded));
}

#[tokio::test(start_paused = true)]
async fn rule_2_what_is_kept_as_evidence_of_an_end_holds_no_step_of_an_earlier_attempt() {
    let world = office();
    let life = world.boot_close(plan_by_hand()).await;
    create(&world, "pr-101", 1);
    life.watch("pr-101").await;
    pass(360).await;
    for steps in [["Success", "Skipped"], ["Failed", "Failed"]] {
        world.begin("pr-101");
        pass(900).await;
        if steps[0] == "Failed" {
            break_step(&world, "pr-101", "ds-2");
        }
        world.end("pr-101", "Finished", &steps);
        pass(900).await;
    }
    let kept = wait(world.shelf.db().captured(&account().id, &process(1), 9)).unwrap();
    let latest = kept.iter().max_by_key(|kept| kept.attempt).unwrap();
    assert_eq!((latest.attempt, latest.outcome), (2, Outcome::Failed));
    let seen = latest.steps.iter().map(|step| step.seen.is_some());
    assert_eq!(seen.collect::<Vec<_>>(), [true, false]);
}

#[tokio::test(start_paused = true)]
async fn rule_2_a_success_that_an_attempt_left_unread_is_not_taken_for_that_of_the_next_one() {
    let (world, life) = running().await;
    world.end("pr-1", "Finished", &["Success", "Success"]);
    pass(30).await;
    life.act("pr-1", from_first()).await.unwrap();
    pass(60).await;
    // The second step ran in this attempt too, which nobody could read.
    break_step(&world, "pr-1", "ds-2");
    world.end("pr-1", "Finished", &["Failed", "Success"]);
    pass(60).await;
    assert_eq!(world.shelf.ends()[1..], ["Failed: Run pr-1"]);
    world.server.mend();
    life.act("pr-1", from_first()).await.unwrap();
    pass(90).await;
    world.end("pr-1", "Finished", &["Success", "Failed"]);
    world.server.update("pr-1", |truth| {
        truth.steps[1] = truth.steps_before[1].clone();
    });
    pass(30).await;
    assert_eq!(world.shelf.ends().len(), 2, "it is read again");
    world
        .server
        .update("pr-1", |truth| truth.set_steps(&["Success", "Failed"]));
    pass(30).await;
    assert_eq!(world.shelf.ends()[2..], ["Failed: Run pr-1"]);
}
