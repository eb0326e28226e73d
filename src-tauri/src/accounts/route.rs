//! Applies the connection settings, proxy and certificates, to all accounts.

use crate::accounts::token_expiry::has_ended;
use crate::app_state::AppState;

/// Gives every account that can make requests a client with the current route. The keychain is not read
/// for it: it may be locked by now, and these accounts are signed in.
pub fn apply_route(app_state: &AppState) {
    let route = app_state.route.get();
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
