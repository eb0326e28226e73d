//! Opens the history's file at the start. Where it cannot be used, a history in memory serves instead;
//! a damaged file can be put aside, and a new one begun with what is in memory.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use runwatch_contract::{AppError, DamagedHistory, ErrorCode};
use runwatch_core::error::StoreError;
use runwatch_core::ports::Notifier;
use runwatch_engine::notifications::outbox::OutboxReceiver;
use runwatch_engine::{Engine, Ports};
use runwatch_platform::{DataFolder, SystemClock, os_user};
use runwatch_store::Db;

use crate::api::errors::ForPage;

/// What SQLite may keep beside its file. Moved first: beside a new file they would damage it.
const BESIDE: [&str; 2] = ["-wal", "-shm"];

/// The history's file as it was found at the start.
pub struct HistoryFile {
    unusable: Mutex<Option<Unusable>>,
    /// Held while a new one is begun.
    beginning: tokio::sync::Mutex<()>,
}

/// A history that cannot be used.
#[derive(Clone)]
struct Unusable {
    problem: String,
    is_damaged: bool,
    /// The history in memory that serves instead.
    in_memory: Db,
}

/// Loads the engine with the history, or with an empty one in memory where the file cannot be used;
/// damage may show only where its rows are read.
///
/// # Errors
/// [`StoreError`] when not even one in memory can be had.
pub async fn load(
    folder: &DataFolder,
    notifier: &Arc<dyn Notifier>,
) -> Result<(Engine, OutboxReceiver, HistoryFile), StoreError> {
    let with = |db| Ports {
        store: Arc::new(db),
        notifier: Arc::clone(notifier),
        clock: Arc::new(SystemClock),
        os_user: os_user(),
    };
    let kept = match Db::open(&folder.history()) {
        Ok(db) => Engine::load(with(db)).await,
        Err(error) => Err(error),
    };
    match kept {
        Ok((engine, outbox)) => Ok((engine, outbox, HistoryFile::new(None))),
        Err(error) => {
            tracing::error!(%error, "the history cannot be used");
            let instead = Db::in_memory()?;
            let (engine, outbox) = Engine::load(with(instead.clone())).await?;
            let unusable = Unusable {
                problem: format!(
                    "{error} The runs that are listed in it are not watched. Runwatch works without \
                     it until it is closed, but starts, cancels and restarts nothing; the file is \
                     left as it is."
                ),
                is_damaged: matches!(error, StoreError::Damaged(_)),
                in_memory: instead,
            };
            Ok((engine, outbox, HistoryFile::new(Some(unusable))))
        }
    }
}

impl HistoryFile {
    fn new(unusable: Option<Unusable>) -> Self {
        Self {
            unusable: Mutex::new(unusable),
            beginning: tokio::sync::Mutex::default(),
        }
    }

    /// Why history is not kept since the start.
    pub fn problem(&self) -> Option<String> {
        self.unusable().map(|unusable| unusable.problem)
    }

    /// Why no action may be sent: its row would be gone with the app (docs/RULES.md, 10).
    pub fn bars_actions(&self) -> Option<String> {
        let unusable = self.unusable()?;
        let (why, next) = match unusable.is_damaged {
            true => (
                "is damaged",
                "Choose “Start a new history…” at the top of the window first.",
            ),
            false => (
                "cannot be used",
                "Do what the top of the window says about it, then start Runwatch again.",
            ),
        };
        Some(format!(
            "Runwatch writes each action down before it is sent, and the history {why}. {next}"
        ))
    }

    /// The damaged file, where a new one can be begun.
    pub fn damaged(&self, folder: &DataFolder) -> Option<DamagedHistory> {
        self.unusable().filter(|unusable| unusable.is_damaged)?;
        let file = folder.history();
        let aside = free_name(&file, today());
        Some(DamagedHistory {
            kept_as: aside.file_name()?.to_string_lossy().into_owned(),
            file: file.display().to_string(),
        })
    }

    /// Puts the damaged file aside and goes on in a new one, with what has happened meanwhile.
    ///
    /// # Errors
    /// When the files cannot be moved or written; then all is as it was before.
    pub async fn start_new(&self, folder: &DataFolder) -> Result<(), AppError> {
        let _turn = self.beginning.lock().await;
        let Some(unusable) = self.unusable().filter(|unusable| unusable.is_damaged) else {
            return Ok(());
        };
        let file = folder.history();
        let aside = free_name(&file, today());
        move_all(&file, &aside).map_err(|error| not_moved(&error))?;
        if let Err(error) = unusable.in_memory.move_into(file.clone()).await {
            put_back(&aside, &file);
            return Err(error.for_page());
        }
        tracing::info!("the damaged history was put aside, and a new one begun");
        *self.lock() = None;
        Ok(())
    }

