//! An end that is looked at once more: rules 2 and 6.

use runwatch_core::ids::StepId;
use runwatch_core::notification::NotificationKind;
use runwatch_core::outcome::Outcome;

use super::outcome::running;
use super::world::{Life, World, key, pass};

/// A run that was told as succeeded, with a step that is not listed.
async fn succeeded_beside(unlisted: &str) -> (World, Life) {
    let (world, life) = running().await;
    let now = world.now();
    world.server.update("pr-1", |truth| {
        truth.end("Finished", &["Success", unlisted], now);
        truth.steps[1].unlisted = true;
    });
    pass(30).await;
    assert_eq!(world.shelf.ends(), ["Succeeded: Run pr-1"]);
    (world, life)
}

#[tokio::test(start_paused = true)]
async fn rule_2_a_step_added_by_hand_after_the_end_counts_as_well() {
    let later = [
        ("Success", Outcome::Succeeded),
        ("Warning", Outcome::Warnings),
        ("Running", Outcome::Unverified),
        ("Failed", Outcome::Failed),
    ];
    for (word, outcome) in later {
        let (world, life) = succeeded_beside(word).await;
        let step = StepId::parse("ds-2").unwrap();
        life.engine.read_step(&key("pr-1"), step).await.unwrap();
        pass(30).await;
        assert_eq!(life.outcome("pr-1"), Some(outcome), "{word}");
        let told = world.shelf.told(NotificationKind::Correction);
        assert_eq!(told.len(), usize::from(word == "Failed"), "{word}");
        let because = life.state("pr-1").run.judgement.unwrap().because;
        assert!(
            word == "Running" || because.contains("by hand"),
            "{because}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_step_that_was_added_by_mistake_counts_no_more_once_it_is_taken_off() {
    for word in ["Failed", "Warning", "Running"] {
        let (_world, life) = succeeded_beside(word).await;
        let (run, step) = (key("pr-1"), StepId::parse("ds-2").unwrap());
        life.engine.read_step(&run, step.clone()).await.unwrap();
        assert_ne!(life.outcome("pr-1"), Some(Outcome::Succeeded), "{word}");
        life.engine.remove_step(&run, &step).await.unwrap();
        assert_eq!(life.outcome("pr-1"), Some(Outcome::Succeeded), "{word}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_listed_step_that_lags_when_it_is_read_again_takes_no_success_away() {
    let (world, life) = running().await;
    world.end("pr-1", "Finished", &["Success", "Success"]);
    pass(30).await;
    world
        .server
        .update("pr-1", |truth| truth.set_steps(&["Success", "Running"]));
    let step = StepId::parse("ds-2").unwrap();
    life.engine.read_step(&key("pr-1"), step).await.unwrap();
    assert_eq!(life.outcome("pr-1"), Some(Outcome::Succeeded));
}

#[tokio::test(start_paused = true)]
async fn a_failure_that_shows_late_takes_a_success_back_once() {
    let (world, life) = running().await;
    world.end("pr-1", "Finished", &["Success", "Success"]);
    pass(30).await;
    world
        .server
        .update("pr-1", |truth| truth.set_steps(&["Success", "Failed"]));
    for _ in 0..2 {
        life.engine.poll(&key("pr-1"), true).await.unwrap();
    }
    assert_eq!(life.outcome("pr-1"), Some(Outcome::Failed));
    let told = world.shelf.told(NotificationKind::Correction);
    assert_eq!(told.len(), 1, "{told:?}");
    // What cannot be read, or changes for the better, takes nothing back.
    for words in [["Success", "Success"], ["Success", "Running"]] {
        world.server.update("pr-1", |truth| truth.set_steps(&words));
        life.engine.poll(&key("pr-1"), true).await.unwrap();
        assert_eq!(life.outcome("pr-1"), Some(Outcome::Failed));
    }
}

#[tokio::test(start_paused = true)]
async fn rule_14_one_old_answer_after_an_end_makes_no_second_end_of_it() {
    let world = World::new();
    world.put("pr-1", "NotStarted", &["NotStarted"]);
    world.begin("pr-1");
    let life = world.boot().await;
    life.watch("pr-1").await;
    world.end("pr-1", "Finished", &["Success"]);
    pass(30).await;
    let finished = world.server.truth("pr-1").finished;
    let show = |status: &str, finished| {
        world.server.update("pr-1", |truth| {
            (truth.status, truth.finished) = (status.to_owned(), finished);
        });
    };
    show("Running", None);
    life.engine.poll(&key("pr-1"), false).await.unwrap();
    assert_eq!(life.outcome("pr-1"), None);
    show("Finished", finished);
    pass(400).await;
    assert_eq!(life.outcome("pr-1"), Some(Outcome::Succeeded));
    assert_eq!(world.shelf.ends(), ["Succeeded: Run pr-1"]);
    assert_eq!(world.shelf.history(), [(1, Outcome::Succeeded)]);
}
