//! Signing out and removing an account. That it is signed out is written down first, then no request is
//! made any more (both in `engine/src/accounts/sign_in_and_out.rs`), then its secrets are deleted: where the
//! keychain fails, that is tried again later.

use std::sync::Arc;

use runwatch_contract::{AppError, ErrorCode};
use runwatch_core::error::{StoreError, VaultError};
use runwatch_core::ids::AccountId;
use runwatch_core::ports::Vault;
use runwatch_core::secret::{SecretKind, SecretName};

use crate::api::errors::ForPage;
use crate::app_state::AppState;

/// Signs out; the list is kept.
pub async fn sign_out(app_state: &Arc<AppState>, id: &str) -> Result<(), AppError> {
    let id = app_state.account(id)?.id;
    tracing::info!("an account is signed out by its user");
    let (written, deleted) = end_session(app_state, &id).await;
    let Err(error) = deleted else {
        return written.map_err(|error| error.for_page());
    };
    let advice = match written {
        Ok(()) => {
            "You are signed out, but the secret may still be in the keychain. Runwatch deletes it \
             once the keychain can be used, also after a restart."
        }
        Err(_) => {
            "You are signed out until Runwatch is closed, but the secret may still be in the \
             keychain, and the sign-out could not be written down. Delete Runwatch's entry in the \
             keychain yourself, or the next start signs in again."
        }
    };
    Err(AppError::new(
        ErrorCode::Keychain,
        format!("{error} {advice}"),
    ))
}

/// Removes an account: its polls stop, then its secrets go, then its runs, and its history if wished.
pub async fn remove(
    app_state: &Arc<AppState>,
    id: &str,
    with_history: bool,
) -> Result<(), AppError> {
    let id = app_state.account(id)?.id;
    app_state
        .engine
        .may_remove_account(&id)
        .map_err(|error| error.for_page())?;
    // What cannot be written down fails once more below.
    let (_, deleted) = end_session(app_state, &id).await;
    // Where the keychain refuses, the account stays in sight, so that it can be tried again.
    deleted.map_err(|error| {
        let advice = "The account is signed out but not removed, as its secrets may still be in the \
                      keychain. Remove it again once the keychain works.";
        AppError::new(ErrorCode::Keychain, format!("{error} {advice}"))
    })?;
    app_state
        .engine
        .remove_account(&id, with_history)
        .await
        .map_err(|error| error.for_page())
}

/// Deletes the secrets that were left when an account was signed out.
pub async fn delete_left_secrets(app_state: &AppState, id: &AccountId) {
    let _turn = app_state.changing_secrets.lock().await;
    let session = app_state.engine.accounts.get(id);
    let is_left = session.is_some_and(|session| session.account.secrets_left);
    // A sign-in under way brings new ones.
    if is_left && !app_state.sign_in.is_of(id) {
        // It was logged, and is tried again.
        let _ = delete_secrets(app_state, id).await;
    }
}

/// Tells whether it could be written down, and whether the secrets were deleted.
async fn end_session(
    app_state: &AppState,
    id: &AccountId,
) -> (Result<(), StoreError>, Result<(), VaultError>) {
    app_state.sign_in.stop_of(id);
    let mut written = app_state.engine.sign_out(id).await;
    let _turn = app_state.changing_secrets.lock().await;
    let session = app_state.engine.accounts.get(id);
    // It was too late to stop a sign-in.
    if session.is_some_and(|session| !session.account.signed_out) {
        written = app_state.engine.sign_out(id).await;
    }
    (written, delete_secrets(app_state, id).await)
}

/// Deletes all secrets of an account; a renewal under way cannot bring one back.
pub async fn delete_secrets(app_state: &AppState, id: &AccountId) -> Result<(), VaultError> {
    app_state.close_refresh(id).await;
    let mut result = Ok(());
    for kind in SecretKind::OF_AN_ACCOUNT {
        if let Err(error) = app_state.vault.forget(&SecretName::of(id, kind)).await {
            tracing::warn!(%error, "a secret of a signed-out account could not be deleted");
            result = Err(error);
        }
    }
    if result.is_ok()
        && let Err(error) = app_state.engine.accounts.secrets_deleted(id).await
    {
        tracing::warn!(%error, "that secrets were deleted could not be written down");
    }
    result
}

#[cfg(test)]
#[path = "sign_out_tests.rs"]
mod tests;