    fn unusable(&self) -> Option<Unusable> {
        self.lock().clone()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<Unusable>> {
        self.unusable.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn not_moved(error: &io::Error) -> AppError {
    let message = format!(
        "The damaged history could not be put aside ({error}), so no new one was begun. All is as it \
         was before."
    );
    AppError::new(ErrorCode::Store, message)
}

fn today() -> Date {
    Timestamp::now()
        .to_zoned_datetime(TimeZone::system())
        .date()
}

/// A name beside the file that nothing has yet, such as `history-damaged-2026-11-24.db`.
fn free_name(file: &Path, today: Date) -> PathBuf {
    let named = |mark: String| file.with_file_name(format!("history-damaged-{today}{mark}.db"));
    let is_free = |name: &PathBuf| !name.exists();
    let later = (2..).map(|n: u32| named(format!("-{n}")));
    std::iter::once(named(String::new()))
        .chain(later)
        .find(is_free)
        .unwrap_or_else(|| named(String::new()))
}

/// Moves a history with what is beside it; the file itself last.
fn move_all(from: &Path, to: &Path) -> io::Result<()> {
    for suffix in BESIDE {
        let (from, to) = (beside(from, suffix), beside(to, suffix));
        if from.exists() {
            fs::rename(from, to)?;
        }
    }
    fs::rename(from, to)
}

/// As before: what was begun holds nothing that is not in memory.
fn put_back(aside: &Path, file: &Path) {
    for suffix in BESIDE {
        // That there is none is fine.
        let _ = fs::remove_file(beside(file, suffix));
    }
    let _ = fs::remove_file(file);
    if let Err(error) = move_all(aside, file) {
        tracing::error!(%error, "the damaged history could not be put back");
    }
}

fn beside(file: &Path, suffix: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn rule_10_a_history_in_memory_alone_bars_actions_and_a_new_one_allows_them() {
        let place = tempfile::tempdir().unwrap();
        let folder = DataFolder::open(Some(place.path()), false).unwrap();
        fs::write(folder.history(), "damaged").unwrap();
        let unusable = |is_damaged| Unusable {
            problem: String::new(),
            is_damaged,
            in_memory: Db::in_memory().unwrap(),
        };
        let newer = HistoryFile::new(Some(unusable(false)))
            .bars_actions()
            .unwrap();
        assert!(newer.contains("start Runwatch again"), "{newer}");
        let history = HistoryFile::new(Some(unusable(true)));
        let damaged = history.bars_actions().unwrap();
        assert!(damaged.contains("Start a new history"), "{damaged}");
        history.start_new(&folder).await.unwrap();
        assert_eq!(history.bars_actions(), None);
    }

    #[test]
    fn a_damaged_history_gets_a_name_that_nothing_has() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("history.db");
        let today = Date::constant(2026, 11, 24);
        let first = free_name(&file, today);
        assert!(first.ends_with("history-damaged-2026-11-24.db"));
        fs::write(&first, "kept").unwrap();
        assert!(free_name(&file, today).ends_with("history-damaged-2026-11-24-2.db"));
    }

    #[test]
    fn what_lies_beside_a_history_goes_with_it() {
        let folder = tempfile::tempdir().unwrap();
        let (file, aside) = (folder.path().join("h.db"), folder.path().join("old.db"));
        fs::write(&file, "file").unwrap();
        fs::write(beside(&file, "-wal"), "log").unwrap();
        move_all(&file, &aside).unwrap();
        assert!(!file.exists() && !beside(&file, "-wal").exists());
        assert_eq!(fs::read(&aside).unwrap(), b"file");
        assert_eq!(fs::read(beside(&aside, "-wal")).unwrap(), b"log");
    }

    #[test]
    fn where_no_new_history_can_be_begun_the_old_one_is_put_back() {
        let folder = tempfile::tempdir().unwrap();
        let (file, aside) = (folder.path().join("h.db"), folder.path().join("old.db"));
        fs::write(&aside, "old").unwrap();
        fs::write(&file, "begun").unwrap();
        put_back(&aside, &file);
        assert_eq!(fs::read(&file).unwrap(), b"old");
        assert!(!aside.exists());
    }
}
