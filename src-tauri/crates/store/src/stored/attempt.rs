//! A run's latest attempt, and the stamps by which attempts are told apart.

use jiff::Timestamp;
use runwatch_core::attempt::{Attempt, Phase};
use runwatch_core::ids::StepId;
use runwatch_core::outcome::Outcome;
use runwatch_core::status::RunStatus;
use runwatch_core::status_stamp::StatusStamp;
use runwatch_core::step_freshness::{StepStarts, StepsBefore};
use runwatch_core::steps_read::StepsRead;
use serde::{Deserialize, Serialize};

use super::step_starts::StepsBeforeForm;
use super::{Stored, parsed};

#[derive(Serialize, Deserialize)]
pub struct StatusStampForm {
    status: String,
    started: Option<Timestamp>,
    finished: Option<Timestamp>,
}

impl Stored for StatusStamp {
    type Form = StatusStampForm;

    fn to_form(&self) -> StatusStampForm {
        StatusStampForm {
            status: self.status.word().to_owned(),
            started: self.started,
            finished: self.finished,
        }
    }

    fn from_form(form: StatusStampForm) -> rusqlite::Result<Self> {
        Ok(Self {
            status: RunStatus::from_word(&form.status),
            started: form.started,
            finished: form.finished,
        })
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PhaseForm {
    Going,
    Proving {
        baseline: StatusStampForm,
        since: Timestamp,
    },
    Pending {
        since: Timestamp,
        silent: bool,
    },
    Unseen,
    Ended {
        outcome: String,
        silent: bool,
    },
}

impl Stored for Phase {
    type Form = PhaseForm;

    fn to_form(&self) -> PhaseForm {
        match self {
            Self::Going => PhaseForm::Going,
            Self::Proving { baseline, since } => PhaseForm::Proving {
                baseline: baseline.to_form(),
                since: *since,
            },
            Self::Pending { since, silent } => PhaseForm::Pending {
                since: *since,
                silent: *silent,
            },
            Self::Unseen => PhaseForm::Unseen,
            Self::Ended { outcome, silent } => PhaseForm::Ended {
                outcome: outcome.to_form(),
                silent: *silent,
            },
        }
    }

    fn from_form(form: PhaseForm) -> rusqlite::Result<Self> {
        Ok(match form {
            PhaseForm::Going => Self::Going,
            PhaseForm::Proving { baseline, since } => Self::Proving {
                baseline: StatusStamp::from_form(baseline)?,
                since,
            },
            PhaseForm::Pending { since, silent } => Self::Pending { since, silent },
            PhaseForm::Unseen => Self::Unseen,
            PhaseForm::Ended { outcome, silent } => Self::Ended {
                outcome: Outcome::from_form(outcome)?,
                silent,
            },
        })
    }
}

impl Stored for StepsRead {
    type Form = Vec<String>;

    fn to_form(&self) -> Vec<String> {
        self.0.iter().map(ToString::to_string).collect()
    }

    fn from_form(form: Vec<String>) -> rusqlite::Result<Self> {
        let steps = form.iter().map(|id| parsed(id, StepId::parse));
        steps.collect::<rusqlite::Result<_>>().map(Self)
    }
}

#[derive(Serialize, Deserialize)]
pub struct AttemptForm {
    stamp: StatusStampForm,
    attempt: u32,
    phase: PhaseForm,
    #[serde(default)]
    earlier: StepsBeforeForm,
    #[serde(default)]
    left: Vec<(String, Timestamp)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    read: Vec<String>,
    ended_before: Option<Box<AttemptForm>>,
}

impl Stored for Attempt {
    type Form = AttemptForm;

    fn to_form(&self) -> AttemptForm {
        AttemptForm {
            stamp: self.stamp.to_form(),
            attempt: self.number,
            phase: self.phase.to_form(),
            earlier: self.steps_before.to_form(),
            left: self.step_starts.to_form(),
            read: self.steps_read.to_form(),
            ended_before: self
                .ended_before
                .as_deref()
                .map(|ended| Box::new(ended.to_form())),
        }
    }

    fn from_form(form: AttemptForm) -> rusqlite::Result<Self> {
        let ended_before = form.ended_before.map(|ended| Self::from_form(*ended));
        Ok(Self {
            stamp: StatusStamp::from_form(form.stamp)?,
            number: form.attempt,
            phase: Phase::from_form(form.phase)?,
            steps_before: StepsBefore::from_form(form.earlier)?,
            step_starts: StepStarts::from_form(form.left)?,
            steps_read: StepsRead::from_form(form.read)?,
            ended_before: ended_before.transpose()?.map(Box::new),
        })
    }
}
