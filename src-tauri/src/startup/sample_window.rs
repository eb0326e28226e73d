//! Sample data beside one's own: a second Runwatch with `--demo`.

use std::io;
use std::process::{Command, Stdio};

use runwatch_platform::DataFolder;

/// Starts it, on the folder of sample data inside `folder`. Where it runs already, its window comes to the
/// front.
///
/// # Errors
/// When the system does not start it.
pub fn open(folder: &DataFolder) -> io::Result<()> {
    let mut command = Command::new(std::env::current_exe()?);
    command.args(arguments(folder)).stdin(Stdio::null());
    let mut second = command.spawn()?;
    // Until it ends: on Linux and macOS something would be left of it otherwise.
    std::thread::spawn(move || second.wait());
    Ok(())
}

fn arguments(folder: &DataFolder) -> Vec<std::ffi::OsString> {
    let mut arguments = vec!["--demo".into()];
    if !folder.is_usual() {
        arguments.extend(["--data-dir".into(), folder.path().into()]);
    }
    arguments
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sample_data_gets_a_folder_of_its_own_inside_the_one_in_use() {
        let base = tempfile::tempdir().unwrap();
        let own = DataFolder::open(Some(base.path()), false).unwrap();
        let given = arguments(&own);
        assert_eq!(given[0], "--demo");
        assert_eq!(given[1], "--data-dir");
        let theirs = DataFolder::open(Some(given[2].as_ref()), true).unwrap();
        assert_eq!(theirs.path(), own.path().join("demo"));
        assert_ne!(theirs.own_name(), own.own_name());
    }
}
