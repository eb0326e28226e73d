//! Which runs stand for the items of a close.

use jiff::civil::date;
use runwatch_core::account::Account;
use runwatch_core::close::binding::BoundBy;
use runwatch_core::close::board::{BoardState, CannotTell, Foresight};
use runwatch_core::close::item_state::ItemState;
use runwatch_core::close::kept::CloseId;
use runwatch_core::close::open::CloseNote;
use runwatch_core::close::plan::{Item, PlanDraft, PlanId};
use runwatch_core::ids::RunId;
use runwatch_core::outcome::Outcome;
use runwatch_core::ports::Store;

use super::faulty_store::wait;
use super::month_end::{
    close_of, create, december, is_watched, item, plan_by_hand, process, run_all, run_through,
    until, world,
};
use super::server::Call;
use super::world::{Life, account, key, other_account, pass};
use crate::actions::request::RequestedAction;

fn run(id: &str) -> RunId {
    RunId::parse(id).unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_run_that_was_made_elsewhere_is_found_stands_for_its_item_and_is_watched() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    assert_eq!(life.bound().await, [None, None, None]);
    create(&world, "pr-101", 1);
    pass(6 * 60).await;
    assert_eq!(life.bound().await[0].as_deref(), Some("pr-101"));
    assert!(is_watched(&life, "pr-101"));
    run_through(&world, "pr-101", 55, "Success").await;
    assert!(matches!(
        life.item_state(0).await,
        ItemState::Done(Outcome::Succeeded, Some(_))
    ));
    assert_eq!(life.item_state(1).await, ItemState::Ready);
    let reads = world.server.count("pr-101", &Call::Info);
    assert!(reads < 12, "{reads} reads of its name");
}

/// The last close is open still, and an item of it was never run: it is looked for, too.
#[tokio::test(start_paused = true)]
async fn each_open_close_finds_the_runs_of_its_own_window() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    let november = close_of("plan", date(2026, 11, 30));
    life.engine.open_close(&november).await.unwrap();
    create(&world, "pr-102", 2);
    pass(12 * 60).await;
    assert_eq!(life.bound().await[1].as_deref(), Some("pr-102"));
    assert!(is_watched(&life, "pr-102"));
}

#[tokio::test(start_paused = true)]
async fn last_months_run_again_is_asked_for_and_never_taken_by_itself() {
    let world = world();
    create(&world, "pr-90", 1);
    let december_first = date(2026, 12, 1).at(9, 0, 0, 0);
    world.server.update("pr-90", |truth| {
        let utc = jiff::tz::TimeZone::UTC;
        truth.created = Some(december_first.to_zoned_datetime(utc).unwrap().timestamp());
    });
    let life = world.boot_close(plan_by_hand()).await;
    life.watch("pr-90").await;
    life.act("pr-90", RequestedAction::Start).await.unwrap();
    pass(120).await;
    assert_eq!(life.item_state(0).await, ItemState::Asks);
    let board = life.board().await;
    assert_eq!(board.items[0].asks[0].run, run("pr-90"));
    assert!(matches!(
        board.view.foresight,
        Foresight::CannotTell(CannotTell::Unclear(_))
    ));
    life.bind(&december(), 1, "pr-90").await.unwrap();
    assert!(matches!(life.item_state(0).await, ItemState::Running(_)));
}

#[tokio::test(start_paused = true)]
async fn what_its_owner_sets_aside_stays_so_over_a_restart_until_it_is_bound_by_hand() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    create(&world, "pr-101", 1);
    pass(6 * 60).await;
    let id = december();
    life.engine.unbind_run(&id, &process(1)).await.unwrap();
    pass(12 * 60).await;
    assert_eq!(life.bound().await[0], None);
    life.kill();
    let life = world.boot().await;
    life.know_zone();
    pass(12 * 60).await;
    assert_eq!(life.bound().await[0], None);
    let by_hand = life.bind(&id, 1, "pr-101").await;
    by_hand.unwrap();
    assert_eq!(life.bound().await[0].as_deref(), Some("pr-101"));
}

