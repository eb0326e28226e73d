//! The process is killed at every point of a renewal, and two clients use one keychain entry: a
//! client that starts afterwards is signed in whenever the server's state allows it.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use runwatch_core::error::Trouble;
use runwatch_core::ports::SolveXia;
use solvexia::Client;
use solvexia_sim::FaultKind;
use solvexia_sim::demo::DEMO_CLIENT_ID;
use tempfile::TempDir;

use crate::fake_keychain_entry::{EntryStep, KeychainEntry};
use crate::test_server::{TestServer, by_browser, client_of, run, test_server, until};

/// Where the process is killed.
#[derive(Debug, Clone, Copy)]
enum Point {
    /// In the keychain, at this step.
    Keychain(EntryStep),
    /// The request is under way, and the server has not read it.
    Sent,
    /// The server has rotated the token, and its response is under way.
    Rotated,
    /// The renewal has ended.
    Afterwards,
}

/// Each point, and whether the saved token still works there with a server that accepts no token
/// twice.
const POINTS: [(Point, bool); 8] = [
    (Point::Keychain(EntryStep::Read(1)), true),
    (Point::Sent, true),
    (Point::Rotated, false),
    (Point::Keychain(EntryStep::Read(2)), false),
    (Point::Keychain(EntryStep::Write), false),
    (Point::Keychain(EntryStep::Written), true),
    (Point::Keychain(EntryStep::Kept), true),
    (Point::Afterwards, true),
];

/// Environment variables for the process that is killed.
const SERVER: &str = "RUNWATCH_TEST_SERVER";
const ENTRY: &str = "RUNWATCH_TEST_ENTRY";
const POINT: &str = "RUNWATCH_TEST_POINT";
const REACHED: &str = "has reached the moment";
const DONE: &str = "has renewed";

/// Not a test of its own: a process that renews up to the point and is then killed.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "runs for ever: it is started, and killed, by other tests"]
async fn the_one_that_is_killed() {
    let told = |name| std::env::var(name).unwrap();
    let entry = KeychainEntry::in_file(told(ENTRY).into());
    let point = POINTS[told(POINT).parse::<usize>().unwrap()].0;
    let client = client_of(&told(SERVER), by_browser(&entry));
    if let Point::Keychain(event) = point {
        entry.block_at(event);
        let entry = entry.clone();
        tokio::spawn(async move {
            entry.reached().await;
            println!("{REACHED}");
        });
    }
    client.sign_in().await.unwrap();
    println!("{DONE}");
    std::future::pending().await
}

/// A simulated SolveXia, and the keychain entry of an account that is signed in there.
struct SignedInAccount {
    server: TestServer,
    entry: KeychainEntry,
    folder: TempDir,
}

impl SignedInAccount {
    async fn new() -> Self {
        let server = test_server().await;
        let folder = tempfile::tempdir().unwrap();
        let entry = KeychainEntry::in_file(folder.path().join("entry"));
        let token = server
            .sim
            .issue_refresh_token(DEMO_CLIENT_ID, "process_read");
        entry.put(&token);
        Self {
            server,
            entry,
            folder,
        }
    }

    /// Starts a process that renews, and kills it at the point.
    async fn kill_at(&self, which: usize) {
        let point = POINTS[which].0;
        if matches!(point, Point::Sent | Point::Rotated) {
            self.server.fault(
                "/oauth/token",
                FaultKind::Delay {
                    ms: 60_000,
                    after_effect: matches!(point, Point::Rotated),
                },
            );
        }
        let first = self.entry.token().unwrap();
        let mut process = Process(self.process(which));
        match point {
            Point::Keychain(_) => process.says(REACHED).await,
            Point::Sent => until(|| self.server.token_requests() == 1).await,
            Point::Rotated => until(|| !self.server.sim.accepts_refresh_token(&first)).await,
            Point::Afterwards => process.says(DONE).await,
        }
        drop(process);
        self.server.sim.clear_faults();
    }

    fn process(&self, which: usize) -> Child {
        Command::new(std::env::current_exe().unwrap())
            .args(["--ignored", "--exact", "--nocapture"])
            .arg("kills_during_renewal::the_one_that_is_killed")
            .env(SERVER, self.server.sim.base_url())
            .env(ENTRY, self.folder.path().join("entry"))
            .env(POINT, which.to_string())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap()
    }

    fn client(&self) -> Client {
        client_of(&self.server.sim.base_url(), by_browser(&self.entry))
    }
}

/// A child process that is killed on drop.
struct Process(Child);

impl Process {
    /// Waits until it prints the words.
    async fn says(&mut self, words: &'static str) {
        let lines = BufReader::new(self.0.stdout.take().unwrap()).lines();
        let found = tokio::task::spawn_blocking(move || {
            lines.map_while(Result::ok).any(|line| line.contains(words))
        });
        assert!(
            found.await.unwrap(),
            "it ended and did not say that it {words}"
        );
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

#[tokio::test]
async fn whoever_starts_after_a_kill_is_signed_in_whenever_the_server_allows_it() {
    for (which, (point, is_good)) in POINTS.into_iter().enumerate() {
        let account = SignedInAccount::new().await;
        account.kill_at(which).await;
        let kept = account.entry.token().unwrap();
        let accepted = account.server.sim.accepts_refresh_token(&kept);
        assert_eq!(accepted, is_good, "{point:?}");
        let next = account.client().sign_in().await;
        let allowed = if is_good {
            Ok(())
        } else {
            Err(Trouble::SignedOut)
        };
        assert_eq!(next.map_err(|error| error.trouble), allowed, "{point:?}");
    }
}

#[tokio::test]
async fn a_server_that_forgives_a_second_use_lets_everyone_in_after_every_kill() {
    for (which, (point, _)) in POINTS.into_iter().enumerate() {
        if matches!(point, Point::Rotated) {
            // This point cannot be observed from outside. What is saved at it is the same as at the
            // next one.
            continue;
        }
        let account = SignedInAccount::new().await;
        account.server.sim.set_refresh_grace(60.0);
        account.kill_at(which).await;
        let next = account.client().sign_in().await;
        assert!(next.is_ok(), "{point:?}: {next:?}");
    }
}

/// As with two sessions of one Windows user.
#[tokio::test]
async fn two_processes_that_renew_at_the_same_time_never_lock_each_other_out() {
    let account = SignedInAccount::new().await;
    let (one, other) = (account.client(), account.client());
    let server = &account.server;
    let asked = run();
    for round in 0..40 {
        server.sim.expire_tokens();
        // They collide at the server in some rounds, in the keychain in others.
        let fault = FaultKind::Delay {
            ms: round % 4,
            after_effect: round % 8 < 4,
        };
        server.fault("/oauth/token", fault);
        let (first, second) = tokio::join!(one.run_status(&asked), other.run_status(&asked));
        assert!(first.is_ok(), "{round}: {first:?}");
        assert!(second.is_ok(), "{round}: {second:?}");
        server.sim.clear_faults();
    }
    let third = account.client().sign_in().await;
    assert!(third.is_ok(), "{third:?}");
}
