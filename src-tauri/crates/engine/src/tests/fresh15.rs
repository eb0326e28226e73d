//! Throw-away: a fresh pair of eyes on the close board.
use jiff::SignedDuration;
use jiff::civil::date;
use runwatch_core::close::board::BoardState;
use runwatch_core::close::item_state::{Block, ItemState};
use runwatch_core::close::plan::{Item, PlanDraft, PlanId, StartRule};
use runwatch_core::error::{Effect, Trouble};
use runwatch_core::outcome::Outcome;

use super::month_end::{
    close_of, create, december, item, plan, plan_by_hand, process, run_through, until, world,
};
use super::server::{Call, Twist, error};
use super::world::{Life, World, account, from_first, pass};

async fn through_in_time() -> (World, Life) {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    for n in 1..=3 {
        let run = format!("pr-{n}01");
        create(&world, &run, n);
        pass(6 * 60).await;
        run_through(&world, &run, 20, "Success").await;
    }
    assert_eq!(life.close_state().await, BoardState::Done);
    until(&world, 18, 30).await;
    (world, life)
}

/// T1: a run that is created here once the close is over takes the place of the run that stood for its item.
#[tokio::test(start_paused = true)]
async fn t1_a_create_here_after_the_close_is_over_is_none_of_it() {
    let (_world, life) = through_in_time().await;
    let before = life.bound().await;
    life.engine
        .create_run(&account().id, &process(1), "Mid-month test", false)
        .await
        .unwrap();
    pass(10 * 60).await;
    eprintln!(
        "t1 {:?} {:?} told {:?}",
        life.bound().await,
        life.close_state().await,
        _world.told_of_closes()
    );
    assert_eq!(life.bound().await, before);
    assert_eq!(life.close_state().await, BoardState::Done);
}

/// T2: a run of a settled close that is run again next month makes its board say "Late".
#[tokio::test(start_paused = true)]
async fn t2_a_settled_close_stays_done_though_its_run_is_restarted_later() {
    let (world, life) = through_in_time().await;
    let score = life.board().await.score;
    let through = life.board().await.kept.through;
    pass(3 * 24 * 3600).await;
    world.begin("pr-301");
    pass(15 * 60).await;
    let board = life.board().await;
    eprintln!(
        "state {:?} through {:?} score {:?} -> {:?}",
        board.view.state, board.kept.through, score, board.score
    );
    assert_eq!(board.kept.through, through);
    world.end("pr-301", "Finished", &["Failed"]);
    pass(15 * 60).await;
    let b2 = life.board().await;
    eprintln!(
        "after failing: {:?} score {:?} told {:?}",
        b2.view.state,
        b2.score,
        world.told_of_closes()
    );
    assert_eq!(board.view.state, BoardState::Done);
    assert_eq!(b2.score, score);
}

/// T3: offline: the headline must not go from on track to late by itself.
#[tokio::test(start_paused = true)]
async fn t3_offline_the_state_is_not_worked_out_of_what_nobody_saw() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    create(&world, "pr-101", 1);
    pass(6 * 60).await;
    world.begin("pr-101");
    pass(12 * 60).await;
    let before = life.board().await;
    eprintln!("{:?} {:?}", before.view.state, before.view.foresight);
    world.server.set_offline(true);
    // all of it goes well elsewhere
    for hour in [11, 14, 16, 17] {
        until(&world, hour, 0).await;
        let b = life.board().await;
        eprintln!(
            "{hour}:00 {:?} up_to_date {} {:?}",
            b.view.state,
            b.is_up_to_date(),
            b.view.foresight
        );
    }
    until(&world, 18, 10).await;
    let b = life.board().await;
    eprintln!("18:10 {:?}", b.view.state);
    assert_ne!(b.view.state, BoardState::Late, "nobody knows");
}

