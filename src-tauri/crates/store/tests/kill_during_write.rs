//! The app is killed while it writes. What was committed is there whole, and nothing is there in
//! part. On Windows the system clears the locks and memory maps of a killed process.

#![expect(
    clippy::unwrap_used,
    reason = "clippy knows tests by their attribute, and their helpers have none"
)]

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use runwatch_core::ids::{AccountId, RunId, RunKey, StepId};
use runwatch_core::observation::Step;
use runwatch_core::ports::Store;
use runwatch_core::run::Run;
use runwatch_core::transaction::Transaction;
use runwatch_store::Db;

/// The variable that makes this program, started again by the test, the one to be killed.
const VICTIM: &str = "RUNWATCH_TEST_VICTIM";
const SAID: &str = "committed ";

fn key() -> RunKey {
    RunKey {
        account: AccountId("a".into()),
        run: RunId::parse("pr-1").unwrap(),
    }
}

/// The run and its steps hold the same number, unless a write was torn.
fn numbered(number: u64) -> Transaction {
    let mut run = Run::new(key());
    run.info.name = number.to_string();
    let step = |at: u32| Step {
        id: StepId::parse(&format!("ds-{at}")).unwrap(),
        // Long enough that one write takes many pages.
        name: format!("{number} {}", "ä".repeat(2_000)),
        order: None,
        enabled: true,
        by_hand: false,
        seen: None,
    };
    Transaction {
        run: Some(run),
        steps: Some((key(), (1..=20).map(step).collect())),
        ..Transaction::default()
    }
}

/// What the file holds: the run's number, and each step's.
async fn read(path: &Path) -> (u64, Vec<u64>) {
    let db = Db::open(path).unwrap();
    let runs = db.runs().await.unwrap();
    let number = runs.first().map_or(0, |run| run.info.name.parse().unwrap());
    let steps = db.steps(&key()).await.unwrap();
    let first_word = |step: &Step| step.name.split(' ').next().unwrap().parse().unwrap();
    (number, steps.iter().map(first_word).collect())
}

/// Not a test of its own: writes until it is killed, and prints what it has committed.
#[tokio::test]
#[ignore = "runs for ever: it is started, and killed, by another test"]
async fn the_one_that_is_killed() {
    let Some(path) = std::env::var_os(VICTIM) else {
        return;
    };
    let (mut number, _) = read(Path::new(&path)).await;
    let db = Db::open(Path::new(&path)).unwrap();
    loop {
        number += 1;
        db.write(numbered(number)).await.unwrap();
        println!("{SAID}{number}");
    }
}

fn victim(path: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "the_one_that_is_killed"])
        .arg("--nocapture")
        .env(VICTIM, path)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

#[tokio::test]
async fn a_kill_in_mid_write_keeps_what_was_committed_and_leaves_nothing_by_half() {
    let folder = tempfile::tempdir().unwrap();
    // Like a user's folder with such a name.
    let home = folder.path().join("Jörg Übel 山田");
    std::fs::create_dir(&home).unwrap();
    let path = home.join("history.db");
    let mut committed = 0;
    for round in 1..=10 {
        let mut child = victim(&path);
        let mut said = BufReader::new(child.stdout.take().unwrap()).lines();
        // The next write follows each line at once: the kill hits it, at another place in each
        // round.
        for _ in 0..round {
            let number = said.by_ref().find_map(|line| {
                let line = line.unwrap();
                let (_, number) = line.split_once(SAID)?;
                number.parse().ok()
            });
            committed = number.expect("it writes until it is killed");
        }
        child.kill().unwrap();
        child.wait().unwrap();
        let (number, steps) = read(&path).await;
        assert!(
            number >= committed,
            "{committed} was committed, {number} is there"
        );
        assert_eq!(steps, [number; 20], "round {round}");
    }
}
