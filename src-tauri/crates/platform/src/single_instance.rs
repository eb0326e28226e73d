//! One app for each data folder: a second launch asks the first app to open its window, and ends
//! (docs/RULES.md, 21).

use std::fs::{File, TryLockError};
use std::io::{self, Read, Write};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use interprocess::local_socket::Stream;
use interprocess::local_socket::traits::{ListenerExt, Stream as _};

use crate::data_folder::DataFolder;
use crate::os::{self, open_window_channel};

/// What each request begins with; 0.1.0 said and understood no more than this.
const OPEN: &[u8; 4] = b"open";
const DONE: &[u8; 4] = b"done";
/// The first app is in another session of the user, and opened nothing.
const ELSEWHERE: &[u8; 4] = b"away";

/// Longest wait for a message of the other process.
const REPLY_TIMEOUT: Duration = Duration::from_secs(1);
/// How long to keep asking: the first app may just be starting, on a slow disk with a history to convert.
const START_TIMEOUT: Duration = Duration::from_secs(15);
/// No request of ours is longer (bytes): an address is cut before it is handed over.
const LONGEST_REQUEST: u32 = 8_192;

/// Whether this app got the folder.
pub enum Instance {
    /// It did, until this is dropped or the process ends.
    First(FolderLock),
    /// Another app has it, and opens its window.
    Second,
    /// Another app has it, in another session of this user, as on a terminal server.
    Elsewhere,
    /// Another app has it, and does not answer.
    Unresponsive,
}

/// The lock on a folder.
pub struct FolderLock {
    _file: File,
}

/// What a second launch wants of the first app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    /// Nothing: it was started hidden.
    Nothing,
    /// Its window.
    Window,
    /// Its window, and in it what this address shows.
    Address(String),
}

