//! Accounts: signing in and out, names and colours, removal (docs/RULES.md, 19 and 20).
//!
//! - [`form`] reads what the sign-in form sent;
//! - [`connect`] makes an account of it, by the browser ([`browser`]) or without, and can be stopped
//!   ([`under_way`]);
//! - [`restore`] signs remembered accounts in again with what the keychain holds;
//! - [`leave`] signs out and removes.

mod browser;
pub mod connect;
mod form;
pub mod leave;
pub mod restore;
pub mod under_way;

use std::sync::Arc;

use runwatch_contract::{AccountView, AppError, ErrorCode};
use runwatch_core::account::{Account, Colour, Method};
use runwatch_core::credentials::Credentials;
use runwatch_core::environment::Environment;
use runwatch_core::ids::AccountId;
use runwatch_core::network::Route;
use runwatch_core::ports::SolveXia;
use runwatch_core::secret::SecretKind;

use crate::errors::ForPage;
use crate::world::World;

/// Longer names are cut: they have to fit beside a run's.
const LONGEST_LABEL: usize = 60;

/// A way to SolveXia.
pub fn client(
    environment: &Environment,
    with: Credentials,
    way: &Route,
) -> Result<Arc<dyn SolveXia>, AppError> {
    let client =
        solvexia::Client::new(environment.clone(), with, way).map_err(|error| error.for_page())?;
    Ok(Arc::new(client))
}

/// The secret that the user gives for this way to sign in.
fn given_secret(method: Method) -> SecretKind {
    match method {
        Method::Browser | Method::Client => SecretKind::ClientSecret,
        Method::Token => SecretKind::AccessToken,
    }
}

/// Makes a signed-in account known to the engine and the history.
pub async fn finish(
    world: &Arc<World>,
    account: Account,
    api: Arc<dyn SolveXia>,
) -> Result<AccountView, AppError> {
    let id = account.id.clone();
    let account = match world.engine.accounts.get(&id) {
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
    if let Err(error) = world.engine.accounts.save(&id).await {
        // Signed in all the same; the account is not remembered, as nothing is at the moment.
        tracing::warn!(%error, "an account could not be remembered");
    }
    view(world, &id)
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
        .accounts
        .rename(&id, label, colour)
        .await
        .map_err(|error| error.for_page())?;
    view(world, &id)
}

fn view(world: &World, id: &AccountId) -> Result<AccountView, AppError> {
    let session =
        world.engine.accounts.get(id).ok_or_else(|| {
            AppError::new(ErrorCode::Internal, "Signing in did not work. Try again.")
        })?;
    Ok(world.account_view(&session))
}
