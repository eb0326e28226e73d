//! Rule 26: what was made from here is in the list and in the log at once.

use std::time::Duration;

use jiff::SignedDuration;
use runwatch_core::action::{ActionKind, ActionResult};
use runwatch_core::error::{Effect, Trouble};
use runwatch_core::ids::ProcessId;
use tokio::time::Instant;

use super::server::{Call, Twist, error};
use super::world::{Life, World, account, key, pass};
use crate::EngineError;
use crate::actions::create::CreateAnswer;
use crate::actions::request::RequestedAction;

fn process() -> ProcessId {
    ProcessId::parse("p-1").unwrap()
}

async fn create(life: &Life) -> Result<CreateAnswer, EngineError> {
    ask(life, false).await
}

async fn ask(life: &Life, again: bool) -> Result<CreateAnswer, EngineError> {
    life.engine
        .create_run(&account().id, &process(), "Close", again)
        .await
}

/// One of which the answer gets lost.
fn lose_next(world: &World, is_made: bool) {
    let lost = Twist {
        fail: Some(error(Trouble::Offline, Effect::Unknown)),
        after_effect: is_made,
        ..Twist::default()
    };
    world.server.twist("p-1", Call::Create, lost);
}

async fn booted() -> (World, Life) {
    let world = World::new();
    let life = world.boot().await;
    (world, life)
}

/// The next such call is answered this much later.
fn slow(world: &World, of: &str, call: Call, seconds: u64) {
    let slow = Twist {
        delay: Duration::from_secs(seconds),
        ..Twist::default()
    };
    world.server.twist(of, call, slow);
}

