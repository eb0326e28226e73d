//! Accounts: everything but their secrets, which the keychain holds.

use runwatch_core::account::Account;
use rusqlite::{Connection, params};

use crate::columns::{from_json, to_json};

pub const SCHEMA: &str = "CREATE TABLE account (
    id TEXT PRIMARY KEY NOT NULL,
    account TEXT NOT NULL -- JSON
) STRICT;";

pub fn all(connection: &Connection) -> rusqlite::Result<Vec<Account>> {
    let mut select = connection.prepare_cached("SELECT account FROM account ORDER BY rowid")?;
    let rows = select.query_map([], |row| from_json(&row.get::<_, String>(0)?))?;
    rows.collect()
}

pub fn save(connection: &Connection, account: &Account) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO account (id, account) VALUES (?1, ?2)
             ON CONFLICT (id) DO UPDATE SET account = excluded.account",
        )?
        .execute(params![account.id.0, to_json(account)?])?;
    Ok(())
}
