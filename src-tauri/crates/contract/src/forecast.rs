//! What earlier runs of its process say about a run.

use serde::Serialize;
use ts_rs::TS;

/// What is known beyond what SolveXia says. Nothing of it is known without earlier runs.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Forecast {
    /// How many earlier runs it rests on.
    pub learned_from: u32,
    /// Seconds that half of the runs take.
    pub usual_seconds: Option<f64>,
    /// Seconds between which nine of ten runs take, once there are enough runs to say so.
    pub band_seconds: Option<(f64, f64)>,
    /// When it ends, as likely earlier as later (UTC ms): while it is running.
    pub ends: Option<i64>,
    /// Between when it ends in nine of ten cases (UTC ms): while it is running.
    pub ends_between: Option<(i64, i64)>,
    /// How far it is, from 0 to 1: by time where its process is known, else by its steps.
    pub progress: Option<f64>,
    /// Steps that are over, while it is running and they were read.
    pub steps_over: Option<u32>,
    /// Steps that count, of which those are over.
    pub steps_counted: Option<u32>,
    /// It has taken longer than nine of ten runs do: nobody can say when it ends.
    pub is_late: bool,
    /// It takes much longer than usual.
    pub is_long: bool,
    /// The newest durations of its process, newest first.
    pub latest: Vec<PastRun>,
}

/// An earlier run of the process, seen to its end.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PastRun {
    /// SolveXia's id.
    pub run_id: String,
    /// When it ended (UTC ms).
    pub ended: i64,
    /// How long it took.
    pub seconds: f64,
}
