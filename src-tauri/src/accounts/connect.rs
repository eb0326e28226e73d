//! From a filled form to a signed-in account.

use std::sync::Arc;

use runwatch_contract::{AccountView, AppError, ConnectRequest};
use runwatch_core::account::Account;
use runwatch_core::credentials::Credentials;
use secrecy::SecretString;
use solvexia::SignInError;
use tokio_util::sync::CancellationToken;

use crate::accounts::account_of_form::account_of;
use crate::accounts::form::{self, FormCredentials};
use crate::accounts::signed_in::client;
use crate::accounts::{browser_sign_in, secrets};
use crate::api::errors::ForPage;
use crate::app_state::AppState;
use crate::settings::proxy_password;

/// Signs in with what the form sent, and remembers the account.
pub async fn connect(
    app_state: &Arc<AppState>,
    request: ConnectRequest,
) -> Result<AccountView, AppError> {
    let form = form::read(request, |environment, method| {
        app_state.refusal(environment, method)
    })?;
    let account = account_of(
        &app_state.engine.accounts.all(),
        &form,
        app_state.engine.now(),
    );
    // From here on it can be stopped.
    let stop = app_state.sign_in.begin(&account);
    let _over = stop.clone().drop_guard();
    stop.run_until_cancelled(proxy_password::read(app_state))
        .await
        .ok_or_else(|| SignInError::Stopped.for_page())?;
    match form.credentials {
        FormCredentials::Browser { id, secret, port } => {
            browser_sign_in::sign_in(app_state, &stop, account, (id, secret), port).await
        }
        FormCredentials::Client { id, secret } => {
            let credentials = Credentials::Client {
                id,
                secret: secret.clone(),
            };
            at_once(app_state, &stop, account, credentials, secret).await
        }
        FormCredentials::Token(token) => {
            let credentials = Credentials::Token {
                token: token.clone(),
            };
            at_once(app_state, &stop, account, credentials, token).await
        }
    }
}

/// Signs in with a secret that is there already.
async fn at_once(
    app_state: &Arc<AppState>,
    stop: &CancellationToken,
    account: Account,
    credentials: Credentials,
    secret: SecretString,
) -> Result<AccountView, AppError> {
    let api = client(&account.environment, credentials, &app_state.route.get())?;
    let signed_in = stop.run_until_cancelled(api.sign_in()).await;
    signed_in
        .ok_or_else(|| SignInError::Stopped.for_page())?
        .map_err(|error| error.for_page())?;
    secrets::keep_sign_in(app_state, stop, account, api, Some(secret)).await
}