/// Locks the folder, or tells the app that has it what this launch wants.
///
/// # Errors
/// When the lock file cannot be made.
pub fn take(folder: &DataFolder, wish: &Wish) -> io::Result<Instance> {
    let file = folder.lock_file()?;
    match file.try_lock() {
        Ok(()) => Ok(Instance::First(FolderLock { _file: file })),
        Err(TryLockError::WouldBlock) => Ok(match wish {
            Wish::Nothing => Instance::Second,
            Wish::Window => ask(folder, ""),
            Wish::Address(address) => ask(folder, address),
        }),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// Asks the app that has the folder to open its window, until it has replied.
fn ask(folder: &DataFolder, address: &str) -> Instance {
    let request = request(&os::session(), address);
    let until = Instant::now() + START_TIMEOUT;
    loop {
        let stream = open_window_channel::connect(folder.path(), &folder.own_name());
        match stream.ok().and_then(|stream| reply(stream, &request)) {
            Some(reply) if reply == *DONE => return Instance::Second,
            Some(reply) if reply == *ELSEWHERE => return Instance::Elsewhere,
            _ if Instant::now() > until => return Instance::Unresponsive,
            _ => thread::sleep(Duration::from_millis(100)),
        }
    }
}

/// `open`, the length of what follows, and that: the session and the address, a line each.
fn request(session: &str, address: &str) -> Vec<u8> {
    let text = format!("{session}\n{address}");
    let length = u32::try_from(text.len()).unwrap_or(u32::MAX).to_le_bytes();
    [&OPEN[..], &length, text.as_bytes()].concat()
}

/// On a thread of its own: Windows' pipes have no timeouts.
fn reply(mut stream: Stream, request: &[u8]) -> Option<[u8; 4]> {
    // Windows lets an app come to the front only where the one that the user started allows it.
    open_window_channel::allow_to_come_forward(&stream);
    let (answer, wait) = mpsc::channel();
    let request = request.to_owned();
    thread::spawn(move || {
        let mut word = [0; 4];
        let done = stream
            .write_all(&request)
            .and_then(|()| stream.read_exact(&mut word));
        // The receiver is gone if it took too long.
        let _ = answer.send(done.ok().map(|()| word));
    });
    wait.recv_timeout(REPLY_TIMEOUT).ok().flatten()
}

/// Calls `open` whenever another launch asks for the window, with the address that it was given.
///
/// # Errors
/// When nothing can be listened on.
pub fn listen(
    folder: &DataFolder,
    open: impl Fn(Option<String>) + Send + Sync + 'static,
) -> io::Result<()> {
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

fn answer(mut stream: Stream, open: &dyn Fn(Option<String>)) {
    // Fails on Windows, whose pipes have no timeouts.
    let _ = stream.set_recv_timeout(Some(REPLY_TIMEOUT));
    let Some((session, address)) = read_request(&mut stream) else {
        return;
    };
    let reply = match is_same_session(&session, &os::session()) {
        true => {
            open(Some(address).filter(|address| !address.is_empty()));
            DONE
        }
        false => ELSEWHERE,
    };
    // The other process may have given up.
    let _ = stream.write_all(reply);
}

/// Session and address of a request; none where it is not one of ours.
fn read_request(stream: &mut impl Read) -> Option<(String, String)> {
    let (mut word, mut length) = ([0; OPEN.len()], [0; 4]);
    stream.read_exact(&mut word).ok()?;
    stream.read_exact(&mut length).ok()?;
    let length = u32::from_le_bytes(length);
    if word != *OPEN || length > LONGEST_REQUEST {
        return None;
    }
    let mut text = vec![0; usize::try_from(length).ok()?];
    stream.read_exact(&mut text).ok()?;
    let text = String::from_utf8(text).ok()?;
    let (session, address) = text.split_once('\n')?;
    Some((session.to_owned(), address.to_owned()))
}

/// A session may have several names, a word each: one in common is enough.
fn is_same_session(one: &str, other: &str) -> bool {
    one.split_whitespace()
        .any(|name| other.split_whitespace().any(|same| same == name))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// docs/RULES.md, 21.
    #[test]
    fn a_second_app_asks_the_first_one_to_open_and_a_third_gets_a_folder_that_was_let_go() {
        let base = tempfile::tempdir().unwrap();
        let folder = DataFolder::open(Some(base.path()), false).unwrap();
        let take = |wish: Wish| take(&folder, &wish).unwrap();
        let Instance::First(held) = take(Wish::Window) else {
            panic!("the folder is free")
        };
        let (asked, wait) = std::sync::mpsc::channel();
        listen(&folder, move |address| asked.send(address).unwrap()).unwrap();
        let soon = Duration::from_secs(10);
        assert!(matches!(take(Wish::Window), Instance::Second));
        assert_eq!(wait.recv_timeout(soon).unwrap(), None);
        let address = "runwatch://run/Überseehafen/pr-1".to_owned();
        let asks = Wish::Address(address.clone());
        assert!(matches!(take(asks), Instance::Second));
        assert_eq!(wait.recv_timeout(soon).unwrap(), Some(address));
        // Started hidden, it raises nothing.
        assert!(matches!(take(Wish::Nothing), Instance::Second));
        assert!(wait.try_recv().is_err());
        drop(held);
        assert!(matches!(take(Wish::Window), Instance::First(_)));
    }

    #[test]
    fn a_launch_in_another_session_is_told_so_and_opens_nothing() {
        let base = tempfile::tempdir().unwrap();
        let folder = DataFolder::open(Some(base.path()), false).unwrap();
        let (asked, wait) = std::sync::mpsc::channel();
        listen(&folder, move |_| asked.send(()).unwrap()).unwrap();
        let from = |session: &str| {
            let stream = open_window_channel::connect(folder.path(), &folder.own_name()).unwrap();
            reply(stream, &request(session, ""))
        };
        assert_eq!(from("another session"), Some(*ELSEWHERE));
        assert!(wait.try_recv().is_err());
        let here = format!("more {}", os::session());
        assert_eq!(from(&here), Some(*DONE));
        assert!(wait.try_recv().is_ok());
    }

    #[test]
    fn what_is_no_request_of_ours_opens_nothing() {
        let read = |bytes: &[u8]| read_request(&mut &*bytes);
        let good = request("1", "x");
        assert_eq!(read(&good), Some(("1".into(), "x".into())));
        let too_long = [&OPEN[..], &(LONGEST_REQUEST + 1).to_le_bytes()].concat();
        let no_text = [&OPEN[..], &2u32.to_le_bytes(), &[0xff, b'\n']].concat();
        let other_word = [b"shut", &good[4..]].concat();
        for bad in [&b"open"[..], &good[..9], &too_long, &no_text, &other_word] {
            assert_eq!(read(bad), None, "{bad:?}");
        }
    }
}
