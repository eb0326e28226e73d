//! SolveXia's clocks change: what is dated before is not moved by that (docs/RULES.md, 24).

use jiff::SignedDuration;
use runwatch_core::close::board::BoardState;
use runwatch_core::date_zone::{DateZone, Evidence};
use runwatch_core::ids::ProcessId;

use super::month_end::{at, plan_by_hand, run_all, until, world as office};
use super::world::{Life, World, account, key, pass};

fn hours(n: i64) -> SignedDuration {
    SignedDuration::from_hours(n)
}

impl Life {
    /// The zone has been known for long.
    fn has_known(&self, ahead: SignedDuration) {
        let learned = |zone: &mut DateZone| {
            *zone = DateZone::learned(ahead);
            true
        };
        let origin = account().environment;
        self.engine.date_zones.learn(origin.origin(), learned);
    }

    /// An end that comes now, and so many seconds later, is dated in this zone.
    fn sees_end(&self, world: &World, seconds: i64, ahead: SignedDuration) {
        let now = world.there() + SignedDuration::from_secs(seconds);
        let before = now - SignedDuration::from_secs(5);
        let origin = account().environment;
        self.engine.date_zones.learn(origin.origin(), |zone| {
            zone.learn(now + ahead, before, now, Evidence::Sure)
        });
    }

    fn sees_clocks_change(&self, world: &World, ahead: SignedDuration) {
        self.sees_end(world, 0, ahead);
        self.sees_end(world, 1, ahead);
        let dates = self.engine.server_dates(&account().id);
        assert_eq!(dates.zone(), Some(ahead));
    }

    /// How long ago the run started or ended, as it is shown (seconds).
    fn shown_ago(&self, world: &World, run: &str, is_end: bool) -> i64 {
        let dates = self.engine.server_dates(&account().id);
        let stamp = self.state(run).by_this_clock(&dates).run.attempt.unwrap();
        let (started, finished) = (stamp.stamp.started, stamp.stamp.finished);
        let at = if is_end { finished } else { started };
        world.now().duration_since(at.unwrap()).as_secs()
    }
}

#[tokio::test(start_paused = true)]
async fn rule_24_a_close_that_was_through_in_time_stays_so_when_the_clocks_change() {
    for ahead in [-1, 1] {
        let world = office();
        let life = world.boot_close(plan_by_hand()).await;
        until(&world, 14, 30).await;
        run_all(&world, 50).await;
        let through = life.board().await.kept.through.unwrap();
        assert!(through > at(17, 0) && through < at(18, 0), "{through}");
        // At once, and when it is over.
        for zone in [ahead, 0] {
            life.sees_clocks_change(&world, hours(zone));
            pass(7_200).await;
            let board = life.board().await;
            assert_eq!(board.view.state, BoardState::Done);
            assert_eq!(board.kept.through, Some(through), "{ahead} {zone}");
            assert!(board.kept.is_settled(world.now()));
            let ends = board.items.iter();
            let ends = ends.map(|item| item.run.as_ref().unwrap().ended.unwrap());
            assert_eq!(ends.max(), Some(through), "{ahead} {zone}");
        }
        assert!(
            world
                .told_of_closes()
                .iter()
                .all(|told| !told.contains("late"))
        );
    }
}

#[tokio::test(start_paused = true)]
async fn rule_24_a_run_that_goes_while_the_clocks_change_is_no_older_by_that() {
    for (before, after) in [(10, 11), (11, 10)] {
        let world = World::new();
        let put = |run: &str, status: &str| {
            world.put(run, status, &["Success"]);
            world.server.update(run, |truth| {
                truth.process = ProcessId::parse("p-1").ok();
                truth.zone = hours(before);
            });
        };
        let (now, ten) = (world.there(), SignedDuration::from_mins(10));
        for n in 1..=10 {
            let run = format!("pr-{n}");
            put(&run, "Finished");
            world.server.update(&run, |truth| {
                (truth.started, truth.finished) = (Some(now - ten), Some(now));
            });
        }
        put("pr-99", "NotStarted");
        let life = world.boot_watching("pr-99").await;
        life.has_known(hours(before));
        world.begin("pr-99");
        pass(300).await;
        // In doubt, and when the new zone is known.
        for seconds in 0..=1 {
            life.sees_end(&world, seconds, hours(after));
            pass(10).await;
            let age = life.shown_ago(&world, "pr-99", false);
            assert!((300..330).contains(&age), "{before} to {after}: {age} s");
            assert!(!life.engine.forecast(&key("pr-99")).unwrap().is_long);
        }
        assert_eq!(world.desk.titles(), Vec::<String>::new());
    }
}

#[tokio::test(start_paused = true)]
async fn rule_24_what_is_told_of_a_run_over_the_change_of_clocks_is_how_long_it_took() {
    for (before, after) in [(10, 11), (11, 10)] {
        let world = World::new();
        world.put("pr-99", "NotStarted", &["Success"]);
        let zone = |zone| {
            world
                .server
                .update("pr-99", |truth| truth.zone = hours(zone))
        };
        zone(before);
        let life = world.boot_watching("pr-99").await;
        life.has_known(hours(before));
        world.begin("pr-99");
        pass(600).await;
        zone(after);
        // What was written before the change stays as it was written.
        world.server.update("pr-99", |truth| {
            truth.started = truth.started.map(|at| at - hours(after - before));
        });
        world.end("pr-99", "Finished", &["Success"]);
        pass(900).await;
        let bodies = world.desk.bodies();
        assert!(bodies[0].contains("After 10 min"), "{bodies:?}");
        let dates = life.engine.server_dates(&account().id);
        let seconds = life.state("pr-99").seconds(&dates).unwrap();
        assert!((600.0..620.0).contains(&seconds), "{seconds}");
    }
}

#[tokio::test(start_paused = true)]
async fn rule_24_one_read_that_contradicts_the_zone_moves_nothing_and_a_restart_forgets_nothing() {
    let world = World::new();
    world.put("pr-1", "Running", &["Success"]);
    world.server.update("pr-1", |truth| truth.zone = hours(10));
    let life = world.boot_watching("pr-1").await;
    life.has_known(hours(10));
    pass(60).await;
    world.end("pr-1", "Finished", &["Success"]);
    pass(900).await;
    let ago = life.shown_ago(&world, "pr-1", true);
    assert!((840..=900).contains(&ago), "{ago}");
    world.put("pr-2", "Running", &["Success"]);
    world.server.update("pr-2", |truth| truth.zone = hours(11));
    life.watch("pr-2").await;
    pass(60).await;
    world.end("pr-2", "Finished", &["Success"]);
    pass(60).await;
    let zone = |life: &Life| life.engine.server_dates(&account().id).zone();
    assert_eq!(zone(&life), None, "a doubt");
    assert_eq!(life.shown_ago(&world, "pr-1", true), ago + 120);
    let latest = life.shown_ago(&world, "pr-2", true);
    assert!((0..=60).contains(&latest), "{latest}");
    life.kill();
    let life = world.boot().await;
    assert_eq!(zone(&life), None, "still a doubt");
    assert_eq!(life.shown_ago(&world, "pr-1", true), ago + 120);
}
