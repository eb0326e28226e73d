//! Nothing false in between, and what is found later: rules 4 and 6.

use runwatch_core::attempt::Phase;
use runwatch_core::ids::StepId;
use runwatch_core::notification::NotificationKind;
use runwatch_core::outcome::Outcome;

use super::outcome::running;
use super::server::Call;
use super::world::{key, pass};

#[tokio::test(start_paused = true)]
async fn rule_4_a_restart_between_status_and_steps_gives_no_false_outcome() {
    let (world, life) = running().await;
    // Finished with a failure; restarted elsewhere right after the status was read; the steps
    // of the new attempt are all good by the time that they are read.
    let clock = world.clone();
    world.end("pr-1", "Finished", &["Failed"]);
    world.server.then("pr-1", Call::Status, move |truth| {
        truth.begin("Running", clock.now());
        truth.set_steps(&["Success"]);
    });
    pass(20).await;
    assert_eq!(life.phase("pr-1"), Phase::Going);
    assert_eq!(
        world.shelf.ends(),
        ["Ended, could not be verified: Run pr-1"],
        "what was overtaken is told as unverified, never as succeeded"
    );
    pass(60).await;
    world.end("pr-1", "Finished", &["Success"]);
    pass(20).await;
    assert_eq!(world.shelf.ends()[1..], ["Succeeded: Run pr-1"]);
}

#[tokio::test(start_paused = true)]
async fn rule_4_a_second_finish_between_status_and_status_is_another_attempt() {
    let (world, life) = running().await;
    let clock = world.clone();
    world.end("pr-1", "Finished", &["Success"]);
    world
        .server
        .then("pr-1", Call::Step("ds-1".into()), move |truth| {
            truth.begin("Running", clock.now());
            truth.end("Finished", &["Failed"], clock.now());
        });
    pass(80).await;
    assert_eq!(life.state("pr-1").run.attempt_number(), 2);
    assert_eq!(
        world.shelf.ends(),
        ["Ended, could not be verified: Run pr-1", "Failed: Run pr-1"]
    );
}

#[tokio::test(start_paused = true)]
async fn rule_6_a_failure_found_after_unverified_raises_one_correction() {
    let (world, life) = running().await;
    world.end("pr-1", "Finished", &["Success", "Running"]);
    pass(80).await;
    assert_eq!(life.outcome("pr-1"), Some(Outcome::Unverified));
    world
        .server
        .update("pr-1", |truth| truth.set_steps(&["Success", "Failed"]));
    pass(900).await;
    assert_eq!(life.outcome("pr-1"), Some(Outcome::Failed));
    let corrections = world.shelf.told(NotificationKind::Correction);
    assert_eq!(
        corrections,
        [("pr-1".into(), 1, "Correction: Failed: Run pr-1".into())]
    );
    assert_eq!(world.shelf.ends().len(), 1);
    assert_eq!(world.desk.titles().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn rule_6_a_failure_that_appears_while_the_app_is_off_is_corrected_too() {
    let (world, life) = running().await;
    world.end("pr-1", "Finished", &["Success", "Running"]);
    pass(80).await;
    life.kill();
    world
        .server
        .update("pr-1", |truth| truth.set_steps(&["Success", "Failed"]));
    let life = world.boot().await;
    pass(60).await;
    assert_eq!(life.outcome("pr-1"), Some(Outcome::Failed));
    assert_eq!(world.shelf.told(NotificationKind::Correction).len(), 1);
}

#[tokio::test(start_paused = true)]
async fn rule_6_a_late_success_is_shown_but_not_told_again() {
    let (world, life) = running().await;
    world.end("pr-1", "Finished", &["Success", "Running"]);
    pass(80).await;
    world
        .server
        .update("pr-1", |truth| truth.set_steps(&["Success", "Success"]));
    pass(60).await;
    assert_eq!(life.outcome("pr-1"), Some(Outcome::Succeeded));
    assert_eq!(world.desk.titles().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn rule_4_a_correction_too_is_proven_by_status_steps_status() {
    let (world, life) = running().await;
    world.end("pr-1", "Finished", &["Success", "Running"]);
    pass(80).await;
    // Restarted elsewhere right after the status was read: these steps are the new attempt's.
    let clock = world.clone();
    world.server.then("pr-1", Call::Status, move |truth| {
        truth.begin("Running", clock.now());
        truth.set_steps(&["Success", "Success"]);
    });
    pass(30).await;
    assert_eq!(life.phase("pr-1"), Phase::Going);
    let past: Vec<_> = world.shelf.inbox();
    assert!(
        past.iter()
            .all(|told| told.notification.outcome == Some(Outcome::Unverified))
    );
    assert_eq!(world.shelf.told(NotificationKind::Correction), []);
}

#[tokio::test(start_paused = true)]
async fn rule_2_where_more_steps_are_listed_than_read_no_success_is_proven_after_a_restart_neither()
{
    let (world, life) = running().await;
    world.server.update("pr-1", |truth| truth.lists_more = true);
    world.end("pr-1", "Finished", &["Success", "Success"]);
    pass(600).await;
    assert_eq!(life.outcome("pr-1"), Some(Outcome::Unverified));
    assert!(life.state("pr-1").steps_note().is_some());
    life.kill();

    let life = world.boot().await;
    assert!(life.state("pr-1").steps_note().is_some());
    let step = StepId::parse("ds-2").unwrap();
    life.engine.read_step(&key("pr-1"), step).await.unwrap();
    assert_eq!(life.outcome("pr-1"), Some(Outcome::Unverified));
    life.engine.poll(&key("pr-1"), true).await.unwrap();
    assert_eq!(life.outcome("pr-1"), Some(Outcome::Unverified));
    world
        .server
        .update("pr-1", |truth| truth.set_steps(&["Success", "Failed"]));
    life.engine.poll(&key("pr-1"), true).await.unwrap();
    assert_eq!(life.outcome("pr-1"), Some(Outcome::Failed));
}
