//! Whether an item was started is read from its process's runs, and no oftener than needed.

use runwatch_core::close::item_state::ItemState;
use runwatch_core::close::open::{CloseNote, WhyUnseen};
use runwatch_core::close::plan::StartRule;
use runwatch_core::error::{Effect, Trouble};

use super::month_end::{create, december, on_day, plan, process, run_through, until, world};
use super::server::{Call, Twist, error};
use super::world::{World, pass};

/// Ended runs of last month, as a busy process has them.
fn put_earlier(world: &World, count: usize) {
    put_earlier_of(1, world, count);
}

fn put_earlier_of(process: usize, world: &World, count: usize) {
    for n in 0..count {
        let run = format!("pr-{}", 1000 + n);
        create(world, &run, process);
        world.begin(&run);
        world.end(&run, "Finished", &["Success"]);
        let last_month = world.there() - jiff::SignedDuration::from_hours(30 * 24);
        world.server.update(&run, |truth| {
            truth.created = Some(last_month);
            truth.started = Some(last_month);
        });
    }
}

#[tokio::test(start_paused = true)]
async fn where_more_runs_are_there_than_are_read_the_board_says_that_a_start_cannot_be_told() {
    let world = world();
    put_earlier(&world, 230);
    let life = world.boot_close(plan()).await;
    let notes = async || life.board().await.notes;
    assert_eq!(notes().await, []);
    until(&world, 9, 40).await;
    assert!(world.told_of_closes().is_empty(), "never a guess");
    assert_eq!(
        notes().await,
        [CloseNote::StartUnseen("Item 1".into(), WhyUnseen::TooMany)]
    );
    let reads = world.server.count("pr-1229", &Call::Status);
    assert!(reads < 10, "{reads} reads in 25 minutes");
    create(&world, "pr-1300", 1);
    world.begin("pr-1300");
    pass(12 * 60).await;
    assert_eq!(notes().await, []);
}

#[tokio::test(start_paused = true)]
async fn once_a_start_was_seen_the_runs_of_its_process_are_not_read_for_it_again() {
    let world = world();
    put_earlier(&world, 30);
    let life = world.boot_close(plan()).await;
    for run in ["pr-1100", "pr-1101"] {
        create(&world, run, 1);
        world.begin(run);
    }
    until(&world, 9, 20).await;
    assert_eq!(life.item_state(0).await, ItemState::Asks);
    let before = world.server.count("pr-1001", &Call::Status);
    until(&world, 10, 20).await;
    assert_eq!(life.item_state(0).await, ItemState::Asks);
    assert_eq!(world.server.count("pr-1001", &Call::Status), before);
    assert!(world.told_of_closes().is_empty());
}

