//! A step's status as it was read.

use jiff::Timestamp;
use runwatch_core::observation::StepObservation;
use runwatch_core::status::StepStatus;
use serde::{Deserialize, Serialize};

use super::Stored;

#[derive(Serialize, Deserialize)]
pub struct StepObservationForm {
    status: String,
    started: Option<Timestamp>,
    finished: Option<Timestamp>,
    duration_seconds: Option<f64>,
    message: String,
    #[serde(default)]
    names_zone: bool,
}

impl Stored for StepObservation {
    type Form = StepObservationForm;

    fn to_form(&self) -> StepObservationForm {
        StepObservationForm {
            status: self.status.word().to_owned(),
            started: self.started,
            finished: self.finished,
            duration_seconds: self.duration_seconds,
            message: self.message.clone(),
            names_zone: self.names_zone,
        }
    }

    fn from_form(form: StepObservationForm) -> rusqlite::Result<Self> {
        Ok(Self {
            status: StepStatus::from_word(&form.status),
            started: form.started,
            finished: form.finished,
            duration_seconds: form.duration_seconds,
            message: form.message,
            names_zone: form.names_zone,
        })
    }
}
