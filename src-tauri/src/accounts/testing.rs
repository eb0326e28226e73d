//! An app without a window, for the tests of accounts.

use std::sync::Arc;

use async_trait::async_trait;
use runwatch_core::account::{Account, Method};
use runwatch_core::environment::Environment;
use runwatch_core::ids::{AccountId, RunKey};
use runwatch_core::ports::{Notifier, Vault};
use runwatch_core::words::Note;
use runwatch_platform::{DataFolder, Secrets, SystemBrowser};

use crate::history;
use crate::world::World;

struct Mute;

#[async_trait]
impl Notifier for Mute {
    async fn show(&self, _: Note, _: Option<RunKey>) -> Result<(), String> {
        Ok(())
    }
}

/// The app with this keychain.
pub async fn world(folder: DataFolder, vault: impl Vault + 'static) -> World {
    let notifier: Arc<dyn Notifier> = Arc::new(Mute);
    let (engine, _, history) = history::load(&folder, &notifier).await.unwrap();
    let vault = Arc::new(Secrets::new(Arc::new(vault)));
    let browser = Arc::new(SystemBrowser);
    World::new(folder, engine, vault, browser, notifier, None, history)
}

/// A remembered account.
pub fn account(method: Method) -> Account {
    Account {
        id: AccountId("a".into()),
        label: "Payroll".into(),
        colour: Default::default(),
        environment: Environment::parse("app").unwrap(),
        method,
        client_id: "desk".into(),
        callback_port: None,
        token_expires: None,
        signed_out: false,
    }
}
