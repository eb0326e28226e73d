//! How an end is found out: rules 1 to 3, 8, 12 and 13.

use std::time::Duration;

use runwatch_core::attempt::Phase;
use runwatch_core::error::{Effect, Trouble};
use runwatch_core::ids::StepId;
use runwatch_core::observation::MOST_STEPS;
use runwatch_core::outcome::Outcome;
use runwatch_core::ports::Store;

use super::faulty_store::wait;
use super::server::{Call, Twist, error};
use super::world::{Life, World, key, pass};

pub async fn running() -> (World, Life) {
    let world = World::new();
    world.put("pr-1", "Running", &["Success", "Running"]);
    let life = world.boot().await;
    life.watch("pr-1").await;
    (world, life)
}

#[tokio::test(start_paused = true)]
async fn rule_2_a_finished_run_whose_steps_succeeded_is_told_as_succeeded_once() {
    let (world, life) = running().await;
    pass(30).await;
    assert!(world.shelf.ends().is_empty());
    world.end("pr-1", "Finished", &["Success", "Success"]);
    pass(600).await;
    assert_eq!(life.outcome("pr-1"), Some(Outcome::Succeeded));
    assert_eq!(world.shelf.ends(), ["Succeeded: Run pr-1"]);
    assert_eq!(world.desk.titles(), ["Succeeded: Run pr-1"]);
}

#[tokio::test(start_paused = true)]
async fn rule_13_a_finished_run_is_pending_until_its_steps_are_read() {
    let (world, life) = running().await;
    let slow = Twist {
        delay: Duration::from_secs(20),
        ..Default::default()
    };
    world.server.twist("pr-1", Call::Steps, slow);
    world.end("pr-1", "Finished", &["Success"]);
    pass(15).await;
    assert!(life.is_pending("pr-1"));
    assert_eq!(life.outcome("pr-1"), None);
    assert!(world.shelf.ends().is_empty() && world.desk.titles().is_empty());
    let stored = wait(world.shelf.db().runs());
    let attempt = stored.unwrap().remove(0).attempt.unwrap();
    assert!(matches!(attempt.phase, Phase::Pending { .. }));
    pass(30).await;
    assert_eq!(life.outcome("pr-1"), Some(Outcome::Succeeded));
}

#[tokio::test(start_paused = true)]
async fn rule_2_finished_does_not_mean_success_and_the_failed_steps_message_is_told() {
    let (world, life) = running().await;
    world.end("pr-1", "Finished", &["Success", "Failed"]);
    world.server.update("pr-1", |truth| {
        truth.steps[1].message = "No bank file".into()
    });
    pass(30).await;
    assert_eq!(life.outcome("pr-1"), Some(Outcome::Failed));
    assert_eq!(world.desk.titles(), ["Failed: Run pr-1"]);
    assert!(world.desk.bodies()[0].contains("1.2 Step 2: No bank file"));
}

#[tokio::test(start_paused = true)]
async fn rule_2_a_step_that_lags_is_read_again_for_60_s_and_then_the_end_is_unverified() {
    let (world, life) = running().await;
    world.end("pr-1", "Finished", &["Success", "Running"]);
    pass(55).await;
    assert!(life.is_pending("pr-1") && world.shelf.ends().is_empty());
    assert!(world.server.count("pr-1", &Call::Steps) > 10);
    pass(25).await;
    assert_eq!(life.outcome("pr-1"), Some(Outcome::Unverified));
    assert_eq!(
        world.shelf.ends(),
        ["Ended, could not be verified: Run pr-1"]
    );
}

#[tokio::test(start_paused = true)]
async fn rule_2_a_step_that_catches_up_within_60_s_decides() {
    let (world, life) = running().await;
    world.end("pr-1", "Finished", &["Success", "Running"]);
    pass(40).await;
    world
        .server
        .update("pr-1", |truth| truth.set_steps(&["Success", "Failed"]));
    pass(10).await;
    assert_eq!(life.outcome("pr-1"), Some(Outcome::Failed));
    assert_eq!(world.shelf.ends(), ["Failed: Run pr-1"]);
}

