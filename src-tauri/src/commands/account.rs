//! Accounts: signing in and out, names, removal.

use runwatch_contract::{AccountView, Colour, ConnectRequest};

use super::{Answer, Shared, app};
use crate::accounts::{self, connect, leave, restore};
use crate::view;

/// Signs in with what the form sent; the only way of a secret, and it goes in. By the browser, it
/// answers when the browser has.
#[tauri::command]
pub async fn connect(world: Shared<'_>, request: ConnectRequest) -> Answer<AccountView> {
    connect::connect(&world, request).await
}

/// Ends the sign-in under way.
#[tauri::command]
pub async fn cancel_sign_in(world: Shared<'_>) -> Answer<()> {
    world.sign_in.stop();
    Ok(())
}

/// Opens the browser's page of that sign-in once more.
#[tauri::command]
pub async fn open_sign_in_again(world: Shared<'_>) -> Answer<()> {
    let (environment, address) = world.sign_in.address()?;
    world.open_link(&environment, &address)
}

/// Copies the address of that page, for another browser.
#[tauri::command]
pub async fn copy_sign_in_address(world: Shared<'_>) -> Answer<()> {
    app::copy(&world, world.sign_in.address()?.1)
}

/// Signs out and deletes the secrets.
#[tauri::command]
pub async fn sign_out(world: Shared<'_>, account_id: String) -> Answer<()> {
    leave::sign_out(&world, &account_id).await
}

/// Gives an account another name and colour.
#[tauri::command]
pub async fn update_account(
    world: Shared<'_>,
    account_id: String,
    label: String,
    colour: Colour,
) -> Answer<AccountView> {
    accounts::update(&world, &account_id, &label, view::chosen_colour(colour)).await
}

/// Removes an account, its secrets and its list; its history too, if wished.
#[tauri::command]
pub async fn remove_account(
    world: Shared<'_>,
    account_id: String,
    with_history: bool,
) -> Answer<()> {
    leave::remove(&world, &account_id, with_history).await
}

/// Tries again to read the keychain.
#[tauri::command]
pub async fn retry_keychain(world: Shared<'_>) -> Answer<()> {
    restore::unlock(&world).await;
    Ok(())
}

/// Opens an account's SolveXia in the browser.
#[tauri::command]
pub async fn open_solvexia(world: Shared<'_>, account_id: String) -> Answer<()> {
    let environment = world.account(&account_id)?.environment;
    world.open_link(&environment, environment.origin())
}
