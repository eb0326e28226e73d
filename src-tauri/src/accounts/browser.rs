//! Signing in by the system's browser, until the browser has answered.

use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use runwatch_contract::{AccountView, AppError, ErrorCode};
use runwatch_core::account::Account;
use runwatch_core::error::VaultError;
use runwatch_core::ports::RefreshTokens;
use runwatch_platform::AccountRefreshTokens;
use secrecy::SecretString;
use solvexia::{BrowserSignIn, SignInError};
use tokio_util::sync::CancellationToken;

use super::connect;
use crate::errors::ForPage;
use crate::world::World;

/// Opens the browser, waits for its answer, and remembers the account.
pub async fn sign_in(
    world: &Arc<World>,
    stop: &CancellationToken,
    account: Account,
    (id, secret): (String, SecretString),
    port: u16,
) -> Result<AccountView, AppError> {
    let (environment, way) = (account.environment.clone(), world.way());
    let prepare = BrowserSignIn::prepare(environment, &id, secret.clone(), port, &way);
    let waiting = stop
        .run_until_cancelled(prepare)
        .await
        .unwrap_or(Err(SignInError::Stopped))
        .map_err(|error| error.for_page())?;
    let address = waiting.address().to_owned();
    world.sign_in.leads_to(stop, address.clone());
    // Its address can be copied and opened by hand, also on a computer where nothing else opens it.
    if let Err(error) = world.open_link(&account.environment, &address) {
        world.page.tell_no_browser(error.message);
    }
    let refresh = Arc::new(FirstKept {
        world: Arc::clone(world),
        account: account.clone(),
        tokens: world.open_refresh(&account),
        secret: Mutex::new(Some(secret)),
    });
    let finished = waiting
        .finish(refresh, stop.clone().cancelled_owned())
        .await;
    let client = finished.map_err(|error| error.for_page())?;
    connect::settle(world, stop, account, Arc::new(client), None).await
}

/// Writes an account down when its first refresh token comes, and not before: what is listed can be
/// removed again, and a sign-in that never was leaves nothing. The client secret goes first: killed in
/// between, no token stays behind that is good for months and that nobody can use.
struct FirstKept {
    world: Arc<World>,
    account: Account,
    tokens: Arc<AccountRefreshTokens>,
    /// The client secret, until it is kept.
    secret: Mutex<Option<SecretString>>,
}

#[async_trait]
impl RefreshTokens for FirstKept {
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
            let (world, account) = (&self.world, &self.account);
            connect::remember(world, account).await;
            connect::keep(world, account, secret).await;
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

#[cfg(test)]
mod tests {
    use runwatch_core::account::Method;
    use runwatch_core::secret::SecretKind;

    use super::*;
    use crate::testing::{Computer, account};

    #[tokio::test]
    async fn killed_at_any_moment_no_refresh_token_is_left_without_its_client_secret() {
        let computer = Computer::new();
        let world = computer.start().await;
        let account = Account {
            method: Method::Browser,
            ..account()
        };
        let refresh = FirstKept {
            world: Arc::clone(&world),
            account: account.clone(),
            tokens: world.open_refresh(&account),
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
