//! Wake-up and unlock events, from logind on the system bus.

use std::collections::HashMap;

use zbus::blocking::fdo::DBusProxy;
use zbus::blocking::{Connection, MessageIterator};
use zbus::message::Type;
use zbus::zvariant::Value;
use zbus::{MatchRule, Message, Result};

const LOGIND: &str = "org.freedesktop.login1";
const MANAGER: &str = "org.freedesktop.login1.Manager";
const SESSION: &str = "org.freedesktop.login1.Session";
const PROPERTIES: &str = "org.freedesktop.DBus.Properties";

/// Calls `on_wake` after each wake-up and unlock, from a thread of its own. Without a system bus
/// there are no events.
pub fn watch(on_wake: impl Fn() + Send + Sync + 'static) {
    let listen = move || {
        if let Err(error) = listen(&on_wake) {
            tracing::debug!(%error, "nobody tells when this computer wakes up");
        }
    };
    let thread = std::thread::Builder::new().name("wake".into());
    if let Err(error) = thread.spawn(listen) {
        tracing::debug!(%error, "nobody listens when this computer wakes up");
    }
}

fn listen(on_wake: &impl Fn()) -> Result<()> {
    let bus = Connection::system()?;
    let signals = MessageIterator::from(&bus);
    let rules = DBusProxy::new(&bus)?;
    for (interface, member) in [
        (MANAGER, "PrepareForSleep"),
        // Of any session: another session's unlock only costs an extra read.
        (SESSION, "Unlock"),
        (PROPERTIES, "PropertiesChanged"),
    ] {
        let rule = MatchRule::builder()
            .msg_type(Type::Signal)
            .sender(LOGIND)?
            .interface(interface)?
            .member(member)?;
        rules.add_match_rule(rule.build())?;
    }
    for signal in signals {
        if is_wake(&signal?) {
            on_wake();
        }
    }
    Ok(())
}

fn is_wake(signal: &Message) -> bool {
    let header = signal.header();
    let interface = header.interface().map(|name| name.as_str());
    let member = header.member().map(|name| name.as_str());
    match (interface, member) {
        // True before sleep, false after it.
        (Some(MANAGER), Some("PrepareForSleep")) => signal
            .body()
            .deserialize()
            .is_ok_and(|sleeps: bool| !sleeps),
        (Some(SESSION), Some("Unlock")) => true,
        (Some(PROPERTIES), Some("PropertiesChanged")) => is_unlocked(signal),
        _ => false,
    }
}

fn is_unlocked(signal: &Message) -> bool {
    let body = signal.body();
    let changes: Result<(&str, HashMap<&str, Value<'_>>, Vec<&str>)> = body.deserialize();
    changes.is_ok_and(|(of, new, _)| {
        of == SESSION && new.get("LockedHint") == Some(&Value::Bool(false))
    })
}
