//! Processes, for the way process → run.

use serde::Serialize;
use ts_rs::TS;

use crate::run::RunRow;

/// One process of the picker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProcessRow {
    /// SolveXia's id, `p-…`.
    pub process_id: String,
    /// SolveXia's name.
    pub name: String,
}

/// The processes that a name finds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProcessList {
    /// Those that were read.
    pub rows: Vec<ProcessRow>,
    /// SolveXia lists more than these.
    pub is_cut: bool,
}

/// The runs of a process.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProcessRunList {
    /// Those that were read.
    pub rows: Vec<ProcessRunRow>,
    /// SolveXia lists more than these.
    pub is_cut: bool,
}

/// A process, opened in the picker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProcessDetail {
    /// SolveXia's id, `p-…`.
    pub process_id: String,
    /// SolveXia's name.
    pub name: String,
    /// SolveXia's description.
    pub description: Option<String>,
    /// Who changed it last, as SolveXia says.
    pub last_modified_by: Option<String>,
    /// When it was changed last (UTC ms).
    pub date_modified: Option<i64>,
}

/// One run of a process, as the picker lists it: the API gives no status here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProcessRunRow {
    /// SolveXia's id, `pr-…`.
    pub run_id: String,
    /// SolveXia's name.
    pub name: String,
    /// Whether it is in the list already.
    pub added: bool,
}

/// How a run of a process stands, which need not be in the list: its steps are not read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProcessRunStatus {
    /// SolveXia's word for the status.
    pub status: String,
    /// Whether it has ended. How, its steps alone tell.
    pub ended: bool,
    /// When it started (UTC ms).
    pub started: Option<i64>,
    /// When it finished (UTC ms).
    pub finished: Option<i64>,
}

/// What came of creating a run.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CreateReply {
    /// The new run, which is in the list now; none where the answer was lost.
    pub row: Option<RunRow>,
    /// What happened and what it means, where something went wrong: a sentence or two.
    pub message: Option<String>,
    /// Where the answer was lost: the runs of the process that were not there before.
    pub new_runs: Vec<ProcessRunRow>,
}

/// One step of a process, as the picker previews it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProcessStepRow {
    /// SolveXia's id, `ds-…`.
    pub step_id: String,
    /// SolveXia's name.
    pub name: String,
    /// Its place, such as `1.10`.
    pub order: Option<String>,
    /// False where SolveXia has it switched off.
    pub enabled: bool,
}
