//! Linux and macOS: files and folders that are their owner's alone.

use std::fs::{self, DirBuilder, Metadata, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

/// All rights of everybody, and of everybody and the group.
const EVERYBODY: u32 = 0o007;
const OTHERS: u32 = 0o077;
/// The right to write, of whomever.
const MAY_WRITE: u32 = 0o222;
/// What is in a folder can be renamed by its owner alone.
const STICKY: u32 = 0o1000;

/// Makes a folder readable by its owner only.
pub fn make_private(builder: &mut DirBuilder) {
    builder.mode(0o700);
}

/// Takes the rights of others to a folder of this user's.
///
/// # Errors
/// When they cannot be taken.
pub fn keep_private(folder: &Path) -> io::Result<()> {
    fs::set_permissions(folder, Permissions::from_mode(0o700))
}

/// Makes a file readable by its owner only.
pub fn make_file_private(options: &mut OpenOptions) {
    options.mode(0o600);
}

/// A folder in which nobody but this user can put something in Runwatch's way.
///
/// # Errors
/// A sentence, where it belongs to somebody else or others may write to it.
pub fn must_be_ones_own(folder: &Metadata) -> io::Result<()> {
    let refused = |words: &str| Err(io::Error::new(io::ErrorKind::PermissionDenied, words));
    if folder.uid() != rustix::process::geteuid().as_raw() {
        return refused("the folder belongs to another user");
    }
    if others_may_write(folder) {
        return refused("other users may write to the folder; take that right from them");
    }
    Ok(())
}

/// A folder that lies above one of this user's: nobody else can put another one in its place.
///
/// # Errors
/// A sentence, where others may rename what is in it.
pub fn must_keep_what_is_in_it(folder: &Metadata) -> io::Result<()> {
    let user = rustix::process::geteuid().as_raw();
    // There only its owner and that of a file may rename that file.
    let is_shared_well = folder.mode() & STICKY != 0 && [0, user].contains(&folder.uid());
    if !others_may_write(folder) || is_shared_well {
        return Ok(());
    }
    let words = "other users may write to this folder, and put another data folder in place of Runwatch's; \
                 take that right from them";
    Err(io::Error::new(io::ErrorKind::PermissionDenied, words))
}

fn others_may_write(folder: &Metadata) -> bool {
    let (user, group) = (rustix::process::geteuid(), rustix::process::getegid());
    // By convention a group of the user's number is theirs alone.
    let is_own_group = folder.gid() == group.as_raw() && group.as_raw() == user.as_raw();
    let others = if is_own_group { EVERYBODY } else { OTHERS };
    folder.mode() & others & MAY_WRITE != 0
}

/// No copy of this process's memory is written when it crashes, as secrets are in it.
pub fn keep_memory_private() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let none = Rlimit {
        current: Some(0),
        maximum: Some(0),
    };
    if let Err(error) = setrlimit(Resource::Core, none) {
        tracing::warn!(%error, "a crash may leave a copy of the memory");
    }
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{DumpableBehavior, set_dumpable_behavior};
        if let Err(error) = set_dumpable_behavior(DumpableBehavior::NotDumpable) {
            tracing::warn!(%error, "programs of this user may read the memory");
        }
    }
}

#[cfg(test)]
mod tests {
    /// In a process of its own, as it cannot be taken back.
    #[cfg(target_os = "linux")]
    #[test]
    fn a_crash_leaves_no_copy_of_the_memory() {
        use rustix::process::{DumpableBehavior, Resource, dumpable_behavior, getrlimit};
        const CHILD: &str = "RUNWATCH_TEST_MEMORY";
        if std::env::var_os(CHILD).is_none() {
            let test = "os::unix_private_files::tests::a_crash_leaves_no_copy_of_the_memory";
            let mut child = std::process::Command::new(std::env::current_exe().unwrap());
            let child = child
                .args(["--exact", test])
                .env(CHILD, "1")
                .output()
                .unwrap();
            let said = String::from_utf8_lossy(&child.stdout);
            assert!(
                child.status.success() && said.contains("1 passed"),
                "{said}"
            );
            return;
        }
        super::keep_memory_private();
        assert_eq!(getrlimit(Resource::Core).maximum, Some(0));
        assert_eq!(dumpable_behavior().unwrap(), DumpableBehavior::NotDumpable);
    }
}
