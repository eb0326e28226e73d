//! The board says what SolveXia shows, and what nobody can see it does not say.

use std::collections::BTreeSet;

use runwatch_core::close::board::{BoardState, CannotTell, Foresight};
use runwatch_core::close::item_state::{Block, ItemState, WhyUnknown};
use runwatch_core::close::open::CloseNote;
use runwatch_core::close::plan::Item;
use runwatch_core::error::{Effect, Trouble};
use runwatch_core::outcome::Outcome;

use super::month_end::{create, item, plan_by_hand, run_all, until, world};
use super::server::{Call, error};
use super::world::{World, key, pass};

fn failed() -> ItemState {
    ItemState::Blocked(Block::Ended(Outcome::Failed))
}

/// SolveXia does not know it any more.
fn delete(world: &World, run: &str) {
    for call in [Call::Status, Call::Info, Call::Steps] {
        let gone = error(Trouble::NotFound, Effect::None);
        world.server.break_call(run, call, gone);
    }
    world.server.update(run, |truth| truth.process = None);
}

#[tokio::test(start_paused = true)]
async fn offline_the_board_says_what_was_seen_last_and_past_the_cut_off_that_nobody_knows() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    create(&world, "pr-101", 1);
    pass(6 * 60).await;
    world.begin("pr-101");
    pass(12 * 60).await;
    let seen = life.board().await;
    assert_eq!(seen.view.state, BoardState::OnTrack);
    world.server.set_offline(true);
    for hour in [14, 17] {
        until(&world, hour, 0).await;
        let board = life.board().await;
        assert!(!board.is_up_to_date());
        assert_eq!(board.view.state, BoardState::OnTrack);
        let percent = |foresight: &Foresight| match foresight {
            Foresight::Expected(expected) => expected.percent,
            other => panic!("{other:?}"),
        };
        assert_eq!(
            percent(&board.view.foresight),
            percent(&seen.view.foresight)
        );
    }
    until(&world, 18, 10).await;
    let board = life.board().await;
    assert_eq!(board.view.state, BoardState::Unknown);
    assert_eq!(
        board.view.foresight,
        Foresight::CannotTell(CannotTell::NotSeen)
    );
    assert!(world.told_of_closes().is_empty());
}

#[tokio::test(start_paused = true)]
async fn one_run_that_cannot_be_read_silences_no_close_and_is_said() {
    let world = world();
    create(&world, "pr-77", 2);
    let gone = error(Trouble::NotFound, Effect::None);
    world.server.break_call("pr-77", Call::Info, gone);
    let life = world.boot_close(plan_by_hand()).await;
    pass(10 * 60).await;
    let board = life.board().await;
    assert!(board.is_up_to_date());
    assert_eq!(board.notes, [CloseNote::RunsUnread("Item 2".into())]);
    until(&world, 18, 30).await;
    assert!(
        world
            .told_of_closes()
            .contains(&"Month-end, December 2026 is late".to_owned())
    );
}

#[tokio::test(start_paused = true)]
async fn a_process_that_its_owner_may_not_see_silences_no_close_and_is_said() {
    let world = world();
    let refused = error(Trouble::Forbidden, Effect::None);
    world.server.break_call("p-2", Call::Runs, refused);
    let life = world.boot_close(plan_by_hand()).await;
    pass(10 * 60).await;
    let board = life.board().await;
    assert!(board.is_up_to_date());
    let gone = ItemState::Unknown(WhyUnknown::ProcessGone);
    assert_eq!(board.view.items[1].state, gone);
    until(&world, 18, 30).await;
    let told = world.told_of_closes();
    assert_eq!(told, ["Month-end, December 2026 may be late"]);
}

#[tokio::test(start_paused = true)]
async fn an_optional_process_that_cannot_be_listed_silences_no_close() {
    let world = world();
    let broken = error(Trouble::Server, Effect::None);
    world.server.break_call("p-4", Call::Runs, broken);
    let mut draft = plan_by_hand();
    draft.items.push(Item {
        optional: true,
        ..item(4, &[])
    });
    let life = world.boot_close(draft).await;
    pass(10 * 60).await;
    assert!(life.board().await.is_up_to_date());
    until(&world, 18, 30).await;
    let told = world.told_of_closes();
    let late = "Month-end, December 2026 is late".to_owned();
    assert!(told.contains(&late), "{told:?}");
}

