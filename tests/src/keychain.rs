//! Looks into the desktop's keychain from outside, as a keychain viewer does.

use std::collections::HashMap;
use std::time::Duration;

use anyhow::{Context, Result};
use zbus::blocking::connection::Builder;
use zbus::blocking::fdo::DBusProxy;
use zbus::blocking::{Connection, Proxy};
use zbus::zvariant::{ObjectPath, OwnedObjectPath, OwnedValue, Value};

use crate::waiting::until;

const SERVICE: &str = "org.freedesktop.secrets";
const ROOT: &str = "/org/freedesktop/secrets";
const DEFAULT: &str = "/org/freedesktop/secrets/aliases/default";
/// What the default one is called by its own name.
const LOGIN: &str = "/org/freedesktop/secrets/collection/login";
/// What it is unlocked with.
pub const PASSWORD: &[u8] = b"password";

/// The Secret Service of one desktop.
#[derive(Debug)]
pub struct Keychain {
    connection: Connection,
}

/// One entry.
#[derive(Debug, Clone)]
pub struct KeychainEntry {
    /// What a viewer shows.
    pub label: String,
    /// What it is found by.
    pub attributes: HashMap<String, String>,
    /// What it keeps.
    pub secret: Vec<u8>,
}

impl Keychain {
    /// Looks at the Secret Service of this bus, whenever there is one.
    pub fn of(bus: &str) -> Result<Self> {
        let connection = Builder::address(bus)?.build()?;
        Ok(Self { connection })
    }

    /// Waits until it is there and unlocked.
    pub fn wait_unlocked(&self) -> Result<()> {
        // To call it before it is there would make D-Bus start a second one, a locked one.
        let names = DBusProxy::new(&self.connection)?;
        until("a keychain", Duration::from_secs(20), || {
            Ok(names.name_has_owner(SERVICE.try_into()?)?.then_some(()))
        })?;
        until("an unlocked keychain", Duration::from_secs(20), || {
            let locked: bool = self.proxy(DEFAULT, "Collection")?.get_property("Locked")?;
            Ok((!locked).then_some(()))
        })
    }

    /// The process that runs it.
    pub fn process(&self) -> Result<u32> {
        let names = DBusProxy::new(&self.connection)?;
        Ok(names.get_connection_unix_process_id(SERVICE.try_into()?)?)
    }

    /// Locks it, as a person does who leaves.
    pub fn lock(&self) -> Result<()> {
        let collection = vec![ObjectPath::try_from(DEFAULT)?];
        let (locked, _): (Vec<OwnedObjectPath>, OwnedObjectPath) =
            self.proxy(ROOT, "Service")?.call("Lock", &(collection,))?;
        anyhow::ensure!(!locked.is_empty(), "it does not lock");
        Ok(())
    }

    /// Unlocks it, as a person does who comes back, by the call that GNOME's own login makes.
    pub fn unlock(&self) -> Result<()> {
        let service = self.proxy(ROOT, "Service")?;
        let (_, session): (OwnedValue, OwnedObjectPath) =
            service.call("OpenSession", &("plain", Value::from("")))?;
        let interface = "org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface";
        let keyring = Proxy::new(&self.connection, SERVICE, ROOT, interface)?;
        let password = (session, Vec::<u8>::new(), PASSWORD, "text/plain");
        let login = ObjectPath::try_from(LOGIN)?;
        let () = keyring.call("UnlockWithMasterPassword", &(login, password))?;
        Ok(())
    }

    /// All entries, with their secrets.
    pub fn entries(&self) -> Result<Vec<KeychainEntry>> {
        let service = self.proxy(ROOT, "Service")?;
        let (_, session): (OwnedValue, OwnedObjectPath) =
            service.call("OpenSession", &("plain", Value::from("")))?;
        let items: Vec<OwnedObjectPath> =
            self.proxy(DEFAULT, "Collection")?.get_property("Items")?;
        items
            .iter()
            .map(|item| self.entry(item, &session))
            .collect()
    }

    fn entry(&self, item: &OwnedObjectPath, session: &OwnedObjectPath) -> Result<KeychainEntry> {
        type Secret = (OwnedObjectPath, Vec<u8>, Vec<u8>, String);
        let item = self.proxy(item.as_str(), "Item")?;
        let (secret,): (Secret,) = item.call("GetSecret", &(session,)).context("GetSecret")?;
        Ok(KeychainEntry {
            label: item.get_property("Label")?,
            attributes: item.get_property("Attributes")?,
            secret: secret.2,
        })
    }

    fn proxy<'a>(&'a self, path: &'a str, interface: &str) -> Result<Proxy<'a>> {
        let interface = format!("org.freedesktop.Secret.{interface}");
        Ok(Proxy::new(&self.connection, SERVICE, path, interface)?)
    }
}
