//! Rows of the history that cannot be read. They are skipped, kept in the file, and said
//! (`words::unreadable`).

use std::collections::BTreeSet;

/// A row, by what is left to know it by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum UnreadableRow {
    /// An account; its runs are skipped too.
    Account(String),
    /// A run in the list.
    Run {
        /// Its account.
        account: String,
        /// Its id.
        run: String,
    },
    /// A plan of the close board.
    Plan(String),
    /// A setting, as people call it; its default serves.
    Setting(String),
    /// A line of the Inbox or the Activity, or what an earlier run teaches.
    Line(String),
}

/// The rows that were met and could not be read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UnreadableRows(BTreeSet<UnreadableRow>);

impl UnreadableRows {
    /// Takes in a row; false where it was known already.
    pub fn add(&mut self, row: UnreadableRow) -> bool {
        self.0.insert(row)
    }

    /// It was replaced by one that can be read.
    pub fn remove(&mut self, row: &UnreadableRow) {
        self.0.remove(row);
    }

    /// All of them: accounts, runs, plans, settings, lines.
    pub fn iter(&self) -> impl Iterator<Item = &UnreadableRow> {
        self.0.iter()
    }
}
