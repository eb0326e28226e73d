//! Signing in by the system's browser: one at a time, until the browser has answered.

use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use runwatch_contract::{AccountView, AppError, ErrorCode};
use runwatch_core::account::Account;
use runwatch_core::environment::Environment;
use runwatch_core::error::VaultError;
use runwatch_core::ports::RefreshTokens;
use runwatch_core::secret::SecretKind;
use runwatch_platform::AccountRefreshTokens;
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
    environment: Environment,
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

    /// The address that the browser was sent to, and where that is.
    ///
    /// # Errors
    /// When nothing waits any more.
    pub fn address(&self) -> Result<(Environment, String), AppError> {
        let waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        waiting
            .as_ref()
            .filter(|waiting| !waiting.stop.is_cancelled())
            .map(|waiting| (waiting.environment.clone(), waiting.address.clone()))
            .ok_or_else(|| {
                let message = "This sign-in has ended. Press “Sign in” again.";
                AppError::new(ErrorCode::NotNow, message)
            })
    }

    /// A new one takes the place of the one before.
    fn begin(&self, environment: Environment, address: String) -> CancellationToken {
        let stop = CancellationToken::new();
        let waiting = Waiting {
            environment,
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
    let stop = world
        .sign_in
        .begin(account.environment.clone(), address.clone());
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
    stop.cancel();
    match finished {
        Ok(client) => {
            let used = [SecretKind::ClientSecret, SecretKind::RefreshToken];
            connect::forget_others(world, &account.id, &used).await;
            finish(world, account, Arc::new(client)).await
        }
        Err(error) => Err(error.for_page()),
    }
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
            connect::keep(world, account, SecretKind::ClientSecret, secret).await;
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
    use runwatch_core::ports::Vault;
    use runwatch_core::secret::SecretName;
    use runwatch_platform::DataFolder;

    use super::*;
    use crate::accounts::testing;

    #[derive(Clone, Default)]
    struct Kept(Arc<Mutex<Vec<SecretKind>>>);

    #[async_trait]
    impl Vault for Kept {
        async fn keep(&self, name: &SecretName, _: SecretString) -> Result<(), VaultError> {
            self.0.lock().unwrap().push(name.kind());
            Ok(())
        }
        async fn read(&self, _: &SecretName) -> Result<Option<SecretString>, VaultError> {
            Ok(None)
        }
        async fn forget(&self, _: &SecretName) -> Result<(), VaultError> {
            Ok(())
        }
    }

    #[tokio::test]
    async fn killed_at_any_moment_no_refresh_token_is_left_without_its_client_secret() {
        let base = tempfile::tempdir().unwrap();
        let folder = DataFolder::open(Some(base.path()), false).unwrap();
        let kept = Kept::default();
        let world = Arc::new(testing::world(folder, kept.clone()).await);
        let account = testing::account(Method::Browser);
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
        assert_eq!(*kept.0.lock().unwrap(), in_turn);
    }
}