#[tokio::test(start_paused = true)]
async fn a_run_belongs_to_one_close_and_to_its_own_process() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    let other = PlanDraft {
        id: PlanId("other".into()),
        ..plan_by_hand()
    };
    create(&world, "pr-101", 1);
    pass(6 * 60).await;
    assert_eq!(life.bound().await[0].as_deref(), Some("pr-101"));
    life.engine.save_plan(other).await.unwrap();
    let theirs: CloseId = close_of("other", date(2026, 12, 31));
    life.engine.open_close(&theirs).await.unwrap();
    pass(70).await;
    let board = life.engine.close_board(&theirs).await.unwrap();
    assert!(board.kept.bindings.is_empty(), "{:?}", board.kept.bindings);
    let why_none = CloseNote::CountsElsewhere {
        item: "Item 1".into(),
        run: run("pr-101"),
        plan: plan_by_hand().name,
        period: "December 2026".into(),
    };
    assert_eq!(board.notes, [why_none]);
    assert_eq!(life.board().await.notes, [], "where it counts");
    let twice = life.bind(&theirs, 1, "pr-101").await;
    let said = twice.unwrap_err().to_string();
    assert!(said.contains("belongs to another close already"), "{said}");
    let wrong = life.bind(&december(), 2, "pr-101").await;
    let said = wrong.unwrap_err().to_string();
    assert!(said.contains("another process"), "{said}");
}

#[tokio::test(start_paused = true)]
async fn what_is_refused_for_an_item_is_not_put_into_the_list_and_what_was_there_stays() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    for run in ["pr-901", "pr-902"] {
        create(&world, run, 9);
    }
    life.watch("pr-902").await;
    for (run, is_listed) in [("pr-901", false), ("pr-902", true)] {
        let refused = life
            .bind(&december(), 1, run)
            .await
            .unwrap_err()
            .to_string();
        assert!(refused.contains("another process"), "{refused}");
        assert_eq!(life.engine.runs.get(&key(run)).is_ok(), is_listed, "{run}");
    }
    let kept = wait(world.shelf.db().runs()).unwrap();
    let kept: Vec<&str> = kept.iter().map(|run| run.key.run.as_str()).collect();
    assert_eq!(kept, ["pr-902"]);
}

#[tokio::test(start_paused = true)]
async fn dates_whose_zone_is_not_known_bind_nothing_near_the_edge_of_the_window() {
    let world = world();
    // The window opens on 25 December at midnight: eight hours later is not sure.
    create(&world, "pr-101", 1);
    create(&world, "pr-201", 2);
    let utc = jiff::tz::TimeZone::UTC;
    let near = date(2026, 12, 25)
        .at(8, 0, 0, 0)
        .to_zoned_datetime(utc)
        .unwrap();
    world
        .server
        .update("pr-101", |truth| truth.created = Some(near.timestamp()));
    let life = world.boot().await;
    life.engine.save_plan(plan_by_hand()).await.unwrap();
    life.engine.open_close(&december()).await.unwrap();
    pass(12 * 60).await;
    assert_eq!(life.bound().await, [None, Some("pr-201".into()), None]);
    life.know_zone();
    pass(6 * 60).await;
    assert_eq!(life.bound().await[0].as_deref(), Some("pr-101"));
}

/// SolveXia's runs can be made ready long before they are started.
#[tokio::test(start_paused = true)]
async fn a_run_that_was_made_ready_before_the_window_is_asked_for_once_it_was_started_in_it() {
    let world = world();
    let before = |day: i8| {
        let noon = date(2026, 12, day).at(12, 0, 0, 0);
        let noon = noon.to_zoned_datetime(jiff::tz::TimeZone::UTC).unwrap();
        Some(noon.timestamp())
    };
    let ended: Vec<String> = (30..90).map(|n| format!("pr-{n}")).collect();
    for run in ended.iter().map(String::as_str).chain(["pr-91"]) {
        create(&world, run, 1);
        world.server.update(run, |truth| truth.created = before(1));
    }
    for run in &ended {
        world.begin(run);
        world.end(run, "Finished", &["Success"]);
        world.server.update(run, |truth| truth.started = before(2));
    }
    let life = world.boot_close(plan_by_hand()).await;
    pass(30 * 60).await;
    assert_eq!(life.item_state(0).await, ItemState::Ready);
    world.begin("pr-91");
    pass(12 * 60).await;
    let board = life.board().await;
    let asked: Vec<&str> = board.items[0]
        .asks
        .iter()
        .map(|one| one.run.as_str())
        .collect();
    assert_eq!(asked, ["pr-91"]);
    assert_eq!(board.view.items[0].state, ItemState::Asks);
    let reads = |run: &String| world.server.count(run, &Call::Info);
    let reads: usize = ended.iter().map(reads).sum();
    assert!(reads <= 10, "{reads} reads of what ended before");
}

