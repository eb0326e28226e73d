//! Processes: one, and the list of them.

use runwatch_core::ids::ProcessId;
use runwatch_core::observation::{Listing, ProcessInfo};
use serde_json::value::RawValue;

use super::fields::Fields;
use super::json_body::Unreadable;
use super::picks::picks;

/// An array of processes to pick from.
pub(crate) fn processes(body: &RawValue) -> Result<Listing<ProcessInfo>, Unreadable> {
    picks(body, listed_process)
}

/// One process.
pub(crate) fn process(requested: &ProcessId, body: &RawValue) -> Result<ProcessInfo, Unreadable> {
    let fields = Fields::of(body)?;
    fields.must_have_id(requested.as_str(), |id| {
        ProcessId::parse(id).is_ok_and(|id| id == *requested)
    })?;
    Ok(process_info(&fields, requested.clone()))
}

fn listed_process(fields: &Fields<'_>) -> Option<ProcessInfo> {
    let id = ProcessId::parse(&fields.id("id")?).ok()?;
    Some(process_info(fields, id))
}

fn process_info(fields: &Fields<'_>, id: ProcessId) -> ProcessInfo {
    ProcessInfo {
        name: fields.name("name").unwrap_or_else(|| id.to_string()),
        description: fields.message("description"),
        last_modified_by: fields.name("lastModifiedBy"),
        date_modified: fields.date("dateModified"),
        id,
    }
}
