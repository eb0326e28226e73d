//! The runs of a close as rows of its evidence pack: attempts, steps, actions.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use runwatch_close_files::evidence::{ActionRow, RunRow, StepRow};
use runwatch_core::action::{Action, ActionKind};
use runwatch_core::close::binding::BoundBy;
use runwatch_core::close::kept::CapturedAttempt;
use runwatch_core::ids::{ProcessId, RunId};
use runwatch_core::observation::Step;
use runwatch_core::run::Run;
use runwatch_core::status::StepStatus;
use runwatch_core::step_order::{StepOrder, gaps};
use runwatch_core::words;
use runwatch_engine::close::record::CloseRecord;

/// The attempts of the close's runs: those that ended as they were captured, the others as they stand.
pub fn run_rows(record: &CloseRecord) -> Vec<RunRow> {
    let captured = record
        .captured
        .iter()
        .map(|kept| captured_row(record, kept));
    let going = record.going.iter().map(|(run, _)| going_row(record, run));
    captured.chain(going).collect()
}

fn captured_row(record: &CloseRecord, kept: &CapturedAttempt) -> RunRow {
    RunRow {
        process: kept.process.to_string(),
        run: kept.key.run.to_string(),
        attempt: kept.attempt,
        solvexia_status: kept.stamp.status.word().to_owned(),
        outcome: words::outcome(kept.outcome).to_owned(),
        because: kept.because.clone(),
        started_by_solvexia: without_zone(kept.stamp.started),
        finished_by_solvexia: without_zone(kept.stamp.finished),
        started: moment_of_run(record, kept.stamp.started),
        finished: moment_of_run(record, kept.stamp.finished),
        seconds: kept.seconds,
        captured: Some(kept.captured),
        mark: mark_of(record, &kept.process),
    }
}

fn going_row(record: &CloseRecord, run: &Run) -> RunRow {
    let stamp = run.attempt.as_ref().map(|attempt| &attempt.stamp);
    let (started, finished) = (
        stamp.and_then(|stamp| stamp.started),
        stamp.and_then(|stamp| stamp.finished),
    );
    let process = run.info.process.as_ref();
    let outcome = run.outcome().map(words::outcome).unwrap_or_default();
    let because = run.judgement.as_ref().filter(|_| run.outcome().is_some());
    RunRow {
        process: process.map_or_else(String::new, ToString::to_string),
        run: run.key.run.to_string(),
        attempt: run.attempt_number(),
        solvexia_status: stamp.map_or_else(String::new, |stamp| stamp.status.word().to_owned()),
        outcome: outcome.to_owned(),
        because: because.map_or_else(String::new, |judgement| judgement.because.clone()),
        started_by_solvexia: without_zone(started),
        finished_by_solvexia: without_zone(finished),
        started: moment_of_run(record, started),
        finished: moment_of_run(record, finished),
        seconds: run.clone().by_this_clock(&record.dates).seconds(),
        captured: run.seen_at,
        mark: process.map_or_else(String::new, |process| mark_of(record, process)),
    }
}

/// The date that SolveXia gave, without a zone: the rest of how it wrote it is not kept.
fn without_zone(date: Option<Timestamp>) -> String {
    date.map_or_else(String::new, |date| {
        date.to_zoned_datetime(TimeZone::UTC).datetime().to_string()
    })
}

/// The steps of all attempts, with the gaps in their numbering.
pub fn step_rows(record: &CloseRecord) -> Vec<StepRow> {
    let captured = record.captured.iter();
    let captured = captured.map(|kept| (&kept.key.run, kept.attempt, &kept.steps[..]));
    let going = record
        .going
        .iter()
        .map(|(run, steps)| (&run.key.run, run.attempt_number(), &steps[..]));
    let all = captured.chain(going);
    all.flat_map(|(run, attempt, steps)| steps_of(record, run, attempt, steps))
        .collect()
}

fn steps_of(record: &CloseRecord, run: &RunId, attempt: u32, steps: &[Step]) -> Vec<StepRow> {
    let row = |step: &Step| {
        let seen = step.seen.as_ref();
        let moment = |date: Option<Timestamp>| date.map(|date| record.dates.moment(date));
        StepRow {
            run: run.to_string(),
            attempt,
            order: step
                .order
                .as_ref()
                .map_or_else(String::new, |order| place(&order.to_string())),
            step: step.id.to_string(),
            name: step.name.clone(),
            status: seen.map_or_else(String::new, |seen| seen.status.word().to_owned()),
            started: moment(seen.and_then(|seen| seen.started)),
            finished: moment(seen.and_then(|seen| seen.finished)),
            message: seen.map_or_else(String::new, |seen| seen.message.clone()),
            mark: mark(step).to_owned(),
        }
    };
    let listed: Vec<StepOrder> = steps.iter().filter_map(|step| step.order.clone()).collect();
    let gap = |places: String| StepRow {
        run: run.to_string(),
        attempt,
        order: place(&places),
        mark: "Gap: SolveXia does not list it".to_owned(),
        ..StepRow::default()
    };
    let gaps = gaps(&listed).into_iter().map(gap);
    steps.iter().map(row).chain(gaps).collect()
}

/// With a word before it, as a spreadsheet takes 1.10 for the number 1.1.
fn place(order: &str) -> String {
    format!("Step {order}")
}

fn mark(step: &Step) -> &'static str {
    match () {
        () if step.by_hand => "Added by hand",
        () if !step.enabled => "Switched off",
        () if step.shows(&StepStatus::Skipped) => "Skipped",
        () if step.seen.is_none() => "Not read",
        () => "",
    }
}

/// What was done to the close's runs from here.
pub fn action_rows(record: &CloseRecord) -> Vec<ActionRow> {
    record.actions.iter().map(action_row).collect()
}

fn action_row(action: &Action) -> ActionRow {
    let what = match &action.kind {
        ActionKind::Start => "Start".to_owned(),
        ActionKind::Cancel => "Cancel".to_owned(),
        ActionKind::Restart { step, step_name } => format!("Restart from {step} {step_name}"),
        ActionKind::Create => "Create".to_owned(),
        ActionKind::DealtWith { note } => format!("Marked as dealt with: {note}"),
        ActionKind::NotDealtWith => "No longer marked as dealt with".to_owned(),
    };
    ActionRow {
        run: action
            .run
            .as_ref()
            .map_or_else(String::new, ToString::to_string),
        action: what,
        who: action.identity.clone(),
        computer_user: action.os_user.clone(),
        at: Some(action.asked),
        why: action.reason.clone().unwrap_or_default(),
        answer: action.message.clone(),
        support_id: action.support_id.clone().unwrap_or_default(),
    }
}

/// What is to be known of the runs of a process: it may have been taken out of the plan meanwhile.
pub fn mark_of(record: &CloseRecord, process: &ProcessId) -> String {
    match record.is_no_longer_planned(process) {
        true => "No longer in the plan".to_owned(),
        false => String::new(),
    }
}

/// What bound a run, in a word or two.
pub fn bound_by(by: BoundBy) -> &'static str {
    match by {
        BoundBy::StartHere => "Started here",
        BoundBy::Rule => "Rule",
        BoundBy::Hand => "By hand",
    }
}

/// The moment of a run's date; none while the zone of these dates is not known.
pub fn moment_of_run(record: &CloseRecord, date: Option<Timestamp>) -> Option<Timestamp> {
    record.dates.sure_run_moment(date?)
}