#[tokio::test(start_paused = true)]
async fn a_list_of_runs_that_was_cut_is_said() {
    let world = world();
    world.server.cut_lists(true);
    let life = world.boot_close(plan_by_hand()).await;
    create(&world, "pr-101", 1);
    pass(6 * 60).await;
    let notes = life.board().await.notes;
    assert!(
        notes.contains(&CloseNote::RunsUnread("Item 1".into())),
        "{notes:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_run_that_was_deleted_in_solvexia_neither_runs_nor_is_at_hand() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    create(&world, "pr-101", 1);
    create(&world, "pr-201", 2);
    pass(6 * 60).await;
    world.begin("pr-101");
    pass(15 * 60).await;
    delete(&world, "pr-201");
    pass(15 * 60).await;
    assert_eq!(life.item_state(1).await, ItemState::Asks);
    world.end("pr-101", "Finished", &["Success"]);
    pass(6 * 60).await;
    assert!(
        world.told_of_closes().is_empty(),
        "{:?}",
        world.told_of_closes()
    );

    create(&world, "pr-301", 3);
    pass(6 * 60).await;
    world.begin("pr-301");
    pass(15 * 60).await;
    delete(&world, "pr-301");
    pass(30 * 60).await;
    let board = life.board().await;
    assert_eq!(board.view.items[2].state, ItemState::Asks);
    assert_eq!(board.items[2].asks.len(), 1);
}

#[tokio::test(start_paused = true)]
async fn what_runs_already_is_not_told_to_be_at_hand() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    create(&world, "pr-101", 1);
    pass(6 * 60).await;
    world.begin("pr-101");
    pass(40 * 60).await;
    world.end("pr-101", "Finished", &["Success"]);
    // Somebody was quicker than the next look.
    create(&world, "pr-201", 2);
    world.begin("pr-201");
    pass(6 * 60).await;
    assert!(matches!(life.item_state(1).await, ItemState::Running(_)));
    assert!(
        world.told_of_closes().is_empty(),
        "{:?}",
        world.told_of_closes()
    );
}

#[tokio::test(start_paused = true)]
async fn a_run_that_stands_for_an_item_is_read_though_nobody_watches_it() {
    for archive in [false, true] {
        let world = world();
        let life = world.boot_close(plan_by_hand()).await;
        create(&world, "pr-101", 1);
        pass(6 * 60).await;
        world.begin("pr-101");
        pass(15 * 60).await;
        let key = key("pr-101");
        if archive {
            life.engine.archive_runs(&[key], true).await.unwrap();
        } else {
            life.engine.set_watched(&key, false).await.unwrap();
        }
        pass(600).await;
        world.end("pr-101", "Finished", &["Failed"]);
        pass(10 * 60).await;
        let board = life.board().await;
        assert_eq!(
            (&board.view.items[0].state, board.is_up_to_date()),
            (&failed(), true)
        );
        life.kill();
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_run_again_elsewhere_and_fails_before_the_cut_off_is_seen_and_told() {
    for archive in [false, true] {
        let world = world();
        let life = world.boot_close(plan_by_hand()).await;
        run_all(&world, 20).await;
        if archive {
            life.engine
                .archive_runs(&[key("pr-301")], true)
                .await
                .unwrap();
        }
        until(&world, 13, 0).await;
        world.begin("pr-301");
        pass(1200).await;
        world.end("pr-301", "Finished", &["Failed"]);
        pass(15 * 60).await;
        assert_eq!(life.item_state(2).await, failed());
        let told: BTreeSet<String> = world.told_of_closes().into_iter().collect();
        assert!(
            told.contains("Month-end, December 2026 is blocked"),
            "{told:?}"
        );
        life.kill();
    }
}

/// That it is at hand is told once the list of its runs could be read: somebody may have been quicker.
#[tokio::test(start_paused = true)]
async fn what_is_at_hand_waits_for_a_list_that_cannot_be_read_and_nothing_spins() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    create(&world, "pr-101", 1);
    pass(6 * 60).await;
    world.begin("pr-101");
    pass(20 * 60).await;
    let broken = error(Trouble::Server, Effect::None);
    world.server.break_call("p-2", Call::Runs, broken);
    world.end("pr-101", "Finished", &["Success"]);
    pass(6 * 60).await;
    assert_eq!(life.item_state(1).await, ItemState::Ready);
    let before = life.board().await.seq;
    pass(5 * 60).await;
    let boards = life.board().await.seq - before;
    assert!(boards < 30, "{boards} boards in five minutes");
    assert!(world.told_of_closes().is_empty(), "nobody can see");
    world.server.mend();
    pass(6 * 60).await;
    assert_eq!(world.told_of_closes(), ["Item 2 can be started"]);
}
