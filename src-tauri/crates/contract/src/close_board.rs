//! How an open close stands.

use serde::Serialize;
use ts_rs::TS;

use runwatch_core::close::binding::BoundBy;
use runwatch_core::close::board::BoardState;
use runwatch_core::outcome::Outcome;

use crate::close::{CloseRef, StartRuleForm};

/// How a close stands and what is foreseen of it, always “if nothing fails”.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CloseBoard {
    /// Which close.
    pub close: CloseRef,
    /// A growing number: a board with a newer one wins.
    pub seq: i64,
    /// When this was worked out (UTC ms).
    pub made_at: i64,
    /// When it last showed what SolveXia shows (UTC ms): as `made_at` where it does now, none where it did not
    /// yet since Runwatch was started.
    pub seen_at: Option<i64>,
    /// The plan's name.
    pub plan_name: String,
    /// The plan's account.
    pub account_id: String,
    /// The plan's zone.
    pub zone: String,
    /// How its period is called.
    pub label: String,
    /// Runs that are created or started from then on belong to it (UTC ms).
    pub opens: i64,
    /// By when it must be through (UTC ms).
    pub cut_off: i64,
    /// It was put away: nothing is told of it any more.
    pub archived: bool,
    /// How it stands (`data-state`).
    pub state: BoardState,
    /// The chance of being through by the cut-off: 5 to 95, in steps of five; none where nobody can say.
    pub percent: Option<u8>,
    /// When it is through; none where nobody can say.
    pub finish: Option<ExpectedMoment>,
    /// The cut-off less the late end of the finish, in seconds.
    pub slack_seconds: Option<f64>,
    /// The processes that decide it, the most decisive first.
    pub decided_by: Vec<String>,
    /// The processes that did not pass their gates.
    pub blocked: Vec<String>,
    /// Why nothing can be foreseen, in a sentence.
    pub cannot_tell: Option<String>,
    /// Since when it is through (UTC ms).
    pub through: Option<i64>,
    /// Earlier closes that all this rests on.
    pub earlier_closes: u32,
    /// How right the last forecasts were.
    pub score: ForecastScore,
    /// Its items, in the plan's order.
    pub items: Vec<BoardItem>,
    /// What to know of its times, a sentence each.
    pub notes: Vec<String>,
    /// What the plan as it is now would move, a sentence each: `move_close` does so. Nothing where all is as
    /// it was.
    pub moved: Vec<String>,
}

/// A moment that nobody knows yet (UTC ms).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ExpectedMoment {
    /// One in ten is earlier.
    pub early: i64,
    /// As likely earlier as later.
    pub middle: i64,
    /// One in ten is later.
    pub late: i64,
}

/// “Of the last 20 forecasts, 16 held.”
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ForecastScore {
    /// Forecasts that are looked at.
    pub of: u32,
    /// Those whose band the finish lay in.
    pub held: u32,
    /// Closes that were left out, as something failed in them.
    pub left_out: u32,
}

/// How an item stands (`data-state`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum BoardItemState {
    /// What it waits for is not through, or its time has not come.
    Waiting,
    /// What it waits for is stuck: nothing is wrong with itself.
    WaitsForBlocked,
    /// It can be started.
    Ready,
    /// It runs soon.
    Starting,
    /// It runs.
    Running,
    /// It has ended, and how is being read.
    Ending,
    /// It passed its gate.
    Done,
    /// It did not pass its gate.
    Blocked,
    /// Several runs could be its: its owner is asked.
    Asks,
    /// Nobody can say.
    Unknown,
}

/// One item on the board.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BoardItem {
    /// Its process.
    pub process_id: String,
    /// Its name.
    pub name: String,
    /// The close is done without it.
    pub optional: bool,
    /// What starts it.
    pub start: StartRuleForm,
    /// When it is due (UTC ms), where it has a time.
    pub due: Option<i64>,
    /// Its time and grace are over, and a fresh read showed that it was not started.
    pub did_not_start: bool,
    /// The processes that it waits for.
    pub waits_for: Vec<String>,
    /// How it stands.
    pub state: BoardItemState,
    /// Why it is blocked, or nobody can say, in a sentence.
    pub reason: Option<String>,
    /// How its run ended.
    pub outcome: Option<Outcome>,
    /// The run that stands for it.
    pub run: Option<BoundRun>,
    /// When it started (UTC ms).
    pub started: Option<i64>,
    /// When it ended (UTC ms).
    pub ended: Option<i64>,
    /// When it is expected to start (UTC ms): while it is to come.
    pub starts: Option<i64>,
    /// When it is expected to end: while it is not over.
    pub ends: Option<ExpectedMoment>,
    /// Started by then (UTC ms), the close is through in nine of ten cases: of what is to come or to be
    /// restarted.
    pub latest_start: Option<i64>,
    /// However early it is started, the close hardly makes its cut-off.
    pub too_late: bool,
    /// Complete earlier runs that its length rests on; 0 for an estimate, or where nothing is known.
    pub learned_from: u32,
    /// The runs of which its owner says which one counts: `bind_run`.
    pub asks: Vec<AskedRun>,
}

/// The run that stands for an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BoundRun {
    /// SolveXia's id.
    pub run_id: String,
    /// Its name; its id where that is not known.
    pub name: String,
    /// What bound it.
    pub by: BoundBy,
    /// It is in the list, so that it can be opened.
    pub is_listed: bool,
}

/// A run that may be meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AskedRun {
    /// SolveXia's id.
    pub run_id: String,
    /// Its name; its id where that is not known.
    pub name: String,
    /// When it was created (UTC ms).
    pub created: Option<i64>,
    /// When it was started (UTC ms).
    pub started: Option<i64>,
}
