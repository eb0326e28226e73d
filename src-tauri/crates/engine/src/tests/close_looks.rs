//! What is told of a close once its cut-off has passed rests on looks that were made since, and what is kept of it
//! is what was told.

use runwatch_core::close::board::BoardState;
use runwatch_core::close::item_state::{Block, ItemState};
use runwatch_core::error::{Effect, Trouble};
use runwatch_core::outcome::Outcome;
use runwatch_core::ports::Store;

use super::faulty_store::wait;
use super::month_end::{
    at, create, december, earlier_runs, plan_by_hand, plan_due_behind_another, process, run_all,
    run_through, until, world,
};
use super::server::{Call, error};
use super::world::{Life, World, key, pass};

fn is_told_late(world: &World) -> bool {
    let told = world.told_of_closes();
    told.iter().any(|title| title.ends_with("is late"))
}

/// The first two items are done, each by a run of its own.
async fn two_are_done(world: &World) {
    for n in 1..=2 {
        let run = format!("pr-{n}01");
        create(world, &run, n);
        pass(6 * 60).await;
        run_through(world, &run, 20, "Success").await;
    }
}

/// Two are done, and the run of the last one was begun at 17:30, after a restart.
async fn last_is_begun(world: &World) -> Life {
    let life = world.boot_close(plan_by_hand()).await;
    two_are_done(world).await;
    create(world, "pr-301", 3);
    pass(6 * 60).await;
    life.kill();
    let life = world.boot().await;
    life.know_zone();
    until(world, 17, 30).await;
    world.begin("pr-301");
    life
}

#[tokio::test(start_paused = true)]
async fn what_ended_just_before_the_cut_off_behind_a_closed_window_is_not_called_late() {
    for seconds_before in [5, 40, 90, 180] {
        let world = world();
        let life = last_is_begun(&world).await;
        until(&world, 17, 55).await;
        pass(300 - seconds_before).await;
        world.end("pr-301", "Finished", &["Success"]);
        until(&world, 18, 15).await;
        assert!(!is_told_late(&world), "{seconds_before} s before");
        assert_eq!(life.close_state().await, BoardState::Done);
        life.kill();
    }
}

#[tokio::test(start_paused = true)]
async fn what_was_made_and_run_elsewhere_just_before_the_cut_off_is_not_called_late() {
    for later in [0, 45, 90, 120] {
        let world = world();
        let life = world.boot_close(plan_by_hand()).await;
        two_are_done(&world).await;
        until(&world, 17, 55).await;
        pass(later).await;
        create(&world, "pr-301", 3);
        world.begin("pr-301");
        pass(110).await;
        world.end("pr-301", "Finished", &["Success"]);
        assert!(world.now() < at(18, 0));
        until(&world, 18, 15).await;
        assert!(!is_told_late(&world), "{later} s later");
        life.kill();
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_late_is_told_soon_after_the_cut_off() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    two_are_done(&world).await;
    until(&world, 18, 0).await;
    pass(90).await;
    assert!(is_told_late(&world));
    life.kill();
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_read_past_the_cut_off_is_asked_for_no_more_often_than_anything_else() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    run_all(&world, 20).await;
    until(&world, 17, 50).await;
    let refused = error(Trouble::NotAllowed, Effect::None);
    world.server.break_call("pr-301", Call::Status, refused);
    until(&world, 18, 0).await;
    let before = world.server.count("pr-301", &Call::Status);
    pass(60 * 60).await;
    let asked = world.server.count("pr-301", &Call::Status) - before;
    assert!((2..=40).contains(&asked), "{asked} times in an hour");
    assert!(!is_told_late(&world));
    life.kill();
}

/// A close was through in time, and its last run is run again between these times while nobody looks.
async fn run_again(world: &World, life: &Life, is_asleep: bool, from: (i8, i8), to: (i8, i8)) {
    run_all(world, 20).await;
    assert_eq!(life.close_state().await, BoardState::Done);
    until(world, 16, 0).await;
    let go = async |hour: i8, minute: i8| {
        let left = at(hour, minute).duration_since(world.now()).as_secs() as u64;
        match is_asleep {
            true => world.sleep(left as i64),
            false => pass(left).await,
        }
    };
    world.server.set_offline(!is_asleep);
    go(from.0, from.1).await;
    world.begin("pr-301");
    go(to.0, to.1).await;
    world.end("pr-301", "Finished", &["Failed"]);
    go(18, 40).await;
    world.server.set_offline(false);
    pass(30 * 60).await;
}

#[tokio::test(start_paused = true)]
async fn rule_27_what_was_run_again_before_the_cut_off_while_nobody_looked_is_not_called_done() {
    for is_asleep in [false, true] {
        for (from, to) in [((17, 0), (17, 20)), ((17, 40), (18, 20))] {
            let world = world();
            let life = world.boot_close(plan_by_hand()).await;
            run_again(&world, &life, is_asleep, from, to).await;
            let board = life.board().await;
            let what = (is_asleep, from, to, &board.view.items[2].state);
            assert_eq!(board.view.state, BoardState::Late, "{what:?}");
            assert!(board.kept.through.is_none(), "{what:?}");
            assert!(is_told_late(&world), "{what:?}");
            life.kill();
        }
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_run_again_after_the_cut_off_while_nobody_looked_changes_nothing() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    run_again(&world, &life, false, (18, 10), (18, 20)).await;
    assert_eq!(life.close_state().await, BoardState::Done);
    assert!(!is_told_late(&world));
}

async fn begin_first(world: &World, run: &str) {
    create(world, run, 1);
    pass(6 * 60).await;
    world.begin(run);
    pass(600).await;
}

async fn leave_a_step_out(world: &World, run: &str) {
    world.end(run, "Finished", &["Success", "Skipped"]);
    pass(400).await;
}

async fn leaves_out(life: &Life) -> bool {
    matches!(
        life.item_state(0).await,
        ItemState::Blocked(Block::Skipped(_))
    )
}

#[tokio::test(start_paused = true)]
async fn who_takes_back_that_a_run_does_not_count_has_not_said_that_its_skipped_step_does() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    earlier_runs(&world, &life).await;
    begin_first(&world, "pr-101").await;
    life.bind(&december(), 1, "pr-101").await.unwrap();
    leave_a_step_out(&world, "pr-101").await;
    assert!(leaves_out(&life).await);
    let first = process(1);
    life.engine.unbind_run(&december(), &first).await.unwrap();
    pass(60).await;
    life.bind(&december(), 1, "pr-101").await.unwrap();
    pass(60).await;
    assert!(leaves_out(&life).await);
    // Asked about that, it is said.
    life.bind(&december(), 1, "pr-101").await.unwrap();
    pass(60).await;
    assert!(life.item_state(0).await.is_done());
}

#[tokio::test(start_paused = true)]
async fn who_chooses_among_runs_is_asked_afterwards_whether_a_skipped_step_counts() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    earlier_runs(&world, &life).await;
    begin_first(&world, "pr-101").await;
    world.end("pr-101", "Finished", &["Success", "Success"]);
    pass(400).await;
    begin_first(&world, "pr-102").await;
    leave_a_step_out(&world, "pr-102").await;
    life.bind(&december(), 1, "pr-102").await.unwrap();
    pass(60).await;
    assert!(leaves_out(&life).await);
}

