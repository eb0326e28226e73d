//! What was done to a run.

use runwatch_core::action::ActionKind;
use runwatch_core::ids::StepId;
use serde::{Deserialize, Serialize};

use super::{Stored, parsed};

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ActionKindForm {
    Start,
    Cancel,
    Restart { step: String, step_name: String },
    Create,
    DealtWith { note: String },
    NotDealtWith,
}

impl Stored for ActionKind {
    type Form = ActionKindForm;

    fn to_form(&self) -> ActionKindForm {
        match self {
            Self::Start => ActionKindForm::Start,
            Self::Cancel => ActionKindForm::Cancel,
            Self::Restart { step, step_name } => ActionKindForm::Restart {
                step: step.to_string(),
                step_name: step_name.clone(),
            },
            Self::Create => ActionKindForm::Create,
            Self::DealtWith { note } => ActionKindForm::DealtWith { note: note.clone() },
            Self::NotDealtWith => ActionKindForm::NotDealtWith,
        }
    }

    fn from_form(form: ActionKindForm) -> rusqlite::Result<Self> {
        Ok(match form {
            ActionKindForm::Start => Self::Start,
            ActionKindForm::Cancel => Self::Cancel,
            ActionKindForm::Restart { step, step_name } => Self::Restart {
                step: parsed(&step, StepId::parse)?,
                step_name,
            },
            ActionKindForm::Create => Self::Create,
            ActionKindForm::DealtWith { note } => Self::DealtWith { note },
            ActionKindForm::NotDealtWith => Self::NotDealtWith,
        })
    }
}
