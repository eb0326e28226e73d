//! A place for tray icons, as desktops have one, whose menus can be read and clicked.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context, Result, anyhow};
use zbus::blocking::connection::Builder;
use zbus::blocking::{Connection, Proxy};
use zbus::message::Header;
use zbus::zvariant::{OwnedObjectPath, OwnedValue, Value};

use crate::waiting::until;

const WATCHER: &str = "org.kde.StatusNotifierWatcher";
const ITEM: &str = "org.kde.StatusNotifierItem";
const MENU: &str = "com.canonical.dbusmenu";
const NO_REPLY: &str = "org.freedesktop.DBus.Error.NoReply";
const SOON: Duration = Duration::from_secs(20);

/// The latest icon: who brought it, and where it is.
type Icon = Arc<Mutex<Option<(String, String)>>>;

/// A menu's number, properties and items.
type Layout = (i32, HashMap<String, OwnedValue>, Vec<OwnedValue>);

/// The tray of one desktop.
#[derive(Debug)]
pub struct Tray {
    connection: Connection,
    icon: Icon,
}

/// An item of an icon's menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    id: i32,
    /// What it says.
    pub label: String,
    /// It has a check mark.
    pub checked: bool,
}

impl Tray {
    /// Serves on the bus with this address until dropped.
    pub fn serve(bus: &str) -> Result<Self> {
        let icon = Icon::default();
        let watcher = Watcher {
            icon: Arc::clone(&icon),
        };
        let connection = Builder::address(bus)?
            .name(WATCHER)?
            .serve_at("/StatusNotifierWatcher", watcher)?
            .build()
            .context("cannot serve a tray")?;
        Ok(Self { connection, icon })
    }

    /// The desktop has no place for icons any more, as some never have.
    pub fn take_away(&self) -> Result<()> {
        self.connection.release_name(WATCHER)?;
        Ok(())
    }

    /// The menu of the latest icon.
    pub fn menu(&self) -> Result<Vec<Item>> {
        let menu = self.menu_proxy()?;
        let reply = menu.call_method("GetLayout", &(0, 1, Vec::<&str>::new()))?;
        let (_, (_, _, children)): (u32, Layout) = reply.body().deserialize()?;
        children.iter().map(|child| item(child)).collect()
    }

    /// Waits until an item is as awaited.
    pub fn wait_item(&self, how: &str, is: impl Fn(&Item) -> bool) -> Result<Item> {
        until(
            &format!("an item of the tray’s menu that {how}"),
            SOON,
            || Ok(self.menu()?.into_iter().find(|item| is(item))),
        )
    }

    /// Clicks on an item.
    pub fn click(&self, label: &str) -> Result<()> {
        let item = self.wait_item(label, |item| item.label == label)?;
        let event = (item.id, "clicked", Value::from(0), 0u32);
        match self.menu_proxy()?.call_method("Event", &event) {
            // “Quit” may end the app before it answers.
            Err(zbus::Error::MethodError(name, ..)) if name == NO_REPLY => Ok(()),
            answer => Ok(answer.map(drop)?),
        }
    }

    fn menu_proxy(&self) -> Result<Proxy<'static>> {
        let (owner, path) = until("a tray icon", SOON, || {
            Ok(self
                .icon
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .clone())
        })?;
        let icon = Proxy::new(&self.connection, owner.clone(), path, ITEM)?;
        let menu: OwnedObjectPath = icon.get_property("Menu")?;
        Ok(Proxy::new(&self.connection, owner, menu, MENU)?)
    }
}

fn item(value: &Value<'_>) -> Result<Item> {
    let value = match value {
        Value::Value(inner) => inner,
        other => other,
    };
    let Value::Structure(item) = value else {
        return Err(anyhow!("no item: {value:?}"));
    };
    let [Value::I32(id), Value::Dict(about), ..] = item.fields() else {
        return Err(anyhow!("no item: {item:?}"));
    };
    let label: Option<&str> = about.get(&"label")?;
    let checked: Option<i32> = about.get(&"toggle-state")?;
    Ok(Item {
        id: *id,
        label: label.unwrap_or_default().to_owned(),
        checked: checked == Some(1),
    })
}

struct Watcher {
    icon: Icon,
}

#[zbus::interface(name = "org.kde.StatusNotifierWatcher")]
impl Watcher {
    fn register_status_notifier_item(&self, service: &str, #[zbus(header)] header: Header<'_>) {
        let owner = header.sender().map(ToString::to_string).unwrap_or_default();
        let icon = (owner, service.to_owned());
        *self.icon.lock().unwrap_or_else(PoisonError::into_inner) = Some(icon);
    }

    fn register_status_notifier_host(&self, _service: &str) {}

    #[zbus(property)]
    fn registered_status_notifier_items(&self) -> Vec<String> {
        Vec::new()
    }

    #[zbus(property)]
    fn is_status_notifier_host_registered(&self) -> bool {
        true
    }

    #[zbus(property)]
    fn protocol_version(&self) -> i32 {
        0
    }
}
