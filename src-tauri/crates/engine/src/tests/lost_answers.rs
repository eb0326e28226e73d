//! Answers that were lost: rule 11.

use runwatch_core::action::ActionResult;
use runwatch_core::action_availability::Availability;
use runwatch_core::error::{Effect, Trouble};
use runwatch_core::notification::NotificationKind;
use runwatch_core::outcome::Outcome;

use super::ports::Kill;
use super::server::{Call, Twist, error};
use super::world::{Life, World, from_first, key, pass, watching};
use crate::actions::request::RequestedAction;

async fn run(status: &str) -> (World, Life) {
    watching(&["pr-1"], status, "Success", 3).await
}

/// The answer to the next such call is lost, after it took effect or before it arrived.
fn lose(world: &World, call: Call, after_effect: bool) {
    let twist = Twist {
        fail: Some(error(Trouble::Offline, Effect::Unknown)),
        after_effect,
        ..Twist::default()
    };
    world.server.twist("pr-1", call, twist);
}

fn can_start(world: &World, life: &Life) -> Availability {
    let elsewhere = life.engine.elsewhere(&key("pr-1"));
    let state = life.state("pr-1");
    state.action_context(None, &elsewhere, world.now()).start()
}

fn told(world: &World) -> Vec<String> {
    let told = world.shelf.told(NotificationKind::Action).into_iter();
    told.map(|(.., title)| title).collect()
}

fn results(world: &World) -> Vec<(ActionResult, bool)> {
    let log = world.activity().into_iter();
    log.map(|action| (action.result, action.answered.is_some()))
        .collect()
}

#[tokio::test(start_paused = true)]
async fn rule_11_a_lost_start_says_what_is_known_and_locks_start_for_2_minutes() {
    let (world, life) = run("NotStarted").await;
    lose(&world, Call::Start, false);
    let reply = life.act("pr-1", RequestedAction::Start).await.unwrap();
    assert_eq!(reply.result, ActionResult::Unknown);
    let said = "says the fake. SolveXia still shows it as not started. Runwatch keeps looking.";
    assert!(reply.message.ends_with(said), "{}", reply.message);
    assert!(matches!(can_start(&world, &life), Availability::No(_)));
    pass(100).await;
    assert!(matches!(can_start(&world, &life), Availability::No(_)));
    assert_eq!(results(&world), [(ActionResult::Unknown, false)]);
    pass(30).await;
    let warned = can_start(&world, &life);
    assert!(
        matches!(&warned, Availability::Warn(text) if text.contains("twice")),
        "{warned:?}"
    );
    assert_eq!(results(&world), [(ActionResult::Unknown, true)]);
    assert_eq!(world.server.posts("pr-1"), 1);
}

#[tokio::test(start_paused = true)]
async fn rule_11_a_lost_start_that_arrived_is_found_out() {
    let (world, life) = run("NotStarted").await;
    lose(&world, Call::Start, true);
    let reply = life.act("pr-1", RequestedAction::Start).await.unwrap();
    assert!(reply.message.contains("SolveXia shows the run as running"));
    pass(10).await;
    assert_eq!(results(&world), [(ActionResult::Ok, true)]);
    world.end("pr-1", "Finished", &["Success"]);
    pass(30).await;
    assert_eq!(world.shelf.ends(), ["Succeeded: Run pr-1"]);
    assert!(told(&world).is_empty(), "the user saw it happen");
}

#[tokio::test(start_paused = true)]
async fn rule_11_a_lost_start_is_resolved_and_told_once_after_a_restart_of_the_app() {
    let (world, life) = run("NotStarted").await;
    lose(&world, Call::Start, true);
    world.server.set_offline(false);
    let offline = world.clone();
    world.server.then("pr-1", Call::Status, move |_| {
        offline.server.set_offline(true)
    });
    // The POST itself is offline now, and the app is killed before it can ask again.
    let _ = life.act("pr-1", RequestedAction::Start).await.unwrap();
    life.kill();
    world.server.set_offline(false);
    world.begin("pr-1");
    for _ in 0..3 {
        let life = world.boot().await;
        pass(30).await;
        life.kill();
    }
    assert_eq!(results(&world), [(ActionResult::Ok, true)]);
    assert_eq!(
        told(&world),
        ["Run pr-1 was started before Runwatch was closed"]
    );
    assert_eq!(world.desk.titles().len(), 1);
    assert_eq!(world.server.posts("pr-1"), 1);
}

#[tokio::test(start_paused = true)]
async fn rule_11_a_lost_start_that_never_shows_is_told_as_unknown_and_never_as_started() {
    let (world, life) = run("NotStarted").await;
    lose(&world, Call::Start, false);
    life.act("pr-1", RequestedAction::Start).await.unwrap();
    life.kill();
    let life = world.boot().await;
    pass(60).await;
    assert!(told(&world).is_empty());
    assert!(matches!(can_start(&world, &life), Availability::No(_)));
    pass(90).await;
    assert_eq!(
        told(&world),
        ["Run pr-1 may or may not have been started before Runwatch was closed"]
    );
    assert_eq!(results(&world), [(ActionResult::Unknown, true)]);
}

