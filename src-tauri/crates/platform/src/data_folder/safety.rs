//! What has to be so before anything is read from a data folder or written to it: nobody else can put something
//! in Runwatch's way there, nor another folder in its place.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::DataFolder;
use crate::os;

impl DataFolder {
    /// # Errors
    /// A sentence, where the folder, one in it that Runwatch uses, or one above it lets others in, or where a
    /// name that Runwatch uses leads elsewhere.
    pub(super) fn must_be_safe(&self) -> io::Result<()> {
        for above in self.path.ancestors().skip(1) {
            checked(above, |above| os::must_keep_what_is_in_it(&above))?;
        }
        checked(&self.path, |folder| os::must_be_ones_own(&folder))?;
        for name in self.own_names() {
            must_be_no_link(&name)?;
        }
        for folder in [self.logs(), self.page(), self.page_aside()] {
            if folder.is_dir() {
                checked(&folder, |folder| os::must_be_ones_own(&folder))?;
            }
        }
        let logs = match fs::read_dir(self.logs()) {
            Ok(logs) => logs,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(error),
        };
        for log in logs {
            must_be_no_link(&log?.path())?;
        }
        Ok(())
    }

    /// What Runwatch puts into it.
    fn own_names(&self) -> Vec<PathBuf> {
        let history = ["history.db", "history.db-wal", "history.db-shm"];
        let others = [
            self.logs(),
            self.page(),
            self.page_aside(),
            self.lock(),
            self.report(),
        ];
        let history = history.iter().map(|name| self.path.join(name));
        history.chain(others).collect()
    }
}

/// Names the folder in what is wrong with it.
fn checked(folder: &Path, check: impl FnOnce(fs::Metadata) -> io::Result<()>) -> io::Result<()> {
    fs::metadata(folder)
        .and_then(check)
        .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", folder.display())))
}

fn must_be_no_link(path: &Path) -> io::Result<()> {
    if !path.is_symlink() {
        return Ok(());
    }
    let words = format!("{} is a link to another place; remove it", path.display());
    Err(io::Error::new(io::ErrorKind::PermissionDenied, words))
}
