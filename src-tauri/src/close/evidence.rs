//! The evidence pack of a close: its record as the rows of the pack's tables.

use runwatch_close_files::evidence::{
    AlarmRow, DayOffRow, Evidence, ExpectedRow, ForecastRow, Header, ListedRunRow, UnreadRow,
};
use runwatch_core::close::item_state::ItemState;
use runwatch_core::close::plan::{Gate, zone_name};
use runwatch_core::words;
use runwatch_engine::close::record::CloseRecord;

use crate::close::evidence_exceptions::exception_rows;
use crate::close::evidence_runs::{
    action_rows, bound_by, mark_of, moment_of_run, run_rows, step_rows,
};

/// All that the pack holds.
pub fn evidence(record: &CloseRecord, version: &str) -> Evidence {
    Evidence {
        header: header(record, version),
        calendar: calendar(record),
        expected: expected(record),
        listed: listed(record),
        unread: unread(record),
        runs: run_rows(record),
        steps: step_rows(record),
        actions: action_rows(record),
        exceptions: exception_rows(record),
        forecasts: forecasts(record),
        alarms: alarms(record),
    }
}

/// The name of the pack's folder: characters that a file system refuses are left out.
pub fn folder_name(record: &CloseRecord) -> String {
    let draft = record.board.plan.draft();
    let made = record.made_at.to_zoned_datetime(draft.zone.clone());
    let name = format!(
        "{}, {}, evidence of {}",
        draft.name,
        record.board.kept.close.period.label(),
        made.strftime("%Y-%m-%d %H.%M")
    );
    let is_plain = |c: &char| !c.is_control() && !r#"<>:"/\|?*"#.contains(*c);
    let name: String = name.chars().filter(is_plain).take(120).collect();
    name.trim_matches([' ', '.']).to_owned()
}

fn header(record: &CloseRecord, version: &str) -> Header {
    let draft = record.board.plan.draft();
    let close = &record.board.kept.close;
    let account = record.account.as_ref();
    Header {
        plan: draft.name.clone(),
        period: close.period.label(),
        zone: zone_name(&draft.zone).to_owned(),
        cut_off: Some(close.cut_off),
        from: Some(close.window.from),
        to: close.window.to,
        calendar: close.calendar.name.clone(),
        environment: account.map_or_else(
            || "The account was removed".to_owned(),
            |account| account.environment.origin().to_owned(),
        ),
        identity: account.map_or_else(String::new, |account| account.identity().to_owned()),
        version: version.to_owned(),
        extracted: Some(record.made_at),
        clock_offset_seconds: record.clock_ahead.map(|ahead| ahead.as_secs_f64()),
    }
}

/// The days off that the close was opened with.
fn calendar(record: &CloseRecord) -> Vec<DayOffRow> {
    let row = |(day, name): (&jiff::civil::Date, &String)| DayOffRow {
        day: day.to_string(),
        name: name.clone(),
    };
    let days = &record.board.kept.close.calendar.holidays;
    days.iter().map(row).collect()
}

fn expected(record: &CloseRecord) -> Vec<ExpectedRow> {
    let board = &record.board;
    let items = board
        .plan
        .items()
        .iter()
        .zip(&board.items)
        .zip(&board.view.items);
    items
        .map(|((item, on_board), view)| ExpectedRow {
            process: item.process.to_string(),
            name: item.name.clone(),
            required: !item.optional,
            gate: match item.gate {
                Gate::Succeeded => "Succeeded".to_owned(),
                Gate::WarningsAllowed => "Succeeded, warnings allowed".to_owned(),
            },
            due: board.kept.close.due.get(&item.process).map(|due| due.at),
            run: on_board
                .run
                .as_ref()
                .map_or_else(String::new, |run| run.run.to_string()),
            bound_by: on_board
                .run
                .as_ref()
                .map_or_else(String::new, |run| bound_by(run.by).to_owned()),
            state: state(&view.state),
        })
        .collect()
}

fn state(state: &ItemState) -> String {
    match state {
        ItemState::Waiting => "Waiting".to_owned(),
        ItemState::WaitsForBlocked => "Waits for what is blocked".to_owned(),
        ItemState::Ready => "Can be started".to_owned(),
        ItemState::Starting => "Starting".to_owned(),
        ItemState::Running(_) => "Running".to_owned(),
        ItemState::Ending => "Ended, outcome being read".to_owned(),
        ItemState::Done(outcome, _) => words::outcome(*outcome).to_owned(),
        ItemState::Blocked(_) => "Blocked".to_owned(),
        ItemState::Asks => "Not clear which run counts".to_owned(),
        ItemState::Unknown(_) => "Not known".to_owned(),
    }
}

fn listed(record: &CloseRecord) -> Vec<ListedRunRow> {
    let row = |run: &runwatch_engine::close::record::ListedRun| ListedRunRow {
        process: run.process.to_string(),
        run: run.run.to_string(),
        name: run.name.clone(),
        created: moment_of_run(record, run.created),
        bound: run.is_bound,
        mark: mark_of(record, &run.process),
    };
    record.listed.iter().map(row).collect()
}

fn unread(record: &CloseRecord) -> Vec<UnreadRow> {
    let window = record.board.kept.close.window;
    let row = |unread: &runwatch_engine::close::record::Unread| UnreadRow {
        what: unread.what.clone(),
        from: Some(window.from),
        to: window.to,
        why: unread.why.clone(),
    };
    // A part of a list of steps must not look whole.
    let captured = record.captured.iter().filter(|kept| kept.steps_are_cut);
    let captured = captured.map(|kept| &kept.key.run);
    let going = record.going.iter().filter(|(run, _)| run.steps_are_cut);
    let cut = captured.chain(going.map(|(run, _)| &run.key.run));
    let cut = cut.map(|run| runwatch_engine::close::record::Unread {
        what: run.to_string(),
        why: "SolveXia lists more steps of it than are read.".to_owned(),
    });
    let all = record.unread.iter().cloned().chain(cut);
    all.map(|unread| row(&unread)).collect()
}

fn forecasts(record: &CloseRecord) -> Vec<ForecastRow> {
    let row = |shown: &runwatch_core::close::score::PublishedForecast| ForecastRow {
        at: Some(shown.at),
        percent: shown.percent,
        early: Some(shown.finish.early),
        middle: Some(shown.finish.middle),
        late: Some(shown.finish.late),
    };
    record.forecasts.iter().map(row).collect()
}

fn alarms(record: &CloseRecord) -> Vec<AlarmRow> {
    let row = |told: &runwatch_core::notification::InboxItem| AlarmRow {
        at: Some(told.notification.at),
        title: told.notification.title.clone(),
        body: told.notification.body.clone(),
    };
    record.told.iter().map(row).collect()
}

#[cfg(test)]
#[path = "evidence_tests.rs"]
mod tests;