#[tokio::test(start_paused = true)]
async fn rule_11_a_kill_around_the_post_leaves_a_row_that_is_resolved_and_told_once() {
    for (kill, arrived) in [(Kill::BeforePost, false), (Kill::AfterPost, true)] {
        for (action, status) in [
            (RequestedAction::Start, "NotStarted"),
            (RequestedAction::Cancel, "Running"),
            (from_first(), "Finished"),
        ] {
            let (world, life) = run(status).await;
            life.port.kill_at(kill);
            let (engine, request) = (life.engine.clone(), life.request("pr-1", action.clone()));
            tokio::spawn(async move { engine.act(request).await });
            pass(5).await;
            assert!(life.port.is_dead());
            life.kill();
            assert_eq!(results(&world), [(ActionResult::Pending, false)]);
            for _ in 0..2 {
                let life = world.boot().await;
                pass(180).await;
                life.kill();
            }
            let context = format!("{kill:?} {action:?}");
            assert_eq!(
                world.server.posts("pr-1"),
                usize::from(arrived),
                "{context}"
            );
            let known = if arrived {
                ActionResult::Ok
            } else {
                ActionResult::Unknown
            };
            assert_eq!(results(&world), [(known, true)], "{context}");
            assert_eq!(told(&world).len(), 1, "{context}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn rule_11_the_lock_is_not_shaken_off_by_removing_the_run_and_adding_it_again() {
    let (world, life) = run("NotStarted").await;
    lose(&world, Call::Start, false);
    life.act("pr-1", RequestedAction::Start).await.unwrap();
    pass(60).await;
    let removed = life.engine.remove_run(&key("pr-1")).await;
    assert!(matches!(removed, Err(crate::EngineError::NotNow(_))));
    pass(90).await;
    life.engine.remove_run(&key("pr-1")).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn rule_11_two_lost_answers_are_both_resolved() {
    for restart in [false, true] {
        let (world, mut life) = run("NotStarted").await;
        lose(&world, Call::Start, true);
        life.act("pr-1", RequestedAction::Start).await.unwrap();
        lose(&world, Call::Cancel, true);
        life.act("pr-1", RequestedAction::Cancel).await.unwrap();
        if restart {
            life.kill();
            life = world.boot().await;
        }
        pass(60).await;
        assert_eq!(
            results(&world),
            [(ActionResult::Ok, true), (ActionResult::Ok, true)]
        );
        assert_eq!(life.outcome("pr-1"), Some(Outcome::Cancelled));
    }
}

#[tokio::test(start_paused = true)]
async fn rule_11_a_lost_cancel_is_resolved_though_the_run_is_not_watched_and_the_window_closed() {
    let (world, life) = run("Running").await;
    life.engine.set_watched(&key("pr-1"), false).await.unwrap();
    life.port.kill_at(Kill::AfterPost);
    let (engine, request) = (
        life.engine.clone(),
        life.request("pr-1", RequestedAction::Cancel),
    );
    tokio::spawn(async move { engine.act(request).await });
    pass(5).await;
    life.kill();
    world.boot().await;
    pass(30).await;
    assert_eq!(results(&world), [(ActionResult::Ok, true)]);
    assert_eq!(told(&world).len(), 1);
}

#[tokio::test(start_paused = true)]
async fn rule_11_a_lost_restart_that_never_shows_is_unknown_and_its_attempt_unverified() {
    let (world, life) = run("Finished").await;
    lose(&world, Call::Restart("ds-1".into()), false);
    life.act("pr-1", from_first()).await.unwrap();
    pass(180).await;
    assert_eq!(results(&world), [(ActionResult::Unknown, true)]);
    assert_eq!(life.outcome("pr-1"), Some(Outcome::Unverified));
    let again = can_start(&world, &life);
    assert!(matches!(again, Availability::Warn(text) if text.contains("twice")));
}

#[tokio::test(start_paused = true)]
async fn rule_11_an_answer_that_could_not_be_written_is_written_later() {
    let (world, life) = run("NotStarted").await;
    let mut first = true;
    world
        .shelf
        .fail_where(move |write| write.action.is_some() && !std::mem::replace(&mut first, false));
    let reply = life.act("pr-1", RequestedAction::Start).await.unwrap();
    assert_eq!(reply.result, ActionResult::Ok);
    assert_eq!(results(&world), [(ActionResult::Pending, false)]);
    world.shelf.mend();
    pass(30).await;
    assert_eq!(results(&world), [(ActionResult::Ok, true)]);
}

#[tokio::test(start_paused = true)]
async fn rule_11_a_start_that_solvexia_accepts_and_never_shows_is_told_once_and_asked_for_calmly() {
    let (world, life) = run("NotStarted").await;
    life.engine.set_window(None, false);
    world.server.then("pr-1", Call::Start, |truth| {
        truth.status = "NotStarted".into();
        truth.started = None;
    });
    let reply = life.act("pr-1", RequestedAction::Start).await.unwrap();
    assert_eq!(reply.result, ActionResult::Ok);
    pass(100).await;
    assert!(world.desk.titles().is_empty());
    pass(60).await;
    let told_once = ["SolveXia does not show the start of “Run pr-1”"];
    assert_eq!(world.desk.titles(), told_once);
    let before = world.server.count("pr-1", &Call::Status);
    pass(600).await;
    let asked = world.server.count("pr-1", &Call::Status) - before;
    assert!((9..=12).contains(&asked), "{asked} times in ten minutes");
    life.kill();
    let life = world.boot().await;
    pass(300).await;
    assert_eq!(world.desk.titles(), told_once, "nor after a restart");
    // It shows after all.
    world.begin("pr-1");
    pass(90).await;
    world.end("pr-1", "Finished", &["Success"]);
    pass(60).await;
    assert_eq!(life.outcome("pr-1"), Some(Outcome::Succeeded));
    assert_eq!(world.shelf.ends(), ["Succeeded: Run pr-1"]);
}
