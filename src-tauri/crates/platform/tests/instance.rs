//! One app to a data folder, with two processes.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;

use runwatch_platform::DataFolder;
use runwatch_platform::instance::{Instance, listen, take};

/// Tells this program, started again by the test, which folder it has to take.
const FOLDER: &str = "RUNWATCH_TEST_FOLDER";
const ASKED: &str = "asked to open";
const TAKEN: &str = "taken";

/// Not a test of its own: an app that has the folder until it is killed.
#[test]
#[ignore = "runs for ever: it is started, and killed, by another test"]
fn the_one_that_has_the_folder() {
    let Some(path) = std::env::var_os(FOLDER) else {
        return;
    };
    let folder = DataFolder::open(Some(path.as_ref()), false).unwrap();
    let Instance::First(_held) = take(&folder).unwrap() else {
        panic!("the folder is free")
    };
    let (asked, wait) = mpsc::channel();
    listen(&folder, move || asked.send(()).unwrap()).unwrap();
    println!("{TAKEN}");
    for () in wait {
        println!("{ASKED}");
    }
}

struct First(Child);

impl Drop for First {
    fn drop(&mut self) {
        // It may have been killed already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// `rules.md`, 21.
#[test]
fn rule_21_a_folder_is_one_process_s_until_that_is_killed() {
    let base = tempfile::tempdir().unwrap();
    let path = base.path().join("Jörg Übel");
    let mut first = First(
        Command::new(std::env::current_exe().unwrap())
            .args(["--ignored", "--exact", "the_one_that_has_the_folder"])
            .arg("--nocapture")
            .env(FOLDER, &path)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap(),
    );
    let mut said = BufReader::new(first.0.stdout.take().unwrap()).lines();
    let mut hear = |word: &str| {
        let heard = said.by_ref().any(|line| line.unwrap().contains(word));
        assert!(heard, "it ended without saying “{word}”");
    };
    hear(TAKEN);
    let folder = DataFolder::open(Some(&path), false).unwrap();
    assert!(matches!(take(&folder).unwrap(), Instance::Second));
    hear(ASKED);
    first.0.kill().unwrap();
    first.0.wait().unwrap();
    assert!(matches!(take(&folder).unwrap(), Instance::First(_)));
}
