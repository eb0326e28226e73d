//! A dock, as desktops have one, which shows a number on an app's icon where the app tells it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use anyhow::Result;
use zbus::blocking::MessageIterator;
use zbus::blocking::connection::Builder;
use zbus::zvariant::OwnedValue;
use zbus::{MatchRule, Message};

/// The number that a dock shows on Runwatch's icon, and whether it shows any.
type Badge = (i64, bool);

/// The dock of one desktop.
#[derive(Debug)]
pub struct Dock(Arc<Mutex<Option<Badge>>>);

impl Dock {
    /// Listens on the bus with this address.
    pub fn listen(bus: &str) -> Result<Self> {
        let connection = Builder::address(bus)?.build()?;
        let told = MatchRule::builder()
            .interface("com.canonical.Unity.LauncherEntry")?
            .member("Update")?
            .build();
        let told = MessageIterator::for_match_rule(told, &connection, None)?;
        let badge: Arc<Mutex<Option<Badge>>> = Arc::default();
        let shown = Arc::clone(&badge);
        thread::spawn(move || {
            for message in told.flatten() {
                if let Ok(now) = read(&message) {
                    *shown.lock().unwrap_or_else(PoisonError::into_inner) = Some(now);
                }
            }
        });
        Ok(Self(badge))
    }

    /// What it shows; none as long as nothing was told.
    pub fn badge(&self) -> Option<Badge> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn read(message: &Message) -> Result<Badge> {
    let body = message.body();
    let (app, shown): (String, HashMap<String, OwnedValue>) = body.deserialize()?;
    anyhow::ensure!(app == "application://Runwatch.desktop", "{app}");
    let of = |name: &str| shown.get(name).ok_or_else(|| anyhow::anyhow!("no {name}"));
    Ok((
        of("count")?.downcast_ref()?,
        of("count-visible")?.downcast_ref()?,
    ))
}
