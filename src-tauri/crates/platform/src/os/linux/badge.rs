//! The number on the app's icon in a dock, by the signal that docks of GNOME, KDE and others listen to.

use std::collections::HashMap;
use std::sync::OnceLock;

use zbus::blocking::Connection;
use zbus::zvariant::Value;

/// The app, by the name of its desktop file.
const APP: &str = "application://Runwatch.desktop";
const PATH: &str = "/com/canonical/unity/launcherentry/runwatch";
const INTERFACE: &str = "com.canonical.Unity.LauncherEntry";

/// Docks take the number away with the connection that told it, so it stays open.
static CONNECTION: OnceLock<Connection> = OnceLock::new();

/// Shows a number on the app's icon; none where it is 0. Blocks while the session's bus is asked.
pub fn show_badge(count: usize) {
    if count == 0 && CONNECTION.get().is_none() {
        return;
    }
    if let Err(error) = tell(count) {
        tracing::debug!(%error, "no dock was told the number of failures");
    }
}

fn tell(count: usize) -> zbus::Result<()> {
    let connection = match CONNECTION.get() {
        Some(open) => open,
        None => {
            let new = Connection::session()?;
            CONNECTION.get_or_init(|| new)
        }
    };
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    let shown = HashMap::from([
        ("count", Value::from(count)),
        ("count-visible", Value::from(count > 0)),
    ]);
    connection.emit_signal(None::<&str>, PATH, INTERFACE, "Update", &(APP, shown))
}
