//! One app to a data folder: a second one raises the first one's window and ends (`rules.md`, 21).

use std::fs::{File, TryLockError};
use std::io::{self, Read, Write};
use std::time::Duration;

use interprocess::local_socket::traits::{ListenerExt, Stream as _};
use interprocess::local_socket::{GenericNamespaced, ListenerOptions, Stream, ToNsName};

use crate::folder::DataFolder;

const OPEN: &[u8] = b"open";

/// Whether this app has the folder.
pub enum Instance {
    /// It has, until this is dropped or the process ends, however it ends.
    First(Held),
    /// Another app has it, and was asked to open its window.
    Second,
}

/// The lock on a folder.
pub struct Held {
    _file: File,
}

/// Takes the folder, or asks the app that has it to open its window.
///
/// # Errors
/// When the lock file cannot be made, or the other app cannot be asked.
pub fn take(folder: &DataFolder) -> io::Result<Instance> {
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(folder.lock())?;
    match file.try_lock() {
        Ok(()) => Ok(Instance::First(Held { _file: file })),
        Err(TryLockError::WouldBlock) => ask_to_open(folder).map(|()| Instance::Second),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// The first app may just be starting: it is asked for a few seconds.
fn ask_to_open(folder: &DataFolder) -> io::Result<()> {
    let name = folder.own_name().to_ns_name::<GenericNamespaced>()?;
    let mut tries = 0;
    loop {
        match Stream::connect(name.clone()) {
            Ok(mut stream) => return stream.write_all(OPEN),
            Err(error) if tries == 50 => return Err(error),
            Err(_) => tries += 1,
        }
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// Calls `open` whenever another app asks for the window.
///
/// # Errors
/// When nothing can be listened on.
pub fn listen(folder: &DataFolder, open: impl Fn() + Send + 'static) -> io::Result<()> {
    let name = folder.own_name().to_ns_name::<GenericNamespaced>()?;
    let listener = ListenerOptions::new().name(name).create_sync()?;
    std::thread::Builder::new()
        .name("second launches".into())
        .spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let mut word = [0; OPEN.len()];
                if stream.read_exact(&mut word).is_ok() && word == OPEN {
                    open();
                }
            }
        })?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `rules.md`, 21.
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
