//! Signing in and out.

use runwatch_contract::{AccountView, ConnectRequest};

use super::{Answer, Shared};
use crate::accounts;

/// Signs in with what the form sent; the only way of a secret, and it goes in.
#[tauri::command]
pub async fn connect(world: Shared<'_>, request: ConnectRequest) -> Answer<AccountView> {
    accounts::connect(&world, request).await
}

/// Signs out and deletes the secret.
#[tauri::command]
pub async fn sign_out(world: Shared<'_>, account_id: String) -> Answer<()> {
    accounts::sign_out(&world, &account_id).await
}
