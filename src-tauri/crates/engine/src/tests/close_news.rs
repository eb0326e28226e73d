//! What is told of a close: each thing once, and nothing of what cannot be seen.

use runwatch_core::close::board::BoardState;
use runwatch_core::close::item_state::ItemState;
use runwatch_core::notification::{ClickTarget, NotificationKind};
use runwatch_core::words::notification::Gathered;

use super::month_end::{
    create, december, item, plan, plan_by_hand, process, run_through, until, world,
};
use super::ports::Kill;
use super::world::{account, key, pass};
use crate::actions::request::RequestedAction;
use crate::notifications::batch::Group;

const LATE: &str = "Month-end, December 2026 is late";
const EXPECTED_LATE: &str = "Month-end, December 2026 is expected late";
const BLOCKED: &str = "Month-end, December 2026 is blocked";
const NOT_STARTED: &str = "Item 1 did not start";

#[tokio::test(start_paused = true)]
async fn that_a_close_is_expected_late_and_then_late_is_told_once_each_over_restarts() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    // Three hours and more of work are left at half past three.
    until(&world, 15, 30).await;
    assert_eq!(life.close_state().await, BoardState::ExpectedLate);
    pass(6 * 60).await;
    assert_eq!(world.told_of_closes(), [EXPECTED_LATE]);
    life.kill();
    let life = world.boot().await;
    life.know_zone();
    until(&world, 18, 30).await;
    assert_eq!(world.told_of_closes(), [EXPECTED_LATE, LATE]);
    life.kill();
    let life = world.boot().await;
    life.know_zone();
    pass(3600).await;
    assert_eq!(life.close_state().await, BoardState::Late);
    assert_eq!(world.told_of_closes(), [EXPECTED_LATE, LATE]);
    assert_eq!(world.desk.titles(), [EXPECTED_LATE, LATE]);
}

#[tokio::test(start_paused = true)]
async fn that_something_did_not_get_through_is_told_once_a_time_and_not_of_what_waits_for_it() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    create(&world, "pr-101", 1);
    pass(6 * 60).await;
    run_through(&world, "pr-101", 30, "Failed").await;
    pass(1800).await;
    assert_eq!(world.told_of_closes(), [BLOCKED]);
    let body = &world.desk.bodies()[1];
    assert!(body.contains("If it is restarted by Fri 15 Jan"), "{body}");
    assert_eq!(life.item_state(1).await, ItemState::WaitsForBlocked);
    // Restarted it goes on, and fails once more.
    run_through(&world, "pr-101", 30, "Failed").await;
    assert_eq!(world.told_of_closes(), [BLOCKED, BLOCKED]);
}

#[tokio::test(start_paused = true)]
async fn what_can_be_started_by_hand_is_told_once_and_starts_nothing() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    create(&world, "pr-101", 1);
    create(&world, "pr-201", 2);
    pass(6 * 60).await;
    run_through(&world, "pr-101", 55, "Success").await;
    let next = "Item 2 can be started";
    assert_eq!(world.told_of_closes(), [next]);
    life.kill();
    let life = world.boot().await;
    life.know_zone();
    pass(1800).await;
    assert_eq!(world.told_of_closes(), [next]);
    assert_eq!(world.server.posts("pr-201"), 0);
    let told = world.shelf.inbox().into_iter();
    let mut of_close = told.filter(|item| item.notification.kind == NotificationKind::Close);
    let item = of_close.next().unwrap();
    assert_eq!(item.notification.close, Some(december()));
    let shown = Group {
        items: vec![item],
        gathered: Gathered::Soon,
    };
    let asks = ClickTarget::Start(december(), process(2));
    assert_eq!(shown.opens(), Some(asks), "also after a restart");
}

#[tokio::test(start_paused = true)]
async fn that_an_item_did_not_start_is_told_within_five_minutes_of_its_grace_and_once() {
    let world = world();
    let life = world.boot_close(plan()).await;
    // Created is not started.
    create(&world, "pr-101", 1);
    until(&world, 9, 14).await;
    assert!(world.told_of_closes().is_empty());
    until(&world, 9, 20).await;
    assert_eq!(world.told_of_closes(), [NOT_STARTED]);
    life.kill();
    let life = world.boot().await;
    life.know_zone();
    until(&world, 11, 0).await;
    assert_eq!(world.told_of_closes(), [NOT_STARTED]);
}

#[tokio::test(start_paused = true)]
async fn what_was_started_early_or_elsewhere_is_never_said_not_to_have_started() {
    let world = world();
    let life = world.boot_close(plan()).await;
    create(&world, "pr-101", 1);
    world.begin("pr-101");
    // Of another run of that process nobody knows the start; it has moved, and so it may be the one.
    until(&world, 9, 40).await;
    assert!(world.told_of_closes().is_empty());
    assert!(matches!(life.item_state(0).await, ItemState::Running(_)));
}

