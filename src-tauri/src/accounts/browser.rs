//! Signing in by the system's browser, until the browser has answered.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use runwatch_contract::{AccountView, AppError, ErrorCode};
use runwatch_core::account::Account;
use runwatch_core::error::VaultError;
use runwatch_core::ports::RefreshTokens;
use runwatch_platform::AccountRefreshTokens;
use secrecy::SecretString;
use solvexia::{BrowserSignIn, SignInError};

use super::connect;
use crate::errors::ForPage;
use crate::world::World;

/// Opens the browser, waits for its answer, and remembers the account.
pub async fn sign_in(
    world: &Arc<World>,
    account: Account,
    id: String,
    secret: SecretString,
    port: u16,
) -> Result<AccountView, AppError> {
    // The one before holds the port.
    world.sign_in.stop();
    let environment = account.environment.clone();
    let waiting = BrowserSignIn::prepare(environment, &id, secret.clone(), port, &world.way())
        .await
        .map_err(|error| error.for_page())?;
    let address = waiting.address().to_owned();
    let stop = world.sign_in.begin(&account, Some(address.clone()));
    let _over = stop.clone().drop_guard();
    // Its address can be copied and opened by hand, also on a computer where nothing else opens it.
    if let Err(error) = world.open_link(&account.environment, &address) {
        world.page.tell_no_browser(error.message);
    }
    let refresh = Arc::new(FirstKept {
        world: Arc::clone(world),
        account: account.clone(),
        tokens: world.open_refresh(&account),
        written: AtomicBool::new(false),
    });
    let finished = waiting
        .finish(refresh, stop.clone().cancelled_owned())
        .await;
    let client = finished.map_err(|error| error.for_page())?;
    connect::settle(world, &stop, account, Arc::new(client), secret).await
}

/// Writes an account down when its first secret comes, and not before: what is listed can be removed
/// again, and a sign-in that never was leaves nothing.
struct FirstKept {
    world: Arc<World>,
    account: Account,
    tokens: Arc<AccountRefreshTokens>,
    written: AtomicBool,
}

#[async_trait]
impl RefreshTokens for FirstKept {
    async fn read(&self) -> Result<Option<SecretString>, VaultError> {
        self.tokens.read().await
    }

    async fn keep(&self, token: SecretString) -> Result<(), VaultError> {
        if !self.written.swap(true, Ordering::SeqCst) {
            connect::remember(&self.world, &self.account).await;
        }
        self.tokens.keep(token).await
    }

    async fn turn(&self) -> Box<dyn Send> {
        self.tokens.turn().await
    }
}

impl ForPage for SignInError {
    fn for_page(&self) -> AppError {
        let code = match self {
            Self::Call(error) => return error.for_page(),
            Self::Stopped => ErrorCode::Stopped,
            Self::PortTaken { .. } => ErrorCode::PortTaken,
            _ => ErrorCode::SignedOut,
        };
        AppError::new(code, self.to_string())
    }
}
