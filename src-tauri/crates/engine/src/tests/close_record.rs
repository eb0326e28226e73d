//! The record of a close holds what an auditor asks for.

use jiff::SignedDuration;
use jiff::civil::date;
use jiff::tz::TimeZone;
use runwatch_core::close::board::BoardState;
use runwatch_core::close::item_state::{Block, ItemState};
use runwatch_core::close::plan::PlanDraft;
use runwatch_core::outcome::Outcome;

use super::month_end::{create, december, item, plan_by_hand, process, run_through, world};
use super::world::{account, pass};

#[tokio::test(start_paused = true)]
async fn a_failure_from_before_the_plan_was_made_is_among_the_ends() {
    let world = world();
    let life = world.boot().await;
    life.know_zone();
    create(&world, "pr-101", 1);
    life.watch("pr-101").await;
    pass(60).await;
    world.begin("pr-101");
    pass(600).await;
    world.end("pr-101", "Finished", &["Failed"]);
    pass(360).await;
    life.engine.save_plan(plan_by_hand()).await.unwrap();
    life.engine.open_close(&december()).await.unwrap();
    pass(20 * 60).await;
    let failed = ItemState::Blocked(Block::Ended(Outcome::Failed));
    assert_eq!(life.item_state(0).await, failed);
    let record = life.engine.close_record(&december()).await.unwrap();
    let ends: Vec<(&str, Outcome)> = record
        .captured
        .iter()
        .map(|kept| (kept.key.run.as_str(), kept.outcome))
        .collect();
    assert_eq!(ends, [("pr-101", Outcome::Failed)]);
}

#[tokio::test(start_paused = true)]
async fn a_run_that_was_made_before_the_window_and_started_in_it_is_listed() {
    let world = world();
    let early = date(2026, 12, 1).at(9, 0, 0, 0);
    let early = early.to_zoned_datetime(TimeZone::UTC).unwrap().timestamp();
    for run in ["pr-90", "pr-91"] {
        create(&world, run, 1);
        world
            .server
            .update(run, |truth| truth.created = Some(early));
    }
    let life = world.boot_close(plan_by_hand()).await;
    world.begin("pr-90");
    pass(15 * 60).await;
    assert_eq!(life.item_state(0).await, ItemState::Asks);
    let record = life.engine.close_record(&december()).await.unwrap();
    let listed: Vec<&str> = record.listed.iter().map(|run| run.run.as_str()).collect();
    assert_eq!(listed, ["pr-90"]);
}

#[tokio::test(start_paused = true)]
async fn an_earlier_run_that_is_run_again_in_the_window_is_listed_also_beside_a_sure_one() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    let (a, p) = (account().id, process(1));
    life.engine.create_run(&a, &p, "Ours", false).await.unwrap();
    pass(360).await;
    let last_month = world.there() - SignedDuration::from_hours(30 * 24);
    for run in ["pr-89", "pr-90"] {
        create(&world, run, 1);
        world
            .server
            .update(run, |truth| truth.created = Some(last_month));
    }
    world.begin("pr-90");
    pass(600).await;
    let record = life.engine.close_record(&december()).await.unwrap();
    let mut listed: Vec<&str> = record.listed.iter().map(|run| run.run.as_str()).collect();
    listed.sort_unstable();
    assert_eq!(listed, ["pr-500", "pr-90"]);
    assert_eq!(record.unread, []);
}

#[tokio::test(start_paused = true)]
async fn what_failed_and_was_then_taken_out_of_the_plan_stays_in_the_record() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    for (n, step) in [(1, "Success"), (2, "Success"), (3, "Failed")] {
        let run = format!("pr-{n}01");
        create(&world, &run, n);
        pass(360).await;
        run_through(&world, &run, 20, step).await;
    }
    let without = PlanDraft {
        items: vec![item(1, &[]), item(2, &[1])],
        ..plan_by_hand()
    };
    life.engine.save_plan(without).await.unwrap();
    pass(600).await;
    assert_eq!(life.close_state().await, BoardState::Done);
    let record = life.engine.close_record(&december()).await.unwrap();
    let kept = record.captured.iter().map(|one| one.key.run.as_str());
    assert_eq!(kept.collect::<Vec<_>>(), ["pr-101", "pr-201", "pr-301"]);
    let planned = [1, 2, 3].map(|n| !record.is_no_longer_planned(&process(n)));
    assert_eq!(planned, [true, true, false]);
    assert!(record.listed.iter().any(|run| run.run.as_str() == "pr-301"));
}
