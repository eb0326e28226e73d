//! Implements the port `Store` of `runwatch_core`.

use async_trait::async_trait;
use runwatch_core::account::Account;
use runwatch_core::action::Action;
use runwatch_core::close::kept::{CapturedAttempt, CloseId, KeptClose};
use runwatch_core::close::plan::PlanDraft;
use runwatch_core::close::score::PublishedForecast;
use runwatch_core::duration_sample::DurationSample;
use runwatch_core::error::StoreError;
use runwatch_core::ids::{AccountId, ProcessId, RunKey};
use runwatch_core::notification::InboxItem;
use runwatch_core::observation::Step;
use runwatch_core::ports::Store;
use runwatch_core::run::{EndedAttempt, Run};
use runwatch_core::settings::kept_settings::KeptSettings;
use runwatch_core::transaction::{Committed, Transaction};
use runwatch_core::unreadable::{UnreadableRow, UnreadableRows};

use crate::database::Db;
use crate::write_transaction::write;
use crate::{
    accounts, actions, captured_attempts, closes, copies, duration_samples, ended_attempts,
    forecasts, inbox, plans, runs, settings, steps,
};

#[async_trait]
impl Store for Db {
    async fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        self.read(accounts::all).await
    }

    async fn save_account(&self, account: Account) -> Result<(), StoreError> {
        self.call(move |c| accounts::save(c, &account)).await
    }

    async fn remove_account(&self, id: &AccountId, with_history: bool) -> Result<(), StoreError> {
        let id = id.clone();
        self.call(move |c| {
            // The copies first: if that fails nothing is removed, and the user can try again.
            if with_history && let Err(error) = copies::delete_all(c) {
                return Ok(Err(StoreError::Other(error.to_string())));
            }
            accounts::remove(c, &id, with_history).map(Ok)
        })
        .await?
    }

    async fn settings(&self) -> Result<KeptSettings, StoreError> {
        let settings = self.read(settings::all).await?;
        Ok(settings.into_iter().collect())
    }

    async fn runs(&self) -> Result<Vec<Run>, StoreError> {
        self.read(runs::all).await
    }

    async fn steps(&self, key: &RunKey) -> Result<Vec<Step>, StoreError> {
        let key = key.clone();
        self.call(move |c| steps::of(c, &key)).await
    }

    async fn write(&self, change: Transaction) -> Result<Committed, StoreError> {
        // One that could not be read is replaced.
        let run = change.run.as_ref().map(|run| row_of(&run.key));
        let setting = change.setting.as_ref().map(settings::row_of);
        let committed = self.call(move |c| write(c, change)).await?;
        for row in [run, setting].iter().flatten() {
            self.unreadable_rows().remove(row);
        }
        Ok(committed)
    }

    async fn latest_attempt(&self, key: &RunKey) -> Result<u32, StoreError> {
        let key = key.clone();
        self.call(move |c| ended_attempts::latest_attempt(c, &key))
            .await
    }

    async fn ended_attempts(&self, key: &RunKey) -> Result<Vec<EndedAttempt>, StoreError> {
        let key = key.clone();
        self.read(move |c| ended_attempts::of(c, &key)).await
    }

    async fn duration_samples(
        &self,
        account: &AccountId,
        process: &ProcessId,
        most: u32,
    ) -> Result<Vec<DurationSample>, StoreError> {
        let (account, process) = (account.clone(), process.clone());
        self.read(move |c| duration_samples::of(c, &account, &process, most))
            .await
    }

    async fn inbox(&self, most: u32) -> Result<Vec<InboxItem>, StoreError> {
        self.read(move |c| inbox::latest(c, most)).await
    }

    async fn mark_read(&self, ids: Vec<i64>) -> Result<Vec<i64>, StoreError> {
        self.call(move |c| inbox::mark_read(c, &ids)).await
    }

    async fn mark_read_of_run(&self, key: &RunKey) -> Result<Vec<i64>, StoreError> {
        let key = key.clone();
        self.call(move |c| inbox::mark_read_of_run(c, &key)).await
    }

    async fn unshown(&self) -> Result<Vec<InboxItem>, StoreError> {
        self.read(inbox::unshown).await
    }

    async fn mark_shown(&self, ids: Vec<i64>) -> Result<(), StoreError> {
        self.call(move |c| inbox::mark_shown(c, &ids)).await
    }

    async fn activity(&self, most: u32) -> Result<Vec<Action>, StoreError> {
        self.read(move |c| actions::latest(c, most)).await
    }

    async fn unanswered(&self) -> Result<Vec<Action>, StoreError> {
        self.read(actions::unanswered).await
    }

    async fn samples_of_account(
        &self,
        account: &AccountId,
        most: u32,
    ) -> Result<Vec<DurationSample>, StoreError> {
        let account = account.clone();
        self.read(move |c| duration_samples::of_account(c, &account, most))
            .await
    }

    async fn plans(&self) -> Result<Vec<PlanDraft>, StoreError> {
        self.read(plans::all).await
    }

    async fn closes(&self) -> Result<Vec<KeptClose>, StoreError> {
        self.read(closes::all).await
    }

    async fn forecasts(&self) -> Result<Vec<(CloseId, PublishedForecast)>, StoreError> {
        self.read(forecasts::all).await
    }

    async fn captured(
        &self,
        account: &AccountId,
        process: &ProcessId,
        most: u32,
    ) -> Result<Vec<CapturedAttempt>, StoreError> {
        let (account, process) = (account.clone(), process.clone());
        self.read(move |c| captured_attempts::of(c, &account, &process, most))
            .await
    }

    async fn told_of_close(&self, close: &CloseId) -> Result<Vec<InboxItem>, StoreError> {
        let close = close.clone();
        self.read(move |c| inbox::of_close(c, &close)).await
    }

    async fn actions_of_run(&self, key: &RunKey) -> Result<Vec<Action>, StoreError> {
        let key = key.clone();
        self.read(move |c| actions::of_run(c, &key)).await
    }

    fn unreadable(&self) -> UnreadableRows {
        self.unreadable_rows().clone()
    }
}

fn row_of(key: &RunKey) -> UnreadableRow {
    UnreadableRow::Run {
        account: key.account.0.clone(),
        run: key.run.to_string(),
    }
}
