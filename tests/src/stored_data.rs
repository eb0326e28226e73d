//! What the app wrote down.

use std::fs;
use std::path::Path;

use anyhow::{Result, ensure};
use runwatch_core::outcome::Outcome;
use rusqlite::{Connection, OpenFlags, OptionalExtension};
use tempfile::TempDir;

use crate::app::{binary, pids};
use crate::scene::Scene;

/// The ends in a scene's history.
#[derive(Debug)]
pub struct Kept {
    /// The Inbox.
    pub inbox: Vec<End>,
    history: Vec<(String, Outcome)>,
}

/// An end in the Inbox.
#[derive(Debug)]
pub struct End {
    /// Its row.
    pub id: i64,
    /// Which run's.
    pub run: String,
    /// How.
    pub outcome: Outcome,
    /// What the desktop is to say.
    pub title: String,
    /// Whether it is marked as shown there.
    pub shown: bool,
}

impl Kept {
    /// Reads a copy of what an app left that was killed: to open the file itself would mend what
    /// the kill left behind, before the app had to.
    pub fn left(scene: &Scene) -> Result<Self> {
        let running = pids(&scene.desktop, &binary()?);
        ensure!(running.is_empty(), "the app is running");
        let copy = TempDir::new()?;
        for file in ["history.db", "history.db-wal"] {
            let from = scene.data_dir().join(file);
            if from.exists() {
                fs::copy(from, copy.path().join(file))?;
            }
        }
        let kept = Self::read(&copy.path().join("history.db"), OpenFlags::default())?;
        Ok(kept)
    }

    /// Reads it beside the running app.
    pub fn now(scene: &Scene) -> Result<Self> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
        Self::read(&scene.data_dir().join("history.db"), flags)
    }

    fn read(file: &Path, flags: OpenFlags) -> Result<Self> {
        let file = Connection::open_with_flags(file, flags)?;
        let whole: String = file.query_row("PRAGMA integrity_check", [], |row| row.get(0))?;
        ensure!(whole == "ok", "the history is damaged: {whole}");
        let mut told = file.prepare(
            "SELECT id, run, outcome, title, shown FROM told WHERE kind = 'ended' ORDER BY run, mark",
        )?;
        let mut rows = told.query([])?;
        let mut inbox = Vec::new();
        while let Some(row) = rows.next()? {
            inbox.push(End {
                id: row.get(0)?,
                run: row.get(1)?,
                outcome: serde_json::from_str(&row.get::<_, String>(2)?)?,
                title: row.get(3)?,
                shown: row.get(4)?,
            });
        }
        let mut past = file.prepare("SELECT run, outcome FROM history ORDER BY run, attempt")?;
        let mut rows = past.query([])?;
        let mut history = Vec::new();
        while let Some(row) = rows.next()? {
            let outcome = serde_json::from_str(&row.get::<_, String>(1)?)?;
            history.push((row.get(0)?, outcome));
        }
        Ok(Self { inbox, history })
    }

    /// How a run ended, as told in the Inbox, oldest first.
    pub fn ends_of(&self, run: &str) -> Vec<Outcome> {
        let of_run = self.inbox.iter().filter(|end| end.run == run);
        of_run.map(|end| end.outcome).collect()
    }

    /// How a run's attempts ended, oldest first.
    pub fn history_of(&self, run: &str) -> Vec<Outcome> {
        let of_run = self.history.iter().filter(|(id, _)| id == run);
        of_run.map(|(_, outcome)| *outcome).collect()
    }

    /// Whether an end is marked as shown.
    pub fn has_shown(&self, id: i64) -> bool {
        self.inbox.iter().any(|end| end.id == id && end.shown)
    }
}

/// A setting as it is stored, beside the running app; none where it never was.
pub fn setting(scene: &Scene, name: &str) -> Result<Option<String>> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
    let history = Connection::open_with_flags(scene.data_dir().join("history.db"), flags)?;
    let value = "SELECT value FROM setting WHERE name = ?1";
    Ok(history
        .query_row(value, [name], |row| row.get(0))
        .optional()?)
}

/// How many rows a table of the history in this data folder has, beside the running app.
pub fn count(data_dir: &Path, table: &str) -> Result<usize> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
    let history = Connection::open_with_flags(data_dir.join("history.db"), flags)?;
    let count = format!("SELECT count(*) FROM {table}");
    let rows: i64 = history.query_row(&count, [], |row| row.get(0))?;
    Ok(rows.try_into()?)
}
