//! What an outcome rests on.

use runwatch_core::outcome::{FailedStep, Judgement, Outcome};
use serde::{Deserialize, Serialize};

use super::Stored;

#[derive(Serialize, Deserialize)]
pub struct JudgementForm {
    outcome: String,
    because: String,
    first_failed: Option<FailedStepForm>,
}

#[derive(Serialize, Deserialize)]
struct FailedStepForm {
    name: String,
    message: String,
}

impl Stored for Judgement {
    type Form = JudgementForm;

    fn to_form(&self) -> JudgementForm {
        let failed = |step: &FailedStep| FailedStepForm {
            name: step.name.clone(),
            message: step.message.clone(),
        };
        JudgementForm {
            outcome: self.outcome.to_form(),
            because: self.because.clone(),
            first_failed: self.first_failed.as_ref().map(failed),
        }
    }

    fn from_form(form: JudgementForm) -> rusqlite::Result<Self> {
        let failed = |step: FailedStepForm| FailedStep {
            name: step.name,
            message: step.message,
        };
        Ok(Self {
            outcome: Outcome::from_form(form.outcome)?,
            because: form.because,
            first_failed: form.first_failed.map(failed),
        })
    }
}
