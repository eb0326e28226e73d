//! Accounts: signing in and out, names, removal.

use std::sync::Arc;

use runwatch_contract::{AccountView, Colour, ConnectRequest};

use crate::accounts::{self, naming, restore};
use crate::api::answer::Answer;
use crate::app_state::AppState;
use crate::shell::browser;

pub async fn connect(app_state: &Arc<AppState>, request: ConnectRequest) -> Answer<AccountView> {
    accounts::connect::connect(app_state, request).await
}

pub async fn cancel_sign_in(app_state: &Arc<AppState>) -> Answer<()> {
    app_state.sign_in.stop();
    Ok(())
}

pub async fn open_sign_in_again(app_state: &Arc<AppState>) -> Answer<()> {
    browser::open_sign_in(app_state, &app_state.sign_in.address()?)
}

pub async fn copy_sign_in_address(app_state: &Arc<AppState>) -> Answer<()> {
    app_state.clipboard.copy(app_state.sign_in.address()?.get())
}

pub async fn sign_out(app_state: &Arc<AppState>, account_id: String) -> Answer<()> {
    accounts::sign_out::sign_out(app_state, &account_id).await
}

pub async fn update_account(
    app_state: &Arc<AppState>,
    account_id: String,
    label: String,
    colour: Colour,
) -> Answer<AccountView> {
    naming::update(app_state, &account_id, &label, colour).await
}

pub async fn remove_account(
    app_state: &Arc<AppState>,
    account_id: String,
    with_history: bool,
) -> Answer<()> {
    accounts::sign_out::remove(app_state, &account_id, with_history).await
}

pub async fn retry_keychain(app_state: &Arc<AppState>) -> Answer<()> {
    restore::unlock(app_state).await;
    Ok(())
}

pub async fn open_solvexia(app_state: &Arc<AppState>, account_id: String) -> Answer<()> {
    let environment = app_state.account(&account_id)?.environment;
    browser::open_link(app_state, &environment, environment.origin())
}
