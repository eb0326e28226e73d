//! Closes that nobody puts away cost nothing for ever: of one that is past nothing is asked by itself any more, and
//! nothing is told.

use jiff::civil::date;
use runwatch_core::close::board::BoardState;
use runwatch_core::error::{Effect, Trouble};

use super::month_end::{
    close_of, create, december, plan, plan_by_hand, process, run_all, until, world,
};
use super::server::{Call, error};
use super::world::{Life, World, pass};

const DAY: i64 = 24 * 3600;

/// How often the runs of the plan's processes were listed.
fn lists(world: &World) -> usize {
    let of = |n: usize| world.server.count(process(n).as_str(), &Call::Runs);
    (1..=3).map(of).sum()
}

/// What is asked in half an hour.
async fn asks(world: &World) -> usize {
    let before = world.server.calls();
    pass(30 * 60).await;
    world.server.calls() - before
}

/// Nothing was run until its cut-off, and the next one began more than a week ago.
async fn never_done() -> (World, Life) {
    let world = world();
    let life = world.boot_close(plan()).await;
    until(&world, 18, 30).await;
    world.sleep(18 * DAY);
    pass(120).await;
    (world, life)
}

#[tokio::test(start_paused = true)]
async fn of_a_close_that_is_over_for_a_day_nothing_is_asked_though_the_app_is_started_anew() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    run_all(&world, 20).await;
    until(&world, 18, 30).await;
    life.kill();
    world.sleep(2 * DAY);
    let life = world.boot().await;
    life.know_zone();
    let before = lists(&world);
    pass(15 * 60).await;
    assert_eq!(lists(&world), before);
    let board = life.board().await;
    assert!(board.is_up_to_date());
    assert_eq!(board.view.state, BoardState::Done);
}

#[tokio::test(start_paused = true)]
async fn of_a_close_whose_next_one_began_a_week_ago_nothing_is_asked_and_nothing_told() {
    let (world, life) = never_done().await;
    let told = world.told_of_closes();
    assert_eq!(asks(&world).await, 0);
    let board = life.board().await;
    assert!(board.is_up_to_date());
    assert_eq!(board.view.state, BoardState::Late);
    assert_eq!(world.told_of_closes(), told);
}

#[tokio::test(start_paused = true)]
async fn a_past_close_that_nobody_saw_since_its_cut_off_is_looked_at_once_and_tells_nothing() {
    let world = world();
    let life = world.boot_close(plan()).await;
    life.kill();
    world.sleep(20 * DAY);
    let life = world.boot().await;
    life.know_zone();
    pass(5 * 60).await;
    assert!(lists(&world) > 0);
    assert!(life.board().await.is_up_to_date());
    assert_eq!(asks(&world).await, 0);
    assert!(life.board().await.is_up_to_date());
    assert_eq!(world.told_of_closes(), [""; 0]);
}

#[tokio::test(start_paused = true)]
async fn a_past_close_that_cannot_be_seen_is_tried_seldom() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    life.kill();
    world.sleep(20 * DAY);
    let broken = error(Trouble::Server, Effect::None);
    world.server.break_call("p-2", Call::Runs, broken);
    let life = world.boot().await;
    life.know_zone();
    pass(5 * 60).await;
    let before = lists(&world);
    pass(2 * 3600).await;
    assert!(!life.board().await.is_up_to_date());
    let lists = lists(&world) - before;
    assert!((3..=9).contains(&lists), "{lists} lists in two hours");
}

#[tokio::test(start_paused = true)]
async fn what_its_owner_says_of_a_past_close_is_looked_at_anew() {
    let (world, life) = never_done().await;
    for n in 1..=3 {
        let run = format!("pr-{n}01");
        create(&world, &run, n);
        world.begin(&run);
        pass(60).await;
        world.end(&run, "Finished", &["Success"]);
        life.bind(&december(), n, &run).await.unwrap();
        pass(60).await;
    }
    pass(120).await;
    let board = life.board().await;
    assert!(board.is_up_to_date());
    assert_eq!(board.view.state, BoardState::Done);
}

#[tokio::test(start_paused = true)]
async fn the_close_with_the_newest_cut_off_is_looked_at_first() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    let months = [(2026, 10, 31), (2027, 1, 31), (2026, 11, 30)];
    for (year, month, day) in months {
        let id = close_of("plan", date(year, month, day));
        life.engine.open_close(&id).await.unwrap();
    }
    let open = life.engine.closes.open().into_iter();
    let lasts: Vec<i8> = open.map(|id| id.last.month()).collect();
    assert_eq!(lasts, [1, 12, 11, 10]);
}
