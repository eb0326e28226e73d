//! The app's parts, put together once at start: what every command gets.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use runwatch_contract::{AppError, ErrorCode};
use runwatch_core::account::{Account, SignInMethod};
use runwatch_core::environment::Environment;
use runwatch_core::ids::AccountId;
use runwatch_core::policy::{Policy, Refusal};
use runwatch_core::ports::{Browser, Notifier, ProxyScript};
use runwatch_core::secret::{SecretKind, SecretName};
use runwatch_engine::Engine;
use runwatch_platform::{AccountRefreshTokens, DataFolder, LoginEntry, SessionVault};
use tauri::AppHandle;

use crate::accounts::sign_in_under_way::SignInUnderWay;
use crate::api::page::Page;
use crate::settings::current_route::CurrentRoute;
use crate::shell::badge_state::Badge;
use crate::shell::clipboard::Clipboard;
use crate::shell::placement_state::Placement;
use crate::shell::quit_state::QuitState;
use crate::shell::revival_state::Revival;
use crate::startup::history_file::HistoryFile;
use crate::startup::sample_server::SampleServer;

/// What every command gets.
pub struct AppState {
    /// Where everything is kept.
    pub folder: DataFolder,
    /// The watch loop.
    pub engine: Engine,
    /// The keychain, and what it does not take.
    pub vault: Arc<SessionVault>,
    /// The system's web browser.
    pub browser: Arc<dyn Browser>,
    /// Desktop notifications, for what is not about a run.
    pub notifier: Arc<dyn Notifier>,
    /// The sign-in under way.
    pub sign_in: SignInUnderWay,
    /// Held while an account's secrets are kept or deleted.
    pub changing_secrets: tokio::sync::Mutex<()>,
    /// Tauri's handle of the running app. Set once it is set up.
    pub app: OnceLock<AppHandle>,
    /// The open page, if there is one.
    pub page: Page,
    /// The number on the app’s icon.
    pub badge: Badge,
    /// Where the window was, and is.
    pub placement: Placement,
    /// What is under way for a window whose page ended by itself.
    pub revival: Revival,
    /// Whether the app is about to quit.
    pub quit_state: QuitState,
    /// Held while the notification settings change.
    pub changing_notifications: tokio::sync::Mutex<()>,
    /// What its user should know once: a sentence each.
    pub notes: Vec<String>,
    /// What the organisation's IT set.
    pub policy: Policy,
    /// What launch at login registers; nothing for sample data.
    pub login_entry: Option<LoginEntry>,
    /// The embedded simulated SolveXia under `--demo`.
    pub demo: Option<SampleServer>,
    /// The local history's file, and what is wrong with it.
    pub history: HistoryFile,
    /// The route that connections take.
    pub route: CurrentRoute,
    /// The refresh tokens of those accounts that have any.
    refresh: Mutex<HashMap<AccountId, Arc<AccountRefreshTokens>>>,
    /// The system's clipboard.
    pub clipboard: Clipboard,
}

impl AppState {
    /// The app's parts, before anybody is signed in.
    pub fn new(
        folder: DataFolder,
        engine: Engine,
        vault: Arc<SessionVault>,
        browser: Arc<dyn Browser>,
        notifier: Arc<dyn Notifier>,
        demo: Option<SampleServer>,
        history: HistoryFile,
    ) -> Self {
        Self {
            folder,
            engine,
            vault,
            browser,
            notifier,
            sign_in: SignInUnderWay::default(),
            changing_secrets: tokio::sync::Mutex::default(),
            app: OnceLock::new(),
            page: Page::default(),
            badge: Badge::default(),
            placement: Placement::default(),
            revival: Revival::default(),
            quit_state: QuitState::default(),
            changing_notifications: tokio::sync::Mutex::default(),
            notes: Vec::new(),
            policy: Policy::default(),
            login_entry: None,
            demo,
            history,
            route: CurrentRoute::default(),
            refresh: Mutex::default(),
            clipboard: Clipboard::default(),
        }
    }

    /// With what its user should know once.
    pub fn with_notes(self, notes: Vec<String>) -> Self {
        Self { notes, ..self }
    }

    /// With what launch at login registers.
    pub fn with_login_entry(self, login_entry: Option<LoginEntry>) -> Self {
        Self {
            login_entry,
            ..self
        }
    }

    /// With the places where the window was.
    pub fn with_placement(self, placement: Placement) -> Self {
        Self { placement, ..self }
    }

    /// On a computer with this set-up script for proxies.
    pub fn with_proxy_script(self, script: Arc<dyn ProxyScript>) -> Self {
        let route = CurrentRoute::on(script);
        Self { route, ..self }
    }

    /// Reads all runs: the computer woke up or was unlocked, perhaps in another network, or its user
    /// wishes so.
    pub fn awoke(&self) {
        self.route.get().proxy_script.forget();
        self.engine.awoke();
    }

    /// Going by what the organisation's IT set.
    pub fn with_policy(self, policy: Policy) -> Self {
        if let Some(given) = &policy.hide_details {
            self.engine.settings.follow_hide_details(given);
        }
        Self { policy, ..self }
    }

    /// Why the organisation's rules do not allow anybody to sign in there that way; sample data they do
    /// not concern.
    pub fn refusal(&self, environment: &Environment, method: SignInMethod) -> Option<Refusal> {
        let sample = self.demo.as_ref().map(SampleServer::origin);
        if sample.as_deref() == Some(environment.origin()) {
            return None;
        }
        let sessions = self.engine.accounts.all();
        let known: Vec<Environment> = sessions
            .into_iter()
            .map(|session| session.account.environment)
            .collect();
        self.policy.refusal(environment, method, &known)
    }

    /// Why a secret of an account is kept for this session only; none where the keychain has all.
    pub fn session_only(&self, account: &AccountId) -> Option<String> {
        let reason = |kind| self.vault.reason(&SecretName::of(account, kind));
        SecretKind::OF_AN_ACCOUNT.into_iter().find_map(reason)
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

    /// Waits for the renewals under way, of all accounts.
    pub async fn renewals_done(&self) {
        let all: Vec<_> = {
            let refresh = self.refresh.lock().unwrap_or_else(PoisonError::into_inner);
            refresh.values().cloned().collect()
        };
        for tokens in all {
            tokens.renewed().await;
        }
    }

    /// Waits for a renewal under way, and lets no later one keep a token.
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
}
