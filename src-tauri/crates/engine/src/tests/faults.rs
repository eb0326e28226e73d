//! A store that fails: rule 17.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use runwatch_core::account::Account;
use runwatch_core::closed_window_interval::PollLimits;
use runwatch_core::error::StoreError;
use runwatch_core::notification::NotificationKind;
use runwatch_core::outcome::Outcome;
use runwatch_core::ports::Store;

use super::faulty_store::wait;
use super::world::{Life, World, account, key, pass, plain};
use crate::{EngineError, Event};

async fn running() -> (World, Life) {
    let world = World::new();
    world.put("pr-1", "Running", &["Running"]);
    let life = world.boot().await;
    life.watch("pr-1").await;
    pass(5).await;
    (world, life)
}

#[tokio::test(start_paused = true)]
async fn rule_17_with_a_full_disk_an_end_is_told_once_from_memory_and_the_window_is_told() {
    let (world, life) = running().await;
    let mut events = life.engine.events();
    world.shelf.fail_all();
    world.end("pr-1", "Finished", &["Failed"]);
    pass(900).await;
    assert_eq!(world.desk.titles(), ["Failed: Run pr-1"]);
    assert!(world.shelf.inbox().is_empty());
    let unwritten = life.engine.outbox.unwritten();
    assert_eq!(unwritten.len(), 1);
    assert!(unwritten[0].id < 0);
    assert_eq!(plain(&unwritten[0].notification.title), "Failed: Run pr-1");
    let said = std::iter::from_fn(|| events.try_recv().ok())
        .filter(|event| matches!(event, Event::Store(Some(_))));
    assert_eq!(said.count(), 1);
}

#[tokio::test(start_paused = true)]
async fn rule_17_what_a_full_disk_did_not_take_is_written_once_there_is_room() {
    let (world, life) = running().await;
    world.shelf.fail_all();
    world.end("pr-1", "Finished", &["Failed"]);
    pass(60).await;
    world.shelf.mend();
    pass(60).await;
    assert_eq!(world.shelf.ends(), ["Failed: Run pr-1"]);
    assert_eq!(world.shelf.history(), [(1, Outcome::Failed)]);
    assert!(life.engine.outbox.unwritten().is_empty());
    life.kill();
    world.boot().await;
    pass(60).await;
    assert_eq!(world.shelf.ends().len(), 1);
    assert_eq!(world.desk.titles(), ["Failed: Run pr-1"], "and not again");
}

#[tokio::test(start_paused = true)]
async fn rule_17_ends_of_several_attempts_on_a_full_disk_are_all_kept_in_order() {
    let (world, _life) = running().await;
    world.shelf.fail_all();
    for word in ["Failed", "Success", "Warning"] {
        world.end("pr-1", "Finished", &[word]);
        pass(330).await;
        world.begin("pr-1");
        pass(330).await;
    }
    world.shelf.mend();
    pass(60).await;
    let ended = [
        (1, Outcome::Failed),
        (2, Outcome::Succeeded),
        (3, Outcome::Warnings),
    ];
    assert_eq!(world.shelf.history(), ended);
    assert_eq!(world.shelf.ends().len(), 3);
    assert_eq!(world.desk.titles().len(), 3);
}

#[tokio::test(start_paused = true)]
async fn rule_17_killed_with_a_full_disk_the_end_is_found_again_and_is_in_the_inbox_once() {
    let (world, life) = running().await;
    world.shelf.fail_all();
    world.end("pr-1", "Finished", &["Failed"]);
    pass(60).await;
    life.kill();
    world.shelf.mend();
    for _ in 0..2 {
        let life = world.boot().await;
        pass(60).await;
        assert!(life.engine.outbox.unwritten().is_empty());
        life.kill();
    }
    assert_eq!(world.shelf.ends(), ["Failed: Run pr-1"]);
}

#[tokio::test(start_paused = true)]
async fn rule_17_a_store_that_takes_runs_but_no_ends_loses_none() {
    let (world, life) = running().await;
    world
        .shelf
        .fail_where(|write| write.ended_attempt.is_some());
    world.end("pr-1", "Finished", &["Failed"]);
    pass(60).await;
    // Only what is written in order may be written at all: the row must not run ahead.
    assert!(life.engine.set_watched(&key("pr-1"), true).await.is_err());
    life.kill();
    world.shelf.mend();
    world.boot().await;
    pass(60).await;
    assert_eq!(world.shelf.ends(), ["Failed: Run pr-1"]);
    assert_eq!(world.shelf.history(), [(1, Outcome::Failed)]);
}

