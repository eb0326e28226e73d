//! The list: archived runs, runs taken off and put back, and what reading the Inbox says.

use std::time::Duration;

use runwatch_core::action::{ActionKind, ActionResult};
use runwatch_core::error::{Effect, Trouble};
use runwatch_core::outcome::Outcome;

use super::server::{Call, Twist, error};
use super::world::{Life, account, key, pass, watching};
use crate::actions::request::RequestedAction;
use crate::{EngineError, Event};

#[tokio::test(start_paused = true)]
async fn rule_25_a_run_that_was_taken_off_comes_back_with_its_watch_and_its_steps() {
    let (world, life) = watching(&["pr-1"], "Running", "Running", 3).await;
    life.engine.poll(&key("pr-1"), true).await.unwrap();
    life.engine.remove_run(&key("pr-1")).await.unwrap();
    pass(10).await;
    life.engine.undo_remove(&key("pr-1")).await.unwrap();
    let state = life.state("pr-1");
    assert!(state.run.watched);
    assert_eq!(state.steps.len(), 1);
    world.end("pr-1", "Finished", &["Failed"]);
    pass(10).await;
    assert_eq!(world.shelf.ends(), ["Failed: Run pr-1"]);
    let never = life.engine.undo_remove(&key("pr-2")).await;
    assert!(matches!(never, Err(EngineError::NoSuchRun)));
}

#[tokio::test(start_paused = true)]
async fn what_was_taken_off_is_kept_in_memory_as_long_as_somebody_may_undo_it() {
    let (_world, life) = watching(&["pr-1", "pr-2"], "Running", "Running", 3).await;
    life.engine.remove_run(&key("pr-1")).await.unwrap();
    pass(300).await;
    life.engine.remove_run(&key("pr-2")).await.unwrap();
    pass(330).await;
    assert!(life.engine.runs.removed(&key("pr-1")).is_none());
    let gone = life.engine.undo_remove(&key("pr-1")).await;
    assert!(matches!(gone, Err(EngineError::NoSuchRun)), "{gone:?}");
    assert_eq!(life.engine.undo_remove(&key("pr-2")).await, Ok(()));
}

#[tokio::test(start_paused = true)]
async fn what_ends_while_a_run_is_off_the_list_is_told_once_it_is_back() {
    let (world, life) = watching(&["pr-1"], "Running", "Running", 3).await;
    life.engine.remove_run(&key("pr-1")).await.unwrap();
    world.end("pr-1", "Finished", &["Failed"]);
    pass(60).await;
    life.engine.undo_remove(&key("pr-1")).await.unwrap();
    pass(20).await;
    assert_eq!(world.shelf.ends(), ["Failed: Run pr-1"]);
}

#[tokio::test(start_paused = true)]
async fn an_archived_run_has_ended_is_kept_so_and_is_read_no_more() {
    let (world, life) = watching(&["pr-1", "pr-2"], "Running", "Running", 3).await;
    world.end("pr-1", "Finished", &["Success"]);
    pass(20).await;
    let both = [key("pr-1"), key("pr-2")];
    life.engine.archive_runs(&both, true).await.unwrap();
    assert!(life.state("pr-1").run.archived);
    assert!(!life.state("pr-2").run.archived, "it goes on");
    let before = world.server.count("pr-1", &Call::Status);
    pass(4 * 3600).await;
    assert_eq!(world.server.count("pr-1", &Call::Status), before);
    life.kill();
    let life = world.boot().await;
    pass(5).await;
    assert!(life.state("pr-1").run.archived);
    life.engine.archive_runs(&both, false).await.unwrap();
    assert!(!life.state("pr-1").run.archived);
}

