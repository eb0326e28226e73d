//! The app's backend without its window, tray and keychain: put together as the app does it.

use std::path::Path;
use std::sync::Arc;

use anyhow::Result;
use runwatch_core::credentials::Credentials;
use runwatch_core::network::Route;
use runwatch_core::ports::Store;
use runwatch_engine::{Engine, Ports};
use runwatch_platform::{DesktopNotifier, SystemClock};
use runwatch_store::Db;
use runwatch_tests::scene::{CLIENT_ID, CLIENT_SECRET};
use solvexia::Client;
use tokio::runtime::Builder;
use tokio_util::sync::CancellationToken;

/// Watches what the history says is watched, until it is killed.
pub fn run(history: &Path) -> Result<()> {
    solvexia::install_tls();
    let runtime = Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let store = Arc::new(Db::open(history)?);
        let ports = Ports {
            store: store.clone(),
            notifier: Arc::new(DesktopNotifier::new(|_| ())),
            clock: Arc::new(SystemClock),
            os_user: String::new(),
        };
        let (engine, outbox) = Engine::load(ports).await?;
        for account in store.accounts().await? {
            let credentials = Credentials::Client {
                id: CLIENT_ID.to_owned(),
                secret: CLIENT_SECRET.to_owned().into(),
            };
            let environment = account.environment.clone();
            let client = Client::new(environment, credentials, &Route::default())?;
            engine.set_session(account, Some(Arc::new(client)));
        }
        tokio::spawn(engine.clone().dispatch_notifications(outbox));
        engine.watch(CancellationToken::new()).await;
        Ok(())
    })
}
