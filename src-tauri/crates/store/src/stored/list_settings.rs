//! How the list of runs is looked at.

use runwatch_core::outcome::Outcome;
use runwatch_core::settings::list_settings::{
    ListColumn, ListFilters, ListLook, ListSettings, ListSince, ListSort, ListTab, SavedView,
};
use serde::{Deserialize, Serialize};

use super::Stored;

#[derive(Serialize, Deserialize)]
pub struct ListSettingsForm {
    look: ListLookForm,
    saved: Vec<SavedViewForm>,
}

#[derive(Serialize, Deserialize)]
pub struct ListLookForm {
    account: Option<String>,
    process: Option<String>,
    status: Option<String>,
    outcome: Option<String>,
    since: Option<String>,
    column: String,
    descending: bool,
    grouped: bool,
}

#[derive(Serialize, Deserialize)]
pub struct SavedViewForm {
    name: String,
    tab: String,
    look: ListLookForm,
}

impl Stored for ListSettings {
    type Form = ListSettingsForm;

    fn to_form(&self) -> ListSettingsForm {
        ListSettingsForm {
            look: self.look.to_form(),
            saved: self.saved.iter().map(Stored::to_form).collect(),
        }
    }

    fn from_form(form: ListSettingsForm) -> rusqlite::Result<Self> {
        let saved = form.saved.into_iter().map(SavedView::from_form);
        Ok(Self {
            look: ListLook::from_form(form.look)?,
            saved: saved.collect::<rusqlite::Result<_>>()?,
        })
    }
}

impl Stored for ListLook {
    type Form = ListLookForm;

    fn to_form(&self) -> ListLookForm {
        let ListFilters {
            account,
            process,
            status,
            outcome,
            since,
        } = self.filters.clone();
        ListLookForm {
            account,
            process,
            status,
            outcome: outcome.map(|outcome| outcome.to_form()),
            since: since.map(|since| since.to_form()),
            column: self.sort.column.to_form(),
            descending: self.sort.descending,
            grouped: self.grouped,
        }
    }

    fn from_form(form: ListLookForm) -> rusqlite::Result<Self> {
        Ok(Self {
            filters: ListFilters {
                account: form.account,
                process: form.process,
                status: form.status,
                outcome: form.outcome.map(Outcome::from_form).transpose()?,
                since: form.since.map(ListSince::from_form).transpose()?,
            },
            sort: ListSort {
                column: ListColumn::from_form(form.column)?,
                descending: form.descending,
            },
            grouped: form.grouped,
        })
    }
}

impl Stored for SavedView {
    type Form = SavedViewForm;

    fn to_form(&self) -> SavedViewForm {
        SavedViewForm {
            name: self.name.clone(),
            tab: self.tab.to_form(),
            look: self.look.to_form(),
        }
    }

    fn from_form(form: SavedViewForm) -> rusqlite::Result<Self> {
        Ok(Self {
            name: form.name,
            tab: ListTab::from_form(form.tab)?,
            look: ListLook::from_form(form.look)?,
        })
    }
}