#[tokio::test(start_paused = true)]
async fn a_start_here_counts_before_the_run_that_was_bound_by_rule() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    create(&world, "pr-101", 1);
    pass(6 * 60).await;
    assert_eq!(life.bound().await[0].as_deref(), Some("pr-101"));
    life.engine
        .create_run(&account().id, &process(1), "Ours", false)
        .await
        .unwrap();
    pass(70).await;
    let board = life.board().await;
    let bound = board.kept.bound(&process(1)).unwrap();
    assert_eq!(
        (bound.run.as_str(), bound.by),
        ("pr-500", BoundBy::StartHere)
    );
}

#[tokio::test(start_paused = true)]
async fn a_run_that_two_closes_bind_at_once_belongs_to_one() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    let november = close_of("plan", date(2026, 11, 30));
    life.engine.open_close(&november).await.unwrap();
    create(&world, "pr-90", 1);
    life.watch("pr-90").await;
    life.engine
        .unbind_run(&december(), &process(1))
        .await
        .unwrap();
    let id = december();
    let both = tokio::join!(life.bind(&id, 1, "pr-90"), life.bind(&november, 1, "pr-90"));
    assert_eq!(
        [both.0.is_ok(), both.1.is_ok()]
            .iter()
            .filter(|ok| **ok)
            .count(),
        1,
        "{both:?}"
    );
}

/// A process that is run each day would undo each close that is done.
#[tokio::test(start_paused = true)]
async fn what_is_run_once_a_close_is_through_and_past_its_cut_off_is_none_of_it() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    run_all(&world, 20).await;
    until(&world, 18, 30).await;
    let through =
        || [Some("pr-101"), Some("pr-201"), Some("pr-301")].map(|run| run.map(String::from));
    assert_eq!(life.bound().await, through());
    create(&world, "pr-901", 1);
    world.begin("pr-901");
    pass(12 * 60).await;
    assert_eq!(life.bound().await, through());
    assert_eq!(life.close_state().await, BoardState::Done);
    assert!(!is_watched(&life, "pr-901"));
    life.kill();
    let life = world.boot().await;
    life.know_zone();
    pass(12 * 60).await;
    assert_eq!(life.bound().await, through());
    assert!(!is_watched(&life, "pr-901"));
    assert!(life.board().await.is_up_to_date());
}

#[tokio::test(start_paused = true)]
async fn an_optional_item_that_fails_takes_no_forecast_out_of_the_score() {
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
    run_all(&world, 20).await;
    let score = life.board().await.score;
    assert!(score.of > 0 && score.left_out == 0, "{score:?}");
}

/// A run that its user took off the list stays off it.
#[tokio::test(start_paused = true)]
async fn a_run_that_was_taken_off_the_list_does_not_come_back_by_itself() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    create(&world, "pr-101", 1);
    create(&world, "pr-102", 1);
    pass(6 * 60).await;
    assert_eq!(life.item_state(0).await, ItemState::Asks);
    life.engine.remove_run(&key("pr-102")).await.unwrap();
    pass(12 * 60).await;
    let is_listed = |life: &Life| life.engine.runs.get(&key("pr-102")).is_ok();
    assert!(!is_listed(&life));
    life.kill();
    let life = world.boot().await;
    life.know_zone();
    pass(12 * 60).await;
    assert!(!is_listed(&life), "it is in the list again");
}

fn sign_in_other(life: &Life) -> Account {
    life.engine
        .set_session(other_account(), Some(life.port.clone()));
    other_account()
}

#[tokio::test(start_paused = true)]
async fn a_run_stands_for_one_item_though_two_accounts_of_its_environment_see_it() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    let other = sign_in_other(&life);
    let of_other = PlanDraft {
        id: PlanId("second".into()),
        account: other.id,
        ..plan_by_hand()
    };
    life.engine.save_plan(of_other).await.unwrap();
    let second = close_of("second", date(2026, 12, 31));
    life.engine.open_close(&second).await.unwrap();
    create(&world, "pr-101", 1);
    let bind = async |id: &CloseId| {
        let item = process(1);
        let bound = life.engine.bind_run(id, &item, run("pr-101"));
        bound.await.map_err(|error| error.to_string())
    };
    bind(&december()).await.unwrap();
    let refused = bind(&second).await.unwrap_err();
    assert!(refused.contains("another close"), "{refused}");
    pass(6 * 60).await;
    let board = life.engine.close_board(&second).await.unwrap();
    assert!(board.items[0].run.is_none());
}

#[tokio::test(start_paused = true)]
async fn a_plan_stays_with_its_account() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    let other = sign_in_other(&life);
    let moved = PlanDraft {
        account: other.id,
        ..plan_by_hand()
    };
    let refused = life.engine.save_plan(moved).await.unwrap_err();
    assert!(refused.to_string().contains("stays with its account"));
}