#[tokio::test(start_paused = true)]
async fn offline_nothing_is_guessed_and_afterwards_it_is_one_digest() {
    let world = world();
    let life = world.boot_close(plan()).await;
    pass(60).await;
    world.server.set_offline(true);
    until(&world, 11, 0).await;
    assert!(world.told_of_closes().is_empty());
    world.server.set_offline(false);
    pass(15 * 60).await;
    assert_eq!(world.told_of_closes(), [NOT_STARTED]);
    let inbox = world.shelf.inbox();
    let told = inbox.iter().find(|item| item.notification.close.is_some());
    let told = &told.unwrap().notification;
    assert!(
        told.away && told.body.contains("could not look"),
        "{}",
        told.body
    );
    life.kill();
}

#[tokio::test(start_paused = true)]
async fn what_was_started_while_the_computer_slept_is_not_said_to_be_missing() {
    let world = world();
    let life = world.boot_close(plan()).await;
    until(&world, 8, 50).await;
    create(&world, "pr-101", 1);
    world.sleep(600);
    world.begin("pr-101");
    world.sleep(3000);
    pass(15 * 60).await;
    assert!(
        world.told_of_closes().is_empty(),
        "{:?}",
        world.told_of_closes()
    );
    assert_eq!(life.bound().await[0].as_deref(), Some("pr-101"));
}

#[tokio::test(start_paused = true)]
async fn a_sleep_over_the_time_of_an_item_is_told_as_a_digest_after_a_fresh_look() {
    let world = world();
    let _life = world.boot_close(plan()).await;
    until(&world, 8, 50).await;
    world.sleep(2 * 3600);
    pass(6 * 60).await;
    assert_eq!(world.told_of_closes(), [NOT_STARTED]);
    let inbox = world.shelf.inbox();
    assert!(inbox.last().unwrap().notification.away);
}

#[tokio::test(start_paused = true)]
async fn signed_out_or_paused_nothing_is_told_of_what_nobody_reads() {
    for is_paused in [true, false] {
        let world = world();
        let life = world.boot_close(plan()).await;
        pass(60).await;
        match is_paused {
            true => life.engine.set_paused(true),
            false => life.engine.set_session(account(), None),
        }
        until(&world, 19, 0).await;
        assert!(world.told_of_closes().is_empty(), "{is_paused}");
        match is_paused {
            true => life.engine.set_paused(false),
            false => life.sign_in(),
        }
        pass(15 * 60).await;
        let told = world.told_of_closes();
        assert!(told.contains(&LATE.to_owned()), "{is_paused}: {told:?}");
        assert!(
            told.contains(&NOT_STARTED.to_owned()),
            "{is_paused}: {told:?}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_close_that_was_through_while_nobody_could_look_is_not_called_late() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    for n in 1..=3 {
        create(&world, &format!("pr-{n}01"), n);
    }
    pass(6 * 60).await;
    for n in 1..=2 {
        run_through(&world, &format!("pr-{n}01"), 50, "Success").await;
    }
    world.begin("pr-301");
    pass(600).await;
    world.server.set_offline(true);
    pass(1800).await;
    world.end("pr-301", "Finished", &["Success"]);
    until(&world, 18, 30).await;
    let is_alarm = |title: &String| title.contains("late") || title.contains("blocked");
    assert!(!world.told_of_closes().iter().any(is_alarm));
    world.server.set_offline(false);
    pass(15 * 60).await;
    assert_eq!(life.close_state().await, BoardState::Done);
    let told = world.told_of_closes();
    assert!(!told.iter().any(is_alarm), "{told:?}");
}

/// What its owner adds afterwards is for the next close.
#[tokio::test(start_paused = true)]
async fn a_close_that_was_through_in_time_is_never_late_though_its_plan_is_changed_later() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    for n in 1..=3 {
        let run = format!("pr-10{n}");
        create(&world, &run, n);
        pass(6 * 60).await;
        run_through(&world, &run, 20, "Success").await;
    }
    assert_eq!(life.close_state().await, BoardState::Done);
    until(&world, 18, 30).await;
    let before = world.told_of_closes();
    let mut longer = plan_by_hand();
    longer.items.push(item(4, &[3]));
    life.engine.save_plan(longer).await.unwrap();
    pass(3600).await;
    assert_eq!(world.told_of_closes(), before);
    assert_eq!(life.close_state().await, BoardState::Done);
    assert_eq!(
        life.board().await.items.len(),
        3,
        "as it was when it was over"
    );
    life.kill();
    let life = world.boot().await;
    life.know_zone();
    pass(15 * 60).await;
    assert_eq!(life.close_state().await, BoardState::Done);
    assert_eq!(life.board().await.items.len(), 3);
    assert_eq!(world.told_of_closes(), before);
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_written_down_is_told_from_memory_once_and_written_later() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    pass(60).await;
    world.shelf.fail_all();
    until(&world, 18, 30).await;
    assert_eq!(world.desk.titles(), [EXPECTED_LATE, LATE]);
    assert!(world.told_of_closes().is_empty());
    world.shelf.mend();
    pass(15 * 60).await;
    assert_eq!(world.told_of_closes(), [EXPECTED_LATE, LATE]);
    assert_eq!(world.desk.titles(), [EXPECTED_LATE, LATE]);
    life.kill();
    let _life = world.boot().await;
    pass(600).await;
    assert_eq!(world.desk.titles(), [EXPECTED_LATE, LATE]);
}