#[tokio::test(start_paused = true)]
async fn rule_17_watching_that_cannot_be_stored_stays_as_it_was() {
    let (world, life) = running().await;
    world.shelf.fail_all();
    for wanted in [true, false] {
        let answer = life.engine.set_watched(&key("pr-1"), wanted).await;
        assert!(matches!(answer, Err(EngineError::Store(_))));
        assert!(life.state("pr-1").run.watched, "asked for {wanted}");
    }
}

#[tokio::test(start_paused = true)]
async fn rule_17_a_run_that_cannot_be_stored_is_not_added() {
    let (world, life) = running().await;
    world.put("pr-2", "Running", &["Running"]);
    world.shelf.fail_all();
    let pr_2 = key("pr-2");
    let added = life.engine.add_run(&pr_2.account, pr_2.run.clone()).await;
    assert!(matches!(added, Err(EngineError::Store(_))));
    assert!(life.engine.runs.get(&key("pr-2")).is_err());
}

#[tokio::test(start_paused = true)]
async fn rule_17_a_correction_on_a_full_disk_is_told_and_kept_too() {
    let (world, _life) = running().await;
    world.end("pr-1", "Finished", &["Running"]);
    pass(90).await;
    world.shelf.fail_all();
    world
        .server
        .update("pr-1", |truth| truth.set_steps(&["Failed"]));
    pass(60).await;
    assert_eq!(world.desk.titles().len(), 2);
    world.shelf.mend();
    pass(60).await;
    assert_eq!(world.shelf.told(NotificationKind::Correction).len(), 1);
    assert_eq!(world.desk.titles().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn rule_17_how_a_run_and_its_steps_came_to_be_is_written_later_though_nothing_follows() {
    let (world, life) = running().await;
    let pr_1 = key("pr-1");
    life.engine.poll(&pr_1, true).await.unwrap();
    world.shelf.fail_all();
    world.begin("pr-1");
    world
        .server
        .update("pr-1", |truth| truth.set_steps(&["Success"]));
    life.engine.poll(&pr_1, true).await.unwrap();
    world.shelf.mend();
    pass(60).await;
    let state = life.state("pr-1");
    assert_eq!(state.run.attempt_number(), 2);
    let kept = wait(world.shelf.db().runs()).unwrap().remove(0);
    assert_eq!(kept.attempt, state.run.attempt);
    assert_eq!(wait(world.shelf.db().steps(&pr_1)).unwrap(), state.steps);
}

#[tokio::test(start_paused = true)]
async fn rule_14_what_was_shown_and_could_not_be_marked_is_marked_later() {
    let (world, life) = running().await;
    world.shelf.fail_marks(true);
    world.end("pr-1", "Finished", &["Failed"]);
    pass(60).await;
    world.shelf.fail_marks(false);
    pass(60).await;
    life.kill();
    world.boot().await;
    pass(60).await;
    assert_eq!(world.desk.titles(), ["Failed: Run pr-1"]);
}

#[tokio::test(start_paused = true)]
async fn how_long_a_run_and_a_step_have_taken_so_far_is_shown_and_written_once_it_has_ended() {
    let (world, life) = running().await;
    // Steps are written once they are known.
    life.engine.poll(&key("pr-1"), true).await.unwrap();
    let writes = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&writes);
    world.shelf.fail_where(move |_| {
        count.fetch_add(1, Ordering::SeqCst);
        false
    });
    let tick = async |seconds| {
        world
            .server
            .update("pr-1", |truth| truth.seconds = Some(seconds));
        life.engine.poll(&key("pr-1"), true).await.unwrap();
        let state = life.state("pr-1");
        assert_eq!(state.run.duration_seconds, Some(seconds));
        let step = state.steps.last().and_then(|step| step.seen.as_ref());
        assert_eq!(step.unwrap().duration_seconds, Some(seconds));
    };
    for seconds in 1..=5 {
        tick(f64::from(seconds)).await;
    }
    assert_eq!(writes.load(Ordering::SeqCst), 0);
    world.end("pr-1", "Finished", &["Success"]);
    tick(6.0).await;
    tick(7.0).await;
    let kept = wait(world.shelf.db().runs()).unwrap().remove(0);
    assert_eq!(kept.duration_seconds, Some(7.0));
}

#[tokio::test(start_paused = true)]
async fn the_reason_why_history_is_not_kept_is_the_latest_one() {
    let (world, life) = running().await;
    let mut events = life.engine.events();
    world.shelf.fail_with(StoreError::Full);
    let _ = life.engine.set_watched(&key("pr-1"), true).await;
    world.shelf.fail_with(StoreError::Locked);
    let _ = life.engine.set_watched(&key("pr-1"), true).await;
    let said: Vec<Event> = std::iter::from_fn(|| events.try_recv().ok()).collect();
    let reasons: Vec<&Event> = said
        .iter()
        .filter(|event| matches!(event, Event::Store(_)))
        .collect();
    let expected =
        [StoreError::Full, StoreError::Locked].map(|error| Event::Store(Some(error.to_string())));
    assert_eq!(reasons, expected.iter().collect::<Vec<_>>());
}

#[tokio::test(start_paused = true)]
async fn rule_23_what_was_read_while_the_disk_was_full_is_no_news_once_it_is_written() {
    let (world, life) = running().await;
    world.shelf.fail_all();
    world.end("pr-1", "Finished", &["Failed"]);
    pass(20).await;
    let ids: Vec<i64> = life
        .engine
        .outbox
        .unwritten()
        .iter()
        .map(|i| i.id)
        .collect();
    assert_eq!(ids.len(), 1);
    life.engine.outbox.mark_read(ids).await.unwrap();
    assert!(life.engine.outbox.unwritten()[0].read);
    world.shelf.fail_where(|_| false);
    pass(60).await;
    let inbox = wait(world.shelf.db().inbox(10)).unwrap();
    assert!(inbox.len() == 1 && inbox[0].read, "{inbox:?}");
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_marked_or_kept_of_an_account_is_said_like_any_other_write() {
    let (world, life) = running().await;
    let problem = || life.engine.history.problem();
    world.shelf.fail_marks(true);
    world.end("pr-1", "Finished", &["Failed"]);
    pass(20).await;
    assert_eq!(problem(), Some(StoreError::Locked.to_string()));
    world.shelf.fail_marks(false);
    pass(60).await;
    assert_eq!(problem(), None);
    world.shelf.fail_accounts(true);
    let Account { id, colour, .. } = account();
    let renamed = life.engine.accounts.rename(&id, "Treasury".into(), colour);
    assert!(renamed.await.is_err());
    assert_eq!(problem(), Some(StoreError::Full.to_string()));
    // Where there is room for something new, there is for a change.
    let mut events = life.engine.events();
    life.engine.set_watched(&key("pr-1"), true).await.unwrap();
    assert_eq!(problem(), None);
    let said = std::iter::from_fn(|| events.try_recv().ok());
    assert_eq!(said.filter(|event| *event == Event::Store(None)).count(), 1);
}

#[tokio::test(start_paused = true)]
async fn rule_17_that_a_mark_can_be_made_does_not_prove_that_an_end_can_be_kept() {
    let (world, life) = running().await;
    world.shelf.fail_all();
    world.end("pr-1", "Finished", &["Failed"]);
    pass(20).await;
    let Account { id, colour, .. } = account();
    let renamed = life.engine.accounts.rename(&id, "Treasury".into(), colour);
    assert!(renamed.await.is_ok());
    assert_eq!(
        life.engine.history.problem(),
        Some(StoreError::Full.to_string())
    );
}

#[tokio::test(start_paused = true)]
async fn the_reason_is_that_of_the_latest_write_although_an_earlier_one_is_answered_later() {
    let (world, life) = running().await;
    world.shelf.fail_with(StoreError::Full);
    world.shelf.answer_late(Duration::from_secs(5));
    let engine = life.engine.clone();
    let early = tokio::spawn(async move { engine.set_watched(&key("pr-1"), true).await });
    pass(1).await;
    world.shelf.fail_with(StoreError::Locked);
    let limits = PollLimits::default();
    let late = life.engine.set_poll_limits(limits).await;
    assert!(early.await.unwrap().is_err() && late.is_err());
    let reason = life.engine.history.problem();
    assert_eq!(reason, Some(StoreError::Locked.to_string()));
}
