//! The close board: which runs stand for its items, how it stands, and what is kept of it.

use jiff::civil::date;
use runwatch_core::close::board::{BoardState, CannotTell, Foresight};
use runwatch_core::close::item_state::{Block, ItemState, WhyUnknown};
use runwatch_core::close::kept::CloseId;
use runwatch_core::close::plan::{PlanDraft, PlanId};
use runwatch_core::close::working_days::Calendar;
use runwatch_core::error::{Effect, Trouble};
use runwatch_core::outcome::Outcome;
use runwatch_core::ports::Store;

use super::faulty_store::wait;
use super::month_end::{
    close_of, create, december, earlier_runs, item, plan, plan_by_hand, process, run_through,
    until, world,
};
use super::server::{Call, error};
use super::world::{Life, World, account, key, pass};
use crate::EngineError;
use crate::close::CloseError;

#[tokio::test(start_paused = true)]
async fn the_end_of_an_items_run_is_kept_though_the_run_is_taken_off_the_list() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    create(&world, "pr-101", 1);
    create(&world, "pr-201", 2);
    pass(6 * 60).await;
    run_through(&world, "pr-101", 55, "Warning").await;
    for run in ["pr-101", "pr-201"] {
        life.engine.remove_run(&key(run)).await.unwrap();
    }
    pass(70).await;
    assert!(matches!(
        life.item_state(0).await,
        ItemState::Done(Outcome::Warnings, Some(_))
    ));
    assert_eq!(
        life.item_state(1).await,
        ItemState::Asks,
        "nobody knows how it stands"
    );
    let kept = wait(world.shelf.db().captured(&account().id, &process(1), 9)).unwrap();
    let (first, steps) = (&kept[0], &kept[0].steps);
    assert_eq!((first.key.run.as_str(), first.attempt), ("pr-101", 1));
    assert_eq!(steps[0].seen.as_ref().unwrap().message, "Warning it is");
    let by_hand = life.bind(&december(), 2, "pr-201").await;
    by_hand.unwrap();
    assert_eq!(life.item_state(1).await, ItemState::Ready, "it is back");
}

#[tokio::test(start_paused = true)]
async fn a_success_without_a_step_that_usually_runs_is_none() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    earlier_runs(&world, &life).await;
    create(&world, "pr-101", 1);
    pass(6 * 60).await;
    let by_hand = life.bind(&december(), 1, "pr-101").await;
    by_hand.unwrap();
    world.begin("pr-101");
    pass(600).await;
    world.end("pr-101", "Finished", &["Success", "Skipped"]);
    pass(400).await;
    assert!(matches!(
        life.item_state(0).await,
        ItemState::Blocked(Block::Skipped(_))
    ));
    assert_eq!(life.board().await.items[0].left_out.len(), 1);
}

#[tokio::test(start_paused = true)]
async fn rule_27_a_close_starts_restarts_and_cancels_nothing_and_says_no_chance_where_it_is_blocked()
 {
    let world = world();
    let life = world.boot_close(plan()).await;
    create(&world, "pr-101", 1);
    create(&world, "pr-201", 2);
    until(&world, 9, 30).await;
    let percent = |board: &crate::close::board::Board| match &board.view.foresight {
        Foresight::Expected(expected) => expected.percent,
        _ => None,
    };
    let said = percent(&life.board().await).unwrap();
    assert!((5..=95).contains(&said), "{said}");
    run_through(&world, "pr-101", 30, "Failed").await;
    let board = life.board().await;
    assert_eq!(board.view.state, BoardState::Blocked);
    assert_eq!(percent(&board), None);
    assert!(board.view.items[0].latest_start.is_some());
    until(&world, 20, 0).await;
    for run in ["pr-101", "pr-201"] {
        assert_eq!(world.server.posts(run), 0, "{run}");
    }
    for n in 1..=3 {
        assert_eq!(world.server.posts(process(n).as_str()), 0);
    }
}

/// Rule 27 wants a forecast to say what it rests on: offline it rests on what was seen a while ago.
#[tokio::test(start_paused = true)]
async fn rule_27_a_board_that_is_not_up_to_date_says_since_when_and_keeps_no_forecast() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    create(&world, "pr-101", 1);
    pass(6 * 60).await;
    world.begin("pr-101");
    pass(12 * 60).await;
    assert!(life.board().await.is_up_to_date());
    let kept = || wait(world.shelf.db().forecasts()).unwrap().len();
    world.server.set_offline(true);
    pass(15 * 60).await;
    let (before, offline) = (kept(), world.now());
    pass(3 * 3600).await;
    let board = life.board().await;
    assert_eq!(kept(), before, "of what was not seen");
    assert!(!board.is_up_to_date());
    assert!(board.seen_at.is_some_and(|at| at < offline), "{board:?}");
    world.server.set_offline(false);
    pass(15 * 60).await;
    assert!(life.board().await.is_up_to_date());
}

