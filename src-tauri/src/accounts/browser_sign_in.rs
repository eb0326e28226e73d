//! Signing in by the system's browser, until the browser has answered.

use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use runwatch_contract::{AccountView, AppError};
use runwatch_core::account::Account;
use runwatch_core::error::VaultError;
use runwatch_core::ports::RefreshTokens;
use runwatch_platform::AccountRefreshTokens;
use secrecy::SecretString;
use solvexia::{BrowserSignIn, SignInError};
use tokio_util::sync::CancellationToken;

use crate::accounts::secrets;
use crate::api::errors::ForPage;
use crate::app_state::AppState;
use crate::shell::browser;

/// Opens the browser, waits for its answer, and remembers the account.
pub async fn sign_in(
    app_state: &Arc<AppState>,
    stop: &CancellationToken,
    account: Account,
    (id, secret): (String, SecretString),
    port: u16,
) -> Result<AccountView, AppError> {
    let (environment, route) = (account.environment.clone(), app_state.route.get());
    let prepare = BrowserSignIn::prepare(environment, &id, secret.clone(), port, &route);
    let waiting = stop
        .run_until_cancelled(prepare)
        .await
        .unwrap_or(Err(SignInError::Stopped))
        .map_err(|error| error.for_page())?;
    let address = waiting.begin().clone();
    app_state.sign_in.leads_to(stop, address.clone());
    // Its address can be copied and opened by hand, also on a computer where nothing else opens it.
    if let Err(error) = browser::open_sign_in(app_state, &address) {
        app_state.page.tell_no_browser(error.message);
    }
    let refresh = Arc::new(SaveAccountFirst {
        app_state: Arc::clone(app_state),
        account: account.clone(),
        tokens: app_state.open_refresh(&account),
        secret: Mutex::new(Some(secret)),
    });
    let finished = waiting
        .finish(refresh, stop.clone().cancelled_owned())
        .await;
    let client = finished.map_err(|error| error.for_page())?;
    secrets::keep_sign_in(app_state, stop, account, Arc::new(client), None).await
}

/// Writes an account down when its first refresh token comes, and not before: what is listed can be
/// removed again, and a sign-in that never was leaves nothing. The client secret goes first: killed in
/// between, no token stays behind that is good for months and that nobody can use.
struct SaveAccountFirst {
    app_state: Arc<AppState>,
    account: Account,
    tokens: Arc<AccountRefreshTokens>,
    /// The client secret, until it is kept.
    secret: Mutex<Option<SecretString>>,
}

#[async_trait]
impl RefreshTokens for SaveAccountFirst {
    async fn read(&self) -> Result<Option<SecretString>, VaultError> {
        self.tokens.read().await
    }

    async fn keep(&self, token: SecretString) -> Result<(), VaultError> {
        let secret = self
            .secret
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if let Some(secret) = secret {
            let (app_state, account) = (&self.app_state, &self.account);
            secrets::remember(app_state, account).await;
            secrets::keep(app_state, account, secret).await;
        }
        self.tokens.keep(token).await
    }

    async fn turn(&self) -> Box<dyn Send> {
        self.tokens.turn().await
    }
}

#[cfg(test)]
mod tests {
    use runwatch_core::account::SignInMethod;
    use runwatch_core::secret::SecretKind;

    use super::*;
    use crate::test_support::{Computer, account};

    #[tokio::test]
    async fn killed_at_any_moment_no_refresh_token_is_left_without_its_client_secret() {
        let computer = Computer::new();
        let app_state = computer.start().await;
        let account = Account {
            method: SignInMethod::Browser,
            ..account()
        };
        let refresh = SaveAccountFirst {
            app_state: Arc::clone(&app_state),
            account: account.clone(),
            tokens: app_state.open_refresh(&account),
            secret: Mutex::new(Some("secret".into())),
        };
        refresh.keep("first".into()).await.unwrap();
        refresh.keep("second".into()).await.unwrap();
        let in_turn = [
            SecretKind::ClientSecret,
            SecretKind::RefreshToken,
            SecretKind::RefreshToken,
        ];
        assert_eq!(computer.keychain.kept(), in_turn);
    }
}
