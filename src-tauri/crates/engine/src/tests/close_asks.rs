//! What its owner is asked: which run counts, and whether what ended so counts.

use runwatch_core::close::binding::BoundBy;
use runwatch_core::close::board::BoardState;
use runwatch_core::close::item_state::{Block, ItemState};
use runwatch_core::close::open::CloseNote;
use runwatch_core::close::plan::{PlanDraft, PlanId};

use super::month_end::{
    close_of, create, december, earlier_runs, plan_by_hand, process, run_all, run_through, until,
    world,
};
use super::world::{account, pass};

#[tokio::test(start_paused = true)]
async fn of_two_runs_the_one_that_was_created_here_counts_and_else_its_owner_is_asked() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    life.engine
        .create_run(&account().id, &process(1), "Ours", false)
        .await
        .unwrap();
    create(&world, "pr-101", 1);
    create(&world, "pr-201", 2);
    create(&world, "pr-202", 2);
    for run in ["pr-101", "pr-201", "pr-202"] {
        life.watch(run).await;
    }
    pass(70).await;
    let board = life.board().await;
    let bound = board.kept.bound(&process(1)).unwrap();
    assert_eq!(
        (bound.run.as_str(), bound.by),
        ("pr-500", BoundBy::StartHere)
    );
    let asked: Vec<&str> = board.items[1]
        .asks
        .iter()
        .map(|one| one.run.as_str())
        .collect();
    assert_eq!(asked, ["pr-201", "pr-202"]);
    assert!(board.kept.bound(&process(2)).is_none());
}

#[tokio::test(start_paused = true)]
async fn once_another_run_can_be_meant_none_passes_for_it_until_its_owner_says_which() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    create(&world, "pr-101", 1);
    pass(6 * 60).await;
    run_through(&world, "pr-101", 55, "Success").await;
    assert!(life.item_state(0).await.is_done());
    create(&world, "pr-102", 1);
    pass(12 * 60).await;
    assert_eq!(life.item_state(0).await, ItemState::Asks);
    let asked: Vec<String> = life.board().await.items[0]
        .asks
        .iter()
        .map(|one| one.run.to_string())
        .collect();
    assert_eq!(asked, ["pr-101", "pr-102"]);
    life.bind(&december(), 1, "pr-101").await.unwrap();
    create(&world, "pr-103", 1);
    pass(12 * 60).await;
    assert!(life.item_state(0).await.is_done());
}

#[tokio::test(start_paused = true)]
async fn what_was_run_before_the_cut_off_and_is_found_after_it_is_asked_for() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    run_all(&world, 20).await;
    assert_eq!(life.close_state().await, BoardState::Done);
    world.server.set_offline(true);
    create(&world, "pr-102", 1);
    until(&world, 18, 30).await;
    world.server.set_offline(false);
    pass(15 * 60).await;
    assert_eq!(life.item_state(0).await, ItemState::Asks);
}

#[tokio::test(start_paused = true)]
async fn what_was_started_before_what_it_waits_for_was_through_is_asked_for() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    for n in [2, 3, 1] {
        let run = format!("pr-{n}01");
        create(&world, &run, n);
        pass(6 * 60).await;
        run_through(&world, &run, 20, "Success").await;
    }
    let board = life.board().await;
    assert_eq!(board.view.items[1].state, ItemState::Asks);
    assert_ne!(board.view.state, BoardState::Done);
    assert_eq!(
        board.notes,
        [CloseNote::StartedBefore("Item 2".into(), "Item 1".into())]
    );
    life.bind(&december(), 2, "pr-201").await.unwrap();
    pass(60).await;
    assert_eq!(life.close_state().await, BoardState::Done);
}

/// One was made here and left; a colleague ran another one in SolveXia.
#[tokio::test(start_paused = true)]
async fn a_run_from_elsewhere_beside_one_that_was_made_here_and_never_started_is_asked_for() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    let (a, p) = (account().id, process(1));
    life.engine.create_run(&a, &p, "Ours", false).await.unwrap();
    pass(6 * 60).await;
    create(&world, "pr-101", 1);
    pass(6 * 60).await;
    run_through(&world, "pr-101", 55, "Success").await;
    pass(30 * 60).await;
    assert_eq!(life.item_state(0).await, ItemState::Asks);
}

