//! A run that two add at once: pressed twice, pasted twice, picked while a close finds it, added while it is being
//! created. It is one run, and whatever one of them wanted stays.

use std::time::Duration;

use runwatch_core::action::ActionResult;
use runwatch_core::ids::RunKey;
use runwatch_core::ports::Store;
use runwatch_core::run::Run;

use super::create::{ask, booted, create, lose_next, process};
use super::faulty_store::wait;
use super::lost_create::logged;
use super::server::{Call, Twist};
use super::world::{Life, World, key, pass, watching};
use crate::EngineError;
use crate::actions::create::CreateAnswer;

/// A second add begins so much later: before, between and after all that the first one waits for.
const LATER: std::ops::Range<u64> = 0..70;

fn stored(world: &World) -> Vec<Run> {
    wait(world.shelf.db().runs()).unwrap()
}

/// Adds it, and watches it where that is wanted.
async fn add(life: &Life, run: &RunKey, watch: bool) -> Result<(), EngineError> {
    life.engine.add_run(&run.account, run.run.clone()).await?;
    if watch {
        life.engine.set_watched(run, true).await?;
    }
    Ok(())
}

async fn later<T>(millis: u64, work: impl Future<Output = T>) -> T {
    tokio::time::sleep(Duration::from_millis(millis)).await;
    work.await
}

#[tokio::test(start_paused = true)]
async fn a_run_that_is_added_twice_at_once_is_one_run_is_watched_if_either_wanted_it_and_told_once()
{
    let wanted = [(true, false), (false, true), (true, true)].into_iter();
    let orders = wanted.flat_map(|watched| [0, 1].map(|late| (watched, late)));
    let cases = orders.flat_map(|order| LATER.step_by(6).map(move |millis| (order, millis)));
    for ((watched, late), millis) in cases {
        let world = World::new();
        world.put("pr-1", "Running", &["Running"]);
        let life = world.boot().await;
        // The answer to one of them comes once the other one is through, whoever asked first.
        for n in 0..=late {
            let delay = Duration::from_millis(if n == late { 300 } else { 0 });
            let twist = Twist {
                delay,
                ..Twist::default()
            };
            world.server.twist("pr-1", Call::Info, twist);
        }
        let pr_1 = key("pr-1");
        let (first, second) = tokio::join!(
            add(&life, &pr_1, watched.0),
            later(millis, add(&life, &pr_1, watched.1))
        );
        first.unwrap();
        second.unwrap();
        assert_eq!(life.engine.runs.all().len(), 1, "{millis} ms");
        assert!(life.state("pr-1").run.watched, "{watched:?}, {millis} ms");
        pass(10).await;
        let rows = stored(&world);
        assert!(
            rows.len() == 1 && rows[0].watched && rows[0].attempt.is_some(),
            "{watched:?}, {millis} ms"
        );
        world.end("pr-1", "Finished", &["Failed"]);
        pass(30).await;
        assert_eq!(
            world.shelf.ends(),
            ["Failed: Run pr-1"],
            "{watched:?}, {millis} ms"
        );
    }
}

/// One of them cannot write it down.
#[tokio::test(start_paused = true)]
async fn of_two_who_add_a_run_each_has_it_who_is_told_so_and_the_list_has_what_the_history_has() {
    for (millis, disk) in LATER.flat_map(|millis| [(millis, 0), (millis, 100)]) {
        let world = World::new();
        world.put("pr-1", "Running", &["Running"]);
        let life = world.boot().await;
        world.shelf.answer_late(Duration::from_millis(disk));
        let mut is_first = true;
        world
            .shelf
            .fail_where(move |write| write.run.is_some() && std::mem::take(&mut is_first));
        let pr_1 = key("pr-1");
        let add = async || {
            let added = life.engine.add_run(&pr_1.account, pr_1.run.clone()).await;
            if added.is_ok() {
                life.engine.set_watched(&pr_1, true).await.unwrap();
            }
            added.is_ok()
        };
        let (first, second) = tokio::join!(add(), later(millis, add()));
        assert!(!first || !second, "{millis} ms, {disk} ms");
        let rows = stored(&world);
        assert_eq!(
            rows.len(),
            usize::from(first || second),
            "{millis} ms, {disk} ms"
        );
        assert!(rows.iter().all(|run| run.watched), "{millis} ms, {disk} ms");
        let listed = life.engine.runs.all();
        assert_eq!(listed.len(), rows.len(), "{millis} ms, {disk} ms");
    }
}

#[tokio::test(start_paused = true)]
async fn a_run_that_is_added_while_it_is_taken_back_is_watched_again() {
    for millis in LATER {
        let (world, life) = watching(&["pr-1"], "Running", "Running", 3).await;
        let pr_1 = key("pr-1");
        life.engine.remove_run(&pr_1).await.unwrap();
        let (added, undone) = tokio::join!(
            add(&life, &pr_1, false),
            later(millis, life.engine.undo_remove(&pr_1))
        );
        added.unwrap();
        undone.unwrap();
        assert!(life.state("pr-1").run.watched, "{millis} ms");
        let rows = stored(&world);
        assert!(rows.len() == 1 && rows[0].watched, "{millis} ms");
    }
}

#[tokio::test(start_paused = true)]
async fn rule_26_a_lost_create_that_is_found_and_added_twice_at_once_is_one_create_in_the_activity()
{
    for millis in LATER.step_by(5) {
        let (world, life) = booted().await;
        for again in [false, true] {
            lose_next(&world, true);
            ask(&life, again).await.unwrap();
        }
        let found = key("pr-501");
        let (first, second) = tokio::join!(
            add(&life, &found, true),
            later(millis, add(&life, &found, false))
        );
        first.unwrap();
        second.unwrap();
        let runs: Vec<Option<String>> = logged(&world).into_iter().map(|(_, run)| run).collect();
        assert_eq!(runs, [None, Some("pr-501".to_owned())], "{millis} ms");
        assert_eq!(world.server.posts("p-1"), 2, "nothing is created by it");
    }
}

/// SolveXia has made it before it answers, so that somebody may add it meanwhile.
#[tokio::test(start_paused = true)]
async fn rule_26_a_created_run_is_in_list_and_activity_whatever_becomes_of_another_add() {
    for millis in LATER {
        let (world, life) = booted().await;
        world.put("pr-500", "NotStarted", &["NotStarted"]);
        world
            .server
            .update("pr-500", |truth| truth.process = Some(process()));
        let mut is_first = true;
        world.shelf.fail_where(move |write| {
            let is_add = write.run.is_some() && write.action.is_none();
            is_add && std::mem::take(&mut is_first)
        });
        let pr_500 = key("pr-500");
        let (created, _) = tokio::join!(create(&life), later(millis, add(&life, &pr_500, false)));
        assert!(
            matches!(&created, Ok(CreateAnswer::Created { run, .. }) if *run == pr_500),
            "{created:?}"
        );
        assert!(life.engine.runs.get(&pr_500).is_ok(), "{millis} ms");
        let made = (ActionResult::Ok, Some("pr-500".to_owned()));
        assert_eq!(logged(&world), [made], "{millis} ms");
        assert_eq!(stored(&world).len(), 1, "{millis} ms");
    }
}
