//! Plans and closes, as they are typed and listed; `close_board.rs` has how an open close stands. Days are `2026-10-31`, times of day `18:00`,
//! both in the plan's zone.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use runwatch_core::close::board::BoardState;
use runwatch_core::close::plan::Gate;

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