/// T4: a single listed run that cannot be read silences the close.
#[tokio::test(start_paused = true)]
async fn t4_one_run_that_cannot_be_read_does_not_silence_the_close() {
    let world = world();
    create(&world, "pr-77", 2);
    for trouble in [Trouble::NotFound] {
        world
            .server
            .break_call("pr-77", Call::Info, error(trouble, Effect::None));
    }
    let life = world.boot_close(plan_by_hand()).await;
    until(&world, 15, 30).await;
    pass(10 * 60).await;
    let b = life.board().await;
    eprintln!(
        "{:?} up_to_date {} seen {:?} told {:?}",
        b.view.state,
        b.is_up_to_date(),
        b.seen_at,
        world.told_of_closes()
    );
    until(&world, 18, 30).await;
    eprintln!(
        "told {:?} notes {:?}",
        world.told_of_closes(),
        life.board().await.notes
    );
    assert!(
        !world.told_of_closes().is_empty(),
        "late, and nothing was told"
    );
}

/// T5: what later months show makes an old close blocked.
#[tokio::test(start_paused = true)]
async fn t5_what_later_runs_show_changes_nothing_of_a_close_that_is_over() {
    for late in [false, true] {
        let world = world();
        let life = world.boot_close(plan_by_hand()).await;
        if late {
            until(&world, 16, 0).await;
        }
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
            pass(360).await;
        }
        assert_eq!(life.close_state().await, BoardState::Done);
        if !late {
            until(&world, 18, 30).await;
        }
        let told = world.told_of_closes().len();
        pass(20 * 24 * 3600).await;
        for n in 1..=3 {
            let later = format!("pr-90{n}");
            create(&world, &later, 1);
            life.watch(&later).await;
            world.begin(&later);
            pass(600).await;
            world.end(&later, "Finished", &["Success", "Success"]);
            pass(600).await;
        }
        let b = life.board().await;
        eprintln!(
            "late {late}: {:?} item0 {:?} through {:?} failed {} told {:?}",
            b.view.state,
            b.view.items[0].state,
            b.kept.through,
            b.kept.something_failed,
            &world.told_of_closes()[told..]
        );
        life.kill();
    }
}

/// T6: a failure from before the plan is in no exception.
#[tokio::test(start_paused = true)]
async fn t6_a_failure_from_before_the_plan_was_made_is_captured() {
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
    assert!(
        matches!(
            life.item_state(0).await,
            ItemState::Blocked(Block::Ended(Outcome::Failed))
        ),
        "{:?}",
        life.item_state(0).await
    );
    let record = life.engine.close_record(&december()).await.unwrap();
    eprintln!(
        "captured {:?} going {:?}",
        record
            .captured
            .iter()
            .map(|k| k.key.run.to_string())
            .collect::<Vec<_>>(),
        record
            .going
            .iter()
            .map(|(r, _)| (r.key.run.to_string(), r.outcome()))
            .collect::<Vec<_>>()
    );
    assert!(
        !record.captured.is_empty(),
        "exceptions.csv is made of captured attempts alone"
    );
}

/// T7: a run that was made before the window and started in it is in no list of the record.
#[tokio::test(start_paused = true)]
async fn t7_the_record_lists_a_run_that_was_started_in_the_window() {
    let world = world();
    create(&world, "pr-90", 1);
    create(&world, "pr-91", 1);
    let utc = jiff::tz::TimeZone::UTC;
    let early = date(2026, 12, 1)
        .at(9, 0, 0, 0)
        .to_zoned_datetime(utc)
        .unwrap()
        .timestamp();
    for run in ["pr-90", "pr-91"] {
        world
            .server
            .update(run, |truth| truth.created = Some(early));
    }
    let life = world.boot_close(plan_by_hand()).await;
    world.begin("pr-90");
    pass(15 * 60).await;
    eprintln!("{:?}", life.item_state(0).await);
    let record = life.engine.close_record(&december()).await.unwrap();
    eprintln!(
        "running: listed {:?} going {:?} captured {}",
        record
            .listed
            .iter()
            .map(|l| l.run.to_string())
            .collect::<Vec<_>>(),
        record.going.len(),
        record.captured.len()
    );
    let listed = record.listed.iter().any(|l| l.run.as_str() == "pr-90");
    let anywhere = listed
        || record
            .going
            .iter()
            .any(|(r, _)| r.key.run.as_str() == "pr-90");
    assert!(anywhere, "not in the evidence at all");
}

