//! What was done from here, as the table that an auditor gets.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use runwatch_core::action::Action;
use runwatch_core::words::activity as words;

use crate::csv_text;
use crate::table::{Cell, Table, row};

row!(
    /// One action, in the words of a spreadsheet.
    ActivityRow, "activity" {
        /// When it was asked for, with the zone.
        asked: String = "Time",
        /// Who sat at the computer.
        person: String = "Person",
        /// Who acted for SolveXia.
        identity: String = "Identity",
        /// The account's name then.
        account: String = "Account",
        /// Where it acted; empty where that was not written down.
        environment: String = "Environment",
        /// The run.
        run: String = "Run id",
        /// Its name then.
        name: String = "Run",
        /// Which attempt of it.
        attempt: Option<u32> = "Attempt",
        /// The step that a restart began from.
        step: String = "Step id",
        /// Its name then.
        step_name: String = "Step",
        /// What was done.
        action: String = "Action",
        /// What is known of its effect.
        result: String = "Result",
        /// What SolveXia answered.
        answer: String = "Answer",
        /// When that was known, with the zone.
        answered: String = "Answered",
        /// What the person wrote down.
        note: String = "Note",
        /// SolveXia's support id.
        support_id: String = "Support id",
    }
);

/// The file, with one row an action in the order given; times are written in `zone`.
///
/// # Errors
/// Those of the CSV writer. It writes into memory, where none is expected.
pub fn file(actions: &[Action], zone: &TimeZone) -> Result<Vec<u8>, csv::Error> {
    let rows: Vec<_> = actions.iter().map(|action| row(action, zone)).collect();
    csv_text::write(&ActivityRow::table(&rows))
}

fn row(action: &Action, zone: &TimeZone) -> ActivityRow {
    let step = action.kind.step();
    ActivityRow {
        asked: moment(action.asked, zone),
        person: action.os_user.clone(),
        identity: action.identity.clone(),
        account: action.account_label.clone(),
        environment: action.environment.clone().unwrap_or_default(),
        run: action
            .run
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default(),
        name: action.run_name.clone(),
        attempt: action.attempt,
        step: step.map(|(id, _)| id.to_string()).unwrap_or_default(),
        step_name: step.map(|(_, name)| name.to_owned()).unwrap_or_default(),
        action: words::action(action).to_owned(),
        result: words::result(action.result).to_owned(),
        answer: action.message.clone(),
        answered: action
            .answered
            .map(|at| moment(at, zone))
            .unwrap_or_default(),
        note: action
            .reason
            .clone()
            .unwrap_or_else(|| action.kind.note().to_owned()),
        support_id: action.support_id.clone().unwrap_or_default(),
    }
}

/// `2026-11-04T18:20:00+11:00`.
fn moment(at: Timestamp, zone: &TimeZone) -> String {
    let at = at.to_zoned_datetime(zone.clone());
    at.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

#[cfg(test)]
#[path = "activity_tests.rs"]
mod tests;
