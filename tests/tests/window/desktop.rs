//! The private desktop itself, without the app: a test that fails here says nothing about Runwatch.

use std::collections::HashMap;
use std::process::Stdio;
use std::time::Duration;

use runwatch_tests::desktop::Desktop;
use runwatch_tests::processes::alive;
use runwatch_tests::waiting::until;
use zbus::blocking::connection::Builder;
use zbus::zvariant::Value;

#[test]
fn its_keychain_is_unlocked_and_its_notifications_are_recorded() {
    let desktop = Desktop::start().unwrap();
    assert_eq!(desktop.keychain.entries().unwrap().len(), 0);

    let mut store = desktop.command("secret-tool");
    store
        .args(["store", "--label=sample", "service", "sample"])
        .stdin(Stdio::piped());
    let mut store = store.spawn().unwrap();
    std::io::Write::write_all(&mut store.stdin.take().unwrap(), b"hush").unwrap();
    assert!(store.wait().unwrap().success());
    let entries = desktop.keychain.entries().unwrap();
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0].secret, b"hush");

    let bus = Builder::address(desktop.bus()).unwrap().build().unwrap();
    let hints: HashMap<&str, Value<'_>> = HashMap::new();
    let note = (
        "app",
        0u32,
        "",
        "Done",
        "Run 7 is done",
        vec!["default", "Open"],
        hints,
        -1i32,
    );
    let (name, path) = (
        "org.freedesktop.Notifications",
        "/org/freedesktop/Notifications",
    );
    bus.call_method(Some(name), path, Some(name), "Notify", &note)
        .unwrap();
    let shown = desktop
        .notifications
        .wait_about("Run 7", Duration::from_secs(5))
        .unwrap();
    assert_eq!(
        (shown.app.as_str(), shown.summary.as_str()),
        ("app", "Done")
    );
    assert_eq!(shown.actions, ["default", "Open"]);
}

#[test]
fn nothing_of_it_outlives_it() {
    let desktop = Desktop::start().unwrap();
    // An orphan, as the app's web processes would be.
    let mut orphan = desktop.command("sh");
    orphan.args(["-c", "sleep 300 & sleep 0.1"]);
    orphan.status().unwrap();
    let left = desktop.processes();
    assert!(!left.is_empty());
    drop(desktop);
    until("their end", Duration::from_secs(5), || {
        Ok((!left.iter().any(|pid| alive(*pid))).then_some(()))
    })
    .unwrap();
}