/// One run that cannot be read could be the one that was started.
#[tokio::test(start_paused = true)]
async fn where_a_run_cannot_be_read_the_board_says_that_a_start_cannot_be_told() {
    let world = world();
    put_earlier(&world, 3);
    let broken = error(Trouble::Server, Effect::None);
    world.server.break_call("pr-1000", Call::Status, broken);
    let life = world.boot_close(plan()).await;
    until(&world, 9, 20).await;
    assert!(world.told_of_closes().is_empty(), "never a guess");
    let notes = life.board().await.notes;
    assert!(
        notes.contains(&CloseNote::StartUnseen("Item 1".into(), WhyUnseen::NotRead)),
        "{notes:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn where_the_runs_cannot_be_listed_the_board_says_that_a_start_cannot_be_told() {
    let world = world();
    let life = world.boot_close(plan()).await;
    let broken = error(Trouble::Server, Effect::None);
    world.server.break_call("p-1", Call::Runs, broken);
    until(&world, 9, 20).await;
    assert!(world.told_of_closes().is_empty(), "never a guess");
    let unseen = CloseNote::StartUnseen("Item 1".into(), WhyUnseen::NotRead);
    let notes = life.board().await.notes;
    assert!(notes.contains(&unseen), "{notes:?}");
    world.server.mend();
    pass(5 * 60).await;
    let notes = life.board().await.notes;
    assert!(!notes.contains(&unseen), "{notes:?}");
    assert_eq!(world.told_of_closes().len(), 1, "that it did not start");
}

#[tokio::test(start_paused = true)]
async fn while_the_zone_of_dates_is_not_known_the_board_says_so_and_reads_no_oftener_than_needed() {
    let world = world();
    put_earlier(&world, 30);
    let life = world.boot().await;
    life.engine.save_plan(plan()).await.unwrap();
    life.engine.open_close(&december()).await.unwrap();
    until(&world, 9, 40).await;
    let notes = life.board().await.notes;
    assert!(
        matches!(notes[..], [CloseNote::StartUnseen(_, WhyUnseen::Zone)]),
        "{notes:?}"
    );
    let reads = world.server.count("pr-1001", &Call::Status);
    assert!(reads < 10, "{reads} reads in 25 minutes");
    life.know_zone();
    pass(6 * 60).await;
    assert_eq!(life.board().await.notes, []);
}

/// A hundred runs take longer to read than a read is good for.
#[tokio::test(start_paused = true)]
async fn where_solvexia_is_too_slow_the_board_says_that_a_start_cannot_be_told() {
    let world = world();
    put_earlier(&world, 100);
    for n in 0..100 {
        for _ in 0..400 {
            let slow = Twist {
                delay: std::time::Duration::from_millis(2500),
                ..Twist::default()
            };
            world
                .server
                .twist(&format!("pr-{}", 1000 + n), Call::Status, slow);
        }
    }
    let life = world.boot_close(plan()).await;
    until(&world, 10, 0).await;
    let before = world.server.count("pr-1050", &Call::Status);
    until(&world, 10, 30).await;
    let notes = life.board().await.notes;
    assert!(
        notes.contains(&CloseNote::StartUnseen("Item 1".into(), WhyUnseen::TooSlow)),
        "{notes:?}"
    );
    let reads = world.server.count("pr-1050", &Call::Status) - before;
    assert!(reads <= 10, "{reads} reads in half an hour");
}

/// A trial run in the morning, of which its owner said that it does not count.
#[tokio::test(start_paused = true)]
async fn a_run_that_was_set_aside_is_no_start_of_the_item() {
    let world = world();
    let life = world.boot_close(plan()).await;
    create(&world, "pr-100", 1);
    run_through(&world, "pr-100", 5, "Success").await;
    life.bind(&december(), 1, "pr-100").await.unwrap();
    life.engine
        .unbind_run(&december(), &process(1))
        .await
        .unwrap();
    until(&world, 9, 40).await;
    assert_eq!(life.item_state(0).await, ItemState::Ready);
    let told = world.told_of_closes();
    assert!(
        told.contains(&"Item 1 did not start".to_owned()),
        "{told:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn what_waits_for_a_failed_one_past_its_time_is_not_read_again_and_again() {
    let world = world();
    put_earlier_of(2, &world, 60);
    let mut draft = plan();
    let due = std::mem::replace(&mut draft.items[0].start, StartRule::ByHand);
    draft.items[1].start = due;
    let life = world.boot_close(draft).await;
    create(&world, "pr-101", 1);
    pass(6 * 60).await;
    run_through(&world, "pr-101", 20, "Failed").await;
    until(&world, 9, 20).await;
    assert_eq!(life.item_state(1).await, ItemState::WaitsForBlocked);
    let before = world.server.count("pr-1001", &Call::Status);
    until(&world, 9, 50).await;
    let reads = world.server.count("pr-1001", &Call::Status) - before;
    assert!(reads <= 10, "{reads} reads of an old run in half an hour");
}

#[tokio::test(start_paused = true)]
async fn an_item_that_is_moved_while_it_is_looked_at_is_not_said_to_have_missed_its_old_time() {
    let world = world();
    let life = world.boot_close(plan()).await;
    until(&world, 9, 14).await;
    // SolveXia takes half a minute for each list of runs around the end of the grace.
    for _ in 0..8 {
        let slow = Twist {
            delay: std::time::Duration::from_secs(30),
            ..Twist::default()
        };
        world.server.twist("p-1", Call::Runs, slow);
    }
    pass(60 + 15).await;
    let mut later = plan();
    later.items[0].start = StartRule::At {
        at: on_day(11),
        grace: jiff::SignedDuration::from_mins(15),
    };
    life.engine.save_plan(later).await.unwrap();
    life.engine.move_close(&december()).await.unwrap();
    until(&world, 11, 0).await;
    assert_eq!(world.told_of_closes(), [""; 0]);
    until(&world, 11, 25).await;
    assert_eq!(world.told_of_closes(), ["Item 1 did not start"]);
}
