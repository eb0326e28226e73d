//! What the engine needs from the world, as traits that adapters fill.

use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use secrecy::SecretString;

use crate::account::Account;
use crate::action::Action;
use crate::close::kept::{CapturedAttempt, CloseId, KeptClose};
use crate::close::plan::PlanDraft;
use crate::close::score::PublishedForecast;
use crate::duration_sample::DurationSample;
use crate::error::{CallError, StoreError, Trouble, VaultError};
use crate::ids::{AccountId, ProcessId, RunId, RunKey, StepId};
use crate::network::Route;
use crate::notification::{ClickTarget, InboxItem};
use crate::observation::{
    ListedStep, Listing, NamedRun, ProcessInfo, RunInfo, RunObservation, Step, StepObservation,
};
use crate::run::{EndedAttempt, Run};
use crate::secret::SecretName;
use crate::settings::kept_settings::KeptSettings;
use crate::transaction::{Committed, Transaction};
use crate::unreadable::UnreadableRows;
use crate::words::NotificationText;

pub use crate::network::ProxyScript;

/// SolveXia, for one account.
#[async_trait]
pub trait SolveXia: Send + Sync {
    /// `GET /processruns/{runId}`.
    async fn run(&self, run: &RunId) -> Result<RunInfo, CallError>;
    /// `GET /processruns/{runId}/runstatus`.
    async fn run_status(&self, run: &RunId) -> Result<RunObservation, CallError>;
    /// `GET /processruns/{runId}/steps`.
    async fn run_steps(&self, run: &RunId) -> Result<Listing<ListedStep>, CallError>;
    /// `GET /processruns/{runId}/steps/{stepId}/runstatus`.
    async fn step_status(&self, run: &RunId, step: &StepId) -> Result<StepObservation, CallError>;
    /// `POST /processruns/{runId}/start`. Sent once, whatever the answer.
    async fn start(&self, run: &RunId) -> Result<(), CallError>;
    /// `POST /requests` with `ProcessRun_StartRq`. Sent once, whatever the answer.
    async fn start_deprecated(&self, run: &RunId) -> Result<(), CallError>;
    /// `POST /processruns/{runId}/cancel`. Sent once, whatever the answer.
    async fn cancel(&self, run: &RunId) -> Result<(), CallError>;
    /// `POST /requests` with `ProcessRun_CancelRq`. Sent once, whatever the answer.
    async fn cancel_deprecated(&self, run: &RunId) -> Result<(), CallError>;
    /// `POST /processruns/{runId}/steps/{stepId}/restartfromhere`. Sent once, whatever the answer.
    async fn restart_from(&self, run: &RunId, step: &StepId) -> Result<(), CallError>;
    /// `GET /processes/{processId}/processruns`.
    async fn process_runs(&self, process: &ProcessId) -> Result<Listing<NamedRun>, CallError>;
    /// `POST /processes/{processId}/processruns`: created, not started. Sent once.
    async fn create_run(&self, process: &ProcessId, prefix: &str) -> Result<NamedRun, CallError>;
    /// Gets a token, to prove that the secret is good; renews it if it is about to expire.
    async fn sign_in(&self) -> Result<(), CallError>;
    /// What the latest token allows (`process_read`, `process_execute`, …), where the server said it.
    fn scopes(&self) -> Option<Vec<String>>;
    /// The same account, by another way: signed in as this one is, whether the keychain can be read or
    /// not.
    ///
    /// # Errors
    /// When the way leads nowhere, such as by a certificate file that is not there any more.
    fn by_route(&self, way: &Route) -> Result<Arc<dyn SolveXia>, CallError>;
    /// By how much its clock is ahead of this computer's; none before an answer showed it.
    fn clock_ahead(&self) -> Option<SignedDuration>;

    // What the page alone asks: a double for the engine's tests need not answer it.

    /// `GET /processes?name=`.
    async fn processes(&self, _name: &str) -> Result<Listing<ProcessInfo>, CallError> {
        Err(not_answered())
    }
    /// `GET /processes/{processId}`.
    async fn process(&self, _process: &ProcessId) -> Result<ProcessInfo, CallError> {
        Err(not_answered())
    }
    /// `GET /processes/{processId}/steps`.
    async fn process_steps(&self, _process: &ProcessId) -> Result<Listing<ListedStep>, CallError> {
        Err(not_answered())
    }
}

fn not_answered() -> CallError {
    CallError::unsent(Trouble::NotAllowed, "This call is not answered here.")
}

