//! The settings of a few values.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use runwatch_core::ids::{AccountId, ProcessId, RunId, RunKey};
use runwatch_core::open_create::OpenCreate;
use runwatch_core::outage::OutageRecord;
use runwatch_core::page_settings::PageSettings;
use runwatch_core::poll_interval::PollLimits;
use serde::{Deserialize, Serialize};

use super::{Stored, parsed};

#[derive(Serialize, Deserialize)]
#[serde(default)]
pub struct PollLimitsForm {
    floor: u32,
    ceiling: u32,
}

impl Default for PollLimitsForm {
    fn default() -> Self {
        PollLimits::default().to_form()
    }
}

impl Stored for PollLimits {
    type Form = PollLimitsForm;

    fn to_form(&self) -> PollLimitsForm {
        PollLimitsForm {
            floor: self.floor,
            ceiling: self.ceiling,
        }
    }

    fn from_form(form: PollLimitsForm) -> rusqlite::Result<Self> {
        Ok(Self {
            floor: form.floor,
            ceiling: form.ceiling,
        })
    }
}

#[derive(Serialize, Deserialize)]
#[serde(default)]
pub struct PageSettingsForm {
    letters: bool,
    zoom: u16,
}

impl Default for PageSettingsForm {
    fn default() -> Self {
        PageSettings::default().to_form()
    }
}

impl Stored for PageSettings {
    type Form = PageSettingsForm;

    fn to_form(&self) -> PageSettingsForm {
        PageSettingsForm {
            letters: self.letters,
            zoom: self.zoom,
        }
    }

    fn from_form(form: PageSettingsForm) -> rusqlite::Result<Self> {
        Ok(Self {
            letters: form.letters,
            zoom: form.zoom,
        })
    }
}

#[derive(Serialize, Deserialize)]
pub struct OutageRecordForm {
    lost: Vec<RunKeyForm>,
    refused: Vec<String>,
}

#[derive(Serialize, Deserialize)]
struct RunKeyForm {
    account: String,
    run: String,
}

impl Stored for OutageRecord {
    type Form = OutageRecordForm;

    fn to_form(&self) -> OutageRecordForm {
        let key = |key: &RunKey| RunKeyForm {
            account: key.account.0.clone(),
            run: key.run.to_string(),
        };
        OutageRecordForm {
            lost: self.lost().iter().map(key).collect(),
            refused: self.refused().iter().map(|id| id.0.clone()).collect(),
        }
    }

    fn from_form(form: OutageRecordForm) -> rusqlite::Result<Self> {
        let key = |key: RunKeyForm| {
            Ok(RunKey {
                account: AccountId(key.account),
                run: parsed(&key.run, RunId::parse)?,
            })
        };
        let lost = form.lost.into_iter().map(key);
        Ok(Self::kept(
            lost.collect::<rusqlite::Result<_>>()?,
            form.refused.into_iter().map(AccountId).collect(),
        ))
    }
}

/// A choice of two.
impl Stored for bool {
    type Form = Self;

    fn to_form(&self) -> Self {
        *self
    }

    fn from_form(form: Self) -> rusqlite::Result<Self> {
        Ok(form)
    }
}

/// Zones by origin, in minutes ahead of UTC.
impl Stored for BTreeMap<String, SignedDuration> {
    type Form = BTreeMap<String, i64>;

    fn to_form(&self) -> Self::Form {
        let zones = self.iter();
        zones
            .map(|(origin, ahead)| (origin.clone(), ahead.as_mins()))
            .collect()
    }

    fn from_form(form: Self::Form) -> rusqlite::Result<Self> {
        let zones = form.into_iter();
        Ok(zones
            .map(|(origin, minutes)| (origin, SignedDuration::from_mins(minutes)))
            .collect())
    }
}

#[derive(Serialize, Deserialize)]
pub struct OpenCreateForm {
    account: String,
    process: String,
    before: Option<Vec<String>>,
    asked: Timestamp,
}

impl Stored for Vec<OpenCreate> {
    type Form = Vec<OpenCreateForm>;

    fn to_form(&self) -> Self::Form {
        let form = |open: &OpenCreate| OpenCreateForm {
            account: open.account.0.clone(),
            process: open.process.to_string(),
            before: open
                .before
                .as_ref()
                .map(|before| before.iter().map(ToString::to_string).collect()),
            asked: open.asked,
        };
        self.iter().map(form).collect()
    }

    fn from_form(form: Self::Form) -> rusqlite::Result<Self> {
        let run = |id: String| parsed(&id, RunId::parse);
        let open = |form: OpenCreateForm| {
            let before = form.before.map(|ids| ids.into_iter().map(run).collect());
            Ok(OpenCreate {
                account: AccountId(form.account),
                process: parsed(&form.process, ProcessId::parse)?,
                before: before.transpose()?,
                asked: form.asked,
            })
        };
        form.into_iter().map(open).collect()
    }
}
