//! The app's parts, put together once at start.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use runwatch_contract::{AccountView, AppError, AppInfo, ErrorCode, RunDetail, RunRow};
use runwatch_core::account::{Account, USUAL_CALLBACK_PORT};
use runwatch_core::environment::Environment;
use runwatch_core::error::VaultError;
use runwatch_core::forecast::Forecast;
use runwatch_core::ids::{AccountId, RunId, RunKey};
use runwatch_core::network::Route;
use runwatch_core::ports::{Browser, Notifier};
use runwatch_core::secret::{SecretKind, SecretName};
use runwatch_engine::Engine;
use runwatch_engine::accounts::session::Session;
use runwatch_engine::runs::tracked_run::{TrackedRun, TrackedState};
use runwatch_platform::{AccountRefreshTokens, Secrets};
use secrecy::SecretString;
use tokio::sync::Notify;

use crate::accounts::under_way::UnderWay;
use crate::demo::Demo;
use crate::errors::ForPage;
use crate::history::History;
use crate::notifications;
use crate::push::Page;
use crate::quit::Quitting;
use crate::view;
use runwatch_platform::DataFolder;

/// What every command gets.
pub struct World {
    /// Where everything is kept.
    pub folder: DataFolder,
    /// The watch loop.
    pub engine: Engine,
    /// The keychain, and what it does not take.
    pub vault: Arc<Secrets>,
    /// The system's web browser.
    pub browser: Arc<dyn Browser>,
    /// Desktop notifications, for what is not about a run.
    pub notifier: Arc<dyn Notifier>,
    /// The sign-in under way.
    pub sign_in: UnderWay,
    /// Held while an account's secrets are kept or deleted.
    pub keeping: tokio::sync::Mutex<()>,
    /// The open page, if there is one.
    pub page: Page,
    /// How far quitting has come.
    pub quitting: Quitting,
    /// Held while the notification settings change.
    pub choosing: tokio::sync::Mutex<()>,
    /// Something in the Inbox was seen.
    pub inbox_read: Notify,
    /// The embedded simulated SolveXia under `--demo`.
    pub demo: Option<Demo>,
    /// How the history was found at the start.
    pub history: History,
    /// What connections are made with.
    way: Mutex<Route>,
    /// The refresh tokens of those accounts that have any.
    refresh: Mutex<HashMap<AccountId, Arc<AccountRefreshTokens>>>,
    /// Kept alive: on Linux what was copied is gone with it.
    pub clipboard: Mutex<Option<arboard::Clipboard>>,
}

