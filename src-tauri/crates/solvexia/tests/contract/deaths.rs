//! The process dies at every point of a renewal, and two processes use one keychain entry: whoever
//! comes after is signed in whenever the server's state allows it.

use std::time::Duration;

use runwatch_core::error::Trouble;
use runwatch_core::ports::SolveXia;
use solvexia::Client;
use solvexia_sim::FaultKind;
use solvexia_sim::demo::DEMO_CLIENT_ID;
use tokio::runtime::{Builder, Runtime};

use crate::entry::{Entry, Moment};
use crate::world::{World, by_browser, client_of, run, until, world};

/// Where the process dies.
#[derive(Debug, Clone, Copy)]
enum Point {
    /// In the keychain, at this moment.
    Keychain(Moment),
    /// The request is on its way, and the server has not looked at it.
    Sent,
    /// The server has rotated, and its answer is on its way.
    Rotated,
    /// It is done.
    Afterwards,
}

/// Each point, and whether what is kept then is still good for a server that takes no token twice.
const POINTS: [(Point, bool); 8] = [
    (Point::Keychain(Moment::Read(1)), true),
    (Point::Sent, true),
    (Point::Rotated, false),
    (Point::Keychain(Moment::Read(2)), false),
    (Point::Keychain(Moment::Write), false),
    (Point::Keychain(Moment::Written), true),
    (Point::Keychain(Moment::Kept), true),
    (Point::Afterwards, true),
];

async fn world_and_entry() -> (World, Entry) {
    let world = world().await;
    let token = world
        .sim
        .issue_refresh_token(DEMO_CLIENT_ID, "process_read");
    (world, Entry::holding(&token))
}

fn client(world: &World, entry: &Entry) -> Client {
    client_of(&world.sim.base_url(), by_browser(entry))
}

/// A process that renews, up to the point. It is a runtime of its own, whose end takes all tasks
/// and all memory of the client with it.
async fn process_at(point: Point, world: &World, entry: &Entry) -> Runtime {
    match point {
        Point::Keychain(moment) => entry.stop_at(moment),
        Point::Sent | Point::Rotated => world.fault(
            "/oauth/token",
            FaultKind::Delay {
                ms: 60_000,
                after_effect: matches!(point, Point::Rotated),
            },
        ),
        Point::Afterwards => {}
    }
    let first = entry.token().unwrap();
    let process = Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    let its_client = client(world, entry);
    process.spawn(async move { its_client.sign_in().await });
    match point {
        Point::Keychain(_) => entry.reached().await,
        Point::Sent => until(|| world.token_requests() == 1).await,
        Point::Rotated => until(|| !world.sim.accepts_refresh_token(&first)).await,
        Point::Afterwards => until(|| entry.token().as_ref() != Some(&first)).await,
    }
    process
}

async fn die(process: Runtime) {
    let dying = move || process.shutdown_timeout(Duration::from_secs(5));
    tokio::task::spawn_blocking(dying).await.unwrap();
}

#[tokio::test]
async fn whoever_starts_after_a_death_is_signed_in_whenever_the_server_allows_it() {
    for (point, is_good) in POINTS {
        let (world, entry) = world_and_entry().await;
        die(process_at(point, &world, &entry).await).await;
        entry.go_on();
        world.sim.clear_faults();
        let kept = entry.token().unwrap();
        assert_eq!(world.sim.accepts_refresh_token(&kept), is_good, "{point:?}");
        let next = client(&world, &entry).sign_in().await;
        let allowed = if is_good {
            Ok(())
        } else {
            Err(Trouble::SignedOut)
        };
        assert_eq!(next.map_err(|error| error.trouble), allowed, "{point:?}");
    }
}

#[tokio::test]
async fn a_server_that_forgives_a_second_use_lets_everyone_in_after_every_death() {
    for (point, _) in POINTS {
        if matches!(point, Point::Rotated) {
            // Nothing shows this moment from outside; for what is kept it is the next one.
            continue;
        }
        let (world, entry) = world_and_entry().await;
        world.sim.set_refresh_grace(60.0);
        die(process_at(point, &world, &entry).await).await;
        entry.go_on();
        world.sim.clear_faults();
        let next = client(&world, &entry).sign_in().await;
        assert!(next.is_ok(), "{point:?}: {next:?}");
    }
}

/// As with two sessions of one Windows user.
#[tokio::test]
async fn two_processes_that_renew_at_the_same_time_never_lock_each_other_out() {
    let (world, entry) = world_and_entry().await;
    let (one, other) = (client(&world, &entry), client(&world, &entry));
    let asked = run();
    for round in 0..40 {
        world.sim.expire_tokens();
        // Now they collide at the server, now in the keychain.
        let fault = FaultKind::Delay {
            ms: round % 4,
            after_effect: round % 8 < 4,
        };
        world.fault("/oauth/token", fault);
        let (first, second) = tokio::join!(one.run_status(&asked), other.run_status(&asked));
        assert!(first.is_ok(), "{round}: {first:?}");
        assert!(second.is_ok(), "{round}: {second:?}");
        world.sim.clear_faults();
    }
    let third = client(&world, &entry).sign_in().await;
    assert!(third.is_ok(), "{third:?}");
}
