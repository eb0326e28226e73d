//! Accounts: signing in and out, names and colours, removal (`rules.md`, 19 and 20).
//!
//! - [`form`] reads what the sign-in form sent;
//! - [`connect`] makes an account of it, by the browser ([`browser`]) or without;
//! - [`restore`] signs remembered accounts in again with what the keychain holds.

pub mod browser;
pub mod connect;
mod form;
pub mod restore;
#[cfg(test)]
mod testing;

use std::sync::Arc;

use runwatch_contract::{AccountView, AppError, ErrorCode};
use runwatch_core::account::{Account, Colour, Credentials};
use runwatch_core::environment::Environment;
use runwatch_core::error::VaultError;
use runwatch_core::ids::AccountId;
use runwatch_core::network::Way;
use runwatch_core::ports::{SolveXia, Vault};
use runwatch_core::secret::{SecretKind, SecretName};

use crate::errors::ForPage;
use crate::world::World;

/// Longer names are cut: they have to fit beside a run's.
const LONGEST_LABEL: usize = 60;

/// A way to SolveXia.
pub fn client(
    environment: &Environment,
    with: Credentials,
    way: &Way,
) -> Result<Arc<dyn SolveXia>, AppError> {
    let client =
        solvexia::Client::new(environment.clone(), with, way).map_err(|error| error.for_page())?;
    Ok(Arc::new(client))
}

/// Makes a signed-in account known to the engine and the history.
pub async fn finish(
    world: &Arc<World>,
    account: Account,
    api: Arc<dyn SolveXia>,
) -> Result<AccountView, AppError> {
    let id = account.id.clone();
    let account = match world.engine.session(&id) {
        // It may have been given another name while the browser was waited for.
        Some(known) => Account {
            label: known.account.label,
            colour: known.account.colour,
            ..account
        },
        None => account,
    };
    tracing::info!(method = ?account.method, "an account is signed in");
    restore::forget_when_expired(world, &account);
    world.engine.set_session(account, Some(api));
    if let Err(error) = world.engine.remember_account(&id).await {
        // Signed in all the same; the account is not remembered, as nothing is at the moment.
        tracing::warn!(%error, "an account could not be remembered");
    }
    view(world, &id)
}

/// Signs out: reading stops, the secrets are deleted, the list is kept.
pub async fn sign_out(world: &Arc<World>, id: &str) -> Result<(), AppError> {
    let account = world.account(id)?;
    let signed_out = Account {
        signed_out: true,
        ..account.clone()
    };
    tracing::info!("an account is signed out by its user");
    // First nothing reads any more, then the secrets go.
    world.engine.set_session(signed_out, None);
    let forgotten = forget_secrets(world, &account.id).await;
    world
        .engine
        .remember_account(&account.id)
        .await
        .map_err(|error| error.for_page())?;
    forgotten.map_err(|error| {
        let advice = "You are signed out here, but Runwatch's entry may still be in the keychain: \
                      delete it there yourself.";
        AppError::new(ErrorCode::Keychain, format!("{error} {advice}"))
    })
}

/// Gives an account another name and colour.
pub async fn update(
    world: &Arc<World>,
    id: &str,
    label: &str,
    colour: Colour,
) -> Result<AccountView, AppError> {
    let label = label.split_whitespace().collect::<Vec<_>>().join(" ");
    if label.is_empty() {
        return Err(AppError::new(ErrorCode::BadId, "Type a name first."));
    }
    let id = world.account(id)?.id;
    let label = runwatch_core::ids::shorten(&label, LONGEST_LABEL);
    world
        .engine
        .rename_account(&id, label, colour)
        .await
        .map_err(|error| error.for_page())?;
    view(world, &id)
}

/// Removes an account: its polls stop, then its secrets go, then its runs, and its history if wished.
pub async fn remove(world: &Arc<World>, id: &str, with_history: bool) -> Result<(), AppError> {
    let account = world.account(id)?;
    world
        .engine
        .may_remove_account(&account.id)
        .map_err(|error| error.for_page())?;
    world.engine.set_session(
        Account {
            signed_out: true,
            ..account.clone()
        },
        None,
    );
    // Where the keychain refuses, the account stays in sight, so that it can be tried again.
    forget_secrets(world, &account.id).await.map_err(|error| {
        let advice = "The account is signed out but not removed, as its secrets may still be in the \
                      keychain. Remove it again once the keychain works.";
        AppError::new(ErrorCode::Keychain, format!("{error} {advice}"))
    })?;
    world
        .engine
        .remove_account(&account.id, with_history)
        .await
        .map_err(|error| error.for_page())
}

/// Deletes all secrets of an account; a renewal under way cannot bring one back.
async fn forget_secrets(world: &World, id: &AccountId) -> Result<(), VaultError> {
    world.close_refresh(id).await;
    let mut result = Ok(());
    for kind in SecretKind::OF_AN_ACCOUNT {
        if let Err(error) = world.vault.forget(&SecretName::of(id, kind)).await {
            result = Err(error);
        }
    }
    result
}

fn view(world: &World, id: &AccountId) -> Result<AccountView, AppError> {
    let session = world
        .engine
        .session(id)
        .ok_or_else(|| AppError::new(ErrorCode::Internal, "Signing in did not work. Try again."))?;
    Ok(world.account_view(&session))
}
