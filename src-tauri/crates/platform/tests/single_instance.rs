//! One app for each data folder, tested with two processes.
#![expect(
    clippy::unwrap_used,
    reason = "clippy knows tests by their attribute, and their helpers have none"
)]

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;

use runwatch_platform::DataFolder;
use runwatch_platform::single_instance::{Instance, Wish, listen, take as take_with};

/// The variable that tells the child process which folder to take.
const FOLDER: &str = "RUNWATCH_TEST_FOLDER";
const ASKED: &str = "asked to open";
const TAKEN: &str = "taken";

/// Whatever its rights are: the lock and the socket are safe by themselves.
fn open(path: &Path) -> DataFolder {
    std::fs::create_dir_all(path).unwrap();
    DataFolder::without_creating(Some(path), false).unwrap()
}

fn take(folder: &DataFolder) -> std::io::Result<Instance> {
    take_with(folder, &Wish::Window)
}

/// A child process of this program that does one thing to a folder.
fn again(what: &str, folder: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--include-ignored", "--exact", what, "--nocapture"])
        .env(FOLDER, folder);
    command
}

/// Not a test of its own: an app that has the folder until it is killed.
#[test]
#[ignore = "runs for ever: it is started, and killed, by another test"]
fn the_one_that_has_the_folder() {
    let Some(path) = std::env::var_os(FOLDER) else {
        return;
    };
    let folder = open(path.as_ref());
    let Instance::First(_held) = take(&folder).unwrap() else {
        panic!("the folder is free")
    };
    let (asked, wait) = mpsc::channel();
    listen(&folder, move |_| asked.send(()).unwrap()).unwrap();
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

/// Starts an app that takes the folder, and waits until it has printed a word.
fn first(path: &Path) -> (First, impl FnMut(&str)) {
    let mut app = First(
        again("the_one_that_has_the_folder", path)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap(),
    );
    let mut said = BufReader::new(app.0.stdout.take().unwrap()).lines();
    let mut hear = move |word: &str| {
        let heard = said.by_ref().any(|line| line.unwrap().contains(word));
        assert!(heard, "it ended without saying “{word}”");
    };
    hear(TAKEN);
    (app, hear)
}

/// docs/RULES.md, 21. Leftovers of a killed app do not matter, and no path is too long.
#[test]
fn rule_21_a_folder_is_one_process_s_until_that_is_killed() {
    let base = tempfile::tempdir().unwrap();
    for path in ["Jörg Übel".to_owned(), "long/".repeat(40)] {
        let path = base.path().join(path);
        for _ in ["with an empty folder", "with what the killed one left"] {
            let (mut app, mut hear) = first(&path);
            let folder = open(&path);
            assert!(matches!(take(&folder).unwrap(), Instance::Second));
            hear(ASKED);
            app.0.kill().unwrap();
            app.0.wait().unwrap();
            assert!(matches!(take(&folder).unwrap(), Instance::First(_)));
        }
    }
}

#[cfg(unix)]
mod on_unix {
    use std::fs::Permissions;
    use std::io::{ErrorKind, Read, Write};
    use std::os::unix::fs::{FileTypeExt, PermissionsExt};
    use std::os::unix::net::{UnixListener, UnixStream};
    use std::os::unix::process::CommandExt;
    use std::path::PathBuf;

    use super::*;

    const NOBODY: u32 = 65534;

    /// A folder that was there already and is open to everybody: the worst that there can be.
    fn open_to_all(base: &Path) -> PathBuf {
        let path = base.join("shared");
        std::fs::create_dir(&path).unwrap();
        for folder in [base, &path] {
            std::fs::set_permissions(folder, Permissions::from_mode(0o777)).unwrap();
        }
        path
    }

    fn socket(folder: &Path) -> PathBuf {
        folder.join("open-window")
    }

    /// As another user, where this one may switch.
    fn as_nobody(what: &str, folder: &Path) -> Option<Command> {
        if !rustix::process::geteuid().is_root() {
            eprintln!("skipped what another user could try (this one is not root)");
            return None;
        }
        let mut command = again(what, folder);
        command.uid(NOBODY).gid(NOBODY);
        Some(command)
    }

    #[test]
    fn a_connection_that_says_nothing_holds_up_nobody() {
        let base = tempfile::tempdir().unwrap();
        let (_app, mut hear) = first(base.path());
        let silent: Vec<_> = (0..20)
            .map(|_| UnixStream::connect(socket(base.path())).unwrap())
            .collect();
        assert!(matches!(
            take(&open(base.path())).unwrap(),
            Instance::Second
        ));
        hear(ASKED);
        // It is not kept for ever either.
        for mut stream in silent {
            assert_eq!(stream.read(&mut [0]).unwrap(), 0);
        }
    }

    /// Not a test of its own: another user who tries to have the window opened.
    #[test]
    fn a_stranger_who_asks() {
        let Some(path) = std::env::var_os(FOLDER) else {
            return;
        };
        match UnixStream::connect(socket(path.as_ref())) {
            Ok(mut stream) => {
                // It may be closed already.
                let _ = stream.write_all(b"open");
                let answer = stream.read(&mut [0]);
                assert!(!matches!(answer, Ok(1..)), "a stranger was answered");
                println!("not answered");
            }
            Err(error) if error.kind() == ErrorKind::PermissionDenied => println!("refused"),
            Err(error) => panic!("{error}"),
        }
    }

    #[test]
    fn another_user_does_not_get_in_whatever_the_rights_of_folder_and_socket() {
        let base = tempfile::tempdir().unwrap();
        let path = open_to_all(base.path());
        let (_app, mut hear) = first(&path);
        let Some(mut stranger) = as_nobody("on_unix::a_stranger_who_asks", &path) else {
            return;
        };
        let mut says = |word: &str| {
            let said = stranger.output().unwrap();
            assert!(said.status.success(), "{said:?}");
            let said = String::from_utf8(said.stdout).unwrap();
            assert!(said.contains(word), "{said}");
        };
        says("refused");
        std::fs::set_permissions(socket(&path), Permissions::from_mode(0o777)).unwrap();
        says("not answered");
        assert!(matches!(take(&open(&path)).unwrap(), Instance::Second));
        hear(ASKED);
    }

    /// Not a test of its own: another user who listens where the app would.
    #[test]
    fn a_stranger_who_listens() {
        let Some(path) = std::env::var_os(FOLDER) else {
            return;
        };
        let socket = socket(path.as_ref());
        let listener = UnixListener::bind(&socket).unwrap();
        std::fs::set_permissions(&socket, Permissions::from_mode(0o777)).unwrap();
        println!("{TAKEN}");
        for stream in listener.incoming() {
            // The other end may have left.
            let _ = stream.unwrap().write_all(b"done");
        }
    }

    #[test]
    fn another_user_who_listens_there_first_swallows_no_second_launch_and_stops_no_first_one() {
        let base = tempfile::tempdir().unwrap();
        let path = open_to_all(base.path());
        let Some(mut stranger) = as_nobody("on_unix::a_stranger_who_listens", &path) else {
            return;
        };
        let mut stranger = First(stranger.stdout(Stdio::piped()).spawn().unwrap());
        let mut said = BufReader::new(stranger.0.stdout.take().unwrap()).lines();
        assert!(said.any(|line| line.unwrap().contains(TAKEN)));
        let folder = open(&path);
        let Instance::First(_held) = take(&folder).unwrap() else {
            panic!("the folder is free")
        };
        assert!(matches!(take(&folder).unwrap(), Instance::Unresponsive));
        listen(&folder, |_| ()).unwrap();
        assert!(matches!(take(&folder).unwrap(), Instance::Second));
    }

    #[test]
    fn an_app_that_cannot_listen_keeps_the_folder_and_is_said_to_be_mute() {
        let base = tempfile::tempdir().unwrap();
        let folder = open(base.path());
        std::fs::create_dir(socket(base.path())).unwrap();
        let Instance::First(_held) = take(&folder).unwrap() else {
            panic!("the folder is free")
        };
        assert!(listen(&folder, |_| ()).is_err());
        assert!(matches!(take(&folder).unwrap(), Instance::Unresponsive));
    }

    #[test]
    fn the_socket_is_its_user_s_alone() {
        let base = tempfile::tempdir().unwrap();
        let folder = open(base.path());
        let _held = take(&folder).unwrap();
        listen(&folder, |_| ()).unwrap();
        let socket = std::fs::metadata(socket(base.path())).unwrap();
        assert!(socket.file_type().is_socket());
        assert_eq!(socket.permissions().mode() & 0o777, 0o600);
    }
}
