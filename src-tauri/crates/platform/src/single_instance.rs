//! One app for each data folder: a second one asks the first to open its window, and ends
//! (docs/RULES.md, 21).

use std::fs::{File, TryLockError};
use std::io::{self, Read, Write};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use interprocess::local_socket::Stream;
use interprocess::local_socket::traits::{ListenerExt, Stream as _};

use crate::data_folder::DataFolder;
use crate::os::open_window_channel;

const OPEN: &[u8; 4] = b"open";
const DONE: &[u8; 4] = b"done";

/// Longest wait for a message of the other process.
const REPLY_TIMEOUT: Duration = Duration::from_secs(1);
/// How long to keep asking: the first app may just be starting.
const START_TIMEOUT: Duration = Duration::from_secs(5);

/// Whether this app got the folder.
pub enum Instance {
    /// It did, until this is dropped or the process ends.
    First(FolderLock),
    /// Another app has it, and opens its window.
    Second,
    /// Another app has it, and does not answer.
    Unresponsive,
}

/// The lock on a folder.
pub struct FolderLock {
    _file: File,
}

/// Locks the folder, or asks the app that has it to open its window.
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
        Ok(()) => Ok(Instance::First(FolderLock { _file: file })),
        Err(TryLockError::WouldBlock) if ask_to_open(folder) => Ok(Instance::Second),
        Err(TryLockError::WouldBlock) => Ok(Instance::Unresponsive),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// Whether the app that has the folder replies that it opens its window.
fn ask_to_open(folder: &DataFolder) -> bool {
    let until = Instant::now() + START_TIMEOUT;
    loop {
        if open_window_channel::connect(folder.path(), &folder.own_name()).is_ok_and(answers) {
            return true;
        }
        if Instant::now() > until {
            return false;
        }
        thread::sleep(Duration::from_millis(100));
    }
}

/// On a thread of its own: Windows' pipes have no timeouts.
fn answers(mut stream: Stream) -> bool {
    let (answer, wait) = mpsc::channel();
    thread::spawn(move || {
        let mut word = [0; DONE.len()];
        let done = stream
            .write_all(OPEN)
            .and_then(|()| stream.read_exact(&mut word));
        // The receiver is gone if it took too long.
        let _ = answer.send(done.is_ok() && word == *DONE);
    });
    wait.recv_timeout(REPLY_TIMEOUT).unwrap_or(false)
}

/// Calls `open` whenever another app asks for the window.
///
/// # Errors
/// When nothing can be listened on.
pub fn listen(folder: &DataFolder, open: impl Fn() + Send + Sync + 'static) -> io::Result<()> {
    let listener = open_window_channel::listen(folder.path(), &folder.own_name())?;
    let open = Arc::new(open);
    thread::Builder::new()
        .name("second launches".into())
        .spawn(move || {
            for stream in listener.incoming() {
                match stream {
                    Ok(stream) if open_window_channel::is_own(&stream) => {
                        let open = Arc::clone(&open);
                        // One thread each, so that a silent client blocks nobody.
                        thread::spawn(move || answer(stream, &*open));
                    }
                    Ok(_) => tracing::warn!("another user tried to open the window"),
                    Err(error) => {
                        tracing::warn!(%error, "a second launch could not be heard");
                        thread::sleep(REPLY_TIMEOUT);
                    }
                }
            }
        })?;
    Ok(())
}

fn answer(mut stream: Stream, open: &dyn Fn()) {
    // Fails on Windows, whose pipes have no timeouts.
    let _ = stream.set_recv_timeout(Some(REPLY_TIMEOUT));
    let mut word = [0; OPEN.len()];
    if stream.read_exact(&mut word).is_ok() && word == *OPEN {
        open();
        // The other process may have given up.
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
