//! A close that is over stays what it was, whatever is run, deleted or learned afterwards.

use runwatch_core::close::board::BoardState;
use runwatch_core::close::item_state::ItemState;

use super::month_end::{
    at, create, december, item, plan_by_hand, process, run_all, run_through, until, world,
};
use super::world::{Life, World, account, from_first, pass};
use crate::actions::request::RequestedAction;

async fn create_here(life: &Life) {
    let (account, process) = (account().id, process(1));
    let created = life.engine.create_run(&account, &process, "Test", false);
    created.await.unwrap();
}

/// Through at about half past ten; it is half past six now.
async fn through_in_time() -> (World, Life) {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    run_all(&world, 20).await;
    assert_eq!(life.close_state().await, BoardState::Done);
    until(&world, 18, 30).await;
    (world, life)
}

#[tokio::test(start_paused = true)]
async fn a_run_that_is_created_here_once_a_close_is_over_is_none_of_it() {
    let (_world, life) = through_in_time().await;
    let before = life.bound().await;
    create_here(&life).await;
    pass(10 * 60).await;
    assert_eq!(life.bound().await, before);
    assert_eq!(life.close_state().await, BoardState::Done);
}

#[tokio::test(start_paused = true)]
async fn of_a_close_that_was_through_late_nothing_more_is_told() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    until(&world, 16, 30).await;
    run_all(&world, 40).await;
    pass(4 * 3600).await;
    let told = world.told_of_closes();
    create_here(&life).await;
    pass(10 * 60).await;
    life.act("pr-500", RequestedAction::Start).await.unwrap();
    pass(10 * 60).await;
    world.end("pr-500", "Finished", &["Failed"]);
    pass(10 * 60).await;
    assert_eq!(world.told_of_closes(), told);
    assert!(life.board().await.kept.through.is_some());
}

#[tokio::test(start_paused = true)]
async fn a_close_that_is_over_stays_done_and_in_the_score_though_its_run_is_run_again() {
    for here in [true, false] {
        let (world, life) = through_in_time().await;
        let before = life.board().await;
        pass(4 * 3600).await;
        match here {
            true => drop(life.act("pr-301", from_first()).await.unwrap()),
            false => world.begin("pr-301"),
        }
        pass(5 * 60).await;
        world.end("pr-301", "Finished", &["Failed"]);
        pass(15 * 60).await;
        let after = life.board().await;
        assert_eq!(after.view.state, BoardState::Done);
        assert_eq!(
            (after.score, after.kept.through),
            (before.score, before.kept.through)
        );
        life.kill();
    }
}

/// A step that later runs do not leave out any more.
#[tokio::test(start_paused = true)]
async fn what_later_runs_show_changes_nothing_of_an_earlier_close() {
    for late in [false, true] {
        let world = world();
        let life = world.boot_close(plan_by_hand()).await;
        until(&world, if late { 16 } else { 9 }, 0).await;
        for n in 1..=3 {
            let run = format!("pr-{n}01");
            create(&world, &run, n);
            pass(6 * 60).await;
            world.begin(&run);
            pass(40 * 60).await;
            world.end(
                &run,
                "Finished",
                &["Success", if n == 1 { "Skipped" } else { "Success" }],
            );
            pass(6 * 60).await;
        }
        assert_eq!(life.close_state().await, BoardState::Done);
        until(&world, 20, 0).await;
        let told = world.told_of_closes();
        for n in 1..=3 {
            let later = format!("pr-90{n}");
            create(&world, &later, 1);
            life.watch(&later).await;
            world.begin(&later);
            pass(600).await;
            world.end(&later, "Finished", &["Success", "Success"]);
            pass(600).await;
        }
        let board = life.board().await;
        assert_eq!(
            board.view.state,
            BoardState::Done,
            "{:?}",
            board.view.items[0].state
        );
        assert!(board.kept.through.is_some() && !board.kept.something_failed);
        assert_eq!(world.told_of_closes(), told);
        life.kill();
    }
}

#[tokio::test(start_paused = true)]
async fn whoever_takes_a_run_from_a_close_that_is_over_opens_it_again_and_is_told_nothing() {
    let (world, life) = through_in_time().await;
    let told = world.told_of_closes();
    life.engine
        .unbind_run(&december(), &process(3))
        .await
        .unwrap();
    pass(600).await;
    let board = life.board().await;
    assert_eq!(
        (board.view.state, board.kept.through),
        (BoardState::Late, None)
    );
    assert_eq!(board.view.items[2].state, ItemState::Ready);
    assert_eq!(world.told_of_closes(), told);
}

#[tokio::test(start_paused = true)]
async fn a_cut_off_that_was_missed_while_asleep_is_told_afterwards_once() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    for n in 1..=3 {
        create(&world, &format!("pr-{n}01"), n);
    }
    pass(6 * 60).await;
    run_through(&world, "pr-101", 50, "Success").await;
    run_through(&world, "pr-201", 50, "Success").await;
    until(&world, 15, 0).await;
    world.begin("pr-301");
    pass(600).await;
    world.sleep(at(19, 30).duration_since(world.now()).as_secs());
    world.end("pr-301", "Finished", &["Success"]);
    world.sleep(3600);
    pass(30 * 60).await;
    assert_eq!(life.close_state().await, BoardState::Done);
    let told = world.told_of_closes();
    assert_eq!(
        told.iter()
            .filter(|title| title.ends_with("is late"))
            .count(),
        1,
        "{told:?}"
    );
    let bodies = world.desk.bodies();
    assert!(
        bodies.iter().any(|body| body.contains("after the cut-off")),
        "{bodies:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_close_that_was_put_away_and_brought_back_goes_by_the_plan_as_it_is() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    life.engine.archive_close(&december(), true).await.unwrap();
    let mut longer = plan_by_hand();
    longer.items.push(item(4, &[3]));
    life.engine.save_plan(longer).await.unwrap();
    life.engine.archive_close(&december(), false).await.unwrap();
    pass(600).await;
    assert_eq!(life.board().await.items.len(), 4);
}
