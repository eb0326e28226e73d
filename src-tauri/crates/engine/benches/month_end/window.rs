//! The office as the engine sees it.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use runwatch_core::account::Account;
use runwatch_core::action::Action;
use runwatch_core::close::kept::{CapturedAttempt, CloseId, KeptClose};
use runwatch_core::close::plan::PlanDraft;
use runwatch_core::close::score::PublishedForecast;
use runwatch_core::duration_sample::DurationSample;
use runwatch_core::error::{CallError, StoreError, Trouble};
use runwatch_core::ids::{AccountId, ProcessId, RunId, RunKey, StepId};
use runwatch_core::network::Route;
use runwatch_core::notification::{ClickTarget, InboxItem};
use runwatch_core::observation::{
    ListedStep, Listing, NamedRun, RunInfo, RunObservation, Step, StepObservation,
};
use runwatch_core::ports::{Clock, Notifier, SolveXia, Store};
use runwatch_core::run::{EndedAttempt, Run};
use runwatch_core::settings::kept_settings::KeptSettings;
use runwatch_core::status::StepStatus;
use runwatch_core::transaction::{Committed, Transaction};
use runwatch_core::words::NotificationText;

use super::office::Office;

/// How long SolveXia takes to answer.
const ANSWER: Duration = Duration::from_millis(20);
/// Steps of each run.
const STEPS: u32 = 4;

/// What the engine is given of the office.
pub struct Window(pub Arc<Office>);

impl Clock for Window {
    fn now(&self) -> Timestamp {
        self.0.now()
    }
}

#[async_trait]
impl Notifier for Window {
    async fn show(&self, _: NotificationText, _: Option<ClickTarget>) -> Result<(), String> {
        Ok(())
    }
}

#[async_trait]
impl Store for Window {
    async fn runs(&self) -> Result<Vec<Run>, StoreError> {
        let runs = self.0.remembered.iter().map(|(run, _)| run.clone());
        Ok(runs.collect())
    }
    async fn duration_samples(
        &self,
        _: &AccountId,
        process: &ProcessId,
        _: u32,
    ) -> Result<Vec<DurationSample>, StoreError> {
        let mut all = self.0.remembered.iter();
        let found = all.find(|(run, _)| run.info.process.as_ref() == Some(process));
        Ok(found
            .map(|(_, samples)| samples.clone())
            .unwrap_or_default())
    }
    async fn write(&self, write: Transaction) -> Result<Committed, StoreError> {
        let told = self.0.tell(write.notify);
        Ok(Committed {
            inbox: told,
            ..Committed::default()
        })
    }
    async fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        Ok(Vec::new())
    }
    async fn save_account(&self, _: Account) -> Result<(), StoreError> {
        Ok(())
    }
    async fn remove_account(&self, _: &AccountId, _: bool) -> Result<(), StoreError> {
        Ok(())
    }
    async fn settings(&self) -> Result<KeptSettings, StoreError> {
        Ok(KeptSettings::default())
    }
    async fn steps(&self, _: &RunKey) -> Result<Vec<Step>, StoreError> {
        Ok(Vec::new())
    }
    async fn latest_attempt(&self, _: &RunKey) -> Result<u32, StoreError> {
        Ok(0)
    }
    async fn ended_attempts(&self, _: &RunKey) -> Result<Vec<EndedAttempt>, StoreError> {
        Ok(Vec::new())
    }
    async fn inbox(&self, _: u32) -> Result<Vec<InboxItem>, StoreError> {
        Ok(Vec::new())
    }
    async fn mark_read(&self, _: Vec<i64>) -> Result<Vec<i64>, StoreError> {
        Ok(Vec::new())
    }
    async fn mark_read_of_run(&self, _: &RunKey) -> Result<Vec<i64>, StoreError> {
        Ok(Vec::new())
    }
    async fn unshown(&self) -> Result<Vec<InboxItem>, StoreError> {
        Ok(Vec::new())
    }
    async fn mark_shown(&self, ids: Vec<i64>) -> Result<(), StoreError> {
        // It follows the notification at once.
        self.0.shown(&ids);
        Ok(())
    }
    async fn activity(&self, _: u32) -> Result<Vec<Action>, StoreError> {
        Ok(Vec::new())
    }
    async fn unanswered(&self) -> Result<Vec<Action>, StoreError> {
        Ok(Vec::new())
    }
    async fn samples_of_account(
        &self,
        _: &AccountId,
        _: u32,
    ) -> Result<Vec<DurationSample>, StoreError> {
        Ok(Vec::new())
    }
    async fn plans(&self) -> Result<Vec<PlanDraft>, StoreError> {
        Ok(Vec::new())
    }
    async fn closes(&self) -> Result<Vec<KeptClose>, StoreError> {
        Ok(Vec::new())
    }
    async fn forecasts(&self) -> Result<Vec<(CloseId, PublishedForecast)>, StoreError> {
        Ok(Vec::new())
    }
    async fn captured(
        &self,
        _: &AccountId,
        _: &ProcessId,
        _: u32,
    ) -> Result<Vec<CapturedAttempt>, StoreError> {
        Ok(Vec::new())
    }
    async fn told_of_close(&self, _: &CloseId) -> Result<Vec<InboxItem>, StoreError> {
        Ok(Vec::new())
    }
    async fn actions_of_run(&self, _: &RunKey) -> Result<Vec<Action>, StoreError> {
        Ok(Vec::new())
    }
}

