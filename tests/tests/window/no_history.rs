//! The history cannot be read, or not be written: the app opens all the same, says so, works, and
//! leaves the file as it is.

use std::fs::{self, OpenOptions, Permissions};
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::rc::Rc;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use runwatch_tests::seeds::{TO_THE_END, three_steps};
use runwatch_tests::waiting::{SOON, until};
use runwatch_tests::{App, Scene, by, scene};
use rusqlite::Connection;
use solvexia_sim::RunStatus;

const RUN: &str = "pr-951";
const NAME: &str = "Bank reconciliation : October";
/// What could not be written is tried again each ten seconds.
const TRIED_AGAIN: Duration = Duration::from_secs(30);

/// A history with an account and a watched run, closed as after a proper end: one file.
fn history(scene: &Scene) -> Result<PathBuf> {
    let app = scene.watching(RUN, NAME)?;
    app.kill()?;
    let file = scene.data_dir().join("history.db");
    let beside = scene.data_dir().join("history.db-wal");
    // A killed process lets go of its files a moment after it is gone.
    until("one file", SOON, || {
        Connection::open(&file)?.query_row("SELECT * FROM sequence", [], |_| Ok(()))?;
        Ok((!beside.exists()).then_some(()))
    })?;
    Ok(file)
}

/// The app on a damaged history: it says so, starts anew, and tells how a run ended.
fn works_without(scene: &Scene, file: &Path, picture: &str) -> Result<()> {
    let before = fs::read(file)?;
    let app = scene.open()?;
    let said = app.wait_banner("store")?;
    scene.picture(&app.page, picture)?;
    ensure!(said.contains("left as it is"), "{said}");
    app.page.wait_for("new-history")?;
    app.sign_in(&scene.sim)?;
    app.add_and_watch(RUN)?;
    ends_and_is_told(scene, &app)?;
    app.kill()?;
    ensure!(fs::read(file)? == before, "the old file was changed");
    Ok(())
}

fn ends_and_is_told(scene: &Scene, app: &Rc<App>) -> Result<()> {
    scene.sim.advance(TO_THE_END);
    app.wait_outcome(RUN, "succeeded")?;
    scene.desktop.notifications.wait_about(NAME, SOON)?;
    app.page.click("open-inbox")?;
    app.page.wait_for(by("inbox-item").run(RUN))?;
    Ok(())
}

#[test]
fn a_history_with_a_broken_head_is_said_and_kept() {
    scene("broken-head", |scene| {
        let file = history(scene)?;
        let mut bytes = fs::read(&file)?;
        bytes[..100].fill(0x5A);
        fs::write(&file, bytes)?;
        works_without(scene, &file, "said")
    });
}

#[test]
fn a_damaged_history_can_be_put_aside_for_a_new_one_that_is_kept() {
    scene("new-history", |scene| {
        let file = history(scene)?;
        let mut bytes = fs::read(&file)?;
        bytes[..100].fill(0x5A);
        fs::write(&file, &bytes)?;
        let app = scene.open()?;
        let said = app.wait_banner("store")?;
        for part in [
            "The history is damaged",
            "are not watched",
            &file.display().to_string(),
        ] {
            ensure!(said.contains(part), "{said}");
        }
        // What is done before it is begun goes into it.
        app.sign_in(&scene.sim)?;
        app.add_and_watch(RUN)?;
        app.show(RUN)?;
        // docs/RULES.md, 10: the row of an action would be gone with the app.
        app.page
            .wait_until("cancel-run", "is off", SOON, |button| !button.enabled)?;
        scene.picture(&app.page, "offered")?;
        app.page.click("new-history")?;
        let question = app.question()?;
        scene.picture(&app.page, "asked")?;
        ensure!(question.contains("history-damaged-"), "{question}");
        app.page.click("confirm")?;
        app.page
            .wait_gone(by("error-banner").with("data-code", "store"))?;
        app.page
            .wait_until("cancel-run", "is on", SOON, |button| button.enabled)?;
        app.kill()?;
        ensure!(
            aside(scene)? == [bytes],
            "the damaged file is not as it was"
        );

        let app = scene.open()?;
        ends_and_is_told(scene, &app)?;
        ensure!(app.page.see("error-banner")?.is_none());
        Ok(())
    });
}

