//! Everything that is written together, in one SQLite transaction.

use runwatch_core::close::kept::CloseWrite;
use runwatch_core::transaction::{Committed, Transaction};
use rusqlite::Connection;

use crate::{
    actions, captured_attempts, closes, duration_samples, ended_attempts, forecasts, inbox, plans,
    runs, settings, steps,
};

/// Writes all parts of a transaction, or none of them.
pub fn write(connection: &mut Connection, parts: Transaction) -> rusqlite::Result<Committed> {
    let transaction = connection.transaction()?;
    let mut committed = Committed::default();
    if let Some(run) = &parts.run {
        runs::save(&transaction, run)?;
    }
    if let Some((key, steps)) = &parts.steps {
        steps::replace(&transaction, key, steps)?;
    }
    if let Some(attempt) = &parts.ended_attempt {
        ended_attempts::save(&transaction, attempt)?;
    }
    for sample in &parts.samples {
        duration_samples::save(&transaction, sample)?;
    }
    if let Some(action) = &parts.action {
        committed.action_id = Some(actions::save(&transaction, action)?);
    }
    for notification in parts.notify {
        committed
            .inbox
            .extend(inbox::add(&transaction, notification)?);
    }
    if let Some(key) = &parts.remove {
        runs::remove(&transaction, key)?;
    }
    if let Some(setting) = &parts.setting {
        settings::save(&transaction, setting)?;
    }
    for write in &parts.closes {
        write_close(&transaction, write)?;
    }
    transaction.commit()?;
    Ok(committed)
}

fn write_close(connection: &Connection, write: &CloseWrite) -> rusqlite::Result<()> {
    match write {
        CloseWrite::Plan(draft) => plans::save(connection, draft),
        CloseWrite::DeletePlan(plan) => plans::delete(connection, plan),
        CloseWrite::Close(close) => closes::save(connection, close),
        CloseWrite::Forecast(close, forecast) => forecasts::add(connection, close, forecast),
        CloseWrite::Captured(attempt) => captured_attempts::save(connection, attempt),
        CloseWrite::CapturedEarlier(attempt) => captured_attempts::add(connection, attempt),
    }
}
