//! Table `account`: accounts without their secrets, which the keychain holds.

use runwatch_core::account::Account;
use runwatch_core::ids::AccountId;
use runwatch_core::unreadable::UnreadableRow;
use rusqlite::{Connection, Row, params};

use crate::column_types::{from_json, to_json};
use crate::plans;
use crate::rows::{Rows, text};

pub fn all(connection: &Connection) -> rusqlite::Result<Rows<Account>> {
    let mut select = connection.prepare_cached("SELECT * FROM account ORDER BY rowid")?;
    let read = |row: &Row<'_>| from_json(&row.get::<_, String>("account")?);
    Rows::of(&mut select, [], read, |row| {
        UnreadableRow::Account(text(row, "id"))
    })
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

/// Deletes an account with its runs and steps; `with_history`, with all else about it too.
pub fn remove(
    connection: &mut Connection,
    id: &AccountId,
    with_history: bool,
) -> rusqlite::Result<()> {
    let transaction = connection.transaction()?;
    transaction.execute("DELETE FROM account WHERE id = ?1", [&id.0])?;
    let mut tables = vec!["run", "step"];
    if with_history {
        tables.extend(["history", "action", "told", "lesson", "captured"]);
        plans::delete_of_account(&transaction, &id.0)?;
    }
    for table in tables {
        transaction.execute(&format!("DELETE FROM {table} WHERE account = ?1"), [&id.0])?;
    }
    transaction.commit()
}
