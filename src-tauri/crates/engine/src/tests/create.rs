//! Rule 26: what was made from here is in the list and in the log at once.

use std::time::Duration;

use runwatch_core::action::{ActionKind, ActionResult};
use runwatch_core::error::{Effect, Trouble};
use runwatch_core::ids::ProcessId;
use tokio::time::Instant;

use super::server::{Call, Twist, error};
use super::world::{Life, World, account, key, pass};
use crate::EngineError;
use crate::actions::create::CreateAnswer;

pub(super) fn process() -> ProcessId {
    ProcessId::parse("p-1").unwrap()
}

pub(super) async fn create(life: &Life) -> Result<CreateAnswer, EngineError> {
    ask(life, false).await
}

pub(super) async fn ask(life: &Life, again: bool) -> Result<CreateAnswer, EngineError> {
    life.engine
        .create_run(&account().id, &process(), "Close", again)
        .await
}

/// One of which the answer gets lost.
pub(super) fn lose_next(world: &World, is_made: bool) {
    let lost = Twist {
        fail: Some(error(Trouble::Offline, Effect::Unknown)),
        after_effect: is_made,
        ..Twist::default()
    };
    world.server.twist("p-1", Call::Create, lost);
}

pub(super) async fn booted() -> (World, Life) {
    let world = World::new();
    let life = world.boot().await;
    (world, life)
}

/// The next such call is answered this much later.
pub(super) fn slow(world: &World, of: &str, call: Call, seconds: u64) {
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
        // It stands there after the run was read, too.
        assert_eq!(unread, "It was created as pr-500, and is in your list.");
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