#[tokio::test(start_paused = true)]
async fn what_a_person_says_once_writing_works_again_is_not_undone_by_what_waited_to_be_written() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    create(&world, "pr-101", 1);
    pass(6 * 60).await;
    world.shelf.fail_all();
    until(&world, 18, 30).await;
    world.shelf.mend();
    let item = process(1);
    life.engine.unbind_run(&december(), &item).await.unwrap();
    pass(5 * 60).await;
    life.kill();
    let life = world.boot().await;
    let (_, kept) = life.engine.closes.get(&december()).unwrap();
    assert!(kept.bound(&item).is_none());
}

#[tokio::test(start_paused = true)]
async fn killed_at_any_write_an_alarm_is_in_the_inbox_once() {
    for n in 0..4 {
        for kill in [Kill::BeforeWrite(n), Kill::AfterWrite(n)] {
            let world = world();
            // Nobody needs to watch the whole day eight times.
            until(&world, 17, 50).await;
            let life = world.boot_close(plan_by_hand()).await;
            until(&world, 17, 58).await;
            let before = world.told_of_closes().len();
            life.port.kill_at(kill);
            until(&world, 18, 4).await;
            life.kill();
            let life = world.boot().await;
            life.know_zone();
            pass(6 * 60).await;
            let told = world.told_of_closes();
            let late = told.iter().filter(|title| *title == LATE).count();
            assert_eq!((before, late), (1, 1), "{kill:?}: {told:?}");
            // Or it would live through the whole day of the next one.
            life.kill();
        }
    }
}

#[tokio::test(start_paused = true)]
async fn of_a_close_that_was_put_away_nothing_is_told_until_it_is_brought_back() {
    let world = world();
    let life = world.boot_close(plan()).await;
    life.engine.archive_close(&december(), true).await.unwrap();
    until(&world, 17, 50).await;
    assert!(world.told_of_closes().is_empty());
    life.engine.archive_close(&december(), false).await.unwrap();
    until(&world, 18, 10).await;
    let told = world.told_of_closes();
    assert!(told.contains(&LATE.to_owned()), "{told:?}");
}

#[tokio::test(start_paused = true)]
async fn a_reason_that_was_typed_is_kept_with_the_action() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    create(&world, "pr-101", 1);
    life.watch("pr-101").await;
    let mut request = life.request("pr-101", RequestedAction::Start);
    request.reason = crate::actions::request::reason("  The bank file\nwas resent ");
    life.engine.act(request).await.unwrap();
    let kept = &world.activity()[0];
    assert_eq!(kept.reason.as_deref(), Some("The bank file was resent"));
    assert_eq!(kept.key(), Some(key("pr-101")));
    assert_eq!(crate::actions::request::reason(" \n "), None);
}

#[tokio::test(start_paused = true)]
async fn polling_goes_on_while_the_runs_of_a_close_are_looked_for() {
    let world = world();
    for n in 0..40 {
        create(&world, &format!("pr-{}", 3000 + n), 1 + n % 3);
    }
    world.put("pr-9", "Running", &["Running"]);
    let life = world.boot_watching("pr-9").await;
    life.know_zone();
    life.engine.set_window(Some(key("pr-9")), true);
    life.engine.save_plan(plan()).await.unwrap();
    life.engine.open_close(&december()).await.unwrap();
    let status = super::server::Call::Status;
    let before = world.server.moments("pr-9", &status).len();
    pass(300).await;
    let moments = world.server.moments("pr-9", &status);
    let longest = moments[before..]
        .windows(2)
        .map(|pair| pair[1] - pair[0])
        .max();
    assert!(longest.unwrap().as_secs_f64() < 6.0, "{longest:?}");
    assert!(life.engine.runs.get(&key("pr-3000")).is_ok());
}