/// T8: an item with a time that only waits for a failed one.
#[tokio::test(start_paused = true)]
async fn t8_what_only_waits_for_a_failed_one_never_alarms_by_itself() {
    let world = world();
    let mut draft = plan();
    // Item 2 at 10:00, after item 1 (by hand).
    let StartRule::At { mut at, grace } = draft.items[0].start.clone() else {
        panic!()
    };
    at.time = jiff::civil::time(10, 0, 0, 0);
    draft.items[0].start = StartRule::ByHand;
    draft.items[1] = Item {
        start: StartRule::At { at, grace },
        ..item(2, &[1])
    };
    let _life = world.boot_close(draft).await;
    create(&world, "pr-101", 1);
    pass(6 * 60).await;
    run_through(&world, "pr-101", 20, "Failed").await;
    until(&world, 10, 40).await;
    eprintln!("{:?}", world.told_of_closes());
    assert_eq!(
        world.told_of_closes(),
        ["Month-end, December 2026 is blocked"]
    );
}

/// T9: the last item is blocked: "and others wait for it".
#[tokio::test(start_paused = true)]
async fn t9_nothing_waits_for_the_last_item() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    for n in 1..=3 {
        let run = format!("pr-{n}01");
        create(&world, &run, n);
        pass(6 * 60).await;
        run_through(&world, &run, 20, if n == 3 { "Failed" } else { "Success" }).await;
    }
    pass(600).await;
    assert_eq!(life.close_state().await, BoardState::Blocked);
    let bodies = world.desk.bodies();
    let body = bodies
        .iter()
        .find(|b| b.contains("did not get through"))
        .unwrap();
    eprintln!("{body}");
    assert!(!body.contains("others wait for it"), "{body}");
}

/// T10: a slow read of the runs makes that an item did not start be never told, and no note says so.
#[tokio::test(start_paused = true)]
async fn t10_a_slow_solvexia_does_not_hide_that_an_item_did_not_start() {
    let world = world();
    for n in 0..100 {
        let run = format!("pr-{}", 1000 + n);
        create(&world, &run, 1);
        world.begin(&run);
        world.end(&run, "Finished", &["Success"]);
        let last_month = world.there() - SignedDuration::from_hours(30 * 24);
        world.server.update(&run, |truth| {
            truth.created = Some(last_month);
            truth.started = Some(last_month);
        });
        for _ in 0..400 {
            world.server.twist(
                &run,
                Call::Status,
                Twist {
                    delay: std::time::Duration::from_millis(2500),
                    ..Twist::default()
                },
            );
        }
    }
    let life = world.boot_close(plan()).await;
    until(&world, 10, 0).await;
    let before = world.server.count("pr-1050", &Call::Status);
    until(&world, 11, 0).await;
    let reads = world.server.count("pr-1050", &Call::Status) - before;
    eprintln!(
        "told {:?} notes {:?} reads of one run in an hour {reads}",
        world.told_of_closes(),
        life.board().await.notes
    );
    assert!(
        world
            .told_of_closes()
            .contains(&"Item 1 did not start".to_owned())
            || !life.board().await.notes.is_empty()
    );
}

/// T11: two plans share a process: the second says that it can be started.
#[tokio::test(start_paused = true)]
async fn t11_two_plans_share_a_process() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    let other = PlanDraft {
        id: PlanId("zother".into()),
        name: "Other".into(),
        ..plan_by_hand()
    };
    life.engine.save_plan(other).await.unwrap();
    let theirs = close_of("zother", date(2026, 12, 31));
    life.engine.open_close(&theirs).await.unwrap();
    for n in 1..=3 {
        let run = format!("pr-{n}01");
        create(&world, &run, n);
    }
    pass(6 * 60).await;
    for n in 1..=3 {
        let run = format!("pr-{n}01");
        run_through(&world, &run, 20, "Success").await;
    }
    pass(600).await;
    let b = life.engine.close_board(&theirs).await.unwrap();
    eprintln!(
        "theirs {:?} {:?} notes {:?} told {:?}",
        b.view.state,
        b.view
            .items
            .iter()
            .map(|i| i.state.clone())
            .collect::<Vec<_>>(),
        b.notes,
        world.told_of_closes()
    );
}

