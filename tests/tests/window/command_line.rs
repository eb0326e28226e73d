//! The command line: what is promised to scripts and shortcuts.

use std::path::Path;
use std::process::Command;
use std::thread::sleep;
use std::time::Duration;

use anyhow::Result;
use runwatch_tests::desktop::Desktop;
use runwatch_tests::processes::{Managed, alive, program};
use runwatch_tests::refused_launch::refused;
use runwatch_tests::waiting::{SOON, until};
use runwatch_tests::{Scene, app, scene};

#[test]
fn version_prints_name_and_version() {
    scene("version", |scene| {
        let output = scene
            .desktop
            .command(app::binary()?)
            .arg("--version")
            .output()?;
        assert!(output.status.success());
        let said = String::from_utf8(output.stdout)?.to_lowercase();
        assert_eq!(
            said.trim(),
            format!("runwatch {}", env!("CARGO_PKG_VERSION"))
        );
        Ok(())
    });
}

/// Windows of an app are drawn by a web process each: where there is none, there is no window.
fn windows(scene: &Scene) -> usize {
    let draws = |path: &Path| path.ends_with("WebKitWebProcess");
    let processes = scene.desktop.processes().into_iter();
    processes
        .filter_map(program)
        .filter(|path| draws(path))
        .count()
}

#[test]
fn hidden_opens_no_window_and_a_second_launch_does_unless_it_is_hidden_too() {
    scene("hidden", |scene| {
        let mut command = scene.launch_again()?;
        command.arg("--hidden");
        let mut app = Managed::start("the app", command)?;
        let lock = scene.data_dir().join("in-use");
        until("the app", SOON, || Ok(lock.is_file().then_some(())))?;
        sleep(Duration::from_secs(4));
        assert_eq!(windows(scene), 0);

        let again = |arguments: &[&str]| -> Result<()> {
            let mut second = scene.launch_again()?.args(arguments).spawn()?;
            let ended = until("the second launch's end", SOON, || Ok(second.try_wait()?))?;
            assert!(ended.success());
            Ok(())
        };
        // The system starts it at login, where it may run already.
        again(&["--hidden"])?;
        sleep(Duration::from_secs(2));
        assert_eq!(windows(scene), 0);
        // Whoever launches it again wants to see it.
        again(&[])?;
        until("a window", SOON, || Ok((windows(scene) == 1).then_some(())))?;
        // As the settings say: what was started with the computer stays in the tray.
        let pid = app.child().id();
        scene.desktop.close_window(pid)?;
        until(
            "no window",
            SOON,
            || Ok((windows(scene) == 0).then_some(())),
        )?;
        sleep(Duration::from_secs(2));
        assert!(alive(pid), "closing its window ended it");
        Ok(())
    });
}

#[test]
fn a_launch_in_another_session_says_where_runwatch_runs_and_opens_nothing() {
    scene("other-session", |scene| {
        let mut command = scene.launch_again()?;
        command.arg("--hidden");
        let _app = Managed::start("the app", command)?;
        let socket = scene.data_dir().join("open-window");
        until("the app", SOON, || Ok(socket.exists().then_some(())))?;
        let other = Desktop::start_without_keychain()?;
        let launch = || -> Result<Command> {
            let mut command = other.command(app::binary()?);
            command.arg("--data-dir").arg(scene.data_dir());
            Ok(command)
        };
        let elsewhere = refused(&other, launch()?)?;
        assert!(!elsewhere.status.success());
        let said = String::from_utf8(elsewhere.stderr)?;
        assert!(said.contains("another session of yours"), "{said}");
        // At login it says nothing: nobody has asked for it.
        let hidden = launch()?.arg("--hidden").output()?;
        assert!(
            hidden.status.success() && hidden.stderr.is_empty(),
            "{hidden:?}"
        );
        assert_eq!(windows(scene), 0);
        Ok(())
    });
}

/// An uninstaller calls it, also where nothing is left; a keychain out of reach may hold entries.
#[test]
fn forget_makes_no_folder_and_fails_where_no_keychain_can_be_asked() {
    scene("forget-nothing", |scene| {
        let folder = scene.desktop.folder("never-made");
        let forget = |bus: Option<&str>| -> anyhow::Result<std::process::Output> {
            let mut command = scene.desktop.command(app::binary()?);
            command.arg("--forget").arg("--data-dir").arg(&folder);
            if let Some(bus) = bus {
                command.env("DBUS_SESSION_BUS_ADDRESS", bus);
            }
            Ok(command.output()?)
        };
        for (bus, succeeds) in [(None, true), (Some("unix:path=/nowhere"), false)] {
            let done = forget(bus)?;
            assert_eq!(done.status.success(), succeeds, "{done:?}");
            assert!(!folder.exists());
        }
        Ok(())
    });
}

#[test]
fn a_folder_that_cannot_be_made_is_named_and_one_that_is_only_asked_about_is_not_made() {
    scene("no-folder", |scene| {
        let run = |args: &[&str]| -> Result<(Option<i32>, String)> {
            let output = scene.desktop.command(app::binary()?).args(args).output()?;
            let said = String::from_utf8([output.stdout, output.stderr].concat())?;
            Ok((output.status.code(), said))
        };
        let launch = || -> Result<Command> {
            let mut command = scene.desktop.command(app::binary()?);
            command.args(["--data-dir", "/proc/runwatch"]);
            Ok(command)
        };
        let in_sight = refused(&scene.desktop, launch()?)?;
        // Nobody could close a box on no display.
        let no_display = launch()?.env("DISPLAY", ":4711").output()?;
        for output in [in_sight, no_display] {
            let said = String::from_utf8(output.stderr)?;
            assert_eq!(output.status.code(), Some(1), "{said}");
            assert!(
                said.contains("Its data folder “/proc/runwatch” cannot be used"),
                "{said}"
            );
        }

        let mut no_display = scene.desktop.command(app::binary()?);
        no_display
            .arg("--data-dir")
            .arg(scene.data_dir())
            .env("DISPLAY", ":4711");
        let output = no_display.output()?;
        let said = String::from_utf8(output.stderr)?;
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(said.contains("There is no display"), "{said}");

        let mistyped = scene.data_dir().with_file_name("mistyped");
        let name = mistyped.to_str().unwrap_or_default();
        for (asked, expected) in [("--check", 1), ("--forget", 0)] {
            let (code, said) = run(&[asked, "--data-dir", name])?;
            assert_eq!(code, Some(expected), "{said}");
            assert!(
                said.contains(&format!("There is no such folder: {name}")),
                "{said}"
            );
            assert!(!mistyped.exists());
        }
        Ok(())
    });
}

/// The lock keeps two apart; the socket only opens the window.
#[test]
fn an_app_without_a_socket_starts_and_a_second_launch_says_that_it_got_no_answer() {
    scene("no-socket", |scene| {
        let socket = scene.data_dir().join("open-window");
        std::fs::create_dir_all(&socket)?;
        let _app = Managed::start("the app", scene.launch_again()?)?;
        until("a window", SOON, || Ok((windows(scene) == 1).then_some(())))?;
        let second = refused(&scene.desktop, scene.launch_again()?)?;
        assert!(!second.status.success());
        let said = String::from_utf8(second.stderr)?;
        assert!(said.contains("does not answer"), "{said}");
        Ok(())
    });
}
