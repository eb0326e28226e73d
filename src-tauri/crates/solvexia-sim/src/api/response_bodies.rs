//! Response bodies, spelt as in the documented examples, inconsistencies included.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::dates;
use crate::catalogue::Process;
use crate::model::run::Run;
use crate::model::status::StepStatus;
use crate::model::step::{RUNNING_MESSAGE, Step};
use crate::model::work_time::seconds_between;

const LAST_MODIFIED_BY: &str = "finance.automation";

/// Dates without a zone are those of `zone`, which is so much ahead of UTC.
pub fn run(run: &Run, zone: SignedDuration) -> Value {
    json!({
        "id": run.id,
        "name": run.name,
        "process": run.process,
        "description": run.description,
        "lastModifiedBy": run.last_modified_by,
        "dateModified": dates::seven_digits(run.modified + zone),
        "dateCreated": dates::seven_digits(run.created + zone),
        "alertEmailAddress": "",
        "alertSMS": "",
    })
}

/// The response to start: only that it is scheduled.
pub fn started(run: &Run) -> Value {
    json!({
        "id": run.id,
        "dateStarted": null,
        "dateFinished": null,
        "runDurationInSeconds": null,
        "status": "Scheduled",
    })
}

/// The response to cancel: with the other name for the duration, and an empty text for a date.
pub fn cancelled(run: &Run, now: Timestamp) -> Value {
    json!({
        "id": run.id,
        "dateStarted": "",
        "dateFinished": null,
        "runDurationInSec": duration(run.started, run.finished, now).unwrap_or(0),
        "status": run.status,
    })
}

pub fn run_status(run: &Run, now: Timestamp, zone: SignedDuration) -> Value {
    let written = |time: Timestamp| dates::without_zone(time + zone);
    json!({
        "id": run.id,
        "dateStarted": run.started.map(written),
        "dateFinished": run.finished.map(written),
        "runDurationInSeconds": duration(run.started, run.finished, now),
        "status": run.status,
    })
}

/// The data steps only: action steps are never listed.
pub fn steps(steps: &[Step]) -> Value {
    steps
        .iter()
        .filter(|step| step.is_listed())
        .map(step)
        .collect()
}

pub fn step(step: &Step) -> Value {
    json!({
        "id": step.id,
        "name": step.name,
        "isEnabled": step.enabled,
        "stepOrder": step.order,
    })
}

/// The status of a step. As in the documented example, a cancelled step has no end.
pub fn step_status(step: &Step, now: Timestamp) -> Value {
    let end = step
        .finished
        .filter(|_| step.status != StepStatus::Cancelled);
    json!({
        "id": step.id,
        "dateStarted": step.started.map(dates::with_z),
        "dateFinished": end.map(dates::with_z),
        "runDurationInSec": duration(step.started, step.finished, now),
        "status": step.status,
        "completionMessage": step.message,
    })
}

/// The response to restart: running, but with the old dates.
pub fn restarted(before: &Step, now: Timestamp) -> Value {
    json!({
        "id": before.id,
        "dateStarted": before.started.map(dates::with_z),
        "dateFinished": null,
        "runDurationInSec": duration(before.started, before.finished, now),
        "status": "Running",
        "completionMessage": RUNNING_MESSAGE,
    })
}

pub fn id_and_name(id: &str, name: &str) -> Value {
    json!({ "id": id, "name": name })
}

pub fn process(process: &Process) -> Value {
    json!({
        "id": process.id,
        "name": process.name,
        "description": process.description,
        "lastModifiedBy": LAST_MODIFIED_BY,
        "dateModified": dates::seven_digits(process.created),
        "dateCreated": dates::seven_digits(process.created),
        "alertEmailAddress": "",
        "alertSMS": "",
        "availableToSubscriber": true,
        "runsAvailableToSubscriber": true,
    })
}

fn duration(from: Option<Timestamp>, to: Option<Timestamp>, now: Timestamp) -> Option<i64> {
    from.map(|from| seconds_between(from, to.unwrap_or(now)).max(0.0) as i64)
}