/// T13: new times tell the same block again.
#[tokio::test(start_paused = true)]
async fn t13_new_times_do_not_tell_a_block_again() {
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

/// T16: through an hour after the cut-off while the laptop slept.
#[tokio::test(start_paused = true)]
async fn t16_a_cut_off_that_was_missed_while_asleep_is_told() {
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
    let left = super::month_end::at(19, 30)
        .duration_since(world.now())
        .as_secs();
    world.sleep(left);
    world.end("pr-301", "Finished", &["Success"]);
    world.sleep(3600);
    pass(15 * 60).await;
    let b = life.board().await;
    eprintln!(
        "{:?} {:?} told {:?}",
        b.view.state,
        b.kept.through,
        world.told_of_closes()
    );
    assert!(world.told_of_closes().iter().any(|t| t.contains("late")));
}

/// T17: the bound run is deleted in SolveXia while it runs, and one that was to be started.
#[tokio::test(start_paused = true)]
async fn t17_a_bound_run_that_was_deleted_is_not_said_to_run() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    create(&world, "pr-101", 1);
    pass(6 * 60).await;
    world.begin("pr-101");
    pass(15 * 60).await;
    for call in [Call::Status, Call::Info, Call::Steps] {
        world
            .server
            .break_call("pr-101", call, error(Trouble::NotFound, Effect::None));
    }
    world.server.update("pr-101", |truth| truth.process = None);
    pass(30 * 60).await;
    let b = life.board().await;
    eprintln!(
        "gone {} {:?} {:?} up {} {:?}",
        life.state("pr-101").gone,
        b.view.state,
        b.view.items[0].state,
        b.is_up_to_date(),
        b.view.foresight
    );
    assert!(!matches!(b.view.items[0].state, ItemState::Running(_)));
}
#[tokio::test(start_paused = true)]
async fn t17b_a_bound_run_that_was_deleted_is_not_at_hand() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    create(&world, "pr-101", 1);
    create(&world, "pr-201", 2);
    pass(6 * 60).await;
    for call in [Call::Status, Call::Info, Call::Steps] {
        world
            .server
            .break_call("pr-201", call, error(Trouble::NotFound, Effect::None));
    }
    world.server.update("pr-201", |truth| truth.process = None);
    pass(15 * 60).await;
    run_through(&world, "pr-101", 20, "Success").await;
    let b = life.board().await;
    eprintln!(
        "gone {} {:?} run {:?} up {} told {:?}",
        life.state("pr-201").gone,
        b.view.items[1].state,
        b.items[1].run.as_ref().map(|r| r.run.to_string()),
        b.is_up_to_date(),
        world.told_of_closes()
    );
    create(&world, "pr-202", 2);
    pass(12 * 60).await;
    let b = life.board().await;
    eprintln!(
        "replaced: {:?} asks {:?}",
        b.view.items[1].state,
        b.items[1]
            .asks
            .iter()
            .map(|r| r.run.to_string())
            .collect::<Vec<_>>()
    );
}

/// T23: put away by mistake, plan changed, brought back.
#[tokio::test(start_paused = true)]
async fn t23_a_close_that_was_brought_back_takes_in_the_plan() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    life.engine.archive_close(&december(), true).await.unwrap();
    let mut longer = plan_by_hand();
    longer.items.push(item(4, &[3]));
    longer.cut_off.time = jiff::civil::time(20, 0, 0, 0);
    life.engine.save_plan(longer).await.unwrap();
    life.engine.archive_close(&december(), false).await.unwrap();
    pass(600).await;
    let b = life.board().await;
    eprintln!("items {} moved {:?}", b.items.len(), b.moved);
    life.engine.move_close(&december()).await.unwrap();
    pass(600).await;
    let b = life.board().await;
    eprintln!(
        "items {} moved {:?} cut_off {:?}",
        b.items.len(),
        b.moved,
        b.kept.close.cut_off
    );
    assert_eq!(b.items.len(), 4);
}

/// T24: an optional item that failed leaves the close out of the score.
#[tokio::test(start_paused = true)]
async fn t24_an_optional_failure_leaves_the_forecasts_in_the_score() {
    let world = world();
    let mut draft = plan_by_hand();
    draft.items.push(Item {
        optional: true,
        ..item(4, &[])
    });
    let life = world.boot_close(draft).await;
    create(&world, "pr-401", 4);
    pass(6 * 60).await;
    run_through(&world, "pr-401", 10, "Failed").await;
    for n in 1..=3 {
        let run = format!("pr-{n}01");
        create(&world, &run, n);
        pass(6 * 60).await;
        run_through(&world, &run, 20, "Success").await;
    }
    let b = life.board().await;
    eprintln!(
        "{:?} {:?} told {:?}",
        b.view.state,
        b.score,
        world.told_of_closes()
    );
    assert_eq!(b.score.left_out, 0);
}

