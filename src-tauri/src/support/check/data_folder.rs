//! The data folder: where it is, and whether history can be kept there.

use runwatch_platform::{DataFolder, free_space, is_local};
use runwatch_store::check_folder;

use crate::support::check::report::{Line, missing, ok, warning};

/// Less room than this is worth a word.
const LITTLE_ROOM: u64 = 200 << 20;

/// Where the folder is, how much room it has, and whether a database works in it.
pub fn check(folder: &DataFolder) -> Vec<Line> {
    let path = folder.path();
    let name = path.display();
    let place = match is_local(path) {
        Some(false) => warning(format!(
            "Data folder: {name}, on a network drive, where the history may get damaged. \
             Choose a folder on this computer with --data-dir."
        )),
        _ => ok(format!("Data folder: {name}")),
    };
    let room = match free_space(path) {
        Ok(bytes) if bytes < LITTLE_ROOM => warning(format!(
            "Disk: only {} MB free; when it is full, history is not kept.",
            bytes >> 20
        )),
        Ok(bytes) => ok(format!("Disk: {} MB free", bytes >> 20)),
        Err(error) => warning(format!("Disk: how much is free is not told ({error}).")),
    };
    let keeps = match check_folder(path) {
        Ok(()) => ok("Database: a test file was written, read and removed"),
        Err(error) => missing(format!(
            "Database: none can be kept in the data folder. {error}"
        )),
    };
    vec![place, room, keeps]
}
