//! Closes: what was fixed when they were opened, and what has come of them.

use std::collections::BTreeSet;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use runwatch_core::close::alarms::{AlarmMemory, Cause};
use runwatch_core::close::binding::{Binding, BoundBy};
use runwatch_core::close::kept::{KeptClose, ToldOfClose};
use runwatch_core::close::open::{Close, Due, Window};
use runwatch_core::close::periods::Period;
use runwatch_core::close::plan::PlanId;
use runwatch_core::close::working_days::Calendar;
use runwatch_core::ids::{ProcessId, RunId};
use serde::{Deserialize, Serialize};

use super::plan::{CalendarForm, ItemForm, item, process, read_item};
use super::{Stored, parsed};

#[derive(Serialize, Deserialize)]
pub struct CloseForm {
    plan: String,
    first: Date,
    last: Date,
    cut_off: Timestamp,
    from: Timestamp,
    to: Option<Timestamp>,
    due: Vec<DueForm>,
    calendar: CalendarForm,
    seed: u64,
    archived: bool,
    bindings: Vec<BindingForm>,
    set_aside: BTreeSet<String>,
    #[serde(default)]
    taken_off: BTreeSet<String>,
    alarms: AlarmMemoryForm,
    next_steps: BTreeSet<String>,
    did_not_start: BTreeSet<String>,
    #[serde(default)]
    items: Option<Vec<ItemForm>>,
    through: Option<Timestamp>,
    /// What an older version kept was taken for seen.
    #[serde(default = "yes")]
    seen_since_cut_off: bool,
    something_failed: bool,
}

fn yes() -> bool {
    true
}

#[derive(Serialize, Deserialize)]
struct DueForm {
    process: String,
    at: Timestamp,
    grace_seconds: i64,
}

#[derive(Serialize, Deserialize)]
struct BindingForm {
    process: String,
    run: String,
    by: String,
    #[serde(default)]
    accepted: Option<u32>,
    #[serde(default)]
    passed_over: BTreeSet<String>,
}

#[derive(Serialize, Deserialize)]
struct AlarmMemoryForm {
    under_since: Option<Timestamp>,
    expected_late: bool,
    told: Vec<CauseForm>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum CauseForm {
    ExpectedLate,
    Late,
    Unclear,
    Blocked(String),
}

impl Stored for KeptClose {
    type Form = CloseForm;

    fn to_form(&self) -> CloseForm {
        let Close {
            plan,
            period,
            cut_off,
            window,
            due,
            calendar,
            seed,
        } = &self.close;
        let due = due.iter().map(|(process, due)| DueForm {
            process: process.to_string(),
            at: due.at,
            grace_seconds: due.grace.as_secs(),
        });
        let binding = |binding: &Binding| BindingForm {
            process: binding.process.to_string(),
            run: binding.run.to_string(),
            by: binding.by.to_form(),
            accepted: binding.accepted,
            passed_over: runs(&binding.passed_over),
        };
        CloseForm {
            plan: plan.0.clone(),
            first: period.first,
            last: period.last,
            cut_off: *cut_off,
            from: window.from,
            to: window.to,
            due: due.collect(),
            calendar: calendar.to_form(),
            seed: *seed,
            archived: self.archived,
            bindings: self.bindings.iter().map(binding).collect(),
            set_aside: runs(&self.set_aside),
            taken_off: runs(&self.taken_off),
            alarms: alarms(&self.told.alarms),
            next_steps: texts(&self.told.next_steps),
            did_not_start: texts(&self.told.did_not_start),
            items: self
                .items
                .as_ref()
                .map(|items| items.iter().map(item).collect()),
            through: self.through,
            seen_since_cut_off: self.seen_since_cut_off,
            something_failed: self.something_failed,
        }
    }

    fn from_form(form: CloseForm) -> rusqlite::Result<Self> {
        let due = form.due.into_iter().map(|due| {
            let grace = SignedDuration::from_secs(due.grace_seconds);
            Ok((process(&due.process)?, Due { at: due.at, grace }))
        });
        let binding = |form: BindingForm| {
            Ok(Binding {
                process: process(&form.process)?,
                run: parsed(&form.run, RunId::parse)?,
                by: BoundBy::from_form(form.by)?,
                accepted: form.accepted,
                passed_over: read_runs(&form.passed_over)?,
            })
        };
        let items = form.items.map(|items| items.into_iter().map(read_item));
        Ok(Self {
            close: Close {
                plan: PlanId(form.plan),
                period: Period {
                    first: form.first,
                    last: form.last,
                },
                cut_off: form.cut_off,
                window: Window {
                    from: form.from,
                    to: form.to,
                },
                due: due.collect::<rusqlite::Result<_>>()?,
                calendar: Calendar::from_form(form.calendar)?,
                seed: form.seed,
            },
            archived: form.archived,
            bindings: form
                .bindings
                .into_iter()
                .map(binding)
                .collect::<rusqlite::Result<_>>()?,
            set_aside: read_runs(&form.set_aside)?,
            taken_off: read_runs(&form.taken_off)?,
            told: ToldOfClose {
                alarms: read_alarms(form.alarms)?,
                next_steps: processes(&form.next_steps)?,
                did_not_start: processes(&form.did_not_start)?,
            },
            items: items.map(Iterator::collect).transpose()?,
            through: form.through,
            seen_since_cut_off: form.seen_since_cut_off,
            something_failed: form.something_failed,
        })
    }
}

fn alarms(memory: &AlarmMemory) -> AlarmMemoryForm {
    let cause = |cause: &Cause| match cause {
        Cause::ExpectedLate => CauseForm::ExpectedLate,
        Cause::Late => CauseForm::Late,
        Cause::Unclear => CauseForm::Unclear,
        Cause::Blocked(process) => CauseForm::Blocked(process.to_string()),
    };
    AlarmMemoryForm {
        under_since: memory.under_since,
        expected_late: memory.expected_late,
        told: memory.told.iter().map(cause).collect(),
    }
}

fn read_alarms(form: AlarmMemoryForm) -> rusqlite::Result<AlarmMemory> {
    let cause = |form: CauseForm| {
        Ok(match form {
            CauseForm::ExpectedLate => Cause::ExpectedLate,
            CauseForm::Late => Cause::Late,
            CauseForm::Unclear => Cause::Unclear,
            CauseForm::Blocked(id) => Cause::Blocked(process(&id)?),
        })
    };
    let told = form.told.into_iter().map(cause);
    Ok(AlarmMemory {
        under_since: form.under_since,
        expected_late: form.expected_late,
        told: told.collect::<rusqlite::Result<_>>()?,
    })
}

fn texts(processes: &BTreeSet<ProcessId>) -> BTreeSet<String> {
    processes.iter().map(ToString::to_string).collect()
}

fn runs(runs: &BTreeSet<RunId>) -> BTreeSet<String> {
    runs.iter().map(ToString::to_string).collect()
}

fn read_runs(texts: &BTreeSet<String>) -> rusqlite::Result<BTreeSet<RunId>> {
    texts.iter().map(|id| parsed(id, RunId::parse)).collect()
}

fn processes(texts: &BTreeSet<String>) -> rusqlite::Result<BTreeSet<ProcessId>> {
    texts.iter().map(|id| process(id)).collect()
}