#[tokio::test(start_paused = true)]
async fn forecasts_are_kept_once_each_and_the_close_knows_when_it_was_through() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    for n in 1..=3 {
        create(&world, &format!("pr-{n}01"), n);
    }
    pass(6 * 60).await;
    for n in 1..=3 {
        run_through(&world, &format!("pr-{n}01"), 50, "Success").await;
    }
    assert_eq!(life.close_state().await, BoardState::Done);
    let kept = wait(world.shelf.db().forecasts()).unwrap();
    assert!(kept.len() > 1, "{}", kept.len());
    assert!(
        kept.len() < 60,
        "it is not kept each minute: {}",
        kept.len()
    );
    let same = |pair: &[(CloseId, _)]| pair[0].1 == pair[1].1;
    assert!(!kept.windows(2).any(same));
    let board = life.board().await;
    assert!(board.kept.through.is_some() && !board.kept.something_failed);
    assert_eq!(board.score.of, 4);
    life.kill();
    let life = world.boot().await;
    life.know_zone();
    pass(120).await;
    assert_eq!(life.board().await.score, board.score);
    assert_eq!(
        wait(world.shelf.db().forecasts()).unwrap().len(),
        kept.len()
    );
}

#[tokio::test(start_paused = true)]
async fn a_plan_that_makes_no_sense_is_refused_in_words_and_nothing_is_kept() {
    let world = world();
    let life = world.boot().await;
    let circle = PlanDraft {
        items: vec![item(1, &[2]), item(2, &[1])],
        ..plan()
    };
    let said = life.engine.save_plan(circle).await.unwrap_err().to_string();
    assert!(said.contains("wait for each other"), "{said}");
    let foreign = PlanDraft {
        account: runwatch_core::ids::AccountId("nobody".into()),
        ..plan()
    };
    let refused = life.engine.save_plan(foreign).await;
    assert_eq!(refused, Err(EngineError::Close(CloseError::NoAccount)));
    world.shelf.fail_all();
    assert!(life.engine.save_plan(plan()).await.is_err());
    assert!(life.engine.closes.plans().is_empty());
    assert!(wait(world.shelf.db().plans()).unwrap().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_period_without_working_days_is_said_where_it_would_be_opened() {
    let world = world();
    let life = world.boot().await;
    let days = std::iter::successors(Some(date(2026, 12, 1)), |day| day.tomorrow().ok());
    let off = PlanDraft {
        calendar: Calendar {
            name: "Holidays only".into(),
            holidays: days.take(31).map(|day| (day, "Off".to_owned())).collect(),
            known_until: None,
        },
        ..plan()
    };
    life.engine.save_plan(off).await.unwrap();
    let choices = life.engine.open_choices(&PlanId("plan".into())).unwrap();
    let december_choice = choices.iter().find(|choice| choice.id == december());
    let said = december_choice
        .unwrap()
        .close
        .as_ref()
        .unwrap_err()
        .to_string();
    assert!(said.contains("has no working day"), "{said}");
    let refused = life.engine.open_close(&december()).await.unwrap_err();
    assert_eq!(refused.to_string(), said);
    assert!(
        life.engine
            .closes
            .closes_of(&PlanId("plan".into()))
            .is_empty()
    );
}

#[tokio::test(start_paused = true)]
async fn the_close_whose_cut_off_comes_next_is_offered_first_and_opened_once() {
    let world = world();
    let life = world.boot().await;
    life.engine.save_plan(plan()).await.unwrap();
    let id = PlanId("plan".into());
    let choices = life.engine.open_choices(&id).unwrap();
    let offered: Vec<String> = choices.iter().map(|one| one.id.last.to_string()).collect();
    assert_eq!(offered, ["2026-12-31", "2027-01-31", "2027-02-28"]);
    life.engine.open_close(&december()).await.unwrap();
    assert_eq!(life.engine.open_choices(&id).unwrap().len(), 2);
    let again = life.engine.open_close(&december()).await;
    assert_eq!(again, Err(EngineError::Close(CloseError::AlreadyOpen)));
    let mid_month = close_of("plan", date(2026, 12, 15));
    let none = life.engine.open_close(&mid_month).await;
    assert_eq!(none, Err(EngineError::Close(CloseError::NoSuchPeriod)));
}

#[tokio::test(start_paused = true)]
async fn a_changed_plan_leaves_an_open_close_as_it_is_until_its_owner_moves_it() {
    let world = world();
    let life = world.boot_close(plan()).await;
    let before = life.board().await.kept.close.cut_off;
    let later = PlanDraft {
        cut_off: runwatch_core::close::plan::DayTime {
            time: jiff::civil::time(20, 0, 0, 0),
            ..plan().cut_off
        },
        ..plan()
    };
    life.engine.save_plan(later).await.unwrap();
    let board = life.board().await;
    assert_eq!(board.kept.close.cut_off, before);
    assert_eq!(board.moved.unwrap().len(), 1);
    life.engine.move_close(&december()).await.unwrap();
    let board = life.board().await;
    assert_eq!(
        board.kept.close.cut_off.duration_since(before).as_secs(),
        7200
    );
    assert_eq!(board.moved, Some(Vec::new()));
}

#[tokio::test(start_paused = true)]
async fn a_process_that_solvexia_no_longer_has_is_said_and_nothing_is_foreseen() {
    let world = world();
    let life = world.boot().await;
    life.know_zone();
    let gone = error(Trouble::NotFound, Effect::None);
    world
        .server
        .break_call(process(2).as_str(), Call::Runs, gone);
    life.engine.save_plan(plan_by_hand()).await.unwrap();
    life.engine.open_close(&december()).await.unwrap();
    pass(70).await;
    let gone = ItemState::Unknown(WhyUnknown::ProcessGone);
    assert_eq!(life.item_state(1).await, gone);
    assert_eq!(life.close_state().await, BoardState::Unknown);
}

#[tokio::test(start_paused = true)]
async fn a_plan_outlives_its_account_and_goes_with_its_history() {
    let world = world();
    let life = world.boot_close(plan()).await;
    create(&world, "pr-101", 1);
    pass(6 * 60).await;
    let id = account().id;
    life.engine.remove_account(&id, false).await.unwrap();
    pass(70).await;
    let board = life.board().await;
    assert_eq!(
        board.view.foresight,
        Foresight::CannotTell(CannotTell::AccountGone)
    );
    let renamed = PlanDraft {
        name: "Kept".into(),
        ..plan()
    };
    life.engine.save_plan(renamed).await.unwrap();
    life.sign_in();
    life.engine.remove_account(&id, true).await.unwrap();
    assert!(life.engine.closes.plans().is_empty());
    assert!(wait(world.shelf.db().plans()).unwrap().is_empty());
    assert!(wait(world.shelf.db().closes()).unwrap().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_plan_is_proposed_from_the_last_close_in_one_call() {
    let world = world();
    let life = world.boot().await;
    life.know_zone();
    let draft = PlanDraft {
        items: Vec::new(),
        ..plan()
    };
    let proposal = life.engine.propose_plan(draft.clone()).await.unwrap();
    assert_eq!(proposal.period.last, date(2026, 11, 30));
    let waits: Vec<Vec<_>> = proposal
        .draft
        .items
        .iter()
        .map(|item| item.waits_for.clone())
        .collect();
    assert_eq!(waits, [vec![], vec![process(1)], vec![process(2)]]);
    assert_eq!(proposal.seen[1].seen_in, 6);
    assert!(life.engine.closes.plans().is_empty(), "nothing is kept");
    let nothing = super::world::World::new().boot().await;
    let refused = nothing.engine.propose_plan(draft).await;
    assert_eq!(refused, Err(EngineError::Close(CloseError::NothingKnown)));
}

/// The run of the first item failed, and another one was made for it.
async fn done_again() -> (World, Life) {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    create(&world, "pr-101", 1);
    pass(6 * 60).await;
    run_through(&world, "pr-101", 30, "Failed").await;
    create(&world, "pr-102", 1);
    pass(6 * 60).await;
    (world, life)
}

#[tokio::test(start_paused = true)]
async fn what_failed_and_was_done_again_in_another_run_is_asked_for() {
    let (_world, life) = done_again().await;
    let board = life.board().await;
    let asked: Vec<&str> = board.items[0]
        .asks
        .iter()
        .map(|one| one.run.as_str())
        .collect();
    assert_eq!(asked, ["pr-101", "pr-102"]);
    life.bind(&december(), 1, "pr-102").await.unwrap();
    assert_eq!(life.item_state(0).await, ItemState::Ready);
}

#[tokio::test(start_paused = true)]
async fn the_record_of_a_close_holds_a_failure_that_solvexia_does_not_list_any_more() {
    let (world, life) = done_again().await;
    life.bind(&december(), 1, "pr-102").await.unwrap();
    world.server.update("pr-101", |truth| truth.process = None);
    let record = life.engine.close_record(&december()).await.unwrap();
    let listed = record.listed.iter().map(|one| one.run.as_str());
    assert_eq!(listed.collect::<Vec<_>>(), ["pr-102"]);
    let kept = record.captured.iter().map(|kept| kept.key.run.as_str());
    assert_eq!(kept.collect::<Vec<_>>(), ["pr-101"]);
}

/// Whoever closes the books must see that a run may have been made, though nobody knows which.
#[tokio::test(start_paused = true)]
async fn the_record_of_a_close_holds_a_create_whose_answer_was_lost() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    super::create::lose_next(&world, false);
    let create = life
        .engine
        .create_run(&account().id, &process(1), "Lost", false)
        .await;
    assert!(create.is_ok(), "{create:?}");
    let record = life.engine.close_record(&december()).await.unwrap();
    let lost: Vec<&str> = record
        .actions
        .iter()
        .filter(|action| action.run.is_none())
        .map(|action| action.run_name.as_str())
        .collect();
    assert_eq!(lost, ["Lost"]);
}