/// What is in the files that were put aside.
fn aside(scene: &Scene) -> Result<Vec<Vec<u8>>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(scene.data_dir())? {
        let path = entry?.path();
        if path.to_string_lossy().contains("history-damaged-") {
            found.push(fs::read(path)?);
        }
    }
    Ok(found)
}

#[test]
fn a_history_that_was_cut_off_is_said_and_kept() {
    scene("cut-off", |scene| {
        let file = history(scene)?;
        let whole = fs::metadata(&file)?.len();
        OpenOptions::new()
            .write(true)
            .open(&file)?
            .set_len(whole / 2)?;
        works_without(scene, &file, "said")
    });
}

#[test]
fn a_history_of_a_newer_version_that_this_one_cannot_open_is_said_and_kept() {
    scene("newer-history", |scene| {
        let file = history(scene)?;
        Connection::open(&file)?.execute_batch(
            "PRAGMA journal_mode = DELETE;
             UPDATE compatibility SET oldest_schema = 1000, release = '9.9.9';
             PRAGMA user_version = 1000;",
        )?;
        let before = fs::read(&file)?;
        let app = scene.open()?;
        let said = app.wait_banner("store")?;
        scene.picture(&app.page, "said")?;
        for part in ["9.9.9", "are not watched", "left as it is"] {
            ensure!(said.contains(part), "{said}");
        }
        app.sign_in(&scene.sim)?;
        app.add_and_watch(RUN)?;
        app.show(RUN)?;
        // docs/RULES.md, 10: the row of an action would be gone with the app.
        app.page
            .wait_until("cancel-run", "is off", SOON, |button| !button.enabled)?;
        app.kill()?;
        ensure!(fs::read(&file)? == before, "the newer file was changed");
        Ok(())
    });
}

#[test]
fn a_row_of_the_history_that_cannot_be_read_is_skipped_said_and_kept() {
    scene("broken-row", |scene| {
        let file = history(scene)?;
        let damage = Connection::open(&file)?;
        damage.execute_batch(
            "PRAGMA journal_mode = DELETE; UPDATE run SET course = '{'; PRAGMA journal_mode = WAL;",
        )?;
        drop(damage);
        let app = scene.open()?;
        app.page.wait_until("note", "names it", SOON, |note| {
            note.text.contains("cannot be read")
        })?;
        scene.picture(&app.page, "said")?;
        ensure!(app.page.all("run-row")?.is_empty());
        app.kill()?;
        let kept: String =
            Connection::open(&file)?.query_row("SELECT course FROM run", [], |row| row.get(0))?;
        ensure!(kept == "{", "{kept}");
        Ok(())
    });
}

#[test]
fn a_folder_in_the_place_of_the_history_is_said_and_kept() {
    scene("no-file", |scene| {
        scene
            .sim
            .seed_run(three_steps(RUN, NAME).status(RunStatus::Running));
        let there = scene.data_dir().join("history.db").join("kept");
        fs::create_dir_all(&there)?;
        let app = scene.open()?;
        app.wait_banner("store")?;
        app.sign_in(&scene.sim)?;
        app.add_and_watch(RUN)?;
        ends_and_is_told(scene, &app)?;
        ensure!(there.is_dir());
        Ok(())
    });
}

/// docs/RULES.md, 17. Root may write anything: it is a folder that holds no more which refuses here.
#[test]
fn rule_17_with_a_full_disk_ends_are_told_from_memory_and_the_window_says_so() {
    scene("full-disk", |scene| {
        let Some(disk) = SmallDisk::mount(&scene.data_dir())? else {
            eprintln!("not tried: no file system may be mounted here");
            return Ok(());
        };
        history(scene)?;
        disk.fill()?;
        let app = scene.open()?;
        // What it threw away at its start made room again.
        disk.fill()?;
        ends_and_is_told(scene, &app)?;
        let said = app.wait_banner("store")?;
        scene.picture(&app.page, "said")?;
        ensure!(said.contains("disk is full"), "{said}");
        Ok(())
    });
}

