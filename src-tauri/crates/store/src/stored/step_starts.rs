//! What the steps showed before an attempt began, and when they began in it.

use jiff::{SignedDuration, Timestamp};
use runwatch_core::ids::StepId;
use runwatch_core::step_freshness::{Beginning, StepStarts, StepsBefore};
use serde::{Deserialize, Serialize};

use super::{Stored, parsed};

impl Stored for StepStarts {
    type Form = Vec<(String, Timestamp)>;

    fn to_form(&self) -> Self::Form {
        let starts = self.0.iter();
        starts.map(|(id, at)| (id.to_string(), *at)).collect()
    }

    fn from_form(form: Self::Form) -> rusqlite::Result<Self> {
        let start = |(id, at): (String, Timestamp)| Ok((parsed(&id, StepId::parse)?, at));
        form.into_iter()
            .map(start)
            .collect::<rusqlite::Result<_>>()
            .map(Self)
    }
}

#[derive(Default, Serialize, Deserialize)]
pub struct StepsBeforeForm {
    shown: Vec<(String, Timestamp)>,
    begun: BeginningForm,
    unsure_since: Option<Timestamp>,
    zone_seconds: Option<i64>,
    /// What 0.1.0 wrote where the zone was known to be UTC.
    #[serde(default, skip_serializing)]
    same_zone: bool,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum BeginningForm {
    #[default]
    Elsewhere,
    Whole,
    From(String),
}

impl Stored for StepsBefore {
    type Form = StepsBeforeForm;

    fn to_form(&self) -> StepsBeforeForm {
        StepsBeforeForm {
            shown: self.shown.to_form(),
            begun: match &self.begun {
                Beginning::Elsewhere => BeginningForm::Elsewhere,
                Beginning::Whole => BeginningForm::Whole,
                Beginning::From(step) => BeginningForm::From(step.to_string()),
            },
            unsure_since: self.unsure_since,
            zone_seconds: self.zone.map(|zone| zone.as_secs()),
            same_zone: false,
        }
    }

    fn from_form(form: StepsBeforeForm) -> rusqlite::Result<Self> {
        let zone = form.zone_seconds.map(SignedDuration::from_secs);
        Ok(Self {
            shown: StepStarts::from_form(form.shown)?,
            begun: match form.begun {
                BeginningForm::Elsewhere => Beginning::Elsewhere,
                BeginningForm::Whole => Beginning::Whole,
                BeginningForm::From(step) => Beginning::From(parsed(&step, StepId::parse)?),
            },
            unsure_since: form.unsure_since,
            zone: zone.or(form.same_zone.then_some(SignedDuration::ZERO)),
        })
    }
}