#[tokio::test(start_paused = true)]
async fn rule_2_a_list_that_cannot_be_read_is_unverified_after_60_s_whatever_the_error() {
    for trouble in [Trouble::Server, Trouble::Forbidden, Trouble::Offline] {
        let (world, life) = running().await;
        world
            .server
            .break_call("pr-1", Call::Steps, error(trouble, Effect::None));
        world.end("pr-1", "Finished", &["Success"]);
        pass(50).await;
        assert!(life.is_pending("pr-1"), "{trouble:?}");
        pass(30).await;
        assert_eq!(
            life.outcome("pr-1"),
            Some(Outcome::Unverified),
            "{trouble:?}"
        );
        assert_eq!(world.shelf.ends().len(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn rule_2_an_unread_step_is_never_a_success() {
    let (world, life) = running().await;
    let broken = error(Trouble::Server, Effect::None);
    world
        .server
        .break_call("pr-1", Call::Step("ds-2".into()), broken);
    world.end("pr-1", "Finished", &["Success", "Success"]);
    pass(120).await;
    assert_eq!(life.outcome("pr-1"), Some(Outcome::Unverified));
}

#[tokio::test(start_paused = true)]
async fn rule_2_what_a_step_was_in_an_earlier_attempt_proves_nothing() {
    let (world, life) = running().await;
    world.end("pr-1", "Finished", &["Success", "Success"]);
    pass(30).await;
    world.begin("pr-1");
    pass(360).await;
    let broken = error(Trouble::Server, Effect::None);
    world
        .server
        .break_call("pr-1", Call::Step("ds-2".into()), broken);
    world.end("pr-1", "Finished", &["Success", "Failed"]);
    pass(120).await;
    assert_eq!(life.outcome("pr-1"), Some(Outcome::Unverified));
    let known = life.state("pr-1").steps[1].seen.clone();
    let word = known.map(|seen| seen.status.word().to_owned());
    assert_eq!(
        word.as_deref(),
        Some("Success"),
        "it is shown, with its problem"
    );
}

#[tokio::test(start_paused = true)]
async fn rule_2_a_step_added_by_hand_counts_though_it_is_not_listed() {
    let (world, life) = running().await;
    world.server.update("pr-1", |truth| {
        truth.steps[1].unlisted = true;
    });
    let step = StepId::parse("ds-2").unwrap();
    life.engine.read_step(&key("pr-1"), step).await.unwrap();
    let now = world.now();
    world.server.update("pr-1", |truth| {
        truth.end("Finished", &["Success", "Failed"], now);
        truth.steps[1].unlisted = true;
    });
    pass(30).await;
    assert_eq!(life.outcome("pr-1"), Some(Outcome::Failed));
}

#[tokio::test(start_paused = true)]
async fn rule_13_offline_while_pending_stays_pending_and_is_concluded_when_the_network_returns() {
    let (world, life) = running().await;
    let at = &world.server;
    world.end("pr-1", "Finished", &["Success", "Running"]);
    pass(15).await;
    assert!(life.is_pending("pr-1"));
    at.set_offline(true);
    pass(1800).await;
    assert!(life.is_pending("pr-1") && world.shelf.ends().is_empty());
    at.update("pr-1", |truth| truth.set_steps(&["Success", "Success"]));
    at.set_offline(false);
    pass(90).await;
    assert_eq!(world.shelf.ends(), ["Succeeded: Run pr-1"]);
}

#[tokio::test(start_paused = true)]
async fn rule_8_a_run_that_had_ended_at_its_first_sight_is_silent() {
    let world = World::new();
    world.put("pr-1", "Finished", &["Running"]);
    let life = world.boot().await;
    // It is watched before its steps have proven how it ended.
    life.watch("pr-1").await;
    assert!(life.is_pending("pr-1"));
    world
        .server
        .update("pr-1", |truth| truth.set_steps(&["Failed"]));
    pass(600).await;
    assert_eq!(life.outcome("pr-1"), Some(Outcome::Failed));
    assert!(world.shelf.inbox().is_empty() && world.desk.titles().is_empty());
}

#[tokio::test(start_paused = true)]
async fn rule_3_an_unheard_of_status_is_watched_on_and_with_an_end_date_told_once() {
    let (world, life) = running().await;
    world
        .server
        .update("pr-1", |truth| truth.status = "Paused".into());
    pass(60).await;
    assert_eq!(life.phase("pr-1"), Phase::Going);
    world.end("pr-1", "Archived", &["Success"]);
    pass(60).await;
    assert_eq!(
        world.shelf.ends(),
        ["Ended, could not be verified: Run pr-1"]
    );
    assert!(world.desk.bodies()[0].contains("“Archived”"));
}

#[tokio::test(start_paused = true)]
async fn rule_1_a_cancel_elsewhere_is_told_as_such_without_an_end_date() {
    let (world, _life) = running().await;
    world
        .server
        .update("pr-1", |truth| truth.status = "Cancelled".into());
    pass(30).await;
    assert_eq!(world.shelf.ends(), ["Cancelled: Run pr-1"]);
}

#[tokio::test(start_paused = true)]
async fn rule_12_an_answer_that_names_another_run_is_not_this_runs_state() {
    let (world, life) = running().await;
    world.end("pr-1", "Finished", &["Success"]);
    world
        .server
        .update("pr-1", |truth| truth.answers_as = Some("pr-2".into()));
    pass(60).await;
    assert_eq!(life.phase("pr-1"), Phase::Going);
    assert!(life.state("pr-1").problem.is_some());
}

#[tokio::test(start_paused = true)]
async fn an_unwatched_run_is_not_told() {
    let (world, life) = running().await;
    life.engine.set_watched(&key("pr-1"), false).await.unwrap();
    life.engine.set_window(Some(key("pr-1")), true);
    world.end("pr-1", "Finished", &["Failed"]);
    pass(60).await;
    assert_eq!(life.outcome("pr-1"), Some(Outcome::Failed));
    assert!(world.shelf.inbox().is_empty());
}

/// Undo of a stopped watch: the end that it waits for may have come in between.
#[tokio::test(start_paused = true)]
async fn rule_8_a_watch_that_is_taken_back_tells_once_what_ended_meanwhile_and_a_later_one_does_not()
 {
    for (later, told) in [(30, 1), (15 * 60, 0)] {
        let (world, life) = running().await;
        life.engine.set_watched(&key("pr-1"), false).await.unwrap();
        life.engine.set_window(Some(key("pr-1")), true);
        world.end("pr-1", "Finished", &["Failed"]);
        pass(later).await;
        assert_eq!(life.outcome("pr-1"), Some(Outcome::Failed));
        assert!(world.shelf.inbox().is_empty());
        for watched in [true, true, false, true] {
            life.engine
                .set_watched(&key("pr-1"), watched)
                .await
                .unwrap();
        }
        pass(30).await;
        assert_eq!(world.shelf.ends().len(), told);
        assert_eq!(world.desk.titles().len(), told);
    }
}

#[tokio::test(start_paused = true)]
async fn the_steps_of_an_open_run_with_very_many_are_asked_for_within_a_budget() {
    let world = World::new();
    world.put("pr-1", "Running", &["Running"; MOST_STEPS]);
    let life = world.boot_watching("pr-1").await;
    life.engine.set_window(Some(key("pr-1")), true);
    pass(30).await;
    let before = world.server.calls();
    pass(600).await;
    let calls = world.server.calls() - before;
    assert!(calls <= 600 * 25, "{calls} in ten minutes");
    assert!(calls >= MOST_STEPS * 4, "they are read on: {calls}");
}
