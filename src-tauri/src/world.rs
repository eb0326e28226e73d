//! The app's parts, put together once at start.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use runwatch_contract::{AccountView, AppError, AppInfo, ErrorCode};
use runwatch_core::account::{Account, USUAL_CALLBACK_PORT};
use runwatch_core::ids::{AccountId, RunId, RunKey};
use runwatch_core::ports::Vault;
use runwatch_engine::Engine;
use runwatch_engine::session::Session;

use crate::demo::Demo;
use crate::errors::ForPage;
use crate::push::Page;
use crate::view;
use runwatch_platform::DataFolder;

/// What every command gets.
pub struct World {
    /// Where everything is kept.
    pub folder: DataFolder,
    /// The watch loop.
    pub engine: Engine,
    /// The keychain.
    pub vault: Arc<dyn Vault>,
    /// The open page, if there is one.
    pub page: Page,
    /// The embedded simulated SolveXia under `--demo`.
    pub demo: Option<Demo>,
    /// Why history is not kept since the start.
    pub no_history: Option<String>,
    /// Why some accounts' secrets are kept for this session only.
    session_only: Mutex<HashMap<AccountId, String>>,
    /// Kept alive: on Linux what was copied is gone with it.
    pub clipboard: Mutex<Option<arboard::Clipboard>>,
}

impl World {
    /// The app's parts, before anybody is signed in.
    pub fn new(
        folder: DataFolder,
        engine: Engine,
        vault: Arc<dyn Vault>,
        demo: Option<Demo>,
        no_history: Option<String>,
    ) -> Self {
        Self {
            folder,
            engine,
            vault,
            page: Page::default(),
            demo,
            no_history,
            session_only: Mutex::default(),
            clipboard: Mutex::default(),
        }
    }

    /// What "About" says.
    pub fn info(&self) -> AppInfo {
        AppInfo {
            name: "Runwatch".into(),
            version: env!("CARGO_PKG_VERSION").into(),
            demo: self.demo.is_some(),
            data_folder: self.folder.path().display().to_string(),
            usual_callback_port: USUAL_CALLBACK_PORT,
            demo_origin: self.demo.as_ref().map(Demo::origin),
        }
    }

    /// An account as the page shows it.
    pub fn account_view(&self, session: &Session) -> AccountView {
        let reason = self.session_only().get(&session.account.id).cloned();
        view::account(session, reason, self.demo.is_some())
    }

    /// Notes where an account's secret is kept: in the keychain (none), or why not.
    pub fn keep_reason(&self, account: &AccountId, reason: Option<String>) {
        match reason {
            Some(reason) => self.session_only().insert(account.clone(), reason),
            None => self.session_only().remove(account),
        };
    }

    fn session_only(&self) -> MutexGuard<'_, HashMap<AccountId, String>> {
        self.session_only
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// A remembered account.
    ///
    /// # Errors
    /// When there is none of this id.
    pub fn account(&self, id: &str) -> Result<Account, AppError> {
        self.engine
            .session(&AccountId(id.to_owned()))
            .map(|session| session.account)
            .ok_or_else(|| {
                AppError::new(
                    ErrorCode::SignedOut,
                    "This account is not known any more. Sign in again.",
                )
            })
    }

    /// The key of a run that the page names.
    ///
    /// # Errors
    /// When the id is malformed.
    pub fn key(&self, account: &str, run: &str) -> Result<RunKey, AppError> {
        let run = RunId::parse(run).map_err(|error| error.for_page())?;
        Ok(RunKey {
            account: AccountId(account.to_owned()),
            run,
        })
    }
}
