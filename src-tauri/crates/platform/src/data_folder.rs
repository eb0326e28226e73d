//! The data folder: everything stored, and every name that must be unique to an installation,
//! derives from it (docs/RULES.md, 21).

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
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
    /// When it cannot be created, is not a folder, or others could put something in Runwatch's way there.
    pub fn open(dir: Option<&Path>, sample: bool) -> io::Result<Self> {
        let wanted = Self::locate(dir, sample)?;
        make_private(&wanted)?;
        Self::safe_at(canonical(&wanted)?)
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
            return Self::safe_at(canonical(&wanted)?);
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

    /// The folder, unless it is not its user's own, or a name that Runwatch uses leads out of it.
    fn safe_at(path: PathBuf) -> io::Result<Self> {
        let named =
            |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", path.display()));
        os::must_be_ones_own(&fs::metadata(&path)?).map_err(named)?;
        let folder = Self::at(path.clone());
        let link = folder
            .own_files()
            .into_iter()
            .find(|file| file.is_symlink());
        match link {
            Some(link) => Err(io::Error::new(
                io::ErrorKind::PermissionDenied,
                format!("{} is a link to another place; remove it", link.display()),
            )),
            None => Ok(folder),
        }
    }

    /// What Runwatch puts into it.
    fn own_files(&self) -> Vec<PathBuf> {
        let history = ["history.db", "history.db-wal", "history.db-shm"];
        let others = [
            self.logs(),
            self.page(),
            self.page_aside(),
            self.lock(),
            self.report(),
        ];
        history
            .iter()
            .map(|name| self.path.join(name))
            .chain(others)
            .collect()
    }

    /// Writes a file beside its place and moves it there whole; its owner alone can read it.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, file: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut beside = tempfile::NamedTempFile::new_in(&self.path)?;
        beside.write_all(bytes)?;
        beside.persist(file)?;
        Ok(())
    }

    /// Makes the folder of logs, and a history that its owner alone can read, where they are missing.
    ///
    /// # Errors
    /// When they cannot be made.
    pub fn make_files(&self) -> io::Result<()> {
        make_private(&self.logs())?;
        let mut options = OpenOptions::new();
        os::make_file_private(options.append(true).create(true));
        // SQLite takes an empty file for a new database, and gives its other files the same rights.
        options.open(self.history()).map(drop)
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

    /// Moves the page's storage aside, as it may be damaged; what was moved there before is deleted: nothing
    /// in it is missed. That there is none is fine.
    ///
    /// # Errors
    /// When it cannot be moved, such as while somebody still uses it.
    pub fn set_page_aside(&self) -> io::Result<()> {
        let aside = self.page_aside();
        let is_missing = |error: &io::Error| error.kind() == io::ErrorKind::NotFound;
        match fs::symlink_metadata(self.page()) {
            Err(error) if is_missing(&error) => return Ok(()),
            other => other?,
        };
        let removed = match aside.is_dir() {
            true => fs::remove_dir_all(&aside),
            false => fs::remove_file(&aside),
        };
        match removed {
            Err(error) if !is_missing(&error) => Err(error),
            _ => fs::rename(self.page(), aside),
        }
    }

    fn page_aside(&self) -> PathBuf {
        self.path.join("page-set-aside")
    }

    /// Where the help desk's report is.
    pub fn report(&self) -> PathBuf {
        self.path.join("check.txt")
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
        format!("{IDENTIFIER}.{}", self.short_name())
    }

    /// The part of it that is unique.
    pub(crate) fn short_name(&self) -> String {
        hex::encode(&self.digest[..6])
    }

    /// Whether it is the one that Runwatch takes where none is named.
    pub fn is_usual(&self) -> bool {
        Self::without_creating(None, false).is_ok_and(|usual| usual.path == self.path)
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

    #[cfg(unix)]
    #[test]
    fn a_folder_to_which_others_may_write_or_that_is_anothers_is_refused_with_a_sentence() {
        use std::os::unix::fs::PermissionsExt;
        let base = tempfile::tempdir().unwrap();
        for mode in [0o770, 0o777, 0o702] {
            fs::set_permissions(base.path(), PermissionsExt::from_mode(mode)).unwrap();
            let error = DataFolder::open(Some(base.path()), false).unwrap_err();
            assert!(
                error.to_string().contains("other users may write"),
                "{error}"
            );
            assert!(DataFolder::existing(Some(base.path()), false).is_err());
        }
        fs::set_permissions(base.path(), PermissionsExt::from_mode(0o755)).unwrap();
        assert!(DataFolder::open(Some(base.path()), false).is_ok());
        if rustix::process::geteuid().is_root() {
            // The user “nobody”.
            std::os::unix::fs::chown(base.path(), Some(65534), None).unwrap();
            let error = DataFolder::open(Some(base.path()), false).unwrap_err();
            assert!(
                error.to_string().contains("belongs to another user"),
                "{error}"
            );
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_under_a_name_of_ours_is_refused_and_nothing_is_written_through_it() {
        let base = tempfile::tempdir().unwrap();
        let other = base.path().join("other");
        fs::write(&other, "theirs").unwrap();
        for name in [
            "check.txt",
            "logs",
            "history.db",
            "history.db-wal",
            "page",
            "page-set-aside",
            "in-use",
        ] {
            let folder = base.path().join(name.replace('.', "-"));
            open(&folder, false);
            std::os::unix::fs::symlink(&other, folder.join(name)).unwrap();
            let error = DataFolder::open(Some(&folder), false).unwrap_err();
            assert!(error.to_string().contains("is a link"), "{name}: {error}");
        }
        let folder = open(&base.path().join("good"), false);
        std::os::unix::fs::symlink(&other, folder.report()).unwrap();
        folder.write(&folder.report(), b"ours").unwrap();
        assert_eq!(fs::read_to_string(other).unwrap(), "theirs");
        assert_eq!(fs::read_to_string(folder.report()).unwrap(), "ours");
    }

    #[cfg(unix)]
    #[test]
    fn files_are_their_owners_alone_also_in_a_folder_that_others_may_read() {
        use std::os::unix::fs::PermissionsExt;
        let base = tempfile::tempdir().unwrap();
        fs::set_permissions(base.path(), PermissionsExt::from_mode(0o755)).unwrap();
        let folder = open(base.path(), false);
        folder.make_files().unwrap();
        folder.write(&folder.report(), b"ours").unwrap();
        let mode = |path: PathBuf| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(folder.history()), 0o600);
        assert_eq!(mode(folder.report()), 0o600);
        assert_eq!(mode(folder.logs()), 0o700);
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
    fn a_page_s_storage_is_moved_aside_whole_and_only_the_latest_is_kept() {
        let base = tempfile::tempdir().unwrap();
        let folder = open(base.path(), false);
        folder.set_page_aside().unwrap();
        for what in ["first", "second"] {
            fs::create_dir(folder.page()).unwrap();
            fs::write(folder.page().join("what"), what).unwrap();
            folder.set_page_aside().unwrap();
            assert!(!folder.page().exists());
        }
        // Whatever stands in its way.
        fs::write(folder.page(), "a file").unwrap();
        let before = fs::read_to_string(folder.page_aside().join("what")).unwrap();
        assert_eq!(before, "second");
        folder.set_page_aside().unwrap();
        assert_eq!(fs::read_to_string(folder.page_aside()).unwrap(), "a file");
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
