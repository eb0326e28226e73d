//! The schema of the history file, as the list of its migrations.
//!
//! To add a column or a table:
//!
//! 1. append an `M::up` at the end of the list in [`migrations`] and count it in [`LATEST_SCHEMA`], with
//!    `ALTER TABLE … ADD COLUMN …` (nullable or with a default) or `CREATE TABLE … STRICT`. What only
//!    adds is no hindrance to older versions; for anything else see `compatibility.rs`. Never change
//!    or reorder a released entry: files in use have applied it already;
//! 2. read and write the column in the table's file; a new table gets a file of its own, its `save` is
//!    called in `write_transaction.rs` and its reads in `store_port.rs`;
//! 3. if its rows name an account, add the table to `accounts::remove`;
//! 4. test that a file of the version before is migrated: migrate one with `to_version`, fill it, open
//!    it (`tests/duration_samples.rs` shows how), and give `tests/sample_history.rs` and `tests/golden/next.sql`
//!    the new column (the test of the golden files prints what is new).
//!
//! Names of tables and columns stay as they were first released, even where the code calls a thing
//! otherwise. Times are UTC milliseconds; columns marked JSON hold a form of `stored/`.

use runwatch_core::error::StoreError;
use rusqlite::Connection;
use rusqlite_migration::{M, Migrations};

use crate::errors::store_error;

/// All migrations, oldest first.
pub fn migrations() -> Migrations<'static> {
    Migrations::new(vec![
        M::up(ACCOUNTS).comment("accounts"),
        M::up(RUNS).comment("runs"),
        M::up(STEPS).comment("steps"),
        M::up(ENDED_ATTEMPTS).comment("history"),
        M::up(ACTIONS).comment("actions"),
        M::up(INBOX).comment("inbox"),
        M::up(SETTINGS).comment("settings"),
        M::up(DURATION_SAMPLES).comment("lessons"),
        M::up(ARCHIVED_RUNS).comment("archived runs"),
        M::up(UNREAD_ITEMS).comment("unread items"),
        M::up(COMPATIBILITY).comment("compatibility"),
        M::up(CUT_STEPS).comment("cut lists of steps"),
        M::up(HANDLED_RUNS).comment("runs that were dealt with"),
        M::up(PLACED_ACTIONS).comment("where an action was done"),
        M::up(REASONS).comment("reasons of actions"),
        M::up(CLOSE_BOARD).comment("plans and closes"),
        M::up(STARTS).comment("what a notification offers to start"),
    ])
}

/// The schema of this version: the number of its migrations.
pub const LATEST_SCHEMA: u32 = 17;

/// Brings a file up to date.
pub fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    migrations()
        .to_latest(connection)
        .map_err(|error| match error {
            rusqlite_migration::Error::RusqliteError { err, .. } => store_error(err),
            error => StoreError::Damaged(error.to_string()),
        })
}

/// `accounts.rs`.
const ACCOUNTS: &str = "CREATE TABLE account (
    id TEXT PRIMARY KEY NOT NULL,
    account TEXT NOT NULL -- JSON
) STRICT;";

/// `runs.rs`.
const RUNS: &str = "CREATE TABLE run (
    account TEXT NOT NULL,
    run TEXT NOT NULL,
    name TEXT NOT NULL,
    process TEXT,
    description TEXT,
    modified_by TEXT,
    modified INTEGER, -- UTC ms, as all times
    created INTEGER,
    watched INTEGER NOT NULL,
    course TEXT, -- JSON
    duration_seconds REAL,
    judgement TEXT, -- JSON
    seen_at INTEGER,
    steps_read_at INTEGER,
    seq INTEGER NOT NULL, -- read by earlier versions alone; 0 today
    PRIMARY KEY (account, run)
) STRICT;
CREATE TABLE sequence (latest INTEGER NOT NULL) STRICT;
INSERT INTO sequence VALUES (0);";

/// `steps.rs`.
const STEPS: &str = "CREATE TABLE step (
    account TEXT NOT NULL,
    run TEXT NOT NULL,
    step TEXT NOT NULL,
    place INTEGER NOT NULL, -- as it is shown
    name TEXT NOT NULL,
    step_order TEXT,
    enabled INTEGER NOT NULL,
    by_hand INTEGER NOT NULL,
    seen TEXT, -- JSON
    PRIMARY KEY (account, run, step)
) STRICT;";

/// `ended_attempts.rs`.
const ENDED_ATTEMPTS: &str = "CREATE TABLE history (
    account TEXT NOT NULL,
    run TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    started INTEGER,
    finished INTEGER,
    seconds REAL,
    outcome TEXT NOT NULL, -- JSON
    recorded INTEGER NOT NULL,
    PRIMARY KEY (account, run, attempt)
) STRICT;";

