//! The exceptions of a close as rows of its evidence pack: from what did not get through to what resolved it.

use jiff::Timestamp;
use runwatch_close_files::evidence::ExceptionRow;
use runwatch_core::close::item_state::{Block, ItemState};
use runwatch_core::close::kept::CapturedAttempt;
use runwatch_core::close::plan::Gate;
use runwatch_core::words;
use runwatch_engine::close::record::CloseRecord;

use crate::close::evidence_runs::{mark_of, moment_of_run};

/// Attempts that did not pass their item's gate, and what got through after each: a later attempt of the same run,
/// or the run that stands for the item. Any other run of the process proves nothing.
pub fn exception_rows(record: &CloseRecord) -> Vec<ExceptionRow> {
    let failed = record.captured.iter().filter(|kept| !passes(record, kept));
    failed
        .map(|failed| {
            let after = record
                .captured
                .iter()
                .filter(|kept| resolves(record, kept, failed));
            let resolved = after.min_by_key(|kept| (ended(record, kept), kept.captured));
            ExceptionRow {
                process: failed.process.to_string(),
                run: failed.key.run.to_string(),
                attempt: failed.attempt,
                outcome: how(record, failed),
                failed: Some(ended(record, failed)),
                resolved_by: resolved.map_or_else(String::new, |kept| {
                    format!("{}, attempt {}", kept.key.run, kept.attempt)
                }),
                resolved: resolved.map(|kept| ended(record, kept)),
                mark: mark_of(record, &failed.process),
            }
        })
        .collect()
}

fn passes(record: &CloseRecord, kept: &CapturedAttempt) -> bool {
    // The gate of what is no longer in the plan is not known: only what failed is sure not to have passed.
    let item = record.board.plan.item(&kept.process);
    let gate = item.map_or(Gate::WarningsAllowed, |item| item.gate);
    gate.lets_pass(kept.outcome) && left_out(record, kept).is_none()
}

fn resolves(record: &CloseRecord, kept: &CapturedAttempt, failed: &CapturedAttempt) -> bool {
    let stands_for_it = stands_for_item(record, kept) && kept.process == failed.process;
    let is_later = match kept.key == failed.key {
        true => kept.attempt > failed.attempt,
        false => ended_after(record, kept, failed),
    };
    (kept.key == failed.key || stands_for_it) && is_later && passes(record, kept)
}

/// By SolveXia's dates where both have one: after a sleep, what made up for a failure may have been read before it.
fn ended_after(record: &CloseRecord, kept: &CapturedAttempt, failed: &CapturedAttempt) -> bool {
    let ended = |one: &CapturedAttempt| Some(record.dates.run_moment(one.stamp.finished?));
    match ended(kept).zip(ended(failed)) {
        Some((kept, failed)) if kept != failed => kept > failed,
        _ => kept.captured > failed.captured,
    }
}

/// When an attempt ended: by SolveXia, or else when that was seen.
fn ended(record: &CloseRecord, kept: &CapturedAttempt) -> Timestamp {
    moment_of_run(record, kept.stamp.finished).unwrap_or(kept.captured)
}

fn stands_for_item(record: &CloseRecord, kept: &CapturedAttempt) -> bool {
    let bound = record.board.kept.bound(&kept.process);
    bound.is_some_and(|bound| bound.run == kept.key.run)
}

/// The steps that the latest attempt of an item's run left out though they usually run: it did not get through.
fn left_out<'a>(record: &'a CloseRecord, kept: &CapturedAttempt) -> Option<&'a [String]> {
    let place = record.board.plan.place(&kept.process)?;
    let state = &record.board.view.items[place].state;
    let of_run = record.captured.iter().filter(|one| one.key == kept.key);
    let is_latest = of_run.map(|one| one.attempt).max() == Some(kept.attempt);
    let is_it = stands_for_item(record, kept) && is_latest;
    (is_it && matches!(state, ItemState::Blocked(Block::Skipped(_))))
        .then_some(&record.board.items[place].left_out[..])
}

fn how(record: &CloseRecord, failed: &CapturedAttempt) -> String {
    let outcome = words::outcome(failed.outcome);
    match left_out(record, failed) {
        Some(steps) => format!(
            "{outcome}, but left out steps that usually run: {}",
            steps.join(", ")
        ),
        None => outcome.to_owned(),
    }
}
