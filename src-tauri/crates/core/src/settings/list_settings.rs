//! How the list of runs is looked at: filters, sort, and the views that the user saved. The page applies
//! them; they are kept so that they survive a restart.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::outcome::Outcome;

/// The most saved views.
pub const MOST_VIEWS: usize = 20;
/// The longest text of them all, in characters.
pub const TEXT_LENGTH: usize = 200;

/// What is kept of the list.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ListSettings {
    /// As it was last looked at.
    pub look: ListLook,
    /// Views that were saved, in the order of their tabs.
    pub saved: Vec<SavedView>,
}

/// Filters, sort and grouping.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ListLook {
    /// Which runs are shown.
    pub filters: ListFilters,
    /// In which order.
    pub sort: ListSort,
    /// The runs of a process stand together.
    pub grouped: bool,
}

/// A view that was saved under a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SavedView {
    /// The user's name for it.
    pub name: String,
    /// The tab in which it was saved.
    pub tab: ListTab,
    /// How it looks.
    pub look: ListLook,
}

/// The tabs that are always there (`data-view`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ListTab {
    /// Failed, timed out, unverified, late or gone, and not dealt with.
    Attention,
    /// Under way.
    Running,
    /// Not started.
    ToStart,
    /// Ended.
    Done,
    /// Every run.
    #[default]
    All,
}

/// Only runs to which all of these apply are shown; none excludes nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ListFilters {
    /// Runs of this account.
    pub account: Option<String>,
    /// Runs of this process, `p-…`.
    pub process: Option<String>,
    /// Runs with SolveXia's word for their status.
    pub status: Option<String>,
    /// Runs that ended so.
    pub outcome: Option<Outcome>,
    /// Runs that ended, or started, since then.
    pub since: Option<ListSince>,
}

/// Since when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ListSince {
    /// This morning.
    Today,
    /// Yesterday morning.
    Yesterday,
    /// Seven days ago.
    Week,
    /// Thirty days ago.
    Month,
}

/// By which column, and which way round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ListSort {
    /// The column.
    pub column: ListColumn,
    /// The last one first.
    pub descending: bool,
}

impl Default for ListSort {
    /// What ends last, or ended last, first.
    fn default() -> Self {
        Self {
            column: ListColumn::Ends,
            descending: true,
        }
    }
}

/// The columns by which the list is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ListColumn {
    /// Its name.
    Run,
    /// How it stands, and at which step.
    NowAt,
    /// When it ended, or is expected to end.
    Ends,
    /// How long it took, or takes so far.
    Took,
}

impl ListSettings {
    /// The same within bounds: what comes from elsewhere must not fill the history.
    pub fn within_bounds(mut self) -> Self {
        self.saved.truncate(MOST_VIEWS);
        let looks = self.saved.iter_mut().map(|view| &mut view.look);
        for look in looks.chain([&mut self.look]) {
            let filters = &mut look.filters;
            for text in [
                &mut filters.account,
                &mut filters.process,
                &mut filters.status,
            ] {
                *text = text.take().map(shortened);
            }
        }
        for view in &mut self.saved {
            view.name = shortened(std::mem::take(&mut view.name));
        }
        self
    }
}

fn shortened(text: String) -> String {
    text.chars().take(TEXT_LENGTH).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_of_the_list_has_bounds() {
        let view = SavedView {
            name: "x".repeat(TEXT_LENGTH + 1),
            tab: ListTab::Done,
            look: ListLook::default(),
        };
        let kept = ListSettings {
            saved: vec![view; MOST_VIEWS + 1],
            ..ListSettings::default()
        };
        let kept = kept.within_bounds();
        assert_eq!(kept.saved.len(), MOST_VIEWS);
        assert_eq!(kept.saved[0].name.len(), TEXT_LENGTH);
    }
}
