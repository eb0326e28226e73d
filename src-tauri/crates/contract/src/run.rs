//! Runs and steps as the page shows them. SolveXia's dates are as this computer's clock had them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::error::AppError;
use crate::forecast::Forecast;
use crate::notifications::Muted;
use runwatch_core::outcome::Outcome;

/// Names one run: run ids are unique within an account alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RunRef {
    /// The run's account.
    pub account_id: String,
    /// The run, `pr-…`.
    pub run_id: String,
}

/// A run that a text names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FoundRun {
    /// SolveXia's id, `pr-…`.
    pub run_id: String,
    /// The text had a bare number: that it means this run has to be confirmed.
    pub is_guess: bool,
    /// It is in the list already.
    pub added: bool,
}

/// One row of the list of runs.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RunRow {
    /// The account it belongs to.
    pub account_id: String,
    /// SolveXia's id, `pr-…`.
    pub run_id: String,
    /// SolveXia's name of the run; the id until it is known.
    pub name: String,
    /// The process it is a run of, `p-…`.
    pub process_id: Option<String>,
    /// SolveXia's name of that process, once it was read.
    pub process_name: Option<String>,
    /// Whether its end is told.
    pub watched: bool,
    /// The desktop shows nothing of it; none where it does.
    pub muted: Option<Muted>,
    /// Its user took it out of sight.
    pub archived: bool,
    /// That it was dealt with, as it stands now; none where it was not, or has moved on since.
    pub handled: Option<Handled>,
    /// SolveXia's word for its status; empty until first read.
    pub status: String,
    /// Whether the status is one of an ended run.
    pub ended: bool,
    /// SolveXia does not have it any more: the status is the last one that was seen.
    pub gone: bool,
    /// How it ended, once that is decided.
    pub outcome: Option<Outcome>,
    /// One plain sentence on how it stands or ended.
    pub summary: String,
    /// When the run started (UTC ms).
    pub started: Option<i64>,
    /// When the run finished (UTC ms).
    pub finished: Option<i64>,
    /// SolveXia's own duration in seconds, where it gives one.
    pub duration_seconds: Option<f64>,
    /// When it ends, as earlier runs of its process say (UTC ms): while it is running.
    pub ends: Option<i64>,
    /// Between when it ends in nine of ten cases (UTC ms): while it is running.
    pub ends_between: Option<(i64, i64)>,
    /// It has taken longer than nine of ten runs do: nobody can say when it ends.
    pub is_late: bool,
    /// It takes much longer than usual.
    pub is_long: bool,
    /// Seconds that half of the runs of its process take.
    pub usual_seconds: Option<f64>,
    /// The step that goes, or that kept it from succeeding, as far as its steps were read.
    pub at_step: Option<AtStep>,
    /// When SolveXia was last heard about this run (UTC ms).
    pub seen_at: Option<i64>,
    /// Which attempt of the run this is, counted from 1 at its first sight here.
    pub attempt: u32,
    /// Why the last read failed, while it does.
    pub problem: Option<AppError>,
    /// An action on this run is being sent or proved at the moment.
    pub busy: bool,
    /// Grows with every change of any row; a newer one wins.
    pub seq: i64,
}

/// That somebody has dealt with a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Handled {
    /// The user of this computer who did.
    pub who: String,
    /// When (UTC ms).
    pub at: i64,
    /// What they wrote down; empty where nothing.
    pub note: String,
}

/// The step at which a run stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AtStep {
    /// SolveXia's name; the id for a step added by hand.
    pub name: String,
    /// Its place among the steps that count, from 1.
    pub place: u32,
    /// How many steps count.
    pub of: u32,
    /// The beginning of SolveXia's completion message.
    pub message: String,
}

/// An attempt of a run that ended, as it was written down here.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PastAttempt {
    /// Which attempt, counted from 1 at the run's first sight here.
    pub attempt: u32,
    /// When it started (UTC ms).
    pub started: Option<i64>,
    /// When it finished (UTC ms); when that was seen here, where SolveXia gave no date.
    pub finished: i64,
    /// How long it took, in seconds.
    pub seconds: Option<f64>,
    /// How it ended.
    pub outcome: Outcome,
}

/// A run, opened: its row, its description and its steps.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RunDetail {
    /// The same run as in the list.
    pub row: RunRow,
    /// SolveXia's description of the run.
    pub description: Option<String>,
    /// Who changed the run last, as SolveXia says.
    pub last_modified_by: Option<String>,
    /// When it was created (UTC ms).
    pub date_created: Option<i64>,
    /// When it was changed last (UTC ms).
    pub date_modified: Option<i64>,
    /// Steps in numeric order; steps that SolveXia does not list come from the user.
    pub steps: Vec<StepRow>,
    /// Places in the order where SolveXia lists no step, such as `1.3` between 1.2 and 1.4.
    pub gaps: Vec<String>,
    /// When the list of steps was last read (UTC ms); none before the first time.
    pub steps_read_at: Option<i64>,
    /// Why the steps could not be read, while so.
    pub steps_problem: Option<AppError>,
    /// That there are more steps than are read, in a sentence.
    pub steps_note: Option<String>,
    /// What earlier runs of its process say.
    pub forecast: Forecast,
    /// Whether Start makes sense now.
    pub start: Availability,
    /// Whether Cancel makes sense now.
    pub cancel: Availability,
}

/// One step of a run.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StepRow {
    /// SolveXia's id, `ds-…` or `as-…`.
    pub step_id: String,
    /// SolveXia's name; the id for a step added by hand.
    pub name: String,
    /// Its place, such as `1.10`; none for a step added by hand.
    pub order: Option<String>,
    /// False where SolveXia has it switched off.
    pub enabled: bool,
    /// True where the user added it by id.
    pub by_hand: bool,
    /// SolveXia's word for its status; empty while unread.
    pub status: String,
    /// When it started (UTC ms).
    pub started: Option<i64>,
    /// When it finished (UTC ms).
    pub finished: Option<i64>,
    /// SolveXia's own duration in seconds, where it gives one.
    pub duration_seconds: Option<f64>,
    /// SolveXia's completion message, plain text.
    pub message: String,
    /// Why its status could not be read, while so.
    pub problem: Option<AppError>,
    /// Whether "Restart from here" makes sense now.
    pub restart: Availability,
}

/// Whether an action makes sense now, and what to say of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Availability {
    /// The button can be used.
    pub allowed: bool,
    /// Why it cannot, where it cannot.
    pub reason: Option<String>,
    /// What the confirmation must warn of, where it can.
    pub warning: Option<String>,
}