/// The same, where the run was bound by hand before it was started.
#[tokio::test(start_paused = true)]
async fn a_run_from_elsewhere_beside_one_that_was_bound_by_hand_and_never_started_is_asked_for() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    create(&world, "pr-100", 1);
    life.bind(&december(), 1, "pr-100").await.unwrap();
    create(&world, "pr-101", 1);
    pass(6 * 60).await;
    run_through(&world, "pr-101", 55, "Success").await;
    pass(30 * 60).await;
    assert_eq!(life.item_state(0).await, ItemState::Asks);
}

/// All three are through, the first by a run from elsewhere, as one that was made here was left unstarted.
#[tokio::test(start_paused = true)]
async fn a_close_that_is_through_by_runs_from_elsewhere_is_not_called_late() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    let (a, p) = (account().id, process(1));
    life.engine.create_run(&a, &p, "Ours", false).await.unwrap();
    pass(6 * 60).await;
    run_all(&world, 20).await;
    until(&world, 18, 30).await;
    let told = world.told_of_closes();
    assert!(
        !told
            .iter()
            .any(|title| title.ends_with("is late") || title.ends_with("expected late")),
        "{told:?}"
    );
}

/// Its owner looked at it: there was nothing to match this month. A restart would skip the step again.
#[tokio::test(start_paused = true)]
async fn a_success_that_left_a_step_out_can_be_said_to_count() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    earlier_runs(&world, &life).await;
    create(&world, "pr-101", 1);
    pass(6 * 60).await;
    life.bind(&december(), 1, "pr-101").await.unwrap();
    world.begin("pr-101");
    pass(600).await;
    world.end("pr-101", "Finished", &["Success", "Skipped"]);
    pass(400).await;
    assert!(matches!(
        life.item_state(0).await,
        ItemState::Blocked(Block::Skipped(_))
    ));
    assert_eq!(life.board().await.items[0].asks.len(), 1, "it can be said");
    for n in [2, 3] {
        let run = format!("pr-{n}01");
        create(&world, &run, n);
        pass(6 * 60).await;
        run_through(&world, &run, 20, "Success").await;
    }
    life.bind(&december(), 1, "pr-101").await.unwrap();
    until(&world, 18, 30).await;
    assert_eq!(
        life.close_state().await,
        BoardState::Done,
        "{:?}",
        world.told_of_closes()
    );
}

/// The bank load ran, was found wanting and is run again: what followed it is running already.
#[tokio::test(start_paused = true)]
async fn what_runs_before_what_it_waits_for_is_through_is_said() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    create(&world, "pr-101", 1);
    create(&world, "pr-201", 2);
    pass(6 * 60).await;
    world.begin("pr-101");
    world.begin("pr-201");
    pass(20 * 60).await;
    world.end("pr-201", "Finished", &["Success"]);
    pass(10 * 60).await;
    let board = life.board().await;
    let early = CloseNote::StartedBefore("Item 2".into(), "Item 1".into());
    assert_eq!(
        (board.notes, board.view.items[1].state.clone()),
        (vec![early], ItemState::Asks)
    );
    assert!(
        world.told_of_closes().is_empty(),
        "{:?}",
        world.told_of_closes()
    );
}

/// A plan of the quarter has a process of the monthly one.
#[tokio::test(start_paused = true)]
async fn a_run_that_two_open_closes_can_mean_is_asked_for() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    let other = PlanDraft {
        id: PlanId("other".into()),
        name: "Group".into(),
        ..plan_by_hand()
    };
    life.engine.save_plan(other).await.unwrap();
    let theirs = close_of("other", jiff::civil::date(2026, 12, 31));
    life.engine.open_close(&theirs).await.unwrap();
    pass(70).await;
    create(&world, "pr-101", 1);
    world.begin("pr-101");
    pass(12 * 60).await;
    let ours = life.engine.close_board(&december()).await.unwrap();
    let theirs = life.engine.close_board(&theirs).await.unwrap();
    let states = [&ours, &theirs].map(|board| board.view.items[0].state.clone());
    assert_eq!(states, [ItemState::Asks, ItemState::Asks]);
}
