//! The way that accounts go to SolveXia: by the proxy and the certificates of the connection settings.

use crate::accounts::token_expiry::has_ended;
use crate::app_state::AppState;

/// Sends all accounts that can make requests another way to SolveXia. The keychain is not asked: it may
/// be locked by now, and they are signed in.
pub fn apply_route(app_state: &AppState) {
    let route = app_state.route();
    for session in app_state.engine.accounts.all() {
        let Some(api) = session
            .api
            .filter(|_| !has_ended(app_state, &session.account))
        else {
            continue;
        };
        match api.by_route(&route) {
            Ok(api) => app_state.engine.set_session(session.account, Some(api)),
            Err(error) => tracing::error!(%error, "no client could be made"),
        }
    }
}
