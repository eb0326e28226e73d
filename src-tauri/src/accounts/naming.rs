//! The name and colour by which an account is told from the others.

use std::sync::Arc;

use runwatch_contract::{AccountView, AppError, ErrorCode};
use runwatch_core::account::Colour;
use runwatch_core::names;

use crate::accounts::signed_in::view;
use crate::api::errors::ForPage;
use crate::app_state::AppState;

/// Longer names are cut: they have to fit beside a run's.
const LONGEST_LABEL: usize = 60;

/// Gives an account another name and colour.
pub async fn update(
    app_state: &Arc<AppState>,
    id: &str,
    label: &str,
    colour: Colour,
) -> Result<AccountView, AppError> {
    let label = names::line(label, LONGEST_LABEL)
        .ok_or_else(|| AppError::new(ErrorCode::BadId, "Type a name first."))?;
    let id = app_state.account(id)?.id;
    app_state
        .engine
        .accounts
        .rename(&id, label, colour)
        .await
        .map_err(|error| error.for_page())?;
    view(app_state, &id)
}
