//! The tables of a pack and their columns. Moments are UTC; what SolveXia wrote stands beside them as it came.

use jiff::Timestamp;

use crate::csv_text;
use crate::sha256::sha256;
use crate::table::{Cell, Table, row};

row!(
    /// A day off of the close's calendar; Saturdays and Sundays are off without a row.
    DayOffRow, "calendar" {
        /// The day, as 2026-12-25.
        day: String = "Day off",
        /// What it is.
        name: String = "Name",
    }
);
row!(
    /// An item of the plan, and the run that stands for it.
    ExpectedRow, "expected-items" {
        /// The process.
        process: String = "Process id",
        /// Its name.
        name: String = "Process",
        /// Whether the close needs it.
        required: bool = "Required",
        /// How it must end.
        gate: String = "Gate",
        /// When it is due, where it has a time.
        due: Option<Timestamp> = "Due (UTC)",
        /// The run; empty where there is none.
        run: String = "Run id",
        /// What bound it.
        bound_by: String = "Bound by",
        /// How the item stands.
        state: String = "State",
    }
);
row!(
    /// A run of these processes in the window, whether it is bound or not.
    ListedRunRow, "listed-runs" {
        /// The process.
        process: String = "Process id",
        /// The run.
        run: String = "Run id",
        /// SolveXia's name of it.
        name: String = "Run",
        /// When it was created.
        created: Option<Timestamp> = "Created (UTC)",
        /// Whether it stands for an item.
        bound: bool = "Bound",
        /// Whether its process was taken out of the plan.
        mark: String = "Mark",
    }
);
row!(
    /// What could not be read.
    UnreadRow, "not-read" {
        /// The process or run.
        what: String = "What",
        /// From when.
        from: Option<Timestamp> = "From (UTC)",
        /// To when.
        to: Option<Timestamp> = "To (UTC)",
        /// Why.
        why: String = "Why",
    }
);
row!(
    /// One attempt of a run.
    RunRow, "runs" {
        /// The process.
        process: String = "Process id",
        /// The run.
        run: String = "Run id",
        /// Which attempt.
        attempt: u32 = "Attempt",
        /// SolveXia's word.
        solvexia_status: String = "SolveXia's status",
        /// Ours.
        outcome: String = "Outcome",
        /// What it rests on.
        because: String = "Because",
        /// The date that SolveXia gave, without a zone.
        started_by_solvexia: String = "Started (SolveXia's date, no zone)",
        /// The date that SolveXia gave, without a zone.
        finished_by_solvexia: String = "Finished (SolveXia's date, no zone)",
        /// When it started.
        started: Option<Timestamp> = "Started (UTC)",
        /// When it finished.
        finished: Option<Timestamp> = "Finished (UTC)",
        /// How long it took.
        seconds: Option<f64> = "Seconds",
        /// When this was read.
        captured: Option<Timestamp> = "Captured (UTC)",
        /// Whether its process was taken out of the plan.
        mark: String = "Mark",
    }
);
row!(
    /// One step of an attempt.
    StepRow, "steps" {
        /// The run.
        run: String = "Run id",
        /// Which attempt.
        attempt: u32 = "Attempt",
        /// Its place.
        order: String = "Order",
        /// The step; empty for a gap.
        step: String = "Step id",
        /// Its name.
        name: String = "Step",
        /// SolveXia's word.
        status: String = "SolveXia's status",
        /// When it started.
        started: Option<Timestamp> = "Started (UTC)",
        /// When it finished.
        finished: Option<Timestamp> = "Finished (UTC)",
        /// SolveXia's message.
        message: String = "Message",
        /// Skipped, added by hand, or a gap in the numbering.
        mark: String = "Mark",
    }
);
row!(
    /// One action from here.
    ActionRow, "actions" {
        /// The run.
        run: String = "Run id",
        /// What was asked for.
        action: String = "Action",
        /// The account's identity.
        who: String = "Who",
        /// The user of the computer.
        computer_user: String = "User of the computer",
        /// When it was asked for.
        at: Option<Timestamp> = "At (UTC)",
        /// What its owner typed.
        why: String = "Why",
        /// What SolveXia answered.
        answer: String = "Answer",
        /// SolveXia's support id.
        support_id: String = "Support id",
    }
);
row!(
    /// From a failure to its resolution.
    ExceptionRow, "exceptions" {
        /// The process.
        process: String = "Process id",
        /// The run that failed.
        run: String = "Run id",
        /// Which attempt.
        attempt: u32 = "Attempt",
        /// How it ended.
        outcome: String = "Outcome",
        /// When.
        failed: Option<Timestamp> = "Failed (UTC)",
        /// What resolved it; empty where nothing did.
        resolved_by: String = "Resolved by",
        /// When.
        resolved: Option<Timestamp> = "Resolved (UTC)",
        /// Whether its process was taken out of the plan.
        mark: String = "Mark",
    }
);
row!(
    /// A forecast as it was shown.
    ForecastRow, "forecasts" {
        /// When.
        at: Option<Timestamp> = "Shown (UTC)",
        /// The chance, in percent, if nothing fails.
        percent: Option<u8> = "Chance in percent (if nothing fails)",
        /// One in ten is earlier.
        early: Option<Timestamp> = "Finish, early (UTC)",
        /// Half are earlier.
        middle: Option<Timestamp> = "Finish, middle (UTC)",
        /// One in ten is later.
        late: Option<Timestamp> = "Finish, late (UTC)",
    }
);
row!(
    /// An alarm as it was told.
    AlarmRow, "alarms" {
        /// When.
        at: Option<Timestamp> = "Told (UTC)",
        /// What.
        title: String = "Title",
        /// The text.
        body: String = "Text",
    }
);