/// T2b: a run of a settled close is restarted from here, days later, and fails.
#[tokio::test(start_paused = true)]
async fn t2b_a_settled_close_stays_done_though_its_run_is_restarted_here() {
    let (world, life) = through_in_time().await;
    let score = life.board().await.score;
    pass(3 * 24 * 3600).await;
    let answer = life.act("pr-301", from_first()).await;
    eprintln!("{answer:?}");
    pass(5 * 60).await;
    let b = life.board().await;
    eprintln!(
        "t2b {:?} {:?} through {:?} score {:?}",
        b.view.state, b.view.items[2].state, b.kept.through, b.score
    );
    world.end("pr-301", "Finished", &["Failed"]);
    pass(15 * 60).await;
    let b = life.board().await;
    eprintln!(
        "t2b {:?} {:?} through {:?} score {:?} told {:?}",
        b.view.state,
        b.view.items[2].state,
        b.kept.through,
        b.score,
        world.told_of_closes()
    );
    assert_eq!(b.score, score);
    assert_eq!(b.view.state, BoardState::Done);
}

/// T1b: the same where the close was through late.
#[tokio::test(start_paused = true)]
async fn t1b_a_create_here_after_a_late_close_tells_nothing() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    until(&world, 16, 30).await;
    for n in 1..=3 {
        let run = format!("pr-{n}01");
        create(&world, &run, n);
        pass(6 * 60).await;
        run_through(&world, &run, 40, "Success").await;
    }
    let b = life.board().await;
    eprintln!("t1b {:?} {:?}", b.view.state, b.kept.through);
    pass(24 * 3600).await;
    let told = world.told_of_closes();
    life.engine
        .create_run(&account().id, &process(1), "Mid-month test", false)
        .await
        .unwrap();
    pass(10 * 60).await;
    life.act("pr-500", crate::actions::request::RequestedAction::Start)
        .await
        .unwrap();
    pass(10 * 60).await;
    world.end("pr-500", "Finished", &["Failed"]);
    pass(10 * 60).await;
    let b = life.board().await;
    eprintln!(
        "t1b {:?} {:?} told {:?} -> {:?}",
        b.view.state,
        b.kept.through,
        told,
        world.told_of_closes()
    );
    assert_eq!(told, world.told_of_closes());
}

/// T25: told that it can be started though it runs elsewhere already.
#[tokio::test(start_paused = true)]
async fn t25_what_runs_already_is_not_said_to_be_at_hand() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    create(&world, "pr-101", 1);
    pass(6 * 60).await;
    world.begin("pr-101");
    pass(40 * 60).await;
    world.end("pr-101", "Finished", &["Success"]);
    // Somebody was quicker than our look.
    create(&world, "pr-201", 2);
    world.begin("pr-201");
    pass(6 * 60).await;
    eprintln!(
        "t25 told {:?} {:?}",
        world.told_of_closes(),
        life.item_state(1).await
    );
    assert!(world.told_of_closes().is_empty());
}

/// T43: SolveXia names no end.
#[tokio::test(start_paused = true)]
async fn t43_an_end_without_a_date_does_not_move_with_the_clock() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    for n in 1..=3 {
        let run = format!("pr-{n}01");
        create(&world, &run, n);
        pass(6 * 60).await;
        world.begin(&run);
        pass(20 * 60).await;
        world.end(&run, "Finished", &["Success"]);
        world.server.update(&run, |truth| truth.finished = None);
        pass(360).await;
    }
    let one = life.board().await;
    pass(3600).await;
    let two = life.board().await;
    eprintln!(
        "t43 {:?} {:?} -> {:?}",
        one.view.state, one.kept.through, two.kept.through
    );
    assert_eq!(one.kept.through, two.kept.through);
}