#[tokio::test(start_paused = true)]
async fn rule_26_two_creates_of_a_process_at_a_time_make_one_run() {
    for call in [Call::Runs, Call::Create, Call::Status] {
        let (world, life) = booted().await;
        slow(
            &world,
            if call == Call::Status {
                "pr-500"
            } else {
                "p-1"
            },
            call,
            3,
        );
        let second = async {
            pass(1).await;
            create(&life).await
        };
        let (first, second) = tokio::join!(create(&life), second);
        assert!(
            matches!(first, Ok(CreateAnswer::Created { .. })),
            "{first:?}"
        );
        let Err(EngineError::NotNow(why)) = second else {
            panic!("{second:?}");
        };
        assert!(why.contains("is being created"), "{why}");
        assert_eq!(world.server.posts("p-1"), 1);
        let third = create(&life).await;
        assert!(
            matches!(third, Ok(CreateAnswer::Created { .. })),
            "{third:?}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn rule_26_a_create_that_breaks_lets_go_of_its_process() {
    let (world, life) = booted().await;
    let breaks = Twist {
        panic: true,
        ..Twist::default()
    };
    world.server.twist("p-1", Call::Create, breaks);
    assert!(matches!(
        create(&life).await,
        Err(EngineError::NotNow(why)) if why.contains("failed while")
    ));
    let answer = create(&life).await.unwrap();
    assert!(matches!(answer, CreateAnswer::Lost { .. }), "{answer:?}");
    assert_eq!(world.server.posts("p-1"), 1);
}

#[tokio::test(start_paused = true)]
async fn a_create_waits_behind_no_reads_of_other_runs() {
    let (world, life) = booted().await;
    for n in 1..=12 {
        let run = format!("pr-{n}");
        world.put(&run, "Running", &["Running"]);
        life.watch(&run).await;
    }
    for n in 1..=12 {
        slow(&world, &format!("pr-{n}"), Call::Status, 30);
    }
    pass(20).await;
    let began = Instant::now();
    create(&life).await.unwrap();
    let took = began.elapsed();
    assert!(took < Duration::from_secs(2), "{took:?}");
}

#[tokio::test(start_paused = true)]
async fn rule_26_a_run_that_was_created_is_in_list_and_activity_though_nothing_can_be_read_after_it()
 {
    for call in [Call::Info, Call::Status] {
        let (world, life) = booted().await;
        world
            .server
            .break_call("pr-500", call, error(Trouble::Server, Effect::None));
        let answer = create(&life).await.unwrap();
        let CreateAnswer::Created {
            run,
            unread: Some(unread),
        } = answer
        else {
            panic!("{answer:?}");
        };
        assert_eq!(run, key("pr-500"));
        assert!(unread.starts_with("It was created as pr-500"), "{unread}");
        assert_eq!(life.state("pr-500").run.info.name, "Close");
        let activity = world.activity();
        let [action] = activity.as_slice() else {
            panic!("{activity:?}");
        };
        assert_eq!(
            (&action.kind, action.result),
            (&ActionKind::Create, ActionResult::Ok)
        );
        assert_eq!(action.run_name, "Close");
        life.kill();
        let life = world.boot().await;
        assert!(life.engine.runs.get(&key("pr-500")).is_ok(), "it is kept");
    }
}

#[tokio::test(start_paused = true)]
async fn rule_26_a_run_that_was_created_is_in_the_list_though_nothing_can_be_written() {
    let (world, life) = booted().await;
    world.shelf.fail_all();
    let answer = create(&life).await.unwrap();
    assert!(
        matches!(answer, CreateAnswer::Created { unread: None, .. }),
        "{answer:?}"
    );
    assert!(life.engine.runs.get(&key("pr-500")).is_ok());
}

#[tokio::test(start_paused = true)]
async fn rule_26_after_a_lost_answer_it_is_looked_for_and_no_second_run_is_made() {
    for (is_made, runs) in [(true, 1), (false, 0)] {
        let (world, life) = booted().await;
        world.server.put("pr-7", "Finished", &["Success"]);
        world
            .server
            .update("pr-7", |truth| truth.process = Some(process()));
        lose_next(&world, is_made);
        let answer = create(&life).await.unwrap();
        let CreateAnswer::Lost { message, new_runs } = answer else {
            panic!("{answer:?}");
        };
        assert_eq!(new_runs.len(), runs, "{message}");
        assert_eq!(world.server.posts("p-1"), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn a_refused_creation_is_an_error_and_in_the_activity_and_adds_nothing() {
    let (world, life) = booted().await;
    let refused = Twist {
        fail: Some(error(Trouble::Forbidden, Effect::None)),
        ..Twist::default()
    };
    world.server.twist("p-1", Call::Create, refused);
    assert!(matches!(create(&life).await, Err(EngineError::Call(_))));
    assert!(life.engine.runs.all().is_empty());
    let [action] = &world.activity()[..] else {
        panic!("{:?}", world.activity());
    };
    assert_eq!((action.result, &action.run), (ActionResult::Refused, &None));
    assert!(
        matches!(create(&life).await, Ok(CreateAnswer::Created { .. })),
        "what was refused holds up nothing"
    );
}

#[tokio::test(start_paused = true)]
async fn rule_26_after_a_lost_answer_another_is_sent_only_where_it_is_wanted_all_the_same() {
    for is_killed in [false, true] {
        let (world, mut life) = booted().await;
        lose_next(&world, true);
        create(&life).await.unwrap();
        if is_killed {
            life.kill();
            life = world.boot().await;
        }
        let answer = create(&life).await.unwrap();
        let CreateAnswer::Lost { message, new_runs } = answer else {
            panic!("{answer:?}");
        };
        assert!(message.starts_with("Nothing was sent now"), "{message}");
        assert_eq!(new_runs.len(), 1, "it was looked for");
        assert_eq!(world.server.posts("p-1"), 1);
        let answer = ask(&life, true).await.unwrap();
        assert!(matches!(answer, CreateAnswer::Created { .. }), "{answer:?}");
        create(&life).await.unwrap();
        assert_eq!(
            world.server.posts("p-1"),
            3,
            "what is known holds up nothing"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn rule_26_a_kill_while_a_create_is_on_its_way_does_not_hide_it() {
    let (world, life) = booted().await;
    slow(&world, "p-1", Call::Create, 30);
    let engine = life.engine.clone();
    tokio::spawn(async move {
        let (account, process) = (account().id, process());
        engine.create_run(&account, &process, "Close", false).await
    });
    pass(5).await;
    life.kill();
    let life = world.boot().await;
    let answer = create(&life).await.unwrap();
    assert!(matches!(answer, CreateAnswer::Lost { .. }), "{answer:?}");
    assert_eq!(world.server.posts("p-1"), 1);
}

#[tokio::test(start_paused = true)]
async fn rule_26_a_run_that_was_looked_for_and_added_is_in_the_activity() {
    let (world, life) = booted().await;
    lose_next(&world, true);
    create(&life).await.unwrap();
    let (account, run) = (account().id, key("pr-500").run);
    life.engine.add_run(&account, run).await.unwrap();
    let activity = world.activity();
    let [action] = activity.as_slice() else {
        panic!("{activity:?}");
    };
    assert_eq!(
        (&action.kind, action.result),
        (&ActionKind::Create, ActionResult::Unknown)
    );
    let answer = create(&life).await.unwrap();
    assert!(matches!(answer, CreateAnswer::Created { .. }), "{answer:?}");
}

#[tokio::test(start_paused = true)]
async fn rule_26_a_refusal_of_another_one_leaves_the_earlier_one_open() {
    let (world, life) = booted().await;
    lose_next(&world, true);
    create(&life).await.unwrap();
    let refused = Twist {
        fail: Some(error(Trouble::Forbidden, Effect::None)),
        ..Twist::default()
    };
    world.server.twist("p-1", Call::Create, refused);
    assert!(ask(&life, true).await.is_err());
    let answer = create(&life).await.unwrap();
    assert!(matches!(answer, CreateAnswer::Lost { .. }), "{answer:?}");
}

/// Each create that the log has: its result, and its run.
fn logged(world: &World) -> Vec<(ActionResult, Option<String>)> {
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
    assert!(life.engine.server_dates(&account().id).zone.is_some());
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

#[tokio::test(start_paused = true)]
async fn an_account_is_not_removed_while_a_run_is_created() {
    let (world, life) = booted().await;
    slow(&world, "p-1", Call::Create, 3);
    let remove = async {
        pass(1).await;
        life.engine.remove_account(&account().id, false).await
    };
    let (created, removed) = tokio::join!(create(&life), remove);
    assert!(
        matches!(removed, Err(EngineError::NotNow(_))),
        "{removed:?}"
    );
    assert!(matches!(created, Ok(CreateAnswer::Created { .. })));
    let removed = life.engine.remove_account(&account().id, false).await;
    assert_eq!(removed, Ok(()));
}
