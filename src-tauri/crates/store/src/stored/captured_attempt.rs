//! Attempts as they ended, kept as evidence.

use jiff::Timestamp;
use runwatch_core::close::kept::CapturedAttempt;
use runwatch_core::ids::{AccountId, RunId, RunKey, StepId};
use runwatch_core::observation::{Step, StepObservation};
use runwatch_core::outcome::Outcome;
use runwatch_core::status_stamp::StatusStamp;
use runwatch_core::step_order::StepOrder;
use serde::{Deserialize, Serialize};

use super::attempt::StatusStampForm;
use super::plan::process;
use super::step::StepObservationForm;
use super::{Stored, parsed};

#[derive(Serialize, Deserialize)]
pub struct CapturedAttemptForm {
    account: String,
    run: String,
    process: String,
    attempt: u32,
    run_name: String,
    created: Option<Timestamp>,
    stamp: StatusStampForm,
    outcome: String,
    because: String,
    seconds: Option<f64>,
    steps: Vec<StepForm>,
    steps_are_cut: bool,
    captured: Timestamp,
}

#[derive(Serialize, Deserialize)]
struct StepForm {
    id: String,
    name: String,
    order: Option<String>,
    enabled: bool,
    by_hand: bool,
    seen: Option<StepObservationForm>,
}

impl Stored for CapturedAttempt {
    type Form = CapturedAttemptForm;

    fn to_form(&self) -> CapturedAttemptForm {
        CapturedAttemptForm {
            account: self.key.account.0.clone(),
            run: self.key.run.to_string(),
            process: self.process.to_string(),
            attempt: self.attempt,
            run_name: self.run_name.clone(),
            created: self.created,
            stamp: self.stamp.to_form(),
            outcome: self.outcome.to_form(),
            because: self.because.clone(),
            seconds: self.seconds,
            steps: self.steps.iter().map(step).collect(),
            steps_are_cut: self.steps_are_cut,
            captured: self.captured,
        }
    }

    fn from_form(form: CapturedAttemptForm) -> rusqlite::Result<Self> {
        let steps = form.steps.into_iter().map(read_step);
        Ok(Self {
            key: RunKey {
                account: AccountId(form.account),
                run: parsed(&form.run, RunId::parse)?,
            },
            process: process(&form.process)?,
            attempt: form.attempt,
            run_name: form.run_name,
            created: form.created,
            stamp: StatusStamp::from_form(form.stamp)?,
            outcome: Outcome::from_form(form.outcome)?,
            because: form.because,
            seconds: form.seconds,
            steps: steps.collect::<rusqlite::Result<_>>()?,
            steps_are_cut: form.steps_are_cut,
            captured: form.captured,
        })
    }
}

fn step(step: &Step) -> StepForm {
    StepForm {
        id: step.id.to_string(),
        name: step.name.clone(),
        order: step.order.as_ref().map(StepOrder::to_string),
        enabled: step.enabled,
        by_hand: step.by_hand,
        seen: step.seen.as_ref().map(Stored::to_form),
    }
}

fn read_step(form: StepForm) -> rusqlite::Result<Step> {
    Ok(Step {
        id: parsed(&form.id, StepId::parse)?,
        name: form.name,
        order: form.order.as_deref().and_then(StepOrder::parse),
        enabled: form.enabled,
        by_hand: form.by_hand,
        seen: form.seen.map(StepObservation::from_form).transpose()?,
    })
}
