//! One app to a data folder: a second one raises the first one's window and ends (docs/RULES.md, 21).

use std::fs::{File, TryLockError};
use std::io::{self, Read, Write};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use interprocess::local_socket::Stream;
use interprocess::local_socket::traits::{ListenerExt, Stream as _};

use crate::folder::DataFolder;
use crate::os::activation;

const OPEN: &[u8; 4] = b"open";
const DONE: &[u8; 4] = b"done";

/// Who connects says at once what it wants, and who is asked answers at once.
const AT_ONCE: Duration = Duration::from_secs(1);
/// The first app may just be starting, and is asked as long.
const STARTING: Duration = Duration::from_secs(5);

/// Whether this app has the folder.
pub enum Instance {
    /// It has, until this is dropped or the process ends, however it ends.
    First(Held),
    /// Another app has it, and opens its window.
    Second,
    /// Another app has it, and does not answer.
    Mute,
}

/// The lock on a folder.
pub struct Held {
    _file: File,
}

/// Takes the folder, or asks the app that has it to open its window.
///
/// # Errors
/// When the lock file cannot be made.
pub fn take(folder: &DataFolder) -> io::Result<Instance> {
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(folder.lock())?;
    match file.try_lock() {
        Ok(()) => Ok(Instance::First(Held { _file: file })),
        Err(TryLockError::WouldBlock) if ask_to_open(folder) => Ok(Instance::Second),
        Err(TryLockError::WouldBlock) => Ok(Instance::Mute),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// Whether the app that has the folder says that it opens its window.
fn ask_to_open(folder: &DataFolder) -> bool {
    let until = Instant::now() + STARTING;
    loop {
        if activation::connect(folder).is_ok_and(answers) {
            return true;
        }
        if Instant::now() > until {
            return false;
        }
        thread::sleep(Duration::from_millis(100));
    }
}

/// Asked on a thread of its own: not every system's pipes know a deadline.
fn answers(mut stream: Stream) -> bool {
    let (answer, wait) = mpsc::channel();
    thread::spawn(move || {
        let mut word = [0; DONE.len()];
        let done = stream
            .write_all(OPEN)
            .and_then(|()| stream.read_exact(&mut word));
        // Nobody waits for it any more, if it took too long.
        let _ = answer.send(done.is_ok() && word == *DONE);
    });
    wait.recv_timeout(AT_ONCE).unwrap_or(false)
}

/// Calls `open` whenever another app asks for the window.
///
/// # Errors
/// When nothing can be listened on.
pub fn listen(folder: &DataFolder, open: impl Fn() + Send + Sync + 'static) -> io::Result<()> {
    let listener = activation::listen(folder)?;
    let open = Arc::new(open);
    thread::Builder::new()
        .name("second launches".into())
        .spawn(move || {
            for stream in listener.incoming() {
                match stream {
                    Ok(stream) if activation::is_own(&stream) => {
                        let open = Arc::clone(&open);
                        // Each on its own: one that says nothing holds up nobody.
                        thread::spawn(move || answer(stream, &*open));
                    }
                    Ok(_) => tracing::warn!("another user tried to open the window"),
                    Err(error) => {
                        tracing::warn!(%error, "a second launch could not be heard");
                        thread::sleep(AT_ONCE);
                    }
                }
            }
        })?;
    Ok(())
}

fn answer(mut stream: Stream, open: &dyn Fn()) {
    // Windows' pipes know none.
    let _ = stream.set_recv_timeout(Some(AT_ONCE));
    let mut word = [0; OPEN.len()];
    if stream.read_exact(&mut word).is_ok() && word == *OPEN {
        open();
        // Who asked may have given up.
        let _ = stream.write_all(DONE);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// docs/RULES.md, 21.
    #[test]
    fn a_second_app_asks_the_first_one_to_open_and_a_third_gets_a_folder_that_was_let_go() {
        let base = tempfile::tempdir().unwrap();
        let folder = DataFolder::open(Some(base.path()), false).unwrap();
        let Instance::First(held) = take(&folder).unwrap() else {
            panic!("the folder is free")
        };
        let (asked, wait) = std::sync::mpsc::channel();
        listen(&folder, move || asked.send(()).unwrap()).unwrap();
        assert!(matches!(take(&folder).unwrap(), Instance::Second));
        wait.recv_timeout(Duration::from_secs(10)).unwrap();
        drop(held);
        assert!(matches!(take(&folder).unwrap(), Instance::First(_)));
    }
}
