//! A remembered account that the organisation's rules do not allow: nothing is asked for it, and its list,
//! its history and its secret stay for the day on which it is allowed again.

use runwatch_core::account::{Account, SignInMethod};
use runwatch_engine::accounts::session::SignInState;

use crate::accounts::token_expiry::forget_token;
use crate::app_state::AppState;

/// Leaves it out. A pasted token would have expired by then: it is deleted.
pub async fn leave_out(app_state: &AppState, account: Account) {
    let session = app_state.engine.accounts.get(&account.id);
    // The keychain is tried again and again; this is settled.
    if session.is_some_and(|session| session.sign_in == SignInState::NotAllowed) {
        return;
    }
    tracing::warn!(method = ?account.method, "the organisation's rules do not allow an account");
    if account.method == SignInMethod::Token {
        forget_token(app_state, &account.id).await;
    }
    app_state.engine.set_not_allowed(account);
}
