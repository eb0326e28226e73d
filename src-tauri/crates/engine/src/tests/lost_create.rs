//! Rule 26: a create whose answer was lost.

use jiff::SignedDuration;
use runwatch_core::action::{ActionKind, ActionResult};
use runwatch_core::error::{Effect, Trouble};

use super::create::{ask, booted, create, lose_next, process, slow};
use super::server::{Call, error};
use super::world::{Life, World, account, key, pass};
use crate::EngineError;
use crate::actions::create::CreateAnswer;
use crate::actions::request::RequestedAction;

/// Each create that the log has: its result, and its run.
pub(super) fn logged(world: &World) -> Vec<(ActionResult, Option<String>)> {
    let activity = world.activity().into_iter();
    let creates = activity.filter(|action| action.kind == ActionKind::Create);
    creates
        .map(|action| (action.result, action.run.map(|run| run.to_string())))
        .collect()
}

/// What is said of a lost one, and the runs that it may be.
fn said(answer: Result<CreateAnswer, EngineError>) -> (String, Vec<String>) {
    match answer {
        Ok(CreateAnswer::Lost { message, new_runs }) => {
            let ids = new_runs.into_iter().map(|run| run.id.to_string());
            (message, ids.collect())
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test(start_paused = true)]
async fn rule_26_a_lost_create_is_in_the_activity_before_it_is_found_and_in_the_same_row_afterwards()
 {
    for is_killed in [false, true] {
        let (world, mut life) = booted().await;
        lose_next(&world, true);
        create(&life).await.unwrap();
        assert_eq!(logged(&world), [(ActionResult::Unknown, None)]);
        assert_eq!(world.activity()[0].run_name, "Close");
        if is_killed {
            life.kill();
            life = world.boot().await;
        }
        let run = key("pr-500").run;
        life.engine.add_run(&account().id, run).await.unwrap();
        let found = (ActionResult::Unknown, Some("pr-500".to_owned()));
        assert_eq!(logged(&world), [found]);
        assert!(world.activity()[0].answered.is_some());
    }
}

#[tokio::test(start_paused = true)]
async fn rule_26_a_create_on_its_way_is_pending_in_the_activity_and_lost_only_once_the_app_is_killed()
 {
    let (world, life) = booted().await;
    slow(&world, "p-1", Call::Create, 30);
    let engine = life.engine.clone();
    let on_its_way = tokio::spawn(async move {
        let (account, process) = (account().id, process());
        engine.create_run(&account, &process, "Close", false).await
    });
    pass(5).await;
    assert_eq!(logged(&world), [(ActionResult::Pending, None)]);
    let again = ask(&life, true).await;
    assert!(matches!(again, Err(EngineError::NotNow(_))), "{again:?}");
    // Another one's run, which was made elsewhere meanwhile.
    world.put("pr-7", "NotStarted", &["NotStarted"]);
    world
        .server
        .update("pr-7", |truth| truth.process = Some(process()));
    let elsewhere = key("pr-7").run;
    life.engine.add_run(&account().id, elsewhere).await.unwrap();
    assert_eq!(logged(&world), [(ActionResult::Pending, None)]);
    life.kill();
    let life = world.boot().await;
    assert_eq!(logged(&world), [(ActionResult::Unknown, None)]);
    assert!(said(create(&life).await).0.starts_with("Nothing was sent"));
    on_its_way.abort();
}

/// A world whose zone of dates is known, and in which pr-1 has been for an hour.
async fn with_an_earlier_run() -> (World, Life) {
    let world = World::new();
    let hour_ago = world.there() - SignedDuration::from_hours(1);
    world.put("pr-1", "NotStarted", &["Success"]);
    world.server.update("pr-1", |truth| {
        truth.process = Some(process());
        truth.created = Some(hour_ago);
    });
    let life = world.boot_watching("pr-1").await;
    life.act("pr-1", RequestedAction::Start).await.unwrap();
    pass(30).await;
    assert!(life.engine.server_dates(&account().id).zone().is_some());
    (world, life)
}

#[tokio::test(start_paused = true)]
async fn rule_26_a_lost_create_whose_process_could_not_be_listed_before_is_found_by_its_date() {
    for ahead in [-700, 0, 700] {
        let (world, life) = with_an_earlier_run().await;
        world.set_clock(ahead);
        pass(30).await;
        world
            .server
            .fail_once("p-1", Call::Runs, error(Trouble::Server, Effect::None));
        lose_next(&world, true);
        let (message, runs) = said(create(&life).await);
        assert_eq!(runs, ["pr-500"], "{ahead}: {message}");
        assert!(message.contains("probably yours"), "{message}");
        let added = key("pr-500").run;
        life.engine.add_run(&account().id, added).await.unwrap();
        let answer = create(&life).await.unwrap();
        assert!(matches!(answer, CreateAnswer::Created { .. }), "{answer:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn rule_26_where_nothing_tells_a_lost_create_from_other_runs_that_is_said_and_another_can_follow()
 {
    let cut = |world: &World| world.server.cut_lists(true);
    let refused = |world: &World| {
        let no = error(Trouble::Forbidden, Effect::None);
        world.server.break_call("p-1", Call::Runs, no);
    };
    for spoil in [cut as fn(&World), refused] {
        let (world, life) = booted().await;
        spoil(&world);
        lose_next(&world, false);
        for _ in 0..2 {
            let (message, runs) = said(create(&life).await);
            assert!(message.contains("cannot be told from here"), "{message}");
            assert!(runs.is_empty());
        }
        let answer = ask(&life, true).await.unwrap();
        assert!(matches!(answer, CreateAnswer::Created { .. }), "{answer:?}");
        let answer = create(&life).await.unwrap();
        assert!(
            matches!(answer, CreateAnswer::Created { .. }),
            "what was let go holds up nothing: {answer:?}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn rule_26_another_create_does_not_make_an_earlier_lost_one_forgotten() {
    let (world, life) = booted().await;
    lose_next(&world, true);
    create(&life).await.unwrap();
    lose_next(&world, true);
    let (message, runs) = said(ask(&life, true).await);
    assert_eq!(runs.len(), 2, "both are looked for: {message}");
    let lost = (ActionResult::Unknown, None);
    assert_eq!(logged(&world), [lost.clone(), lost.clone()]);
    for (run, are_left) in [("pr-501", 1), ("pr-500", 0)] {
        let added = key(run).run;
        life.engine.add_run(&account().id, added).await.unwrap();
        let left = logged(&world).into_iter().filter(|one| *one == lost);
        assert_eq!(left.count(), are_left, "{run}");
    }
}

#[tokio::test(start_paused = true)]
async fn rule_26_the_run_of_another_create_is_never_taken_for_the_lost_one() {
    let (world, life) = booted().await;
    lose_next(&world, false);
    create(&life).await.unwrap();
    let CreateAnswer::Created { run, .. } = ask(&life, true).await.unwrap() else {
        panic!("it is created");
    };
    life.engine.remove_run(&run).await.unwrap();
    life.engine.add_run(&account().id, run.run).await.unwrap();
    let created = (ActionResult::Ok, Some("pr-501".to_owned()));
    assert_eq!(logged(&world), [(ActionResult::Unknown, None), created]);
}
