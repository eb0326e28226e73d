//! What is told of a close says what is so, once, and nothing of what only waits.

use runwatch_core::close::board::BoardState;
use runwatch_core::close::item_state::ItemState;

use super::month_end::{
    create, december, plan, plan_by_hand, plan_due_behind_another, process, run_through, until,
    world,
};
use super::world::{account, pass};

#[tokio::test(start_paused = true)]
async fn what_only_waits_for_a_failed_one_never_alarms_by_itself() {
    let world = world();
    let _life = world.boot_close(plan_due_behind_another()).await;
    create(&world, "pr-101", 1);
    pass(6 * 60).await;
    run_through(&world, "pr-101", 20, "Failed").await;
    until(&world, 10, 40).await;
    assert_eq!(
        world.told_of_closes(),
        ["Month-end, December 2026 is blocked"]
    );
}

#[tokio::test(start_paused = true)]
async fn of_the_last_item_nobody_says_that_others_wait_for_it() {
    let world = world();
    let _life = world.boot_close(plan_by_hand()).await;
    for n in 1..=3 {
        let run = format!("pr-{n}01");
        create(&world, &run, n);
        pass(6 * 60).await;
        let status = if n == 3 { "Failed" } else { "Success" };
        run_through(&world, &run, 20, status).await;
    }
    pass(600).await;
    let bodies = world.desk.bodies();
    let blocked = bodies.iter().find(|body| body.contains("is blocked"));
    assert!(
        !blocked.unwrap().contains("others wait for it"),
        "{bodies:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn new_times_do_not_tell_a_block_again() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    create(&world, "pr-101", 1);
    pass(6 * 60).await;
    run_through(&world, "pr-101", 30, "Failed").await;
    let mut later = plan_by_hand();
    later.cut_off.time = jiff::civil::time(20, 0, 0, 0);
    life.engine.save_plan(later).await.unwrap();
    life.engine.move_close(&december()).await.unwrap();
    pass(600).await;
    assert_eq!(
        world.told_of_closes().len(),
        1,
        "{:?}",
        world.told_of_closes()
    );
}

#[tokio::test(start_paused = true)]
async fn a_close_of_which_nobody_knows_at_its_cut_off_is_told_once() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    for n in 1..=2 {
        let run = format!("pr-{n}01");
        create(&world, &run, n);
        pass(6 * 60).await;
        run_through(&world, &run, 50, "Success").await;
    }
    create(&world, "pr-301", 3);
    create(&world, "pr-302", 3);
    pass(6 * 60).await;
    let before = world.told_of_closes().len();
    until(&world, 18, 30).await;
    life.kill();
    let _life = world.boot().await;
    until(&world, 20, 0).await;
    let told = world.told_of_closes();
    assert_eq!(told[before..], ["Month-end, December 2026 may be late"]);
}

/// The runs of the whole month are made ready in the morning, from here.
#[tokio::test(start_paused = true)]
async fn what_was_made_ready_here_is_told_to_be_at_hand() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    create(&world, "pr-101", 1);
    let (a, p) = (account().id, process(2));
    life.engine.create_run(&a, &p, "Ours", false).await.unwrap();
    pass(6 * 60).await;
    assert_eq!(life.bound().await[1].as_deref(), Some("pr-500"));
    run_through(&world, "pr-101", 55, "Success").await;
    assert_eq!(life.item_state(1).await, ItemState::Ready);
    let before = life.board().await.seq;
    pass(10 * 60).await;
    let boards = life.board().await.seq - before;
    assert_eq!(
        (world.told_of_closes(), boards < 60),
        (vec!["Item 2 can be started".to_owned()], true),
        "{boards} boards in ten minutes"
    );
}

/// The month's runs are made ready elsewhere, and each is said by hand to be the one that counts.
#[tokio::test(start_paused = true)]
async fn what_was_bound_by_hand_is_told_to_be_at_hand() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    create(&world, "pr-101", 1);
    create(&world, "pr-201", 2);
    life.bind(&december(), 1, "pr-101").await.unwrap();
    life.bind(&december(), 2, "pr-201").await.unwrap();
    run_through(&world, "pr-101", 55, "Success").await;
    pass(10 * 60).await;
    assert_eq!(life.item_state(1).await, ItemState::Ready);
    assert_eq!(world.told_of_closes(), ["Item 2 can be started"]);
}

/// As who opens a close that is over, who moves a cut-off into the past knows it.
#[tokio::test(start_paused = true)]
async fn who_moves_the_cut_off_into_the_past_is_told_nothing() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    until(&world, 14, 0).await;
    let before = world.told_of_closes();
    let mut draft = plan_by_hand();
    draft.cut_off.time = jiff::civil::time(13, 0, 0, 0);
    life.engine.save_plan(draft).await.unwrap();
    life.engine.move_close(&december()).await.unwrap();
    pass(600).await;
    assert_eq!(world.told_of_closes(), before);
}

/// As who opens a close that is over, who brings one back knows what has passed meanwhile.
#[tokio::test(start_paused = true)]
async fn who_brings_a_close_back_is_told_of_no_time_that_passed_while_it_was_put_away() {
    for back in [(9, 30), (18, 30)] {
        let world = world();
        let life = world.boot_close(plan()).await;
        until(&world, 8, 30).await;
        life.engine.archive_close(&december(), true).await.unwrap();
        until(&world, back.0, back.1).await;
        life.engine.archive_close(&december(), false).await.unwrap();
        pass(30 * 60).await;
        assert_eq!(world.told_of_closes(), [""; 0], "{back:?}");
        life.kill();
    }
}

#[tokio::test(start_paused = true)]
async fn what_failed_while_a_close_was_put_away_is_told_of_it_only_when_it_fails_again() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    create(&world, "pr-101", 1);
    pass(6 * 60).await;
    world.begin("pr-101");
    pass(60).await;
    life.engine.archive_close(&december(), true).await.unwrap();
    pass(20 * 60).await;
    world.end("pr-101", "Finished", &["Failed"]);
    pass(10 * 60).await;
    life.engine.archive_close(&december(), false).await.unwrap();
    pass(10 * 60).await;
    assert_eq!(life.close_state().await, BoardState::Blocked);
    assert_eq!(world.told_of_closes(), [""; 0]);
    run_through(&world, "pr-101", 20, "Failed").await;
    pass(10 * 60).await;
    let told = world.told_of_closes();
    assert_eq!(told, ["Month-end, December 2026 is blocked"]);
}
