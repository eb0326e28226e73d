//! A new folder of files, put where its user wished: whole or not at all, and its owner's alone.

use std::fs::{DirBuilder, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::os;

/// Folders of the same name that are counted past.
const MOST: usize = 1_000;

/// Writes files into a new folder below `parent`, under this name or the next one that is free, and says
/// where. Written beside and renamed: nobody finds a half of it under its name.
///
/// # Errors
/// What the system says; then nothing is left of it.
pub fn write_new_folder(parent: &Path, name: &str, files: &[(&str, &[u8])]) -> io::Result<PathBuf> {
    let beside = parent.join(format!(".{name}.part"));
    if beside.exists() {
        std::fs::remove_dir_all(&beside)?;
    }
    let written = write_all(&beside, files).and_then(|()| rename_to_free(&beside, parent, name));
    if written.is_err() {
        let _ = std::fs::remove_dir_all(&beside);
    }
    written
}

fn write_all(folder: &Path, files: &[(&str, &[u8])]) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    os::make_private(&mut builder);
    builder.create(folder)?;
    for (name, content) in files {
        let mut options = OpenOptions::new();
        os::make_file_private(options.write(true).create_new(true));
        let mut file = options.open(folder.join(name))?;
        file.write_all(content)?;
        file.sync_all()?;
    }
    Ok(())
}

fn rename_to_free(beside: &Path, parent: &Path, name: &str) -> io::Result<PathBuf> {
    let names = std::iter::once(name.to_owned())
        .chain((2..=MOST).map(|number| format!("{name} ({number})")));
    let free = names
        .map(|name| parent.join(name))
        .find(|place| !place.exists());
    let place = free.ok_or_else(|| io::Error::from(io::ErrorKind::AlreadyExists))?;
    std::fs::rename(beside, &place)?;
    Ok(place)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILES: [(&str, &[u8]); 2] = [("a.csv", b"1"), ("b.html", b"2")];

    #[test]
    fn a_folder_is_written_whole_and_never_over_another() {
        let parent = tempfile::tempdir().unwrap();
        let first = write_new_folder(parent.path(), "Evidence", &FILES).unwrap();
        let second = write_new_folder(parent.path(), "Evidence", &FILES).unwrap();
        assert_eq!(first, parent.path().join("Evidence"));
        assert_eq!(second, parent.path().join("Evidence (2)"));
        assert_eq!(std::fs::read(second.join("b.html")).unwrap(), b"2");
        assert_eq!(std::fs::read_dir(parent.path()).unwrap().count(), 2);
    }

    #[test]
    fn where_a_file_cannot_be_written_nothing_is_left_and_an_earlier_rest_is_in_nobodys_way() {
        let parent = tempfile::tempdir().unwrap();
        let refused = write_new_folder(parent.path(), "Evidence", &[("no/such", b"1")]);
        assert!(refused.is_err());
        assert_eq!(std::fs::read_dir(parent.path()).unwrap().count(), 0);
        std::fs::create_dir(parent.path().join(".Evidence.part")).unwrap();
        write_new_folder(parent.path(), "Evidence", &FILES).unwrap();
        assert_eq!(std::fs::read_dir(parent.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn what_is_written_is_its_owners_alone() {
        use std::os::unix::fs::PermissionsExt;
        let parent = tempfile::tempdir().unwrap();
        let folder = write_new_folder(parent.path(), "Evidence", &FILES).unwrap();
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&folder), 0o700);
        assert_eq!(mode(&folder.join("a.csv")), 0o600);
    }
}