/// docs/RULES.md, 17. Root may write anything but what lies on a file system that is read-only.
#[test]
fn rule_17_with_a_protected_history_ends_are_told_from_memory_and_the_window_says_so() {
    scene("protected", |scene| {
        let file = history(scene)?;
        let before = fs::read(&file)?;
        let Some(protected) = Protected::mount(&file)? else {
            eprintln!("not tried: no file may be mounted here");
            return Ok(());
        };
        let app = scene.open()?;
        ends_and_is_told(scene, &app)?;
        let said = app.wait_banner("store")?;
        scene.picture(&app.page, "said")?;
        ensure!(said.contains("write-protected"), "{said}");
        app.kill()?;
        drop(protected);
        ensure!(fs::read(file)? == before, "the old file was changed");
        Ok(())
    });
}

/// docs/RULES.md, 17: as a backup or a sync tool does.
#[test]
fn rule_17_while_another_program_locks_the_history_ends_are_told_and_written_afterwards() {
    scene("locked", |scene| {
        let app = scene.watching(RUN, NAME)?;
        let other = Connection::open(scene.data_dir().join("history.db"))?;
        other.execute_batch("BEGIN IMMEDIATE")?;
        ends_and_is_told(scene, &app)?;
        let said = app.wait_banner("store")?;
        scene.picture(&app.page, "said")?;
        ensure!(said.contains("holds the history file locked"), "{said}");
        other.execute_batch("ROLLBACK")?;
        app.page
            .wait_gone(by("error-banner").with("data-code", "store"))?;
        let written = "SELECT count(*) FROM told WHERE kind = 'ended' AND shown = 1";
        until("the end in the history", TRIED_AGAIN, || {
            let told: u32 = other.query_row(written, [], |row| row.get(0))?;
            Ok((told == 1).then_some(()))
        })?;
        assert_eq!(scene.desktop.notifications.about(NAME).len(), 1);
        Ok(())
    });
}

/// A file that is a read-only file system of its own.
struct Protected(PathBuf);

impl Protected {
    fn mount(at: &Path) -> Result<Option<Self>> {
        let mount = |options: &[&str]| {
            let mut mount = Command::new("mount");
            mount.args(options).arg(at).output().context("mount")
        };
        if !mount(&["--bind", &at.display().to_string()])?
            .status
            .success()
        {
            return Ok(None);
        }
        let this = Self(at.to_owned());
        let protected = mount(&["-o", "remount,bind,ro"])?.status.success();
        Ok(protected.then_some(this))
    }
}

impl Drop for Protected {
    fn drop(&mut self) {
        // Lazily: the app may still have it open.
        let _ = Command::new("umount").arg("-l").arg(&self.0).output();
    }
}

/// A file system of its own that is soon full.
struct SmallDisk(PathBuf);

impl SmallDisk {
    fn mount(at: &Path) -> Result<Option<Self>> {
        fs::create_dir_all(at)?;
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", "size=24m", "tmpfs"]);
        let mounted = mount.arg(at).output().context("mount")?;
        fs::set_permissions(at, Permissions::from_mode(0o700))?;
        Ok(mounted.status.success().then(|| Self(at.to_owned())))
    }

    /// Writes until there is no room for one more byte.
    fn fill(&self) -> Result<()> {
        let mut file = OpenOptions::new()
            .create(true)
            .append(true)
            .open(self.0.join("filling"))?;
        for size in [65_536, 4_096, 1] {
            let piece = vec![0; size];
            while file.write(&piece).is_ok_and(|written| written > 0) {}
        }
        Ok(())
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Lazily: the app may still have files open.
        let _ = Command::new("umount").arg("-l").arg(&self.0).output();
    }
}