fn not_here<T>() -> Result<T, CallError> {
    Err(CallError::unsent(
        Trouble::NotFound,
        "Nobody asks this here.",
    ))
}

#[async_trait]
impl SolveXia for Window {
    async fn run_status(&self, run: &RunId) -> Result<RunObservation, CallError> {
        tokio::time::sleep(ANSWER).await;
        self.0.ask(run).map_or_else(not_here, Ok)
    }
    async fn run_steps(&self, _: &RunId) -> Result<Listing<ListedStep>, CallError> {
        tokio::time::sleep(ANSWER).await;
        let step = |n| {
            Some(ListedStep {
                id: StepId::parse(&format!("ds-{n}")).ok()?,
                name: String::new(),
                order: None,
                enabled: true,
            })
        };
        let steps: Vec<ListedStep> = (1..=STEPS).filter_map(step).collect();
        Ok(steps.into())
    }
    async fn step_status(&self, _: &RunId, _: &StepId) -> Result<StepObservation, CallError> {
        tokio::time::sleep(ANSWER).await;
        Ok(StepObservation {
            status: StepStatus::Success,
            started: None,
            finished: None,
            duration_seconds: None,
            message: String::new(),
            names_zone: false,
        })
    }
    async fn run(&self, _: &RunId) -> Result<RunInfo, CallError> {
        not_here()
    }
    async fn start(&self, _: &RunId) -> Result<(), CallError> {
        not_here()
    }
    async fn start_deprecated(&self, _: &RunId) -> Result<(), CallError> {
        not_here()
    }
    async fn cancel(&self, _: &RunId) -> Result<(), CallError> {
        not_here()
    }
    async fn cancel_deprecated(&self, _: &RunId) -> Result<(), CallError> {
        not_here()
    }
    async fn restart_from(&self, _: &RunId, _: &StepId) -> Result<(), CallError> {
        not_here()
    }
    async fn process_runs(&self, _: &ProcessId) -> Result<Listing<NamedRun>, CallError> {
        not_here()
    }
    async fn create_run(&self, _: &ProcessId, _: &str) -> Result<NamedRun, CallError> {
        not_here()
    }
    async fn sign_in(&self) -> Result<(), CallError> {
        Ok(())
    }
    fn scopes(&self) -> Option<Vec<String>> {
        None
    }
    fn by_route(&self, _: &Route) -> Result<Arc<dyn SolveXia>, CallError> {
        not_here()
    }
    fn clock_ahead(&self) -> Option<SignedDuration> {
        None
    }
}