/// `actions.rs`.
const ACTIONS: &str = "CREATE TABLE action (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account TEXT NOT NULL,
    run TEXT NOT NULL,
    account_label TEXT NOT NULL,
    identity TEXT NOT NULL,
    os_user TEXT NOT NULL,
    run_name TEXT NOT NULL,
    deed TEXT NOT NULL, -- JSON
    deprecated INTEGER NOT NULL,
    baseline TEXT NOT NULL, -- JSON
    result TEXT NOT NULL, -- JSON
    message TEXT NOT NULL,
    support_id TEXT,
    asked INTEGER NOT NULL,
    answered INTEGER
) STRICT;";

/// `inbox.rs`. The unique index keeps the same notification from being stored twice: `mark` is the
/// attempt, or what else tells two of a kind apart.
const INBOX: &str = "CREATE TABLE told (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    account TEXT NOT NULL,
    run TEXT NOT NULL, -- empty where it is about no single run
    mark INTEGER NOT NULL,
    outcome TEXT, -- JSON
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    at INTEGER NOT NULL,
    away INTEGER NOT NULL,
    is_read INTEGER NOT NULL DEFAULT 0,
    shown INTEGER NOT NULL DEFAULT 0,
    UNIQUE (account, run, kind, mark)
) STRICT;
CREATE INDEX told_unshown ON told (shown) WHERE shown = 0;";

/// `settings.rs`.
const SETTINGS: &str = "CREATE TABLE setting (
    name TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL -- JSON
) STRICT;";

/// `duration_samples.rs`. The second statement takes over the durations of runs that were watched
/// before this table existed.
const DURATION_SAMPLES: &str = "CREATE TABLE lesson (
    account TEXT NOT NULL,
    run TEXT NOT NULL,
    process TEXT NOT NULL,
    ended INTEGER NOT NULL,
    seconds REAL NOT NULL,
    PRIMARY KEY (account, run)
) STRICT;
CREATE INDEX lesson_process ON lesson (account, process, ended);
INSERT INTO lesson
    SELECT account, run, run.process, history.finished, history.seconds
    FROM history JOIN run USING (account, run)
    WHERE history.attempt = 1 AND history.outcome IN ('\"succeeded\"', '\"warnings\"')
        AND history.seconds > 0 AND history.finished IS NOT NULL AND run.process IS NOT NULL;";

/// `runs.rs`.
const ARCHIVED_RUNS: &str = "ALTER TABLE run ADD COLUMN archived INTEGER NOT NULL DEFAULT 0;";

/// `inbox.rs`: the unread items are read with the newest ones, and are few among many.
const UNREAD_ITEMS: &str = "CREATE INDEX told_unread ON told (account, run) WHERE is_read = 0;";

/// `compatibility.rs`: its one row.
const COMPATIBILITY: &str = "CREATE TABLE compatibility (
    oldest_schema INTEGER NOT NULL, -- programs that know fewer migrations do not understand this file
    release TEXT NOT NULL -- of the newest program that has written into it
) STRICT;
INSERT INTO compatibility VALUES (11, '');";

/// `runs.rs`.
const CUT_STEPS: &str = "ALTER TABLE run ADD COLUMN steps_are_cut INTEGER NOT NULL DEFAULT 0;";

/// `runs.rs`.
const HANDLED_RUNS: &str = "ALTER TABLE run ADD COLUMN handled TEXT; -- JSON";

/// `actions.rs`.
const PLACED_ACTIONS: &str = "ALTER TABLE action ADD COLUMN environment TEXT;
ALTER TABLE action ADD COLUMN attempt INTEGER;";

/// `actions.rs`.
const REASONS: &str = "ALTER TABLE action ADD COLUMN reason TEXT;";

/// `plans.rs`, `closes.rs`, `forecasts.rs`, `captured_attempts.rs`; the column is `inbox.rs`'s.
const CLOSE_BOARD: &str = "CREATE TABLE plan (
    plan TEXT PRIMARY KEY NOT NULL,
    account TEXT NOT NULL,
    draft TEXT NOT NULL -- JSON
) STRICT;
CREATE TABLE close (
    plan TEXT NOT NULL,
    last_day TEXT NOT NULL, -- of its period
    content TEXT NOT NULL, -- JSON
    PRIMARY KEY (plan, last_day)
) STRICT;
CREATE TABLE forecast (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    plan TEXT NOT NULL,
    last_day TEXT NOT NULL,
    at INTEGER NOT NULL,
    percent INTEGER,
    early INTEGER NOT NULL,
    middle INTEGER NOT NULL,
    late INTEGER NOT NULL
) STRICT;
CREATE TABLE captured (
    account TEXT NOT NULL,
    run TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    process TEXT NOT NULL,
    at INTEGER NOT NULL,
    content TEXT NOT NULL, -- JSON
    PRIMARY KEY (account, run, attempt)
) STRICT;
CREATE INDEX captured_process ON captured (account, process, at);
ALTER TABLE told ADD COLUMN close TEXT; -- JSON";

/// `inbox.rs`.
const STARTS: &str = "ALTER TABLE told ADD COLUMN starts TEXT; -- a process";
