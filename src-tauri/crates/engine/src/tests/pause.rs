//! Watching can be paused: nobody is asked meanwhile, and nothing is missed afterwards.

use runwatch_core::status::RunStatus;

use super::server::Call;
use super::world::{World, pass};
use crate::actions::request::RequestedAction;

const AN_HOUR: u64 = 60 * 60;

#[tokio::test(start_paused = true)]
async fn while_watching_is_paused_nothing_is_read_and_what_ended_is_told_once_it_goes_on() {
    let world = World::new();
    world.put("pr-1", "Running", &["Running"]);
    let life = world.boot().await;
    life.watch("pr-1").await;
    pass(30).await;
    life.engine.set_paused(true);
    let before = world.server.count("pr-1", &Call::Status);
    world.end("pr-1", "Finished", &["Success"]);
    pass(AN_HOUR).await;
    assert_eq!(world.server.count("pr-1", &Call::Status), before);
    // Nobody is told that runs cannot be seen (docs/RULES.md, 16): nothing was asked.
    assert!(world.desk.titles().is_empty(), "{:?}", world.desk.titles());
    life.engine.set_paused(false);
    pass(5).await;
    assert_eq!(world.desk.titles(), ["Succeeded: Run pr-1"]);
}

#[tokio::test(start_paused = true)]
async fn a_restart_of_the_app_watches_again() {
    let world = World::new();
    world.put("pr-1", "Running", &["Running"]);
    let life = world.boot().await;
    life.watch("pr-1").await;
    life.engine.set_paused(true);
    pass(30).await;
    life.kill();
    let before = world.server.count("pr-1", &Call::Status);
    let life = world.boot().await;
    pass(30).await;
    assert!(!life.engine.is_paused());
    assert!(world.server.count("pr-1", &Call::Status) > before);
}

#[tokio::test(start_paused = true)]
async fn rule_18_what_is_started_while_watching_is_paused_is_followed_until_it_is_seen_to_go() {
    let world = World::new();
    world.put("pr-1", "NotStarted", &["NotStarted"]);
    let life = world.boot().await;
    life.watch("pr-1").await;
    pass(30).await;
    life.engine.set_paused(true);
    let reply = life.act("pr-1", RequestedAction::Start).await.unwrap();
    assert!(reply.message.contains("once you resume"), "{reply:?}");
    world.begin("pr-1");
    pass(20).await;
    let attempt = life.state("pr-1").run.attempt.unwrap();
    assert_eq!(attempt.stamp.status, RunStatus::Running);
    let before = world.server.count("pr-1", &Call::Status);
    world.end("pr-1", "Finished", &["Success"]);
    pass(AN_HOUR).await;
    let after = world.server.count("pr-1", &Call::Status);
    assert!(after <= before + 2, "{before}, then {after}");
    life.engine.set_paused(false);
    pass(5).await;
    assert_eq!(world.desk.titles(), ["Succeeded: Run pr-1"]);
}
