//! The data folder: everything stored, and every name that must be unique to an installation,
//! derives from it (docs/RULES.md, 21).

use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::identifier::IDENTIFIER;
use crate::os;

/// A data folder that exists, by its canonical path.
#[derive(Debug, Clone)]
pub struct DataFolder {
    path: PathBuf,
    digest: [u8; 32],
}

impl DataFolder {
    /// The folder `dir`, or the system's usual one, created where it is missing. Sample data has
    /// its own.
    ///
    /// # Errors
    /// When it cannot be created or is not a folder.
    pub fn open(dir: Option<&Path>, sample: bool) -> io::Result<Self> {
        let wanted = Self::locate(dir, sample)?;
        make_private(&wanted)?;
        Ok(Self::at(canonical(&wanted)?))
    }

    /// The same folder, which is not created if it is missing.
    ///
    /// # Errors
    /// When its path cannot be determined.
    pub fn without_creating(dir: Option<&Path>, sample: bool) -> io::Result<Self> {
        Ok(Self::at(canonical(&Self::locate(dir, sample)?)?))
    }

    /// The same folder, only if it exists.
    ///
    /// # Errors
    /// When there is none, or it cannot be read.
    pub fn existing(dir: Option<&Path>, sample: bool) -> io::Result<Self> {
        let wanted = Self::locate(dir, sample)?;
        if wanted.is_dir() {
            return Ok(Self::at(canonical(&wanted)?));
        }
        let words = format!("There is no such folder: {}", wanted.display());
        Err(io::Error::new(io::ErrorKind::NotFound, words))
    }

    /// The path of the folder, whether it exists or not.
    ///
    /// # Errors
    /// When the system has no usual place.
    pub fn locate(dir: Option<&Path>, sample: bool) -> io::Result<PathBuf> {
        let base = match dir {
            Some(dir) => dir.to_owned(),
            // Local, not roaming: a database on a network profile is easily damaged.
            None => dirs::data_local_dir()
                .ok_or_else(|| io::Error::other("this user has no folder for local app data"))?
                .join(IDENTIFIER),
        };
        Ok(if sample { base.join("demo") } else { base })
    }

    fn at(path: PathBuf) -> Self {
        let digest = Sha256::digest(path.as_os_str().as_encoded_bytes()).into();
        Self { path, digest }
    }

    /// Its canonical path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Where the history is.
    pub fn history(&self) -> PathBuf {
        self.path.join("history.db")
    }

    /// Where logs are.
    pub fn logs(&self) -> PathBuf {
        self.path.join("logs")
    }

    /// Where the page's storage is.
    pub fn page(&self) -> PathBuf {
        self.path.join("page")
    }

    /// The file that a running app holds locked.
    pub fn lock(&self) -> PathBuf {
        self.path.join("in-use")
    }

    /// Sixteen bytes unique to this folder, by which macOS names the web view's storage.
    pub fn storage_id(&self) -> [u8; 16] {
        std::array::from_fn(|at| self.digest[at])
    }

    /// A name unique to this folder, such as for the keychain's service.
    pub fn own_name(&self) -> String {
        format!("{IDENTIFIER}.{}", hex::encode(&self.digest[..6]))
    }
}

/// The path with its links resolved, even where its last parts are missing. Not in Windows'
/// verbatim form (`\\?\C:\…`), which web views do not fully understand.
fn canonical(path: &Path) -> io::Result<PathBuf> {
    let error = match dunce::canonicalize(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => error,
        done => return done,
    };
    match (path.parent(), path.file_name()) {
        (Some(parent), Some(name)) if parent.as_os_str().is_empty() => {
            Ok(canonical(Path::new("."))?.join(name))
        }
        (Some(parent), Some(name)) => Ok(canonical(parent)?.join(name)),
        _ => Err(error),
    }
}

/// Creates a folder that only its owner can read, where the system has such rights.
fn make_private(path: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    os::make_private(builder.recursive(true));
    builder.create(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(dir: &Path, sample: bool) -> DataFolder {
        DataFolder::open(Some(dir), sample).unwrap()
    }

    /// docs/RULES.md, 21.
    #[test]
    fn two_folders_share_no_name_and_one_folder_has_one_name_however_it_is_written() {
        let base = tempfile::tempdir().unwrap();
        let (a, b) = (base.path().join("a"), base.path().join("b ä"));
        assert_ne!(open(&a, false).own_name(), open(&b, false).own_name());
        assert_eq!(
            open(&a, false).own_name(),
            open(&b.join("../a"), false).own_name()
        );
    }

    #[test]
    fn a_missing_folder_has_the_name_that_it_had_and_is_not_made() {
        let base = tempfile::tempdir().unwrap();
        let path = base.path().join("gone").join("and more");
        let without_creating = || {
            DataFolder::without_creating(Some(&path), false)
                .unwrap()
                .own_name()
        };
        let missing = without_creating();
        assert!(!base.path().join("gone").exists());
        assert_eq!(missing, open(&path, false).own_name());
        assert_eq!(missing, without_creating());
    }

    /// Files in it keep their own rights: the folder keeps others out.
    #[cfg(unix)]
    #[test]
    fn a_folder_that_is_made_is_its_owner_s_alone_with_all_that_is_in_it() {
        use std::os::unix::fs::PermissionsExt;
        use std::os::unix::process::CommandExt;
        let base = tempfile::tempdir().unwrap();
        std::fs::set_permissions(base.path(), PermissionsExt::from_mode(0o755)).unwrap();
        let folder = open(&base.path().join("new").join("one"), true);
        for path in folder.path().ancestors().take(3) {
            let mode = std::fs::metadata(path).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o700, "{}", path.display());
        }
        std::fs::write(folder.history(), "Payroll").unwrap();
        std::fs::set_permissions(folder.history(), PermissionsExt::from_mode(0o644)).unwrap();
        if !rustix::process::geteuid().is_root() {
            println!("skipped what another user could read (this one is not root)");
            return;
        }
        let mut read = std::process::Command::new("cat");
        read.arg(folder.history());
        assert!(read.output().unwrap().status.success());
        // As the user “nobody”.
        let refused = read.uid(65534).gid(65534).output().unwrap();
        assert!(!refused.status.success() && refused.stdout.is_empty());
    }

    #[test]
    fn a_folder_that_is_only_asked_for_is_not_made() {
        let base = tempfile::tempdir().unwrap();
        let mistyped = base.path().join("mistyped");
        let error = DataFolder::existing(Some(&mistyped), false).unwrap_err();
        assert!(error.to_string().starts_with("There is no such folder: "));
        assert!(!mistyped.exists());
        let there = DataFolder::existing(Some(base.path()), false).unwrap();
        assert_eq!(there.path(), open(base.path(), false).path());
    }

    #[test]
    fn sample_data_never_lives_with_real_data() {
        let base = tempfile::tempdir().unwrap();
        assert_ne!(
            open(base.path(), true).history(),
            open(base.path(), false).history()
        );
    }
}
