//! Keeps what a sign-in needs: its secret in the keychain, its account in the history.

use std::sync::Arc;

use runwatch_contract::{AccountView, AppError};
use runwatch_core::account::{Account, SignInMethod};
use runwatch_core::ids::AccountId;
use runwatch_core::ports::{SolveXia, Vault};
use runwatch_core::secret::{SecretKind, SecretName};
use secrecy::SecretString;
use solvexia::SignInError;
use tokio_util::sync::CancellationToken;

use crate::accounts::sign_out;
use crate::accounts::signed_in::{finish, given_secret};
use crate::api::errors::ForPage;
use crate::app_state::AppState;

/// Keeps and remembers what signed in, unless it was stopped meanwhile; a secret that is kept already is
/// not given.
pub async fn keep_sign_in(
    app_state: &Arc<AppState>,
    stop: &CancellationToken,
    account: Account,
    api: Arc<dyn SolveXia>,
    secret: Option<SecretString>,
) -> Result<AccountView, AppError> {
    let _turn = app_state.changing_secrets.lock().await;
    let mut is_kept = secret.is_none();
    if let Some(secret) = secret.filter(|_| !stop.is_cancelled()) {
        remember(app_state, &account).await;
        keep(app_state, &account, secret).await;
        is_kept = true;
    }
    // The keychain takes its time, in which it may have been stopped.
    if stop.is_cancelled() {
        if is_kept {
            take_back(app_state, &account.id).await;
        }
        return Err(SignInError::Stopped.for_page());
    }
    forget_others(app_state, &account).await;
    finish(app_state, account, api).await
}

/// What a sign-in had kept when it was stopped goes again: nobody may be signed in by it, neither now
/// nor at the next start. Where an account was signed in before, the new secret has taken the place of
/// the old one, and stays.
async fn take_back(app_state: &Arc<AppState>, id: &AccountId) {
    // What fails here was logged; secrets that are left are tried again.
    match app_state.engine.accounts.get(id) {
        Some(known) if !known.account.signed_out => {}
        Some(_) => {
            let _ = app_state.engine.sign_out(id).await;
            let _ = sign_out::delete_secrets(app_state, id).await;
        }
        None => {
            let _ = sign_out::delete_secrets(app_state, id).await;
            if let Err(error) = app_state
                .engine
                .history
                .store()
                .remove_account(id, true)
                .await
            {
                tracing::warn!(%error, "an account whose sign-in was stopped is still remembered");
            }
        }
    }
}

/// Writes the account down before its secret: what is listed can be removed again.
pub async fn remember(app_state: &AppState, account: &Account) {
    if let Err(error) = app_state
        .engine
        .history
        .store()
        .save_account(account.clone())
        .await
    {
        tracing::warn!(%error, "an account could not be remembered");
    }
}

/// Keeps a secret in the keychain, or for this session (`app_state.session_only` says why).
pub async fn keep(app_state: &AppState, account: &Account, secret: SecretString) {
    let kind = given_secret(account.method);
    let name = SecretName::of(&account.id, kind).at(&account.place());
    // The vault has logged it, and remembers why.
    let _ = app_state.vault.keep(&name, secret).await;
}

/// Secrets of another way to sign in are of no use any more.
async fn forget_others(app_state: &AppState, account: &Account) {
    let is_used = |kind: &SecretKind| match kind {
        SecretKind::RefreshToken => account.method == SignInMethod::Browser,
        kind => *kind == given_secret(account.method),
    };
    let all = SecretKind::OF_AN_ACCOUNT.into_iter();
    for kind in all.filter(|kind| !is_used(kind)) {
        if let Err(error) = app_state
            .vault
            .forget(&SecretName::of(&account.id, kind))
            .await
        {
            tracing::warn!(%error, "a secret that is not used any more could not be deleted");
        }
    }
}