#[tokio::test(start_paused = true)]
async fn rule_25_what_was_dealt_with_stays_so_can_be_taken_back_and_comes_back_with_a_new_failure()
{
    let (world, life) = watching(&["pr-1"], "Running", "Running", 3).await;
    world.end("pr-1", "Finished", &["Failed"]);
    pass(20).await;
    let run = [key("pr-1")];
    let note = |life: &Life| {
        let state = life.state("pr-1");
        state.run.handled_now().map(|handled| handled.note.clone())
    };
    life.engine.set_handled(&run, Some("resent")).await.unwrap();
    assert_eq!(note(&life).as_deref(), Some("resent"));
    life.engine.set_handled(&run, None).await.unwrap();
    assert_eq!(note(&life), None);
    // Twice taken back is once taken back.
    life.engine.set_handled(&run, None).await.unwrap();
    life.engine.set_handled(&run, Some("resent")).await.unwrap();
    life.kill();
    let life = world.boot().await;
    pass(5).await;
    let handled = life.state("pr-1").run.handled.unwrap();
    assert_eq!(
        (handled.who.as_str(), handled.note.as_str()),
        ("ana", "resent")
    );
    // Somebody starts it again, and it fails again.
    world.begin("pr-1");
    life.engine.poll(&key("pr-1"), false).await.unwrap();
    assert_eq!(note(&life), None);
    world.end("pr-1", "Finished", &["Failed"]);
    pass(900).await;
    assert!(life.outcome("pr-1").is_some());
    assert_eq!(note(&life), None);
    // Who marked what and took it back stays for an auditor, with the attempt that it was about.
    let resent = || ActionKind::DealtWith {
        note: "resent".into(),
    };
    let marks = world.activity().into_iter().map(|row| {
        assert_eq!(row.os_user, "ana");
        assert!(row.answered.is_some() && row.environment.is_some());
        (row.attempt, row.kind)
    });
    let expected = [resent(), ActionKind::NotDealtWith, resent()].map(|kind| (Some(1), kind));
    assert_eq!(marks.collect::<Vec<_>>(), expected);
}

#[tokio::test(start_paused = true)]
async fn the_step_of_a_going_watched_run_is_read_now_and_then_while_the_window_is_in_sight() {
    let (world, life) = watching(&["pr-1"], "Running", "Running", 3).await;
    let listed = || world.server.count("pr-1", &Call::Steps);
    life.engine.set_window(None, false);
    pass(60).await;
    let before = listed();
    pass(120).await;
    assert_eq!(listed(), before, "nobody sees the window");
    life.engine.set_window(None, true);
    pass(120).await;
    let read = listed() - before;
    assert!((2..=5).contains(&read), "{read}");
}

#[tokio::test(start_paused = true)]
async fn an_archived_run_that_is_started_here_is_in_sight_again_and_watched() {
    let (world, life) = watching(&["pr-1"], "Running", "Running", 3).await;
    world.end("pr-1", "Finished", &["Success"]);
    pass(20).await;
    life.engine
        .archive_runs(&[key("pr-1")], true)
        .await
        .unwrap();
    life.act("pr-1", RequestedAction::Start).await.unwrap();
    let run = life.state("pr-1").run;
    assert!(run.watched && !run.archived);
    pass(5).await;
    world.end("pr-1", "Finished", &["Failed"]);
    pass(20).await;
    assert_eq!(world.shelf.ends()[1..], ["Failed: Run pr-1"]);
}

#[tokio::test(start_paused = true)]
async fn an_archived_run_whose_start_is_refused_or_cannot_be_written_down_stays_out_of_sight() {
    for is_written in [true, false] {
        let (world, life) = watching(&["pr-1"], "Running", "Running", 3).await;
        world.end("pr-1", "Finished", &["Success"]);
        pass(20).await;
        let archive = [key("pr-1")];
        life.engine.archive_runs(&archive, true).await.unwrap();
        match is_written {
            true => world.server.break_call(
                "pr-1",
                Call::Start,
                error(Trouble::Forbidden, Effect::None),
            ),
            false => world.shelf.fail_where(|write| write.action.is_some()),
        }
        let answer = life.act("pr-1", RequestedAction::Start).await;
        match is_written {
            true => assert_eq!(answer.unwrap().result, ActionResult::Refused),
            false => assert!(answer.is_err()),
        }
        assert!(life.state("pr-1").run.archived, "{is_written}");
        world.shelf.mend();
        // Taken out by hand while the next one is on its way, it stays so.
        let slow = Twist {
            delay: Duration::from_secs(3),
            fail: Some(error(Trouble::Forbidden, Effect::None)),
            ..Twist::default()
        };
        world.server.mend();
        world.server.twist("pr-1", Call::Start, slow);
        let by_hand = async {
            pass(1).await;
            life.engine.archive_runs(&archive, false).await
        };
        let (refused, shown) = tokio::join!(life.act("pr-1", RequestedAction::Start), by_hand);
        assert!(refused.is_ok() && shown.is_ok());
        assert!(!life.state("pr-1").run.archived, "{is_written}");
    }
}