/// What a pack says of itself and its close.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Header {
    /// The plan.
    pub plan: String,
    /// The period.
    pub period: String,
    /// The plan's zone.
    pub zone: String,
    /// The cut-off.
    pub cut_off: Option<Timestamp>,
    /// From when on its runs are made or started.
    pub from: Option<Timestamp>,
    /// Until when; none where no period follows.
    pub to: Option<Timestamp>,
    /// The calendar's name.
    pub calendar: String,
    /// Where the account lives.
    pub environment: String,
    /// Who it is.
    pub identity: String,
    /// The app's version.
    pub version: String,
    /// When this was written.
    pub extracted: Option<Timestamp>,
    /// By how many seconds SolveXia's clock is ahead of this computer's; none where that is not known.
    pub clock_offset_seconds: Option<f64>,
}

/// All that a pack holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Evidence {
    /// What it is of.
    pub header: Header,
    /// The days off of its calendar.
    pub calendar: Vec<DayOffRow>,
    /// The plan's items.
    pub expected: Vec<ExpectedRow>,
    /// Every listed run of the window.
    pub listed: Vec<ListedRunRow>,
    /// What could not be read.
    pub unread: Vec<UnreadRow>,
    /// Attempts.
    pub runs: Vec<RunRow>,
    /// Their steps.
    pub steps: Vec<StepRow>,
    /// Actions.
    pub actions: Vec<ActionRow>,
    /// Failures and what became of them.
    pub exceptions: Vec<ExceptionRow>,
    /// Forecasts.
    pub forecasts: Vec<ForecastRow>,
    /// Alarms.
    pub alarms: Vec<AlarmRow>,
}

impl Header {
    pub(crate) fn title(&self) -> String {
        format!("{}, {}", self.plan, self.period)
    }

    /// `calendar` is the file of the days off.
    fn table(&self, calendar: &str) -> Table {
        let row = |name: &str, value: String| vec![name.to_owned(), value];
        Table {
            name: "header",
            columns: &["What", "Value"],
            rows: vec![
                row("Plan", self.plan.cell()),
                row("Period", self.period.cell()),
                row("Time zone", self.zone.cell()),
                row("Cut-off (UTC)", self.cut_off.cell()),
                row("Runs from (UTC)", self.from.cell()),
                row("Runs until (UTC)", self.to.cell()),
                row("Calendar", self.calendar.cell()),
                row("Calendar, SHA-256 of calendar.csv", calendar.to_owned()),
                row("Environment", self.environment.cell()),
                row("Identity", self.identity.cell()),
                row("Runwatch version", self.version.cell()),
                row("Extracted (UTC)", self.extracted.cell()),
                row(
                    "SolveXia's clock is ahead by (seconds)",
                    self.clock_offset_seconds.cell(),
                ),
                row("Steps", "SolveXia lists data steps only".to_owned()),
            ],
        }
    }
}

impl Evidence {
    /// # Errors
    /// What the CSV writer says.
    pub(crate) fn tables(&self) -> Result<Vec<Table>, csv::Error> {
        let calendar = DayOffRow::table(&self.calendar);
        let hash = sha256(&csv_text::write(&calendar)?);
        Ok(vec![
            self.header.table(&hash),
            calendar,
            ExpectedRow::table(&self.expected),
            ListedRunRow::table(&self.listed),
            UnreadRow::table(&self.unread),
            RunRow::table(&self.runs),
            StepRow::table(&self.steps),
            ActionRow::table(&self.actions),
            ExceptionRow::table(&self.exceptions),
            ForecastRow::table(&self.forecasts),
            AlarmRow::table(&self.alarms),
        ])
    }
}
