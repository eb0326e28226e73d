//! Table `told`: the notifications of the Inbox, each stored once, and whether the desktop has
//! shown them. It is the outbox too.

use runwatch_core::close::kept::CloseId;
use runwatch_core::ids::{AccountId, ProcessId, RunId, RunKey};
use runwatch_core::notification::{InboxItem, Notification, NotificationKind};
use runwatch_core::unreadable::UnreadableRow;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::column_types::{from_json_column, required_time, to_json};
use crate::errors::invalid_row;
use crate::rows::{Rows, line};

/// Adds a notification; none where it was stored already.
pub fn add(
    connection: &Connection,
    notification: Notification,
) -> rusqlite::Result<Option<InboxItem>> {
    let id: Option<i64> = connection
        .prepare_cached(
            "INSERT INTO told (kind, account, run, mark, outcome, title, body, at, away, close,
                               starts)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
             ON CONFLICT (account, run, kind, mark) DO NOTHING RETURNING id",
        )?
        .query_row(
            params![
                kind_name(notification.kind),
                notification.account.0,
                notification.run.as_ref().map_or("", RunId::as_str),
                notification.mark,
                notification.outcome.as_ref().map(to_json).transpose()?,
                notification.title,
                notification.body,
                notification.at.as_millisecond(),
                notification.away,
                notification.close.as_ref().map(to_json).transpose()?,
                notification.starts.as_ref().map(ProcessId::as_str),
            ],
            |row| row.get(0),
        )
        .optional()?;
    Ok(id.map(|id| InboxItem {
        id,
        notification,
        read: false,
    }))
}

pub fn latest(connection: &Connection, most: u32) -> rusqlite::Result<Rows<InboxItem>> {
    let mut select = connection.prepare_cached(
        "SELECT * FROM told
         WHERE id IN (SELECT id FROM (SELECT id FROM told ORDER BY id DESC LIMIT ?1)
                      UNION SELECT id FROM told WHERE is_read = 0)
         ORDER BY id DESC",
    )?;
    Rows::of(&mut select, [most], read, name)
}

pub fn unshown(connection: &Connection) -> rusqlite::Result<Rows<InboxItem>> {
    let mut select = connection.prepare_cached("SELECT * FROM told WHERE shown = 0 ORDER BY id")?;
    Rows::of(&mut select, [], read, name)
}

/// What was told of a close, oldest first.
pub fn of_close(connection: &Connection, close: &CloseId) -> rusqlite::Result<Rows<InboxItem>> {
    let mut select =
        connection.prepare_cached("SELECT * FROM told WHERE close = ?1 ORDER BY id")?;
    Rows::of(&mut select, [to_json(close)?], read, name)
}

fn name(row: &Row<'_>) -> UnreadableRow {
    line(row, "told", "id")
}

/// All or none: notifications that were shown as one must not be shown again in part after a kill.
pub fn mark_shown(connection: &mut Connection, ids: &[i64]) -> rusqlite::Result<()> {
    let transaction = connection.transaction()?;
    let mut mark = transaction.prepare_cached("UPDATE told SET shown = 1 WHERE id = ?1")?;
    ids.iter().try_for_each(|id| mark.execute([id]).map(drop))?;
    drop(mark);
    transaction.commit()
}

/// Answers those that were unread, so that the mark can be taken back.
pub fn mark_read(connection: &mut Connection, ids: &[i64]) -> rusqlite::Result<Vec<i64>> {
    let transaction = connection.transaction()?;
    let mut marked = Vec::new();
    let mut mark =
        transaction.prepare_cached("UPDATE told SET is_read = 1 WHERE id = ?1 AND is_read = 0")?;
    for id in ids {
        if mark.execute([id])? > 0 {
            marked.push(*id);
        }
    }
    drop(mark);
    transaction.commit()?;
    Ok(marked)
}

/// Answers those that were unread.
pub fn mark_read_of_run(connection: &Connection, key: &RunKey) -> rusqlite::Result<Vec<i64>> {
    let mut mark = connection.prepare_cached(
        "UPDATE told SET is_read = 1 WHERE account = ?1 AND run = ?2 AND is_read = 0 RETURNING id",
    )?;
    let marked = mark.query_map(params![key.account.0, key.run.as_str()], |row| row.get(0))?;
    marked.collect()
}

fn read(row: &Row<'_>) -> rusqlite::Result<InboxItem> {
    let run: String = row.get("run")?;
    let kind: String = row.get("kind")?;
    let starts: Option<String> = row.get("starts")?;
    let notification = Notification {
        kind: KINDS
            .into_iter()
            .find(|known| kind_name(*known) == kind)
            .ok_or_else(|| invalid_row(format!("{kind} is no kind of notification")))?,
        account: AccountId(row.get("account")?),
        run: RunId::parse(&run).ok(),
        close: from_json_column(row, "close")?,
        starts: starts.and_then(|process| ProcessId::parse(&process).ok()),
        mark: row.get("mark")?,
        outcome: from_json_column(row, "outcome")?,
        title: row.get("title")?,
        body: row.get("body")?,
        at: required_time(row, "at")?,
        away: row.get("away")?,
    };
    Ok(InboxItem {
        id: row.get("id")?,
        notification,
        read: row.get("is_read")?,
    })
}

const KINDS: [NotificationKind; 6] = [
    NotificationKind::Ended,
    NotificationKind::Correction,
    NotificationKind::Action,
    NotificationKind::Outage,
    NotificationKind::Long,
    NotificationKind::Close,
];

fn kind_name(kind: NotificationKind) -> &'static str {
    match kind {
        NotificationKind::Ended => "ended",
        NotificationKind::Correction => "correction",
        NotificationKind::Action => "action",
        NotificationKind::Outage => "sight",
        NotificationKind::Long => "long",
        NotificationKind::Close => "close",
    }
}