#[tokio::test(start_paused = true)]
async fn what_could_be_looked_at_when_it_was_due_is_not_said_to_be_unseen() {
    let world = world();
    let _life = world.boot_close(plan_due_behind_another()).await;
    create(&world, "pr-101", 1);
    pass(6 * 60).await;
    run_through(&world, "pr-101", 20, "Failed").await;
    until(&world, 11, 0).await;
    run_through(&world, "pr-101", 20, "Success").await;
    pass(900).await;
    let bodies = world.desk.bodies();
    let says = |what: &str| bodies.iter().any(|body| body.contains(what));
    assert!(says("has not") && !says("could not look"), "{bodies:?}");
}

/// What the record of the close holds of a run.
async fn captured(life: &Life, run: &str) -> Vec<(u32, Outcome)> {
    let record = life.engine.close_record(&december()).await.unwrap();
    let of_run = record.captured.iter().filter(|kept| kept.key == key(run));
    of_run.map(|kept| (kept.attempt, kept.outcome)).collect()
}

#[tokio::test(start_paused = true)]
async fn an_attempt_that_nobody_could_read_the_end_of_is_in_the_record_as_it_was_told() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    begin_first(&world, "pr-101").await;
    world.server.set_offline(true);
    pass(600).await;
    world.end("pr-101", "Finished", &["Failed"]);
    pass(60).await;
    world.begin("pr-101");
    pass(60).await;
    world.server.set_offline(false);
    pass(600).await;
    world.end("pr-101", "Finished", &["Success"]);
    pass(600).await;
    let ends = [(1, Outcome::Unverified), (2, Outcome::Succeeded)];
    assert_eq!(captured(&life, "pr-101").await, ends);
}

#[tokio::test(start_paused = true)]
async fn a_run_that_is_taken_off_the_list_and_added_again_has_one_end_in_the_record() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    run_all(&world, 20).await;
    life.engine.remove_run(&key("pr-101")).await.unwrap();
    pass(60).await;
    life.bind(&december(), 1, "pr-101").await.unwrap();
    pass(600).await;
    assert_eq!(captured(&life, "pr-101").await, [(1, Outcome::Succeeded)]);
    assert!(!life.board().await.kept.something_failed);
}

#[tokio::test(start_paused = true)]
async fn what_was_put_away_is_shown_with_the_runs_that_are_kept_of_it() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    create(&world, "pr-101", 1);
    pass(6 * 60).await;
    life.engine.archive_close(&december(), true).await.unwrap();
    create(&world, "pr-201", 2);
    life.watch("pr-201").await;
    pass(600).await;
    let record = life.engine.close_record(&december()).await.unwrap();
    let kept = wait(world.shelf.db().closes()).unwrap();
    assert_eq!(record.board.kept.bindings, kept[0].bindings);
}

#[tokio::test(start_paused = true)]
async fn the_cut_off_is_solvexias_where_this_clock_is_wrong() {
    // This clock is five minutes behind: it shows 17:55 at the cut-off.
    for (ends_before, is_late) in [(5, false), (90, false), (-180, true)] {
        let world = world();
        world.set_clock(-300);
        let life = last_is_begun(&world).await;
        until(&world, 17, 50).await;
        pass(u64::try_from(300 - ends_before).unwrap()).await;
        world.end("pr-301", "Finished", &["Success"]);
        until(&world, 18, 15).await;
        assert_eq!(is_told_late(&world), is_late, "{ends_before} s before");
        life.kill();
    }
}
