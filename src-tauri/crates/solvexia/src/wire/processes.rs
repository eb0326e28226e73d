//! Processes: one, and the list to pick from.

use runwatch_core::ids::ProcessId;
use runwatch_core::observation::ProcessInfo;
use serde_json::Value;

use super::fields::Fields;
use super::json_body::{Unreadable, entries};

/// An array of processes to pick from. Entries without a usable id are left out: nothing is decided
/// by this list.
pub(crate) fn processes(body: Value) -> Result<Vec<ProcessInfo>, Unreadable> {
    let entries = entries(body)?.into_iter();
    Ok(entries
        .filter_map(|entry| listed_process(&Fields::of(entry).ok()?))
        .collect())
}

/// One process.
pub(crate) fn process(requested: &ProcessId, body: Value) -> Result<ProcessInfo, Unreadable> {
    let fields = Fields::of(body)?;
    fields.must_have_id(requested.as_str(), |id| {
        ProcessId::parse(id).is_ok_and(|id| id == *requested)
    })?;
    Ok(process_info(&fields, requested.clone()))
}

fn listed_process(fields: &Fields) -> Option<ProcessInfo> {
    let id = ProcessId::parse(fields.id("id")?).ok()?;
    Some(process_info(fields, id))
}

fn process_info(fields: &Fields, id: ProcessId) -> ProcessInfo {
    ProcessInfo {
        name: fields.name("name").unwrap_or_else(|| id.to_string()),
        description: fields.message("description"),
        last_modified_by: fields.name("lastModifiedBy"),
        date_modified: fields.date("dateModified"),
        id,
    }
}