/// T37: SolveXia lists only a part of the runs.
#[tokio::test(start_paused = true)]
async fn t37_a_cut_list_is_said() {
    let world = world();
    world.server.cut_lists(true);
    let life = world.boot_close(plan_by_hand()).await;
    create(&world, "pr-101", 1);
    pass(6 * 60).await;
    run_through(&world, "pr-101", 20, "Success").await;
    let b = life.board().await;
    eprintln!(
        "t37 {:?} up {} notes {:?} told {:?}",
        b.view
            .items
            .iter()
            .map(|i| i.state.clone())
            .collect::<Vec<_>>(),
        b.is_up_to_date(),
        b.notes,
        world.told_of_closes()
    );
}

/// T55: plan B has another first item and shares its second one with plan A, in which that has run.
#[tokio::test(start_paused = true)]
async fn t55_what_ran_for_another_plan_is_not_said_to_be_at_hand() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    for n in 1..=3 {
        create(&world, &format!("pr-{n}01"), n);
    }
    pass(6 * 60).await;
    for n in 1..=3 {
        run_through(&world, &format!("pr-{n}01"), 20, "Success").await;
    }
    let before = world.told_of_closes();
    let other = PlanDraft {
        id: PlanId("zother".into()),
        name: "Other".into(),
        items: vec![item(4, &[]), item(2, &[4])],
        ..plan_by_hand()
    };
    life.engine.save_plan(other).await.unwrap();
    let theirs = close_of("zother", date(2026, 12, 31));
    life.engine.open_close(&theirs).await.unwrap();
    create(&world, "pr-401", 4);
    pass(6 * 60).await;
    run_through(&world, "pr-401", 20, "Success").await;
    pass(600).await;
    let told = world.told_of_closes();
    let b = life.engine.close_board(&theirs).await.unwrap();
    eprintln!(
        "t55 {:?} notes {:?} told {:?}",
        b.view
            .items
            .iter()
            .map(|i| i.state.clone())
            .collect::<Vec<_>>(),
        b.notes,
        &told[before.len()..]
    );
    assert_eq!(before, told);
}

/// T56: what came before was run once more after what waits for it was done.
#[tokio::test(start_paused = true)]
async fn t56_what_is_older_than_what_it_waits_for_is_not_done() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    for n in [2, 3, 1] {
        let run = format!("pr-{n}01");
        create(&world, &run, n);
        pass(6 * 60).await;
        run_through(&world, &run, 20, "Success").await;
    }
    let b = life.board().await;
    eprintln!(
        "t56 {:?} {:?} notes {:?}",
        b.view.state,
        b.view
            .items
            .iter()
            .map(|i| i.state.clone())
            .collect::<Vec<_>>(),
        b.notes
    );
    assert_ne!(b.view.state, BoardState::Done);
}

/// T61: the laptop's clock is an hour ahead.
#[tokio::test(start_paused = true)]
async fn t61_a_clock_that_is_wrong_tells_nothing_an_hour_early() {
    let world = world();
    let life = world.boot_close(plan()).await;
    until(&world, 8, 10).await;
    world.set_clock(3600);
    pass(20 * 60).await;
    eprintln!(
        "t61 there {} here {} ahead {:?} told {:?}",
        world.there(),
        world.now(),
        life.engine.clock_ahead(&account().id),
        world.told_of_closes()
    );
    assert!(world.told_of_closes().is_empty());
}

/// T64: the run of a settled close turns out to be the wrong one.
#[tokio::test(start_paused = true)]
async fn t64_unbinding_in_a_settled_close() {
    let (_world, life) = through_in_time().await;
    life.engine
        .unbind_run(&december(), &process(3))
        .await
        .unwrap();
    pass(600).await;
    let b = life.board().await;
    eprintln!(
        "t64 {:?} {:?} through {:?} settled {} told {:?}",
        b.view.state,
        b.view.items[2].state,
        b.kept.through,
        b.kept.is_settled(_world.now()),
        _world.told_of_closes()
    );
}

