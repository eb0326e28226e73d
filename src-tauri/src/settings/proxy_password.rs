//! The proxy's password, which the keychain keeps.

use runwatch_core::ports::Vault;
use runwatch_core::secret::SecretName;

use crate::accounts::route::apply_route;
use crate::app_state::AppState;

/// Asks the keychain for the proxy's password, unless it is known; with it every account goes on.
pub async fn read(app_state: &AppState) {
    if app_state.route.get().proxy_password.is_ok() {
        return;
    }
    let read = app_state.vault.read(&SecretName::proxy_password()).await;
    if let Err(error) = &read {
        tracing::warn!(%error, "the proxy's password could not be read");
    }
    // The keychain takes its time, in which the user may have set another one.
    if app_state.route.set_unknown_password(read) {
        apply_route(app_state);
    }
}
