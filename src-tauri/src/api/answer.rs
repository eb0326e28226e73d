//! What commands answer.

use runwatch_contract::{AppError, RunRef};
use runwatch_core::ids::{AccountId, RunId, RunKey};

use crate::api::errors::ForPage;

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
