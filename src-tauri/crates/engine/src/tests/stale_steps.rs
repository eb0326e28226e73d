//! Steps that still show the attempt before prove nothing of this one: rule 2.

use runwatch_core::ids::StepId;
use runwatch_core::outcome::Outcome;

use super::world::{Life, World, pass};
use crate::actions::request::RequestedAction;

/// A run that ended with these steps, seen.
async fn ended(steps: &[&str]) -> (World, Life) {
    let world = World::new();
    world.put("pr-1", "Running", &["Running"]);
    let life = world.boot().await;
    life.watch("pr-1").await;
    pass(60).await;
    world.end("pr-1", "Finished", steps);
    pass(60).await;
    (world, life)
}

/// It ends with these steps, but those from `lagging` on show what they were before.
fn end_lagging(world: &World, steps: &[&str], lagging: usize) {
    world.end("pr-1", "Finished", steps);
    world.server.update("pr-1", |truth| {
        let before = truth.steps_before.clone();
        truth.steps.truncate(lagging);
        truth.steps.extend(before.into_iter().skip(lagging));
    });
}

fn catch_up(world: &World, steps: &[&str]) {
    world.server.update("pr-1", |truth| truth.set_steps(steps));
}

#[tokio::test(start_paused = true)]
async fn rule_2_old_successes_of_a_run_restarted_elsewhere_are_never_told_as_its_success() {
    for lagging in [0, 1] {
        let (world, _life) = ended(&["Success", "Success"]).await;
        pass(400).await;
        world.begin("pr-1");
        // What is over is looked at again after a quarter of an hour.
        pass(700).await;
        end_lagging(&world, &["Success", "Failed"], lagging);
        pass(30).await;
        assert_eq!(world.shelf.ends().len(), 1, "it is read again");
        catch_up(&world, &["Success", "Failed"]);
        pass(30).await;
        assert_eq!(world.shelf.ends()[1..], ["Failed: Run pr-1"]);
    }
}

#[tokio::test(start_paused = true)]
async fn rule_2_steps_that_never_catch_up_are_unverified_after_a_minute() {
    let (world, life) = ended(&["Success", "Success"]).await;
    world.begin("pr-1");
    pass(400).await;
    end_lagging(&world, &["Success", "Success"], 1);
    pass(50).await;
    assert!(life.is_pending("pr-1"));
    pass(30).await;
    assert_eq!(life.outcome("pr-1"), Some(Outcome::Unverified));
    let because = life.state("pr-1").run.judgement.unwrap().because;
    assert!(
        because.contains("is still shown as “Success”, as it was before"),
        "{because}"
    );
}

#[tokio::test(start_paused = true)]
async fn rule_2_an_ordinary_restart_from_a_later_step_is_told_at_once() {
    for here in [false, true] {
        let (world, life) = ended(&["Success", "Failed", "NotStarted"]).await;
        let before = world.server.truth("pr-1").steps;
        if here {
            let second = RequestedAction::Restart(StepId::parse("ds-2").unwrap());
            life.act("pr-1", second).await.unwrap();
        } else {
            world.begin("pr-1");
        }
        let first = before[0].clone();
        world.server.update("pr-1", |truth| {
            truth.steps[0].status = first.status;
            truth.steps[0].started = truth.steps_before[0].started;
        });
        pass(400).await;
        world.end("pr-1", "Finished", &["Success"; 3]);
        world.server.update("pr-1", |truth| {
            truth.steps[0].started = truth.steps_before[0].started;
        });
        pass(25).await;
        assert_eq!(
            world.shelf.ends()[1..],
            ["Succeeded: Run pr-1"],
            "here: {here}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn rule_2_an_old_failure_is_not_told_again_for_a_restart_that_succeeded() {
    let (world, life) = ended(&["Success", "Failed"]).await;
    let second = RequestedAction::Restart(StepId::parse("ds-2").unwrap());
    life.act("pr-1", second).await.unwrap();
    pass(30).await;
    end_lagging(&world, &["Success", "Success"], 0);
    life.kill();
    let _life = world.boot().await;
    pass(20).await;
    catch_up(&world, &["Success", "Success"]);
    pass(30).await;
    assert_eq!(world.shelf.ends()[1..], ["Succeeded: Run pr-1"]);
}

#[tokio::test(start_paused = true)]
async fn rule_2_old_successes_of_a_run_that_is_first_seen_while_it_goes_are_not_its_own() {
    // Whether this computer's clock is right or not.
    for off in [0, -900, 900] {
        let world = World::new();
        world.set_clock(off);
        world.put("pr-1", "NotStarted", &["NotStarted", "NotStarted"]);
        world.begin("pr-1");
        world.end("pr-1", "Finished", &["Success", "Success"]);
        world.sleep(86_400);
        world.begin("pr-1");
        let life = world.boot().await;
        life.watch("pr-1").await;
        pass(60).await;
        end_lagging(&world, &["Success", "Failed"], 0);
        pass(30).await;
        assert!(life.is_pending("pr-1"), "{off}");
        catch_up(&world, &["Success", "Failed"]);
        pass(30).await;
        assert_eq!(world.shelf.ends(), ["Failed: Run pr-1"], "{off}");
    }
}

#[tokio::test(start_paused = true)]
async fn rule_2_an_attempt_that_nobody_saw_lends_its_success_to_no_later_one() {
    let (world, life) = ended(&["Failed"]).await;
    life.engine.set_window_visible(false);
    pass(400).await;
    world.begin("pr-1");
    world.end("pr-1", "Finished", &["Success"]);
    pass(20).await;
    world.begin("pr-1");
    pass(400).await;
    end_lagging(&world, &["Failed"], 0);
    pass(50).await;
    catch_up(&world, &["Failed"]);
    pass(300).await;
    assert_eq!(world.shelf.ends(), ["Failed: Run pr-1", "Failed: Run pr-1"]);
}
