//! What commands answer.

use std::sync::Arc;

use runwatch_contract::{AppError, RunRef};
use runwatch_core::error::CallError;
use runwatch_core::ids::{AccountId, ProcessId, RunId, RunKey};
use runwatch_core::ports::SolveXia;

use crate::api::errors::ForPage;
use crate::app_state::AppState;

/// What commands answer.
pub type Answer<T> = Result<T, AppError>;

/// The key of a run that the page names.
///
/// # Errors
/// When its id is malformed.
pub fn run_key(run: &RunRef) -> Answer<RunKey> {
    let id = RunId::parse(&run.run_id).map_err(|error| error.for_page())?;
    Ok(RunKey {
        account: AccountId(run.account_id.clone()),
        run: id,
    })
}

/// The keys of runs that the page names.
///
/// # Errors
/// As [`run_key`].
pub fn run_keys(runs: &[RunRef]) -> Answer<Vec<RunKey>> {
    runs.iter().map(run_key).collect()
}

/// The process that the page names.
///
/// # Errors
/// When its id is malformed.
pub fn process(id: &str) -> Answer<ProcessId> {
    ProcessId::parse(id).map_err(|error| error.for_page())
}

/// An account's SolveXia, for a read that the page alone asks.
pub fn api(app_state: &AppState, account: &AccountId) -> Answer<Arc<dyn SolveXia>> {
    let api = app_state.engine.accounts.api(account);
    api.map_err(|error| error.for_page())
}

/// The answer of such a read, for the page; the account learns from it.
pub fn learned<T>(
    app_state: &AppState,
    account: &AccountId,
    answer: Result<T, CallError>,
) -> Answer<T> {
    let learned = app_state.engine.learn_from(account, answer);
    learned.map_err(|error| error.for_page())
}
