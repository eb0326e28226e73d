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
    let user = rustix::process::geteuid();
    // A group of the user's own number holds nobody else.
    let has_own_group = rustix::process::getegid().as_raw() == user.as_raw();
    if has_own_group {
        set_mode(base.path(), 0o775);
        DataFolder::open(Some(base.path()), false).unwrap();
    }
    if user.is_root() {
        std::os::unix::fs::chown(base.path(), None, Some(65534)).unwrap();
    }
    let group_is_others = user.is_root() || !has_own_group;
    for mode in [0o770, 0o777, 0o702] {
        if mode == 0o770 && !group_is_others {
            continue;
        }
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
        "logs/failed",
        "logs/runwatch.2026-11-24.log",
    ] {
        let folder = base.path().join(name.replace(['.', '/'], "-"));
        let place = folder.join(name);
        open(&folder, false);
        make_private(place.parent().unwrap()).unwrap();
        std::os::unix::fs::symlink(&other, place).unwrap();
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
    folder.lock_file().unwrap();
    assert_eq!(mode(folder.lock()), 0o600);
}

#[cfg(unix)]
fn set_mode(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, PermissionsExt::from_mode(mode)).unwrap();
}

#[cfg(unix)]
#[test]
fn a_folder_in_it_to_which_others_may_write_is_refused_by_its_name() {
    for name in ["logs", "page", "page-set-aside"] {
        let base = tempfile::tempdir().unwrap();
        fs::create_dir(base.path().join(name)).unwrap();
        set_mode(&base.path().join(name), 0o777);
        let error = DataFolder::open(Some(base.path()), false).unwrap_err();
        let error = error.to_string();
        assert!(
            error.contains(name) && error.contains("other users may write"),
            "{error}"
        );
        set_mode(&base.path().join(name), 0o755);
        assert!(DataFolder::open(Some(base.path()), false).is_ok());
    }
}

#[cfg(unix)]
#[test]
fn nobody_else_reads_the_logs_whoever_made_their_folder() {
    use std::os::unix::fs::MetadataExt;
    let base = tempfile::tempdir().unwrap();
    let folder = DataFolder::open(Some(base.path()), false).unwrap();
    fs::create_dir(folder.logs()).unwrap();
    set_mode(&folder.logs(), 0o755);
    folder.make_files().unwrap();
    for (path, mode) in [(folder.logs(), 0o700), (folder.history(), 0o600)] {
        assert_eq!(
            fs::metadata(&path).unwrap().mode() & 0o777,
            mode,
            "{path:?}"
        );
    }
}

#[cfg(unix)]
#[test]
fn a_folder_that_others_could_put_another_in_place_of_is_refused() {
    use std::os::unix::fs::chown;
    let base = tempfile::tempdir().unwrap();
    let above = base.path().join("above");
    let folder = above.join("between").join("data");
    let is_taken = || DataFolder::open(Some(&folder), false).map(drop);
    is_taken().unwrap();
    for (mode, is_safe) in [(0o777, false), (0o1777, true), (0o755, true)] {
        set_mode(&above, mode);
        let taken = is_taken().map_err(|error| error.to_string());
        assert_eq!(taken.is_ok(), is_safe, "{mode:o}: {taken:?}");
        if let Err(error) = taken {
            assert!(error.contains("above: other users may write"), "{error}");
        }
    }
    if !rustix::process::geteuid().is_root() {
        println!("skipped the folders of others (this user is not root)");
        return;
    }
    let nobody = Some(65534);
    chown(&above, None, nobody).unwrap();
    for (owner, mode, is_safe) in [
        (Some(0), 0o775, false),
        (Some(0), 0o1775, true),
        // Who owns such a folder may rename what is in it all the same.
        (nobody, 0o1777, false),
    ] {
        chown(&above, owner, None).unwrap();
        set_mode(&above, mode);
        assert_eq!(is_taken().is_ok(), is_safe, "{owner:?} {mode:o}");
    }
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
fn storage_that_was_set_aside_is_not_used_again() {
    let base = tempfile::tempdir().unwrap();
    let folder = open(base.path(), false);
    fs::create_dir(folder.page()).unwrap();
    let before = folder.storage_id();
    assert_eq!(before, folder.storage_id());
    folder.set_page_aside().unwrap();
    let after = folder.storage_id();
    assert_ne!(after, before);
    folder.set_page_aside().unwrap();
    assert_eq!(open(base.path(), false).storage_id(), after);
}

#[cfg(not(target_os = "macos"))]
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
