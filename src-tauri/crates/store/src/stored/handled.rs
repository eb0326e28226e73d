//! That a run was dealt with.

use jiff::Timestamp;
use runwatch_core::handled::Handled;
use runwatch_core::outcome::Outcome;
use serde::{Deserialize, Serialize};

use super::Stored;

#[derive(Serialize, Deserialize)]
pub struct HandledForm {
    attempt: u32,
    outcome: Option<String>,
    who: String,
    at: Timestamp,
    note: String,
}

impl Stored for Handled {
    type Form = HandledForm;

    fn to_form(&self) -> HandledForm {
        HandledForm {
            attempt: self.attempt,
            outcome: self.outcome.map(|outcome| outcome.to_form()),
            who: self.who.clone(),
            at: self.at,
            note: self.note.clone(),
        }
    }

    fn from_form(form: HandledForm) -> rusqlite::Result<Self> {
        Ok(Self {
            attempt: form.attempt,
            outcome: form.outcome.map(Outcome::from_form).transpose()?,
            who: form.who,
            at: form.at,
            note: form.note,
        })
    }
}
