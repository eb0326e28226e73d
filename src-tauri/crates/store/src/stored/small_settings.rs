//! The settings of a few values.

use jiff::Timestamp;
use runwatch_core::closed_window_interval::PollLimits;
use runwatch_core::ids::{AccountId, ProcessId, RunId, RunKey};
use runwatch_core::outage::OutageRecord;
use runwatch_core::settings::page_settings::PageSettings;
use runwatch_core::unanswered_create::UnansweredCreate;
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
            floor: self.shortest_seconds,
            ceiling: self.longest_seconds,
        }
    }

    fn from_form(form: PollLimitsForm) -> rusqlite::Result<Self> {
        Ok(Self {
            shortest_seconds: form.floor,
            longest_seconds: form.ceiling,
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

#[derive(Serialize, Deserialize)]
pub struct UnansweredCreateForm {
    account: String,
    process: String,
    before: Option<Vec<String>>,
    #[serde(default)]
    others: Vec<String>,
    asked: Timestamp,
    #[serde(default)]
    let_go: bool,
}

impl Stored for Vec<UnansweredCreate> {
    type Form = Vec<UnansweredCreateForm>;

    fn to_form(&self) -> Self::Form {
        let ids = |runs: &Vec<RunId>| runs.iter().map(ToString::to_string).collect();
        let form = |create: &UnansweredCreate| UnansweredCreateForm {
            account: create.account.0.clone(),
            process: create.process.to_string(),
            before: create.before.as_ref().map(ids),
            others: ids(&create.others),
            asked: create.asked,
            let_go: create.let_go,
        };
        self.iter().map(form).collect()
    }

    fn from_form(form: Self::Form) -> rusqlite::Result<Self> {
        let runs = |ids: Vec<String>| {
            let run = |id: String| parsed(&id, RunId::parse);
            ids.into_iter().map(run).collect::<rusqlite::Result<_>>()
        };
        let create = |form: UnansweredCreateForm| {
            Ok(UnansweredCreate {
                account: AccountId(form.account),
                process: parsed(&form.process, ProcessId::parse)?,
                before: form.before.map(runs).transpose()?,
                others: runs(form.others)?,
                asked: form.asked,
                let_go: form.let_go,
            })
        };
        form.into_iter().map(create).collect()
    }
}
