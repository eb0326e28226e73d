//! Table `setting`: named values as JSON.

use runwatch_core::settings::kept_settings::Setting;
use runwatch_core::unreadable::UnreadableRow;
use rusqlite::{Connection, Row, params};

use crate::column_types::{from_json, to_json};
use crate::rows::{Rows, text};

// Names in the files: they stay as they were first written.
const POLL_LIMITS: &str = "cadence";
const NOTIFICATION_POLICY: &str = "choices";
const NETWORK: &str = "network";
const OUTAGES: &str = "sight";
const DATE_ZONES: &str = "date-zones";
const LIST: &str = "list";
const UNANSWERED_CREATES: &str = "open-creates";
const CLOSE_EXPLAINED: &str = "closing-said";
const WINDOW_PLACES: &str = "window-places";
const LAUNCH_AT_LOGIN: &str = "launch-at-login";
const PAGE: &str = "page";

/// All that this version knows.
pub fn all(connection: &Connection) -> rusqlite::Result<Rows<Setting>> {
    let mut select = connection.prepare_cached("SELECT * FROM setting")?;
    let rows = Rows::of(&mut select, [], read, |row| unreadable(&text(row, "name")))?;
    Ok(Rows {
        read: rows.read.into_iter().flatten().collect(),
        unreadable: rows.unreadable,
    })
}

fn read(row: &Row<'_>) -> rusqlite::Result<Option<Setting>> {
    let (name, json): (String, String) = (row.get("name")?, row.get("value")?);
    Ok(match name.as_str() {
        POLL_LIMITS => Some(Setting::PollLimits(from_json(&json)?)),
        NOTIFICATION_POLICY => Some(Setting::NotificationPolicy(from_json(&json)?)),
        NETWORK => Some(Setting::Network(from_json(&json)?)),
        // Unreadable ones are dropped: these are learned or told anew.
        OUTAGES => from_json(&json).ok().map(Setting::Outages),
        DATE_ZONES => from_json(&json).ok().map(Setting::DateZones),
        LIST => Some(Setting::List(from_json(&json)?)),
        UNANSWERED_CREATES => Some(Setting::UnansweredCreates(from_json(&json)?)),
        CLOSE_EXPLAINED => Some(Setting::CloseExplained),
        WINDOW_PLACES => from_json(&json).ok().map(Setting::WindowPlaces),
        LAUNCH_AT_LOGIN => Some(Setting::LaunchAtLogin(from_json(&json)?)),
        PAGE => Some(Setting::Page(from_json(&json)?)),
        // Of a newer version.
        _ => None,
    })
}

pub fn save(connection: &Connection, setting: &Setting) -> rusqlite::Result<()> {
    let json = match setting {
        Setting::PollLimits(limits) => to_json(limits)?,
        Setting::NotificationPolicy(policy) => to_json(policy)?,
        Setting::Network(network) => to_json(network)?,
        Setting::Outages(record) => to_json(record)?,
        Setting::DateZones(zones) => to_json(zones)?,
        Setting::List(list) => to_json(list)?,
        Setting::UnansweredCreates(creates) => to_json(creates)?,
        Setting::CloseExplained => "true".into(),
        Setting::WindowPlaces(places) => to_json(places)?,
        Setting::LaunchAtLogin(wanted) => to_json(wanted)?,
        Setting::Page(page) => to_json(page)?,
    };
    connection
        .prepare_cached(
            "INSERT INTO setting (name, value) VALUES (?1, ?2)
             ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        )?
        .execute(params![name(setting), json])?;
    Ok(())
}

fn name(setting: &Setting) -> &'static str {
    match setting {
        Setting::PollLimits(_) => POLL_LIMITS,
        Setting::NotificationPolicy(_) => NOTIFICATION_POLICY,
        Setting::Network(_) => NETWORK,
        Setting::Outages(_) => OUTAGES,
        Setting::DateZones(_) => DATE_ZONES,
        Setting::List(_) => LIST,
        Setting::UnansweredCreates(_) => UNANSWERED_CREATES,
        Setting::CloseExplained => CLOSE_EXPLAINED,
        Setting::WindowPlaces(_) => WINDOW_PLACES,
        Setting::LaunchAtLogin(_) => LAUNCH_AT_LOGIN,
        Setting::Page(_) => PAGE,
    }
}

/// The row of a setting, should it be unreadable.
pub fn row_of(setting: &Setting) -> UnreadableRow {
    unreadable(name(setting))
}

fn unreadable(name: &str) -> UnreadableRow {
    let said = match name {
        POLL_LIMITS => "how often SolveXia is asked",
        NOTIFICATION_POLICY => "what the desktop shows",
        NETWORK => "the connection to SolveXia",
        LAUNCH_AT_LOGIN => "whether Runwatch starts with the computer",
        PAGE => "the zoom of the window and its single-letter keys",
        LIST => "the filters and saved views of the list",
        UNANSWERED_CREATES => "the runs that were asked for and got no answer",
        other => other,
    };
    UnreadableRow::Setting(said.into())
}