/// The local history.
#[async_trait]
pub trait Store: Send + Sync {
    /// All remembered accounts.
    async fn accounts(&self) -> Result<Vec<Account>, StoreError>;
    /// Remembers an account, or what changed about it.
    async fn save_account(&self, account: Account) -> Result<(), StoreError>;
    /// Forgets an account and its runs in the list; its history, Inbox and activity too, if wished.
    async fn remove_account(&self, id: &AccountId, with_history: bool) -> Result<(), StoreError>;
    /// All settings.
    async fn settings(&self) -> Result<KeptSettings, StoreError>;
    /// All runs in the list.
    async fn runs(&self) -> Result<Vec<Run>, StoreError>;
    /// A run's steps as last read, and those added by hand.
    async fn steps(&self, key: &RunKey) -> Result<Vec<Step>, StoreError>;
    /// Writes all of it in one transaction, or nothing.
    async fn write(&self, write: Transaction) -> Result<Committed, StoreError>;
    /// The latest attempt of a run that was told or has a row in the history; 0 where none was.
    async fn latest_attempt(&self, key: &RunKey) -> Result<u32, StoreError>;
    /// The attempts of a run that ended, newest first.
    async fn ended_attempts(&self, key: &RunKey) -> Result<Vec<EndedAttempt>, StoreError>;
    /// What earlier runs of a process teach, newest first.
    async fn duration_samples(
        &self,
        account: &AccountId,
        process: &ProcessId,
        most: u32,
    ) -> Result<Vec<DurationSample>, StoreError>;
    /// The Inbox, newest first: this many items, and all older ones that are unread.
    async fn inbox(&self, most: u32) -> Result<Vec<InboxItem>, StoreError>;
    /// Marks items as read; answers those that were unread before.
    async fn mark_read(&self, ids: Vec<i64>) -> Result<Vec<i64>, StoreError>;
    /// Marks all items of a run as read; answers those that were unread before.
    async fn mark_read_of_run(&self, key: &RunKey) -> Result<Vec<i64>, StoreError>;
    /// What is in the Inbox and was not shown on the desktop yet, oldest first.
    async fn unshown(&self) -> Result<Vec<InboxItem>, StoreError>;
    /// Marks items as shown on the desktop.
    async fn mark_shown(&self, ids: Vec<i64>) -> Result<(), StoreError>;
    /// What was done here, newest first.
    async fn activity(&self, most: u32) -> Result<Vec<Action>, StoreError>;
    /// Actions that were written down and never answered.
    async fn unanswered(&self) -> Result<Vec<Action>, StoreError>;
    /// What earlier runs of all of an account's processes teach, newest first.
    async fn samples_of_account(
        &self,
        account: &AccountId,
        most: u32,
    ) -> Result<Vec<DurationSample>, StoreError>;
    /// All plans, by the order in which they were made.
    async fn plans(&self) -> Result<Vec<PlanDraft>, StoreError>;
    /// All closes.
    async fn closes(&self) -> Result<Vec<KeptClose>, StoreError>;
    /// All forecasts that were shown, the earliest first.
    async fn forecasts(&self) -> Result<Vec<(CloseId, PublishedForecast)>, StoreError>;
    /// The ended attempts that are kept of the runs of a process, newest first.
    async fn captured(
        &self,
        account: &AccountId,
        process: &ProcessId,
        most: u32,
    ) -> Result<Vec<CapturedAttempt>, StoreError>;
    /// What was told of a close, oldest first.
    async fn told_of_close(&self, close: &CloseId) -> Result<Vec<InboxItem>, StoreError>;
    /// What was done to a run here, oldest first.
    async fn actions_of_run(&self, key: &RunKey) -> Result<Vec<Action>, StoreError>;
    /// What was to be read so far and could not be.
    fn unreadable(&self) -> UnreadableRows {
        UnreadableRows::default()
    }
}

/// Desktop notifications. Best effort: the Inbox is what counts.
#[async_trait]
pub trait Notifier: Send + Sync {
    /// Shows one; `opens` is what a click opens beside the window. Waits as long as the desktop takes to answer.
    ///
    /// # Errors
    /// A sentence, when the desktop does not take it.
    async fn show(&self, note: NotificationText, opens: Option<ClickTarget>) -> Result<(), String>;
}

/// The system's own dialogs for files.
#[async_trait]
pub trait FileDialogs: Send + Sync {
    /// Asks under `title` where something is to be saved, as `name` if its user has no other wish. None where
    /// its user thought better of it.
    async fn save_as(&self, title: &str, name: &str) -> Option<PathBuf>;
}

/// The time of day.
pub trait Clock: Send + Sync {
    /// Now, in UTC.
    fn now(&self) -> Timestamp;
}

/// The keychain: one entry a secret.
#[async_trait]
pub trait Vault: Send + Sync {
    /// Keeps a secret, and reads it back to be sure. Killed at any moment, it leaves the old one
    /// or the new one, never a mixture.
    async fn keep(&self, name: &SecretName, secret: SecretString) -> Result<(), VaultError>;
    /// Reads it; none where there is none.
    async fn read(&self, name: &SecretName) -> Result<Option<SecretString>, VaultError>;
    /// Deletes it; that there is none is fine.
    async fn forget(&self, name: &SecretName) -> Result<(), VaultError>;
}

/// The refresh token of one account. SolveXia gives a new one with each renewal and takes none
/// twice, so that the new one is kept before anything else is done with the answer.
#[async_trait]
pub trait RefreshTokens: Send + Sync {
    /// The one that is kept now; another process may have changed it since.
    async fn read(&self) -> Result<Option<SecretString>, VaultError>;
    /// Keeps a new one, read back to be sure.
    async fn keep(&self, token: SecretString) -> Result<(), VaultError>;
    /// Held while a token is renewed; who else wants to waits.
    async fn turn(&self) -> Box<dyn Send>;
}

/// The system's web browser.
pub trait Browser: Send + Sync {
    /// Opens an address that the caller has checked.
    ///
    /// # Errors
    /// A sentence, when no browser opens.
    fn open(&self, address: &str) -> Result<(), String>;
}
