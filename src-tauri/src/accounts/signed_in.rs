//! An account that has just signed in: its client, and how the engine and the history learn of it.

use std::sync::Arc;

use runwatch_contract::{AccountView, AppError, ErrorCode};
use runwatch_core::account::{Account, SignInMethod};
use runwatch_core::credentials::Credentials;
use runwatch_core::environment::Environment;
use runwatch_core::ids::AccountId;
use runwatch_core::network::Route;
use runwatch_core::ports::SolveXia;
use runwatch_core::secret::SecretKind;

use crate::accounts::token_expiry;
use crate::api::errors::ForPage;
use crate::api::views;
use crate::app_state::AppState;

/// The client of an account.
pub fn client(
    environment: &Environment,
    with: Credentials,
    route: &Route,
) -> Result<Arc<dyn SolveXia>, AppError> {
    let client = solvexia::Client::new(environment.clone(), with, route)
        .map_err(|error| error.for_page())?;
    Ok(Arc::new(client))
}

/// The secret that the user gives for this way to sign in.
pub fn given_secret(method: SignInMethod) -> SecretKind {
    match method {
        SignInMethod::Browser | SignInMethod::Client => SecretKind::ClientSecret,
        SignInMethod::Token => SecretKind::AccessToken,
    }
}

/// Makes a signed-in account known to the engine and the history.
pub async fn finish(
    app_state: &Arc<AppState>,
    account: Account,
    api: Arc<dyn SolveXia>,
) -> Result<AccountView, AppError> {
    let id = account.id.clone();
    let account = match app_state.engine.accounts.get(&id) {
        // It may have been given another name while the browser was waited for.
        Some(known) => Account {
            label: known.account.label,
            colour: known.account.colour,
            ..account
        },
        None => account,
    };
    tracing::info!(method = ?account.method, "an account is signed in");
    token_expiry::forget_when_expired(app_state, &account);
    app_state.engine.set_session(account, Some(api));
    if let Err(error) = app_state.engine.accounts.save(&id).await {
        // Signed in all the same; the account is not remembered, as nothing is at the moment.
        tracing::warn!(%error, "an account could not be remembered");
    }
    view(app_state, &id)
}

/// An account as the page shows it.
///
/// # Errors
/// When it is gone again.
pub fn view(app_state: &AppState, id: &AccountId) -> Result<AccountView, AppError> {
    let session =
        app_state.engine.accounts.get(id).ok_or_else(|| {
            AppError::new(ErrorCode::Internal, "Signing in did not work. Try again.")
        })?;
    Ok(views::account::account(app_state, &session))
}
