//! "Check connection": which part of the connection to SolveXia does not work.

use runwatch_contract::{AppError, ErrorCode, HopView};
use runwatch_core::account::SignInMethod;
use runwatch_core::environment::Environment;
use runwatch_core::network::Hop;

use crate::accounts::restore;
use crate::api::errors::ForPage;
use crate::app_state::AppState;
use crate::settings::proxy_password;

/// Tries the connection to SolveXia hop by hop. For an account its sign-in is tried too.
pub async fn check(
    app_state: &AppState,
    account: Option<String>,
    environment: Option<String>,
) -> Result<Vec<HopView>, AppError> {
    proxy_password::read(app_state).await;
    let route = app_state.route.get();
    // It tells what the set-up script answers now.
    route.proxy_script.forget();
    let hops = match (account, environment) {
        (Some(id), _) => {
            let account = app_state.account(&id)?;
            allowed(app_state, &account.environment, account.method)?;
            let credentials = restore::credentials(app_state, &account)
                .await
                .map_err(|error| error.for_page())?;
            solvexia::check_connection(&account.environment, &route, credentials).await
        }
        (None, Some(text)) => {
            let environment = Environment::parse(&text).map_err(|error| error.for_page())?;
            allowed(app_state, &environment, SignInMethod::Browser)?;
            solvexia::check_connection(&environment, &route, None).await
        }
        (None, None) => {
            let message = "Type the environment first, so that there is something to reach.";
            return Err(AppError::new(ErrorCode::BadId, message));
        }
    };
    Ok(hops.into_iter().map(hop).collect())
}

/// What the organisation's rules do not allow is not tried either.
fn allowed(
    app_state: &AppState,
    environment: &Environment,
    method: SignInMethod,
) -> Result<(), AppError> {
    let refusal = app_state.refusal(environment, method);
    refusal.map_or(Ok(()), |why| Err(why.for_page()))
}

fn hop(hop: Hop) -> HopView {
    HopView {
        kind: hop.kind,
        state: hop.state,
        words: hop.words,
    }
}
