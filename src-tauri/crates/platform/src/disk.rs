//! The disk that a folder is on.

use std::io;
use std::path::Path;

use crate::os;

/// Whether it is a disk of this computer; `None` where the system does not say. SQLite's
/// write-ahead log needs one: on a network drive its files get damaged.
pub fn is_local(folder: &Path) -> Option<bool> {
    os::is_local(folder)
}

/// The free bytes for this user.
///
/// # Errors
/// When the system does not tell.
pub fn free_space(folder: &Path) -> io::Result<u64> {
    fs4::available_space(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_for_temporary_files_is_on_a_local_disk_with_some_room() {
        let folder = std::env::temp_dir().canonicalize().unwrap();
        assert_eq!(is_local(&folder), Some(true));
        assert!(free_space(&folder).unwrap() > 0);
    }
}