/// T67: an outcome that is corrected after its capture.
#[tokio::test(start_paused = true)]
async fn t67_a_correction_is_in_the_record() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    create(&world, "pr-101", 1);
    pass(6 * 60).await;
    world.begin("pr-101");
    pass(600).await;
    world.end("pr-101", "Finished", &["Running"]);
    pass(600).await;
    let r = life.engine.close_record(&december()).await.unwrap();
    eprintln!(
        "t67 {:?}",
        r.captured
            .iter()
            .map(|k| (k.key.run.to_string(), k.attempt, k.outcome))
            .collect::<Vec<_>>()
    );
    world
        .server
        .update("pr-101", |truth| truth.set_steps(&["Failed"]));
    pass(3600).await;
    let r = life.engine.close_record(&december()).await.unwrap();
    eprintln!(
        "t67 {:?} {:?}",
        life.outcome("pr-101"),
        r.captured
            .iter()
            .map(|k| (k.key.run.to_string(), k.attempt, k.outcome))
            .collect::<Vec<_>>()
    );
}

/// T68: the last item asks at the cut-off.
#[tokio::test(start_paused = true)]
async fn t68_a_close_of_which_nobody_knows_at_its_cut_off_tells_so() {
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
    let before = world.told_of_closes();
    until(&world, 20, 0).await;
    eprintln!(
        "t68 {:?} {:?} told after {:?}",
        life.close_state().await,
        life.item_state(2).await,
        &world.told_of_closes()[before.len()..]
    );
    assert!(world.told_of_closes().len() > before.len());
}

/// T69: the zone of run dates is not known.
#[tokio::test(start_paused = true)]
async fn t69_dates_of_an_unknown_zone_are_no_moments() {
    for minutes in [-300i64, 600] {
        let world = world();
        until(&world, 10, 0).await;
        for n in 1..=3 {
            let run = format!("pr-{n}01");
            create(&world, &run, n);
            world.server.update(&run, |truth| {
                truth.zone = SignedDuration::from_mins(minutes)
            });
        }
        world.begin("pr-101");
        pass(600).await;
        let life = world.boot().await;
        life.engine.save_plan(plan_by_hand()).await.unwrap();
        life.engine.open_close(&december()).await.unwrap();
        pass(10 * 60).await;
        let b = life.board().await;
        eprintln!(
            "t69 {minutes}: zone {:?} now {} {:?} {:?} up {} notes {:?} {:?}",
            life.engine.server_dates(&account().id).zone,
            world.now(),
            b.view.state,
            b.view.items[0].state,
            b.is_up_to_date(),
            b.notes,
            b.view.foresight
        );
        pass(10 * 60).await;
        eprintln!("t69 told {:?}", world.told_of_closes());
        life.kill();
    }
}

/// T69b: all has ended before the app begins; the cut-off is at 18:00.
#[tokio::test(start_paused = true)]
async fn t69b_dates_of_an_unknown_zone_are_no_moments() {
    let world = world();
    until(&world, 10, 0).await;
    for n in 1..=3 {
        let run = format!("pr-{n}01");
        create(&world, &run, n);
        world
            .server
            .update(&run, |truth| truth.zone = SignedDuration::from_mins(600));
        world.begin(&run);
        pass(600).await;
        world.end(&run, "Finished", &["Success"]);
        // Steps whose dates teach nothing.
        world
            .server
            .update(&run, |truth| truth.zone = SignedDuration::from_mins(600));
    }
    until(&world, 18, 10).await;
    let life = world.boot().await;
    life.engine.save_plan(plan_by_hand()).await.unwrap();
    life.engine.open_close(&december()).await.unwrap();
    pass(20 * 60).await;
    let b = life.board().await;
    eprintln!(
        "t69b: zone {:?} now {} {:?} through {:?} cut-off {} settled {}",
        life.engine.server_dates(&account().id).zone,
        world.now(),
        b.view.state,
        b.kept.through,
        b.kept.close.cut_off,
        b.kept.is_settled(world.now())
    );
}

