//! The close board: plans, closes, and how an open close stands. Days are `2026-10-31`, times of day `18:00`,
//! both in the plan's zone.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use runwatch_core::close::binding::BoundBy;
use runwatch_core::close::board::BoardState;
use runwatch_core::close::plan::Gate;
use runwatch_core::outcome::Outcome;

/// Names a close.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CloseRef {
    /// Its plan.
    pub plan_id: String,
    /// The last day of its period.
    pub period_last: String,
}

/// A plan as it is shown and typed. What makes no sense is refused with a sentence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PlanForm {
    /// Our own id of it; none while it is new.
    pub plan_id: Option<String>,
    /// The account whose processes these are.
    pub account_id: String,
    /// What its owner calls it.
    pub name: String,
    /// The zone of all its local times, such as `Australia/Sydney`.
    pub zone: String,
    /// Which days are worked on.
    pub calendar: CalendarForm,
    /// What it closes.
    pub periods: PeriodsForm,
    /// By when all must be through.
    pub cut_off: DayTimeForm,
    /// Its processes, in the order in which they are shown.
    pub items: Vec<PlanItemForm>,
}

/// Which days are worked on: Monday to Friday without these.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CalendarForm {
    /// Where its holidays are from.
    pub name: String,
    /// The days off, the earliest first.
    pub holidays: Vec<Holiday>,
    /// The last day that its holidays are known of; none where nobody can say.
    pub known_until: Option<String>,
}

/// A day off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Holiday {
    /// The day.
    pub day: String,
    /// What it is called.
    pub name: String,
}

/// What a plan closes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum PeriodsForm {
    /// Each calendar month.
    Months,
    /// Periods that follow each other, such as 4-4-5 weeks.
    Listed {
        /// The first day of the first one.
        begin: String,
        /// The last day of each, the earliest first.
        ends: Vec<String>,
    },
}

/// A local time on a working day around the period's end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DayTimeForm {
    /// The n of WDn: 1 is the first working day after the period's end, -1 the last one on or before it.
    /// There is no 0.
    pub day: i8,
    /// The time of day.
    pub time: String,
}

/// One process of a plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PlanItemForm {
    /// SolveXia's id, `p-…`; each is in a plan once.
    pub process_id: String,
    /// Its name, as it was last read.
    pub name: String,
    /// What starts it.
    pub start: StartRuleForm,
    /// The processes of the plan that it waits for.
    pub waits_for: Vec<String>,
    /// How it must end.
    pub gate: Gate,
    /// Nothing waits for it, and the close is done without it.
    pub optional: bool,
    /// How many minutes its owner thinks that it takes: used while too little is learned.
    pub estimate_minutes: Option<f64>,
}

/// What starts an item. Nothing is ever started by itself from here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum StartRuleForm {
    /// A person, once all that it waits for is through.
    ByHand,
    /// SolveXia, after what it waits for.
    AfterOthers,
    /// SolveXia, at a time.
    At {
        /// When.
        at: DayTimeForm,
        /// How many minutes later is still no news.
        #[serde(rename = "graceMinutes")]
        grace_minutes: u32,
    },
}

/// A plan with its closes.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PlanRow {
    /// The plan; its id is there.
    pub plan: PlanForm,
    /// Its account was removed: its runs cannot be seen, and it is kept.
    pub account_is_gone: bool,
    /// Its closes, the latest first.
    pub closes: Vec<CloseRow>,
}

/// A close in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CloseRow {
    /// Which.
    pub close: CloseRef,
    /// How its period is called, such as “October 2026”.
    pub label: String,
    /// By when it must be through (UTC ms).
    pub cut_off: i64,
    /// How it stands; none where it is put away and not looked at any more.
    pub state: Option<BoardState>,
    /// It was put away: nothing is told of it any more.
    pub archived: bool,
}

/// A period that can be opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OpenChoice {
    /// The close that would be opened.
    pub close: CloseRef,
    /// How its period is called.
    pub label: String,
    /// Its cut-off (UTC ms); none where it cannot be opened.
    pub cut_off: Option<i64>,
    /// What to know of its times, a sentence each.
    pub notes: Vec<String>,
    /// Why it cannot be opened.
    pub problem: Option<String>,
}

/// Holidays that came with the app.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CalendarPreset {
    /// By what `preset_calendar` finds it.
    pub code: String,
    /// How it is shown.
    pub name: String,
    /// The last day that it knows.
    pub known_until: String,
}

/// Holidays of a calendar file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportedCalendar {
    /// What was read.
    pub calendar: CalendarForm,
    /// Events that were left out, as they take a part of a day only.
    pub left_out: u32,
}

/// A plan made from the last close: a proposal, to be looked at before it is kept.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PlanProposal {
    /// The draft with the proposed items.
    pub plan: PlanForm,
    /// The period of the close that it was made from.
    pub from_label: String,
    /// What each item rests on, in the items' order.
    pub seen: Vec<ProposedFrom>,
}

/// What a proposed item rests on.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProposedFrom {
    /// The process.
    pub process_id: String,
    /// Seconds that it usually takes.
    pub usual_seconds: f64,
    /// Seconds for which it usually waits after what it waits for; none where it waits for nothing.
    pub usual_delay_seconds: Option<f64>,
    /// Closes that this was seen in.
    pub seen_in: u32,
}

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
