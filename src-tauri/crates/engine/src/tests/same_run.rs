//! One run in the lists of two accounts of one environment: it is one run in SolveXia.

use std::time::Duration;

use runwatch_core::action_availability::Availability;
use runwatch_core::error::{Effect, Trouble};
use runwatch_core::ids::RunKey;

use super::server::{Call, Twist, error};
use super::world::{Life, World, key, other_account, pass, watching};
use crate::actions::request::{ActionRequest, RequestedAction};
use crate::error::EngineError;

async fn two_rows(status: &str) -> (World, Life) {
    let (world, life) = watching(&["pr-1"], status, "Success", 3).await;
    life.engine
        .set_session(other_account(), Some(life.port.clone()));
    let run = key("pr-1").run;
    let added = life.engine.add_run(&other_account().id, run).await;
    assert_eq!(added.unwrap(), other_row());
    pass(3).await;
    (world, life)
}

fn other_row() -> RunKey {
    RunKey {
        account: other_account().id,
        ..key("pr-1")
    }
}

/// What the page asks for under the other account.
fn start_in_other_row(life: &Life) -> ActionRequest {
    ActionRequest {
        key: other_row(),
        ..life.request("pr-1", RequestedAction::Start)
    }
}

#[tokio::test(start_paused = true)]
async fn rule_11_a_start_whose_answer_was_lost_locks_the_run_under_each_account() {
    let (world, life) = two_rows("NotStarted").await;
    let lost = Twist {
        fail: Some(error(Trouble::Offline, Effect::Unknown)),
        after_effect: false,
        ..Twist::default()
    };
    world.server.twist("pr-1", Call::Start, lost);
    life.act("pr-1", RequestedAction::Start).await.unwrap();
    pass(5).await;
    let request = ActionRequest {
        status: "NotStarted".into(),
        ..start_in_other_row(&life)
    };
    let refused = life.engine.act(request).await;
    assert!(
        matches!(refused, Err(EngineError::NotNow(_))),
        "{refused:?}"
    );
    assert_eq!(world.server.posts("pr-1"), 1);
    // The page knows it before, and says so.
    let row = life.engine.runs.get(&other_row()).unwrap().state();
    let can_start = || {
        let elsewhere = life.engine.elsewhere(&other_row());
        row.action_context(None, &elsewhere, world.now()).start()
    };
    assert!(matches!(can_start(), Availability::No(_)));
    pass(130).await;
    assert!(matches!(can_start(), Availability::Warn(text) if text.contains("twice")));
}

#[tokio::test(start_paused = true)]
async fn rule_10_while_an_action_is_under_way_no_other_account_sends_one() {
    let (world, life) = two_rows("NotStarted").await;
    let slow = Twist {
        delay: Duration::from_secs(4),
        ..Twist::default()
    };
    world.server.twist("pr-1", Call::Start, slow);
    let second = async {
        pass(1).await;
        life.engine.act(start_in_other_row(&life)).await
    };
    let (first, second) = tokio::join!(life.act("pr-1", RequestedAction::Start), second);
    first.unwrap();
    assert!(matches!(second, Err(EngineError::NotNow(_))), "{second:?}");
    assert_eq!(world.server.posts("pr-1"), 1);
}
