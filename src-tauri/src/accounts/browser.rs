//! Signing in by the system's browser: one at a time, until the browser has answered.

use std::sync::{Arc, Mutex, PoisonError};

use runwatch_contract::{AccountView, AppError, ErrorCode};
use runwatch_core::account::Account;
use runwatch_core::secret::SecretKind;
use secrecy::SecretString;
use solvexia::{BrowserSignIn, SignInError};
use tokio_util::sync::CancellationToken;

use super::{connect, finish};
use crate::errors::ForPage;
use crate::world::World;

/// The sign-in that waits for the browser, if there is one.
#[derive(Default)]
pub struct UnderWay(Mutex<Option<Waiting>>);

struct Waiting {
    address: String,
    stop: CancellationToken,
}

impl UnderWay {
    /// Ends the one that waits, if there is one.
    pub fn stop(&self) {
        if let Some(waiting) = self.replace(None) {
            waiting.stop.cancel();
        }
    }

    /// The address that the browser was sent to.
    ///
    /// # Errors
    /// When nothing waits any more.
    pub fn address(&self) -> Result<String, AppError> {
        let waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        waiting
            .as_ref()
            .filter(|waiting| !waiting.stop.is_cancelled())
            .map(|waiting| waiting.address.clone())
            .ok_or_else(|| {
                let message = "This sign-in has ended. Press “Sign in” again.";
                AppError::new(ErrorCode::NotNow, message)
            })
    }

    /// A new one takes the place of the one before.
    fn begin(&self, address: String) -> CancellationToken {
        let stop = CancellationToken::new();
        let waiting = Waiting {
            address,
            stop: stop.clone(),
        };
        if let Some(before) = self.replace(Some(waiting)) {
            before.stop.cancel();
        }
        stop
    }

    fn replace(&self, with: Option<Waiting>) -> Option<Waiting> {
        std::mem::replace(
            &mut *self.0.lock().unwrap_or_else(PoisonError::into_inner),
            with,
        )
    }
}

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
    let stop = world.sign_in.begin(address.clone());
    world.browser.open(&address).map_err(|reason| {
        let message = format!(
            "No web browser could be opened ({reason}). Choose a standard browser in the settings \
             of this computer, then sign in again."
        );
        AppError::new(ErrorCode::Internal, message)
    })?;
    let known = world.engine.session(&account.id).is_some();
    if !known {
        // Listed before its first secret is kept, so that it can be removed again.
        let not_yet = Account {
            signed_out: true,
            ..account.clone()
        };
        connect::remember(world, &not_yet).await;
    }
    let refresh = world.open_refresh(&account.id);
    let finished = waiting
        .finish(refresh, stop.clone().cancelled_owned())
        .await;
    stop.cancel();
    match finished {
        Ok(client) => {
            connect::keep(world, &account.id, SecretKind::ClientSecret, secret).await;
            let used = [SecretKind::ClientSecret, SecretKind::RefreshToken];
            connect::forget_others(world, &account.id, &used).await;
            finish(world, account, Arc::new(client)).await
        }
        Err(error) => {
            if !known {
                forget(world, &account).await;
            }
            Err(error.for_page())
        }
    }
}

/// An account that never came to be.
async fn forget(world: &World, account: &Account) {
    let store = world.engine.store();
    if let Err(error) = store.remove_account(&account.id, false).await {
        tracing::warn!(%error, "an account that was not signed in could not be forgotten");
    }
    world.close_refresh(&account.id).await;
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
