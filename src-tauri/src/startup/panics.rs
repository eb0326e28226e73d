//! A failure of Runwatch itself: written to the log, and told at the next start.

use std::backtrace::Backtrace;
use std::cell::Cell;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use runwatch_platform::DataFolder;

/// Where it is noted until it is told.
fn note(folder: &DataFolder) -> PathBuf {
    folder.logs().join("failed")
}

thread_local! {
    static EXPECTED: Cell<bool> = const { Cell::new(false) };
}

/// Does what may panic for a reason that is known: it is no failure of Runwatch. None where it did.
pub fn expected<T>(work: impl FnOnce() -> T) -> Option<T> {
    EXPECTED.set(true);
    let done = catch_unwind(AssertUnwindSafe(work));
    EXPECTED.set(false);
    done.ok()
}

/// From now on each failure is written to the log, and noted for the next start.
pub fn note_all(folder: &DataFolder) {
    let (folder, note) = (folder.clone(), note(folder));
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if EXPECTED.get() {
            return;
        }
        let trace = Backtrace::force_capture();
        tracing::error!(%panic, %trace, "Runwatch failed");
        // On a full disk there is nothing to be done about it.
        let _ = folder.write(&note, panic.to_string().as_bytes());
        before(panic);
    }));
}

/// What is to be told of a failure in the last session, once.
pub fn note_of_last_time(folder: &DataFolder) -> Option<String> {
    let note = note(folder);
    let failed = fs::exists(&note).unwrap_or(false);
    if failed && let Err(error) = fs::remove_file(&note) {
        tracing::warn!(%error, "the note of a failure could not be removed");
    }
    failed.then(|| {
        "A part of Runwatch failed the last time it ran. Look at your runs. If it happens again, send \
         “Diagnostics” from the menu to your support."
            .to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_is_told_once_at_the_next_start() {
        let place = tempfile::tempdir().unwrap();
        let folder = DataFolder::open(Some(place.path()), false).unwrap();
        fs::create_dir_all(folder.logs()).unwrap();
        assert_eq!(note_of_last_time(&folder), None);
        #[cfg(unix)]
        let other = folder.path().join("other");
        #[cfg(unix)]
        std::os::unix::fs::symlink(&other, note(&folder)).unwrap();
        note_all(&folder);
        let known = std::thread::spawn(|| expected(|| panic!("no tray here"))).join();
        assert!(matches!(known, Ok(None)));
        assert_eq!(note_of_last_time(&folder), None);
        let (log, beside) = (folder.logs().join("log"), folder.logs().join("log"));
        let failed = std::thread::spawn(move || {
            let file = fs::File::create(beside).unwrap();
            let written = tracing_subscriber::fmt().with_writer(std::sync::Mutex::new(file));
            tracing::subscriber::with_default(written.finish(), || panic!("as the test wants"));
        });
        let failed = failed.join();
        let _ = std::panic::take_hook();
        assert!(failed.is_err());
        let logged = fs::read_to_string(log).unwrap();
        for part in ["Runwatch failed", "as the test wants", "panics.rs"] {
            assert!(logged.contains(part), "{logged}");
        }
        #[cfg(unix)]
        assert!(!other.exists(), "it is written beside and moved there");
        let told = note_of_last_time(&folder).unwrap();
        assert!(told.contains("failed"), "{told}");
        assert_eq!(note_of_last_time(&folder), None);
    }
}
