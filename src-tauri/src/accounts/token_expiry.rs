//! Pasted access tokens: kept until they expire, and no longer.

use std::sync::Arc;

use runwatch_core::account::Account;
use runwatch_core::ids::AccountId;
use runwatch_core::ports::Vault;
use runwatch_core::secret::{SecretKind, SecretName};

use crate::app_state::AppState;

/// Whether an account's pasted token has expired.
pub fn has_ended(app_state: &AppState, account: &Account) -> bool {
    let now = app_state.engine.now();
    account.token_expires.is_some_and(|end| end <= now)
}

/// A pasted token is kept in the keychain until it expires, and no longer.
pub fn forget_when_expired(app_state: &Arc<AppState>, account: &Account) {
    let Some(end) = account.token_expires else {
        return;
    };
    let (app_state, id) = (Arc::clone(app_state), account.id.clone());
    let left = end.duration_since(app_state.engine.now()).unsigned_abs();
    tauri::async_runtime::spawn(async move {
        tokio::time::sleep(left).await;
        // A newer token may have come meanwhile.
        let is_same = |account: &Account| account.token_expires == Some(end);
        if app_state
            .engine
            .accounts
            .get(&id)
            .is_some_and(|session| is_same(&session.account))
        {
            forget_token(&app_state, &id).await;
        }
    });
}

/// Deletes a pasted token.
pub async fn forget_token(app_state: &AppState, id: &AccountId) {
    let name = SecretName::of(id, SecretKind::AccessToken);
    if let Err(error) = app_state.vault.forget(&name).await {
        tracing::warn!(%error, "an expired token could not be taken out of the keychain");
    }
}