/// T69c: through an hour late, by dates of an unknown zone four hours early: settled for ever.
#[tokio::test(start_paused = true)]
async fn t69c_a_late_close_is_not_settled_by_dates_of_an_unknown_zone() {
    let world = world();
    until(&world, 17, 0).await;
    for n in 1..=3 {
        let run = format!("pr-{n}01");
        create(&world, &run, n);
        world
            .server
            .update(&run, |truth| truth.zone = SignedDuration::from_mins(-300));
        world.begin(&run);
        pass(2400).await;
        world.end(&run, "Finished", &["Success"]);
    }
    until(&world, 20, 0).await;
    let life = world.boot().await;
    life.engine.save_plan(plan_by_hand()).await.unwrap();
    life.engine.open_close(&december()).await.unwrap();
    pass(20 * 60).await;
    let b = life.board().await;
    eprintln!(
        "t69c: zone {:?} {:?} through {:?} settled {}",
        life.engine.server_dates(&account().id).zone,
        b.view.state,
        b.kept.through,
        b.kept.is_settled(world.now())
    );
    let origin = account();
    life.engine
        .date_zones
        .learn(origin.environment.origin(), |zone| {
            *zone = runwatch_core::date_zone::DateZone::learned(SignedDuration::from_mins(-300));
            true
        });
    pass(20 * 60).await;
    let b = life.board().await;
    eprintln!(
        "t69c zone known: {:?} view {:?} kept through {:?} settled {}",
        b.view.state,
        b.view.foresight,
        b.kept.through,
        b.kept.is_settled(world.now())
    );
    assert!(!b.kept.is_settled(world.now()));
}

/// T86: the bound run is not watched any more, or archived; then it fails.
#[tokio::test(start_paused = true)]
async fn t86_a_bound_run_that_is_not_watched_is_not_up_to_date() {
    for archive in [false, true] {
        let world = world();
        let life = world.boot_close(plan_by_hand()).await;
        create(&world, "pr-101", 1);
        pass(6 * 60).await;
        world.begin("pr-101");
        pass(15 * 60).await;
        let key = super::world::key("pr-101");
        match archive {
            false => life.engine.set_watched(&key, false).await.unwrap(),
            true => life.engine.archive_runs(&[key], true).await.unwrap(),
        };
        pass(600).await;
        world.end("pr-101", "Finished", &["Failed"]);
        for minutes in [10u64, 50, 120] {
            pass(minutes * 60).await;
            let b = life.board().await;
            eprintln!(
                "t86 archive {archive} +{minutes}: {:?} {:?} up {} told {:?}",
                b.view.state,
                b.view.items[0].state,
                b.is_up_to_date(),
                world.told_of_closes()
            );
        }
        life.kill();
    }
}
/// T86c: archived with its page never open, over a restart.
#[tokio::test(start_paused = true)]
async fn t86c_an_archived_run_that_is_to_be_started() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    create(&world, "pr-101", 1);
    create(&world, "pr-201", 2);
    pass(6 * 60).await;
    life.engine
        .archive_runs(&[super::world::key("pr-201")], true)
        .await
        .unwrap();
    run_through(&world, "pr-101", 20, "Success").await;
    world.begin("pr-201");
    pass(1200).await;
    world.end("pr-201", "Finished", &["Success"]);
    pass(3600).await;
    let b = life.board().await;
    eprintln!(
        "t86c {:?} up {} told {:?}",
        b.view.items[1].state,
        b.is_up_to_date(),
        world.told_of_closes()
    );
}

/// T87: what is done was run again elsewhere before the cut-off, and fails.
#[tokio::test(start_paused = true)]
async fn t87_a_done_run_that_is_run_again_elsewhere_and_fails_is_seen() {
    for archive in [false, true] {
        let world = world();
        let life = world.boot_close(plan_by_hand()).await;
        for n in 1..=3 {
            let run = format!("pr-{n}01");
            create(&world, &run, n);
            pass(6 * 60).await;
            run_through(&world, &run, 20, "Success").await;
        }
        if archive {
            life.engine
                .archive_runs(&[super::world::key("pr-301")], true)
                .await
                .unwrap();
        }
        until(&world, 13, 0).await;
        world.begin("pr-301");
        pass(1200).await;
        world.end("pr-301", "Finished", &["Failed"]);
        until(&world, 18, 30).await;
        let b = life.board().await;
        eprintln!(
            "t87 archive {archive} {:?} {:?} up {} told {:?} watched {}",
            b.view.state,
            b.view.items[2].state,
            b.is_up_to_date(),
            world.told_of_closes(),
            super::month_end::is_watched(&life, "pr-301")
        );
        life.kill();
    }
}
