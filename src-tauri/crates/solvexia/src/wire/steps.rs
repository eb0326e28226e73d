//! Steps: the lists of a run's or a process's data steps, and the status of one step.

use runwatch_core::ids::StepId;
use runwatch_core::observation::{ListedStep, Listing, MOST_STEPS, StepObservation};
use runwatch_core::status::StepStatus;
use serde_json::value::RawValue;

use super::fields::Fields;
use super::json_body::{Unreadable, entries};

/// An array of `DataStep`. An entry without a usable id fails the whole list: leaving it out could
/// make a run look as if all its steps had succeeded.
pub(crate) fn steps(body: &RawValue) -> Result<Listing<ListedStep>, Unreadable> {
    let listing = entries(body, MOST_STEPS)?;
    let listed: Result<Vec<ListedStep>, Unreadable> =
        listing.entries.into_iter().map(step).collect();
    Ok(Listing {
        entries: listed?,
        is_cut: listing.is_cut,
    })
}

fn step(entry: &RawValue) -> Result<ListedStep, Unreadable> {
    let fields = Fields::of(entry)?;
    let id = fields
        .id("id")
        .and_then(|id| StepId::parse(&id).ok())
        .ok_or(Unreadable::NotThis(
            "it lists a step whose id cannot be read",
        ))?;
    Ok(ListedStep {
        name: fields.name("name").unwrap_or_else(|| id.to_string()),
        order: fields.order(),
        enabled: fields.enabled(),
        id,
    })
}

/// `StepRunStatus`, as the response to a status request.
pub(crate) fn step_status(
    requested: &StepId,
    body: &RawValue,
) -> Result<StepObservation, Unreadable> {
    let fields = Fields::of(body)?;
    must_be_of(&fields, requested)?;
    Ok(StepObservation {
        status: fields.status(StepStatus::from_word, StepStatus::from_number)?,
        started: fields.date("dateStarted"),
        finished: fields.date("dateFinished"),
        duration_seconds: fields.duration(),
        message: fields.message("completionMessage").unwrap_or_default(),
        names_zone: ["dateStarted", "dateFinished"]
            .iter()
            .any(|date| fields.names_zone(date)),
    })
}

/// `StepRunStatus`, as the response to a restart: it repeats the dates of the last time, so only its
/// id is looked at.
pub(crate) fn step_acted_on(requested: &StepId, body: &RawValue) -> Result<(), Unreadable> {
    must_be_of(&Fields::of(body)?, requested)
}

fn must_be_of(fields: &Fields<'_>, step: &StepId) -> Result<(), Unreadable> {
    fields.must_have_id(step.as_str(), |id| {
        StepId::parse(id).is_ok_and(|id| id == *step)
    })
}