impl World {
    /// The app's parts, before anybody is signed in.
    pub fn new(
        folder: DataFolder,
        engine: Engine,
        vault: Arc<Secrets>,
        browser: Arc<dyn Browser>,
        notifier: Arc<dyn Notifier>,
        demo: Option<Demo>,
        history: History,
    ) -> Self {
        Self {
            folder,
            engine,
            vault,
            browser,
            notifier,
            sign_in: UnderWay::default(),
            keeping: tokio::sync::Mutex::default(),
            page: Page::default(),
            quitting: Quitting::default(),
            choosing: tokio::sync::Mutex::default(),
            inbox_read: Notify::new(),
            demo,
            history,
            way: Mutex::default(),
            refresh: Mutex::default(),
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
        let reason = match &self.demo {
            Some(_) => Some("This is sample data: nothing is kept in the keychain.".to_owned()),
            None => self.session_only(&session.account.id),
        };
        let ahead = self.engine.clock_ahead(&session.account.id);
        let muted = notifications::account_muted(
            &self.engine.settings.notification_policy(),
            &session.account.id,
            self.engine.now(),
        );
        view::account(session, reason, ahead, muted, self.demo.is_some())
    }

    /// A run's row.
    pub fn row(&self, tracked: &TrackedRun) -> RunRow {
        let muted = notifications::muted(
            &self.engine.settings.notification_policy(),
            &tracked.key,
            self.engine.now(),
        );
        view::row(&self.state_here(tracked), &self.insight(tracked), muted)
    }

    /// A run, opened.
    pub fn detail(&self, tracked: &TrackedRun) -> RunDetail {
        let state = tracked.state();
        let barred = self.history.bars_actions();
        let barred = barred.or_else(|| self.engine.accounts.cannot_act(&tracked.key.account));
        let barred = barred.or(state.refused.map(str::to_owned));
        let standing = state.action_context(barred.as_deref(), self.engine.now());
        let here = self.state_here(tracked);
        view::detail(self.row(tracked), &here, &self.insight(tracked), &standing)
    }

    /// What is known of a run, by this computer's clock: the one that its user sees.
    fn state_here(&self, tracked: &TrackedRun) -> TrackedState {
        let ahead = self.engine.clock_ahead(&tracked.key.account);
        tracked.state().by_this_clock(ahead)
    }

    fn insight(&self, tracked: &TrackedRun) -> Forecast {
        // Taken off the table meanwhile, it tells nothing.
        self.engine.forecast(&tracked.key).unwrap_or_default()
    }

    /// Why a secret of an account is kept for this session only; none where the keychain has all.
    pub fn session_only(&self, account: &AccountId) -> Option<String> {
        let reason = |kind| self.vault.reason(&SecretName::of(account, kind));
        SecretKind::OF_AN_ACCOUNT.into_iter().find_map(reason)
    }

    /// What connections are made with.
    pub fn way(&self) -> Route {
        let way = self.way.lock().unwrap_or_else(PoisonError::into_inner);
        way.clone()
    }

    /// Changes what connections are made with from now on.
    pub fn set_way(&self, way: Route) {
        *self.way.lock().unwrap_or_else(PoisonError::into_inner) = way;
    }

    /// Takes in what the keychain said of the proxy's password; true when it is known by that.
    pub fn learn_proxy_password(&self, read: Result<Option<SecretString>, VaultError>) -> bool {
        let mut way = self.way.lock().unwrap_or_else(PoisonError::into_inner);
        let is_news = way.proxy_password.is_err();
        if is_news {
            way.proxy_password = read;
        }
        is_news && way.proxy_password.is_ok()
    }

    /// Where an account's refresh token is kept, the same for all who ask.
    pub fn open_refresh(&self, account: &Account) -> Arc<AccountRefreshTokens> {
        let mut all = self.refresh.lock().unwrap_or_else(PoisonError::into_inner);
        let new = || {
            let place = account.place();
            let tokens = AccountRefreshTokens::new(self.vault.clone(), &account.id, &place);
            Arc::new(tokens)
        };
        Arc::clone(all.entry(account.id.clone()).or_insert_with(new))
    }

    /// Nothing is kept there any more; a renewal under way is waited for.
    pub async fn close_refresh(&self, account: &AccountId) {
        let closing = self
            .refresh
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(account);
        if let Some(tokens) = closing {
            tokens.close().await;
        }
    }

    /// Opens an address in the system's browser: one at the environment of an account or of the
    /// sign-in under way, and no other.
    ///
    /// # Errors
    /// When it leads elsewhere, or no browser opens.
    pub fn open_link(&self, environment: &Environment, address: &str) -> Result<(), AppError> {
        if Environment::parse(address).as_ref() != Ok(environment) {
            let message = "This address leads away from SolveXia, so it was not opened.";
            return Err(AppError::new(ErrorCode::Internal, message));
        }
        self.browser
            .open(address)
            .map_err(|reason| AppError::new(ErrorCode::Internal, reason))
    }

    /// A remembered account.
    ///
    /// # Errors
    /// When there is none of this id.
    pub fn account(&self, id: &str) -> Result<Account, AppError> {
        self.engine
            .accounts
            .get(&AccountId(id.to_owned()))
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
