//! Remembered accounts, signed in again with what the keychain holds.

use std::sync::Arc;
use std::time::Duration;

use runwatch_core::account::{Account, SignInMethod};
use runwatch_core::credentials::Credentials;
use runwatch_core::error::VaultError;
use runwatch_core::ports::Vault;
use runwatch_core::secret::{SecretKind, SecretName};
use runwatch_engine::accounts::session::Session;

use crate::accounts::not_allowed;
use crate::accounts::sign_out;
use crate::accounts::signed_in::{client, given_secret};
use crate::accounts::token_expiry::{forget_token, forget_when_expired, has_ended};
use crate::app_state::AppState;
use crate::settings::proxy_password;

/// Pauses before the first retries: right after the computer's start, the keychain may come later than
/// Runwatch.
const FIRST_RETRIES: [Duration; 3] = [
    Duration::from_secs(10),
    Duration::from_secs(30),
    Duration::from_secs(90),
];
/// The pause before each later retry; long, as the system may ask for the keychain's password each time.
const LATER_RETRIES: Duration = Duration::from_secs(600);

/// Signs all remembered accounts in, at the start of the app, and deletes what sign-outs left; never
/// ends, as a keychain that fails is tried again.
pub async fn restore(app_state: &Arc<AppState>) {
    sign_all_in(app_state).await;
    for pause in FIRST_RETRIES
        .into_iter()
        .chain(std::iter::repeat(LATER_RETRIES))
    {
        tokio::time::sleep(pause).await;
        retry_keychain(app_state, |session| session.api.is_none()).await;
    }
}

pub(super) async fn sign_all_in(app_state: &Arc<AppState>) {
    for session in app_state.engine.accounts.all() {
        sign_in(app_state, session.account).await;
    }
}

/// Tries again to read a keychain that was locked, or not there.
pub async fn unlock(app_state: &Arc<AppState>) {
    let needs_it = |session: &Session| session.sign_in.is_unread() || session.account.secrets_left;
    retry_keychain(app_state, needs_it).await;
}

/// The proxy's password comes first: without it no account gets anywhere.
async fn retry_keychain(app_state: &Arc<AppState>, which: impl Fn(&Session) -> bool) {
    app_state.vault.retry().await;
    proxy_password::read(app_state).await;
    for session in app_state.engine.accounts.all().into_iter().filter(which) {
        sign_in(app_state, session.account).await;
    }
}

async fn sign_in(app_state: &Arc<AppState>, account: Account) {
    if account.signed_out {
        return sign_out::delete_left_secrets(app_state, &account.id).await;
    }
    if has_ended(app_state, &account) {
        return forget_token(app_state, &account.id).await;
    }
    if app_state
        .refusal(&account.environment, account.method)
        .is_some()
    {
        return not_allowed::leave_out(app_state, account).await;
    }
    let credentials = credentials(app_state, &account).await;
    // The keychain takes its time, in which the user may have done something else.
    let Some(account) = unless_changed(app_state, account) else {
        return;
    };
    match credentials {
        Ok(Some(credentials)) => {
            match client(&account.environment, credentials, &app_state.route.get()) {
                Ok(api) => {
                    forget_when_expired(app_state, &account);
                    app_state.engine.set_session(account, Some(api));
                }
                Err(error) => tracing::error!(error = error.message, "no client could be made"),
            }
        }
        Ok(None) => {
            tracing::warn!("the keychain holds no secret for a remembered account");
            app_state.engine.set_session(account, None);
        }
        Err(error) => {
            tracing::warn!(%error, "the keychain could not be read");
            app_state.engine.set_unread(account, &error);
        }
    }
}

/// The account with its latest name and colour; none once it was signed out, signed in anew or removed.
fn unless_changed(app_state: &AppState, account: Account) -> Option<Account> {
    let now = app_state.engine.accounts.get(&account.id)?.account;
    let renamed = Account {
        label: now.label.clone(),
        colour: now.colour,
        ..account
    };
    (renamed == now).then_some(now)
}

/// What the keychain holds for an account; none where something is missing.
pub async fn credentials(
    app_state: &AppState,
    account: &Account,
) -> Result<Option<Credentials>, VaultError> {
    let read = async |kind| {
        app_state
            .vault
            .read(&SecretName::of(&account.id, kind))
            .await
    };
    let Some(secret) = read(given_secret(account.method)).await? else {
        return Ok(None);
    };
    let id = account.client_id.clone();
    Ok(match account.method {
        SignInMethod::Browser => {
            read(SecretKind::RefreshToken)
                .await?
                .map(|_| Credentials::Browser {
                    id,
                    secret,
                    refresh: app_state.open_refresh(account),
                })
        }
        SignInMethod::Client => Some(Credentials::Client { id, secret }),
        SignInMethod::Token => Some(Credentials::Token { token: secret }),
    })
}

#[cfg(test)]
mod tests {
    use runwatch_engine::accounts::session::SignInState;

    use super::*;
    use crate::accounts::route::apply_route;
    use crate::test_support::{Computer, account};

    #[tokio::test]
    async fn a_keychain_that_is_not_there_is_no_sign_out_and_is_used_once_it_comes() {
        let computer = Computer::new();
        let app_state = computer.start().await;
        let id = account().id;
        let secret = SecretName::of(&id, SecretKind::ClientSecret);
        app_state
            .vault
            .keep(&secret, "secret".into())
            .await
            .unwrap();
        app_state.engine.set_session(account(), None);
        computer
            .keychain
            .fail(Some(VaultError::Unavailable("none is running".into())));
        sign_in(&app_state, account()).await;
        let standing = || app_state.engine.accounts.get(&id).unwrap().sign_in;
        assert_eq!(standing(), SignInState::NoKeychain);
        computer.keychain.fail(None);
        unlock(&app_state).await;
        assert_eq!(standing(), SignInState::Ready);
    }

    #[tokio::test]
    async fn accounts_go_another_way_and_stay_signed_in_though_the_keychain_is_locked() {
        solvexia::install_tls();
        let computer = Computer::new();
        computer.keychain.fail(Some(VaultError::Locked));
        let app_state = computer.start().await;
        let account = account();
        let credentials = Credentials::Client {
            id: "desk".into(),
            secret: "secret".into(),
        };
        let first = client(&account.environment, credentials, &app_state.route.get()).unwrap();
        app_state
            .engine
            .set_session(account.clone(), Some(Arc::clone(&first)));
        apply_route(&app_state);
        let session = app_state.engine.accounts.get(&account.id).unwrap();
        let now = session.api.unwrap();
        assert!(!Arc::ptr_eq(&first, &now), "it goes the old way still");
        assert_eq!(session.sign_in, SignInState::Ready);
    }
}
