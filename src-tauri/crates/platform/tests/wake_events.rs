//! A fake logind on a private bus sends wake-up and unlock events.
#![cfg(target_os = "linux")]
#![expect(
    clippy::unwrap_used,
    reason = "clippy knows tests by their attribute, and their helpers have none"
)]

use std::collections::HashMap;
use std::io::ErrorKind::NotFound;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use zbus::blocking::Connection;
use zbus::blocking::connection::Builder;
use zbus::export::serde::Serialize;
use zbus::zvariant::{DynamicType, Value};

const MANAGER: &str = "org.freedesktop.login1.Manager";
const SESSION: &str = "org.freedesktop.login1.Session";
const SOON: Duration = Duration::from_secs(20);

/// A private bus that ends with the test.
struct Bus(Child, String);

impl Bus {
    /// None where no bus program is installed.
    fn start(folder: &std::path::Path) -> Option<Self> {
        let config = folder.join("bus.conf");
        let socket = folder.join("bus");
        let text = format!(
            "<busconfig><type>session</type><listen>unix:path={}</listen><auth>EXTERNAL</auth>\
             <policy context=\"default\"><allow send_destination=\"*\" eavesdrop=\"true\"/>\
             <allow eavesdrop=\"true\"/><allow own=\"*\"/></policy></busconfig>",
            socket.display()
        );
        std::fs::write(&config, text).unwrap();
        let bus = Command::new("dbus-daemon")
            .args(["--nofork", "--print-address"])
            .arg(format!("--config-file={}", config.display()))
            .stdout(Stdio::piped())
            .spawn();
        if bus.as_ref().is_err_and(|error| error.kind() == NotFound) {
            return None;
        }
        let mut bus = bus.unwrap();
        let mut address = String::new();
        let out = bus.stdout.as_mut().unwrap();
        BufReader::new(out).read_line(&mut address).unwrap();
        Some(Self(bus, address.trim().to_owned()))
    }
}

impl Drop for Bus {
    fn drop(&mut self) {
        // That it has ended already is fine.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The fake logind.
struct Logind {
    bus: Connection,
    woken: Receiver<()>,
}

impl Logind {
    fn send(&self, interface: &str, member: &str, body: &(impl Serialize + DynamicType)) {
        let path = "/org/freedesktop/login1/session/_31";
        self.bus
            .emit_signal(None::<&str>, path, interface, member, body)
            .unwrap();
    }

    fn hint(&self, of: &str, hint: &str, locked: bool) {
        let changed = HashMap::from([(hint, Value::from(locked))]);
        let body = (of, changed, Vec::<&str>::new());
        self.send(
            "org.freedesktop.DBus.Properties",
            "PropertiesChanged",
            &body,
        );
    }

    /// How many events there were up to the next unlock.
    fn told(&self) -> usize {
        self.send(SESSION, "Unlock", &());
        self.woken.recv_timeout(SOON).unwrap();
        1 + self.woken.try_iter().count()
    }
}

/// The tests below run these two again with a system bus set.
#[test]
#[ignore = "run by a test below, with a system bus set"]
fn hears_of_waking_and_unlocking() {
    let address = std::env::var("DBUS_SYSTEM_BUS_ADDRESS").unwrap();
    let bus = Builder::address(address.as_str()).unwrap();
    let bus = bus.name("org.freedesktop.login1").unwrap().build().unwrap();
    let (told, woken) = channel();
    runwatch_platform::watch_wake(move || told.send(()).unwrap());
    let logind = Logind { bus, woken };
    // It listens from some moment on.
    while logind
        .woken
        .recv_timeout(Duration::from_millis(50))
        .is_err()
    {
        logind.send(SESSION, "Unlock", &());
    }
    while logind
        .woken
        .recv_timeout(Duration::from_millis(500))
        .is_ok()
    {}

    logind.send(MANAGER, "PrepareForSleep", &true);
    logind.hint(SESSION, "LockedHint", true);
    logind.hint(SESSION, "IdleHint", false);
    logind.hint("org.freedesktop.login1.Seat", "LockedHint", false);
    assert_eq!(logind.told(), 1, "the unlocking alone");

    logind.send(MANAGER, "PrepareForSleep", &false);
    logind.woken.recv_timeout(SOON).unwrap();
    logind.hint(SESSION, "LockedHint", false);
    logind.woken.recv_timeout(SOON).unwrap();
}

#[test]
#[ignore = "run by a test below, with a system bus set"]
fn hears_nothing() {
    let (told, woken) = channel::<()>();
    runwatch_platform::watch_wake(move || told.send(()).unwrap());
    // Its thread has ended, and its end of the channel with it.
    assert_eq!(
        woken.recv_timeout(SOON),
        Err(RecvTimeoutError::Disconnected)
    );
}

fn run_on(bus: &str, test: &str) {
    let ran = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test, "--ignored"])
        .env("DBUS_SYSTEM_BUS_ADDRESS", bus)
        .status();
    assert!(ran.unwrap().success());
}

#[test]
fn a_logind_tells_of_waking_and_unlocking() {
    let folder = tempfile::tempdir().unwrap();
    let Some(bus) = Bus::start(folder.path()) else {
        println!("skipped (there is no dbus-daemon)");
        return;
    };
    run_on(&bus.1, "hears_of_waking_and_unlocking");
}

#[test]
fn without_a_system_bus_nobody_tells_and_nothing_breaks() {
    run_on("unix:path=/nowhere/bus", "hears_nothing");
}