#[tokio::test(start_paused = true)]
async fn rule_25_a_run_that_was_added_again_gets_its_watch_back_by_undo() {
    let (world, life) = watching(&["pr-1"], "Running", "Running", 3).await;
    life.engine.remove_run(&key("pr-1")).await.unwrap();
    let (account, run) = (account().id, key("pr-1").run);
    life.engine.add_run(&account, run).await.unwrap();
    assert!(!life.state("pr-1").run.watched);
    life.engine.undo_remove(&key("pr-1")).await.unwrap();
    assert!(life.state("pr-1").run.watched);
    world.end("pr-1", "Finished", &["Failed"]);
    pass(20).await;
    assert_eq!(world.shelf.ends(), ["Failed: Run pr-1"]);
}

#[tokio::test(start_paused = true)]
async fn ended_runs_are_looked_at_a_few_times_the_last_one_three_days_after_their_end() {
    let names: Vec<String> = (1..=10).map(|n| format!("pr-{n}")).collect();
    let runs: Vec<&str> = names.iter().map(String::as_str).collect();
    let (world, life) = watching(&runs, "Running", "Running", 3).await;
    for run in &runs {
        world.end(run, "Finished", &["Success"]);
    }
    pass(120).await;
    let has_succeeded = |run: &&str| life.outcome(run) == Some(Outcome::Succeeded);
    assert!(runs.iter().all(has_succeeded));
    life.engine.set_window(None, false);
    let reads = || -> Vec<usize> {
        let of_run = |run: &&str| world.server.count(run, &Call::Status);
        runs.iter().map(of_run).collect()
    };
    let in_all = |since: &[usize]| reads().iter().sum::<usize>() - since.iter().sum::<usize>();
    let begun = reads();
    pass(3600).await;
    assert!(
        in_all(&begun) <= 3 * 10,
        "{} in the first hour",
        in_all(&begun)
    );
    pass(59 * 3600).await;
    // Each look is planned with some jitter, so that many runs are not asked in step.
    let before_the_last = reads();
    pass(24 * 3600).await;
    let last = reads();
    let once: Vec<usize> = before_the_last.iter().map(|count| count + 1).collect();
    assert_eq!(last, once);
    assert!(in_all(&begun) <= 9 * 10, "{} in all", in_all(&begun));
    pass(12 * 3600).await;
    assert_eq!(reads(), last, "after that never again");
}

#[tokio::test(start_paused = true)]
async fn a_run_that_ended_long_ago_is_read_once_after_a_start_as_it_may_have_been_started_again() {
    let (world, life) = watching(&["pr-1"], "Running", "Running", 3).await;
    world.end("pr-1", "Finished", &["Success"]);
    pass(20).await;
    life.kill();
    pass(10 * 24 * 3600).await;
    let before = world.server.count("pr-1", &Call::Status);
    let life = world.boot().await;
    pass(600).await;
    let reads = world.server.count("pr-1", &Call::Status) - before;
    assert!((1..=3).contains(&reads), "{reads}");
    life.kill();
    world.begin("pr-1");
    world.end("pr-1", "Finished", &["Failed"]);
    let _life = world.boot().await;
    pass(120).await;
    assert_eq!(world.shelf.ends()[1..], ["Failed: Run pr-1"]);
}

#[tokio::test(start_paused = true)]
async fn rule_23_whatever_is_marked_as_read_is_said_to_all_who_show_it() {
    let (world, life) = watching(&["pr-1", "pr-2"], "Running", "Running", 3).await;
    for run in ["pr-1", "pr-2"] {
        world.end(run, "Finished", &["Failed"]);
    }
    pass(20).await;
    let mut events = life.engine.events();
    let mut said = async || loop {
        match tokio::time::timeout(Duration::from_secs(1), events.recv()).await {
            Ok(Ok(Event::InboxRead(ids))) => return Some(ids),
            Ok(Ok(_)) => {}
            _ => return None,
        }
    };
    let inbox = life.engine.history.store().inbox(10).await.unwrap();
    let of = |run: &str| {
        let is_its = |id: &runwatch_core::ids::RunId| id.as_str() == run;
        let item = inbox
            .iter()
            .find(|item| item.notification.run.as_ref().is_some_and(is_its));
        item.unwrap().id
    };
    life.engine
        .outbox
        .mark_run_read(&key("pr-1"))
        .await
        .unwrap();
    assert_eq!(said().await, Some(vec![of("pr-1")]));
    life.engine
        .outbox
        .mark_read(vec![of("pr-1"), of("pr-2")])
        .await
        .unwrap();
    assert_eq!(said().await, Some(vec![of("pr-2")]), "only what was unread");
    life.engine
        .outbox
        .mark_run_read(&key("pr-2"))
        .await
        .unwrap();
    assert_eq!(said().await, None);
}
