//! The platform's keychain on a real GNOME keyring, on a desktop of its own: this program starts
//! itself there, as a process's environment cannot be changed from within.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "clippy knows tests by their attribute, and their helpers have none"
)]

use std::process::Output;
use std::time::{Duration, Instant};

use runwatch_core::error::VaultError;
use runwatch_core::ids::AccountId;
use runwatch_core::ports::Vault;
use runwatch_core::secret::{SecretKind, SecretName};
use runwatch_platform::Keychain;
use runwatch_tests::desktop::{Desktop, start_keyring};
use runwatch_tests::keychain::Keychain as Viewer;
use runwatch_tests::processes;
use runwatch_tests::waiting::until;
use secrecy::ExposeSecret;

/// The cases that run on any system's keychain.
#[path = "../../../src-tauri/crates/platform/tests/keychain.rs"]
mod any;

const SERVICE: &str = "app.runwatch.test.inside";

/// Runs tests of this program on a desktop.
fn run(desktop: &Desktop, arguments: &[&str]) -> (bool, String) {
    let mut command = desktop.command(std::env::current_exe().unwrap());
    command
        .args(arguments)
        .arg("--nocapture")
        .env("RUNWATCH_REAL_KEYCHAIN", "1");
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().unwrap();
    let said = [stdout, stderr].map(|said| String::from_utf8_lossy(&said).into_owned());
    (status.success(), said.concat())
}

/// Runs one of the tests below that wait for their desktop.
fn inside(desktop: &Desktop, test: &str) {
    let name = format!("real_keychain::{test}");
    let (passed, said) = run(desktop, &["--ignored", "--exact", &name]);
    println!("{said}");
    assert!(passed && said.contains("1 passed"), "{test} failed");
}

#[test]
fn every_case_holds_on_a_real_keyring() {
    let desktop = Desktop::start().unwrap();
    let (passed, said) = run(&desktop, &["any::"]);
    println!("{said}");
    assert!(passed);
    assert!(said.contains("4 passed; 0 failed"), "all of them ran");
    for case in ["any-length", "ours.longer", "many-callers", "killed"] {
        assert!(said.contains(&format!("on the real keychain: {case}")));
    }
    assert!(!said.contains("skipped"));
    assert_eq!(desktop.keychain.entries().unwrap().len(), 0);
}

#[test]
fn a_viewer_shows_what_each_entry_is() {
    let desktop = Desktop::start().unwrap();
    inside(&desktop, "keeps_a_short_and_a_long_secret");
    let entries = desktop.keychain.entries().unwrap();
    let mut labels: Vec<_> = entries.iter().map(|entry| entry.label.as_str()).collect();
    labels.sort_unstable();
    assert_eq!(
        labels,
        [
            "Runwatch: client secret of app.solvexia.com",
            "Runwatch: refresh token of app.solvexia.com",
            "Runwatch: refresh token of app.solvexia.com, a part",
            "Runwatch: refresh token of app.solvexia.com, a part",
        ]
    );
    assert!(
        entries
            .iter()
            .all(|entry| entry.attributes["service"] == SERVICE)
    );
}

#[test]
fn a_locked_keyring_is_told_from_an_empty_one_and_used_once_it_is_unlocked() {
    inside(&Desktop::start().unwrap(), "finds_it_locked_then_unlocked");
}

#[test]
fn a_keyring_that_crashed_is_used_again_when_it_is_back() {
    inside(&Desktop::start().unwrap(), "goes_on_with_the_next_keyring");
}

#[test]
fn without_a_secret_service_the_keychain_is_not_available() {
    let desktop = Desktop::start_without_keychain().unwrap();
    inside(&desktop, "finds_none");
}

fn keychain() -> Keychain {
    Keychain::new(SERVICE.into()).unwrap()
}

fn secret(kind: SecretKind) -> SecretName {
    SecretName::of(&AccountId("7d1f".into()), kind).at("app.solvexia.com")
}

#[tokio::test]
#[ignore = "waits for its desktop"]
async fn keeps_a_short_and_a_long_secret() {
    let (client, refresh) = (
        secret(SecretKind::ClientSecret),
        secret(SecretKind::RefreshToken),
    );
    keychain().keep(&client, "hush".into()).await.unwrap();
    let long = "long ".repeat(1_000);
    keychain()
        .keep(&refresh, long.as_str().into())
        .await
        .unwrap();
    let read = keychain().read(&refresh).await.unwrap().unwrap();
    assert_eq!(read.expose_secret(), long);
}

#[tokio::test]
#[ignore = "waits for its desktop"]
async fn finds_it_locked_then_unlocked() {
    let (keychain, viewer) = (keychain(), viewer());
    let kept = secret(SecretKind::ClientSecret);
    keychain.keep(&kept, "hush".into()).await.unwrap();
    viewer.lock().unwrap();

    let began = Instant::now();
    // Also of what is not there it cannot tell so.
    for name in [&kept, &secret(SecretKind::AccessToken)] {
        assert_eq!(keychain.read(name).await.unwrap_err(), VaultError::Locked);
        let refused = keychain.keep(name, "new".into()).await;
        assert_eq!(refused, Err(VaultError::Locked));
        assert_eq!(keychain.forget(name).await, Err(VaultError::Locked));
    }
    assert_eq!(keychain.forget_all().await, Err(VaultError::Locked));
    println!("told as locked seven times within {:?}", began.elapsed());

    viewer.unlock().unwrap();
    let read = keychain.read(&kept).await.unwrap().unwrap();
    assert_eq!(read.expose_secret(), "hush");
}

#[tokio::test]
#[ignore = "waits for its desktop"]
async fn goes_on_with_the_next_keyring() {
    let (keychain, viewer) = (keychain(), viewer());
    let kept = secret(SecretKind::ClientSecret);
    keychain.keep(&kept, "hush".into()).await.unwrap();
    processes::kill(viewer.process().unwrap());
    until("its end", Duration::from_secs(10), || {
        Ok(viewer.process().is_err().then_some(()))
    })
    .unwrap();
    let gone = keychain.read(&kept).await.unwrap_err();
    assert!(matches!(gone, VaultError::Unavailable(_)), "{gone:?}");

    let _next = start_keyring(std::env::vars()).unwrap();
    viewer.wait_unlocked().unwrap();
    let read = keychain.read(&kept).await.unwrap().unwrap();
    assert_eq!(read.expose_secret(), "hush");
    keychain.keep(&kept, "hush again".into()).await.unwrap();
}

/// The keyring of the desktop that this process runs on, seen from outside.
fn viewer() -> Viewer {
    Viewer::of(&std::env::var("DBUS_SESSION_BUS_ADDRESS").unwrap()).unwrap()
}

#[tokio::test]
#[ignore = "waits for its desktop"]
async fn finds_none() {
    let keychain = keychain();
    let read = keychain.read(&secret(SecretKind::ClientSecret)).await;
    let error = read.unwrap_err();
    println!("{error}");
    assert_eq!(
        error,
        VaultError::Unavailable("no keychain service is running".into())
    );
}
