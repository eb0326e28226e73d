//! Actions: rules 9, 10 and 12.

use std::time::Duration;

use runwatch_core::action::{ActionKind, ActionResult};
use runwatch_core::attempt::Phase;
use runwatch_core::error::{Effect, Trouble};
use runwatch_core::outcome::Outcome;

use super::server::{Call, Twist, error};
use super::world::{Life, World, account, from_first, pass, watching};
use crate::EngineError;
use crate::actions::request::RequestedAction;

/// Every way in which a POST can fail.
const FAILURES: [(Trouble, Effect); 11] = [
    (Trouble::Refused, Effect::None),
    (Trouble::SignedOut, Effect::None),
    (Trouble::Forbidden, Effect::None),
    (Trouble::NotFound, Effect::None),
    (Trouble::NotAllowed, Effect::None),
    (Trouble::Busy, Effect::None),
    (Trouble::Busy, Effect::Unknown),
    (Trouble::Server, Effect::Unknown),
    (Trouble::Offline, Effect::Unknown),
    (Trouble::Offline, Effect::None),
    (Trouble::BadAnswer, Effect::Unknown),
];

/// What can be done, the run's status before it, and the call that it makes.
fn wishes() -> [(RequestedAction, &'static str, Call); 3] {
    [
        (RequestedAction::Start, "NotStarted", Call::Start),
        (RequestedAction::Cancel, "Running", Call::Cancel),
        (from_first(), "Finished", Call::Restart("ds-1".into())),
    ]
}

async fn run(status: &str) -> (World, Life) {
    watching(&["pr-1"], status, "Success", 3).await
}

#[tokio::test(start_paused = true)]
async fn rule_9_no_action_is_ever_posted_twice_whatever_the_error() {
    for (action, status, call) in wishes() {
        for (trouble, effect) in FAILURES {
            let sides: &[bool] = match effect {
                Effect::None => &[false],
                Effect::Unknown => &[false, true],
            };
            for &after_effect in sides {
                let (world, life) = run(status).await;
                let twist = Twist {
                    fail: Some(error(trouble, effect)),
                    after_effect,
                    ..Twist::default()
                };
                world.server.twist("pr-1", call.clone(), twist);
                let reply = life.act("pr-1", action.clone()).await.unwrap();
                let expected = match effect {
                    Effect::None => ActionResult::Refused,
                    Effect::Unknown => ActionResult::Unknown,
                };
                assert_eq!(reply.result, expected, "{action:?} {trouble:?}");
                pass(150).await;
                let context = format!("{action:?} {trouble:?} {effect:?}");
                assert_eq!(world.server.posts("pr-1"), 1, "{context}");
                assert_eq!(world.activity().len(), 1, "{context}");
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn rule_9_a_port_that_breaks_while_sending_is_a_lost_answer() {
    let (world, life) = run("NotStarted").await;
    let panic = Twist {
        panic: true,
        ..Twist::default()
    };
    world.server.twist("pr-1", Call::Start, panic);
    let reply = life.act("pr-1", RequestedAction::Start).await.unwrap();
    assert_eq!(reply.result, ActionResult::Unknown);
    let again = life.act("pr-1", RequestedAction::Start).await;
    assert!(matches!(again, Err(EngineError::NotNow(_))), "{again:?}");
    assert_eq!(world.server.posts("pr-1"), 1);
}

#[tokio::test(start_paused = true)]
async fn rule_9_the_status_is_read_before_each_action() {
    for (action, status, call) in wishes() {
        let (world, life) = run(status).await;
        life.act("pr-1", action).await.unwrap();
        let reads = world.server.moments("pr-1", &Call::Status);
        let posts = world.server.moments("pr-1", &call);
        let before = reads.iter().filter(|at| **at < posts[0]).max().unwrap();
        assert!((posts[0] - *before).as_millis() < 100);
    }
}

#[tokio::test(start_paused = true)]
async fn rule_9_a_run_that_is_not_as_the_confirmation_showed_it_is_asked_about_again() {
    for (action, status, _) in wishes() {
        let (world, life) = run(status).await;
        let request = life.request("pr-1", action);
        world
            .server
            .update("pr-1", |truth| truth.status = "TimedOut".into());
        let answer = life.engine.act(request).await;
        assert!(matches!(answer, Err(EngineError::Changed(_))), "{answer:?}");
        assert_eq!(world.server.posts("pr-1"), 0);
        assert!(world.activity().is_empty());
    }
}

#[tokio::test(start_paused = true)]
async fn rule_9_another_attempt_with_the_same_status_is_not_what_the_confirmation_showed() {
    let (world, life) = run("Finished").await;
    let request = life.request("pr-1", from_first());
    world.begin("pr-1");
    pass(1).await;
    world.end("pr-1", "Finished", &["Success"]);
    let answer = life.engine.act(request).await;
    assert!(matches!(answer, Err(EngineError::Changed(_))), "{answer:?}");
    assert_eq!(world.server.posts("pr-1"), 0);
}

#[tokio::test(start_paused = true)]
async fn rule_9_a_status_that_cannot_be_read_sends_nothing() {
    for trouble in [Trouble::SignedOut, Trouble::Offline, Trouble::Server] {
        let (world, life) = run("NotStarted").await;
        let broken = error(trouble, Effect::None);
        world.server.break_call("pr-1", Call::Status, broken);
        let answer = life.act("pr-1", RequestedAction::Start).await;
        assert!(matches!(answer, Err(EngineError::Call(_))));
        assert_eq!(world.server.posts("pr-1"), 0);
        assert!(world.activity().is_empty());
    }
}

#[tokio::test(start_paused = true)]
async fn rule_10_two_at_once_send_one() {
    for (action, status, _) in wishes() {
        let (world, life) = run(status).await;
        // So that the second cannot tell by the status that the first was sent.
        world.server.update("pr-1", |truth| truth.sluggish = true);
        let (one, two) = tokio::join!(
            life.act("pr-1", action.clone()),
            life.act("pr-1", action.clone())
        );
        assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
        assert_eq!(world.server.posts("pr-1"), 1);
        assert_eq!(world.activity().len(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn rule_10_the_log_row_is_there_before_the_post_and_is_completed_after() {
    let (world, life) = run("NotStarted").await;
    let slow = Twist {
        delay: std::time::Duration::from_secs(10),
        ..Twist::default()
    };
    world.server.twist("pr-1", Call::Start, slow);
    let request = life.request("pr-1", RequestedAction::Start);
    let engine = life.engine.clone();
    let acting = tokio::spawn(async move { engine.act(request).await });
    pass(5).await;
    let row = world.activity().remove(0);
    assert_eq!((row.result, row.answered), (ActionResult::Pending, None));
    assert_eq!(
        (
            row.os_user.as_str(),
            row.identity.as_str(),
            row.account_label.as_str(),
            row.run_name.as_str(),
            row.environment.as_deref(),
            row.attempt
        ),
        (
            "ana",
            "client-1",
            "Close team",
            "Run pr-1",
            Some(account().environment.origin()),
            Some(1)
        )
    );
    acting.await.unwrap().unwrap();
    let row = world.activity().remove(0);
    assert_eq!(
        (row.result, row.kind),
        (ActionResult::Ok, ActionKind::Start)
    );
    assert!(row.answered.is_some());
}

#[tokio::test(start_paused = true)]
async fn rule_10_without_a_log_row_nothing_is_sent_and_nothing_has_changed() {
    for (action, status, _) in wishes() {
        let (world, life) = run(status).await;
        let key = super::world::key("pr-1");
        life.engine.set_watched(&key, false).await.unwrap();
        world.shelf.fail_all();
        let before = life.state("pr-1").run;
        let said = match &action {
            RequestedAction::Start => "Nothing was started",
            RequestedAction::Cancel => "Nothing was cancelled",
            RequestedAction::Restart(_) => "Nothing was restarted",
        };
        let why = "Runwatch writes each action down before it is sent, and the disk is full. Free \
                   some space, then try again.";
        let answer = life.act("pr-1", action).await;
        // The answer of this action: that history is not kept is said by the window.
        assert_eq!(answer, Err(EngineError::NotNow(format!("{said}: {why}"))));
        assert!(life.engine.history.problem().is_some());
        assert_eq!(world.server.posts("pr-1"), 0);
        let after = life.state("pr-1").run;
        assert_eq!(
            (after.attempt, after.watched, after.judgement),
            (before.attempt, before.watched, before.judgement)
        );
    }
}

#[tokio::test(start_paused = true)]
async fn rule_10_an_action_goes_on_to_its_end_when_its_caller_stops_waiting() {
    let (world, life) = run("NotStarted").await;
    let slow = Twist {
        delay: std::time::Duration::from_secs(10),
        ..Twist::default()
    };
    world.server.twist("pr-1", Call::Start, slow);
    let acting = life.act("pr-1", RequestedAction::Start);
    let gone = tokio::time::timeout(std::time::Duration::from_secs(2), acting).await;
    assert!(gone.is_err());
    pass(30).await;
    assert_eq!(world.activity().remove(0).result, ActionResult::Ok);
    assert_eq!(world.server.posts("pr-1"), 1);
    assert!(!life.state("pr-1").busy);
}

#[tokio::test(start_paused = true)]
async fn rule_12_the_older_call_is_offered_after_404_and_405_alone() {
    for (trouble, effect) in FAILURES {
        let (world, life) = run("NotStarted").await;
        world
            .server
            .fail_once("pr-1", Call::Start, error(trouble, effect));
        let reply = life.act("pr-1", RequestedAction::Start).await.unwrap();
        let unknown = matches!(trouble, Trouble::NotFound | Trouble::NotAllowed);
        assert_eq!(reply.offer_deprecated, unknown, "{trouble:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn rule_12_the_older_call_is_a_second_action_and_never_an_automatic_one() {
    let (world, life) = run("Running").await;
    let not_found = error(Trouble::NotFound, Effect::None);
    world
        .server
        .fail_once("pr-1", Call::Cancel, not_found.clone());
    assert!(
        life.act("pr-1", RequestedAction::Cancel)
            .await
            .unwrap()
            .offer_deprecated
    );
    pass(60).await;
    assert_eq!(world.server.count("pr-1", &Call::CancelOld), 0);
    let request = crate::actions::request::ActionRequest {
        deprecated: true,
        ..life.request("pr-1", RequestedAction::Cancel)
    };
    let reply = life.engine.act(request).await.unwrap();
    assert_eq!(reply.result, ActionResult::Ok);
    assert_eq!(world.server.count("pr-1", &Call::CancelOld), 1);
    let log = world.activity();
    assert_eq!([log[0].deprecated, log[1].deprecated], [false, true]);
}

#[tokio::test(start_paused = true)]
async fn rule_9_a_refused_restart_leaves_the_run_as_it_was() {
    let (world, life) = run("Finished").await;
    let before = life.state("pr-1").run;
    let refused = error(Trouble::Forbidden, Effect::None);
    world
        .server
        .fail_once("pr-1", Call::Restart("ds-1".into()), refused);
    life.act("pr-1", from_first()).await.unwrap();
    let after = life.state("pr-1").run;
    assert_eq!(
        (after.attempt, after.judgement),
        (before.attempt, before.judgement)
    );
    pass(300).await;
    assert!(world.shelf.inbox().is_empty(), "there was no new attempt");
    assert_eq!(life.outcome("pr-1"), Some(Outcome::Succeeded));
    assert!(matches!(life.phase("pr-1"), Phase::Ended { .. }));
}

#[tokio::test(start_paused = true)]
async fn rule_10_an_app_that_ends_waits_until_the_answer_is_written_down() {
    let (world, life) = run("NotStarted").await;
    let slow = Twist {
        delay: Duration::from_secs(3),
        ..Twist::default()
    };
    world.server.twist("pr-1", Call::Start, slow);
    let request = life.request("pr-1", RequestedAction::Start);
    let engine = life.engine.clone();
    // The window that asked for it is gone.
    drop(tokio::spawn(async move { engine.act(request).await }));
    pass(1).await;
    assert_eq!(world.activity()[0].result, ActionResult::Pending);
    life.engine.actions_done().await;
    life.kill();
    assert_eq!(world.activity()[0].result, ActionResult::Ok);
}
