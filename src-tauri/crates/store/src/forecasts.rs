//! Table `forecast`: the forecasts of closes that were shown. Rows are only ever added; they go with their
//! plan alone.

use jiff::civil::Date;
use runwatch_core::close::board::Expectation;
use runwatch_core::close::kept::CloseId;
use runwatch_core::close::plan::PlanId;
use runwatch_core::close::score::PublishedForecast;
use rusqlite::{Connection, Row, params};

use crate::column_types::required_time;
use crate::errors::invalid_row;
use crate::rows::{Rows, line};

/// The earliest first.
pub fn all(connection: &Connection) -> rusqlite::Result<Rows<(CloseId, PublishedForecast)>> {
    let mut select = connection.prepare_cached("SELECT * FROM forecast ORDER BY id")?;
    Rows::of(&mut select, [], read, |row| line(row, "forecast", "id"))
}

pub fn add(
    connection: &Connection,
    close: &CloseId,
    forecast: &PublishedForecast,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO forecast (plan, last_day, at, percent, early, middle, late)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            close.plan.0,
            close.last.to_string(),
            forecast.at.as_millisecond(),
            forecast.percent,
            forecast.finish.early.as_millisecond(),
            forecast.finish.middle.as_millisecond(),
            forecast.finish.late.as_millisecond(),
        ])?;
    Ok(())
}

fn read(row: &Row<'_>) -> rusqlite::Result<(CloseId, PublishedForecast)> {
    let last: String = row.get("last_day")?;
    let last: Date = last
        .parse()
        .map_err(|error: jiff::Error| invalid_row(error.to_string()))?;
    let close = CloseId {
        plan: PlanId(row.get("plan")?),
        last,
    };
    let forecast = PublishedForecast {
        at: required_time(row, "at")?,
        percent: row.get("percent")?,
        finish: Expectation {
            early: required_time(row, "early")?,
            middle: required_time(row, "middle")?,
            late: required_time(row, "late")?,
        },
    };
    Ok((close, forecast))
}
