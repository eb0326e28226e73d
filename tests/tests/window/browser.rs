//! The system's browser as the platform opens it, on a desktop of its own: this program starts
//! itself there, as a process's environment cannot be changed from within.
#![expect(
    clippy::unwrap_used,
    reason = "clippy knows tests by their attribute, and their helpers have none"
)]

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::process::Command;

use runwatch_core::ports::Browser;
use runwatch_platform::SystemBrowser;
use runwatch_tests::desktop::Desktop;
use runwatch_tests::waiting::{SOON, until};

/// With what a shell would take for its own.
const ADDRESS: &str = "https://app.solvexia.com/oauth/authorize?a=b&state=$(id)&c=';e&d=%20%s";

fn opening(desktop: &Desktop) -> Command {
    let mut command = desktop.command(std::env::current_exe().unwrap());
    command.args(["--ignored", "--exact", "--nocapture"]);
    command
}

#[test]
fn a_browser_gets_the_address_as_it_is_without_a_shell() {
    let desktop = Desktop::start_without_keychain().unwrap();
    let browser = desktop.folder("home/browser");
    let opened = desktop.folder("home/opened");
    let script =
        "#!/bin/sh\nprintf '%s|' \"$@\" > \"$HOME/new\" && mv \"$HOME/new\" \"$HOME/opened\"\n";
    fs::write(&browser, script).unwrap();
    fs::set_permissions(&browser, fs::Permissions::from_mode(0o755)).unwrap();
    let mut command = opening(&desktop);
    command.arg("browser::opens").env("BROWSER", &browser);
    assert!(command.status().unwrap().success());
    let given = until("the browser", SOON, || Ok(fs::read_to_string(&opened).ok()));
    assert_eq!(given.unwrap(), format!("{}|", ADDRESS.replace('\'', "%27")));
}

#[test]
fn without_a_browser_it_says_so() {
    let desktop = Desktop::start_without_keychain().unwrap();
    // Nothing is found there but what starts the test itself.
    let programs = desktop.folder("home");
    symlink("/usr/bin/setpriv", programs.join("setpriv")).unwrap();
    let mut command = opening(&desktop);
    command
        .arg("browser::opens_none")
        .env("PATH", programs)
        .env_remove("BROWSER");
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        output.status.success() && said.contains("1 passed"),
        "{said}"
    );
}

#[test]
#[ignore = "waits for its desktop"]
fn opens() {
    SystemBrowser.open(ADDRESS).unwrap();
}

#[test]
#[ignore = "waits for its desktop"]
fn opens_none() {
    let said = SystemBrowser.open(ADDRESS).unwrap_err();
    assert!(said.contains("No web browser could be opened"), "{said}");
}
