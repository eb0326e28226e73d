//! The demo's runs that have ended.

use jiff::{Span, Timestamp};

use super::calendar::{closing_morning, month_end, month_name, morning};
use super::ids::{
    DEMO_CANCELLED_RUN, DEMO_FAILED_RUN, DEMO_SUCCEEDED_RUN, DEMO_TIMED_OUT_RUN, DEMO_WARNED_RUN,
};
use super::month_ends;
use super::processes::{
    ALL, BANK_IMPORT, BANK_RECONCILIATION, CONSOLIDATION, FX_REVALUATION, MANAGEMENT_PACK,
    PAYROLL_JOURNAL, Process, VAT_RETURN,
};
use super::run_seeds::{ending, with_ids};
use crate::model::seeds::{RunSeed, StepSeed};
use crate::model::status::{RunStatus, StepStatus};

const DAYS_OF_IMPORTS: i32 = 40;
const FIRST_ID_OF_MONTHS: i32 = 21_001;
const FIRST_ID_OF_IMPORTS: i32 = 22_001;

pub fn seeds(now: Timestamp) -> Vec<RunSeed> {
    let mut all = older_months(now);
    all.extend(well_known(now));
    all.extend(daily_imports(now));
    all
}

/// The runs in the months before the last one of every process that is in no month-end; most succeeded.
fn older_months(now: Timestamp) -> Vec<RunSeed> {
    let months = (2..=4).rev();
    let others = || {
        ALL.iter()
            .take(10)
            .filter(|process| !month_ends::has(process))
    };
    let each = months.flat_map(|month| others().map(move |process| (month, process)));
    each.zip(FIRST_ID_OF_MONTHS..)
        .map(|((month, process), id)| {
            let run = ended(
                &format!("pr-{id}"),
                process,
                now,
                month,
                id - FIRST_ID_OF_MONTHS,
            );
            match id % 8 {
                3 => last_step_ending(run, StepStatus::Warning, "2 amounts were rounded"),
                6 => last_step_ending(run, StepStatus::Failed, "The ledger period is closed"),
                _ => run,
            }
        })
        .collect()
}

/// One run of each outcome, with a fixed id.
fn well_known(now: Timestamp) -> Vec<RunSeed> {
    let last_month = |id, process, minute| ended(id, process, now, 1, minute);
    let failed = ended(DEMO_FAILED_RUN, &BANK_RECONCILIATION, now, 1, 15);
    let failed = RunSeed {
        name: Some(format!(
            "Bank reconciliation : {} (first attempt)",
            month_name(now, 1)
        )),
        ..failed
    };
    vec![
        ending(failed, "1.4", StepStatus::Failed, &bank_file_missing(now)),
        last_month(DEMO_SUCCEEDED_RUN, &FX_REVALUATION, 35),
        ending(
            last_month(DEMO_WARNED_RUN, &PAYROLL_JOURNAL, 50),
            "1.2",
            StepStatus::Warning,
            "The control total differs by 0.03",
        ),
        last_month(DEMO_CANCELLED_RUN, &VAT_RETURN, 65).status(RunStatus::Cancelled),
        last_month(DEMO_TIMED_OUT_RUN, &MANAGEMENT_PACK, 80).status(RunStatus::TimedOut),
    ]
    .into_iter()
    .map(broken_off_midway)
    .collect()
}

fn bank_file_missing(now: Timestamp) -> String {
    let day = month_end(now).strftime("%-d %b");
    format!("Bank file for {day} is missing: 3 accounts not matched")
}

/// Makes the steps of cancelled and timed-out runs long enough that they ended half-way.
fn broken_off_midway(run: RunSeed) -> RunSeed {
    match run.status {
        Some(RunStatus::Cancelled | RunStatus::TimedOut) => RunSeed {
            steps: run.steps.into_iter().map(slowed).collect(),
            ..run
        },
        _ => run,
    }
}

fn slowed(step: StepSeed) -> StepSeed {
    StepSeed {
        seconds: step.seconds * 75.0,
        ..step
    }
}

fn daily_imports(now: Timestamp) -> Vec<RunSeed> {
    (1..=DAYS_OF_IMPORTS)
        .rev()
        .zip(FIRST_ID_OF_IMPORTS..)
        .map(|(days_back, id)| {
            let (day, started) = morning(now, days_back);
            let minutes = 3 + id % 5;
            let run = between(&format!("pr-{id}"), &BANK_IMPORT, &day, started, minutes);
            match id % 13 {
                4 => ending(
                    run,
                    "1.2",
                    StepStatus::Failed,
                    "A statement ends without its total",
                ),
                9 => ending(run, "1.4", StepStatus::Warning, "1 account is not known"),
                _ => run,
            }
        })
        .collect()
}

fn ended(id: &str, process: &Process, now: Timestamp, months_back: i32, minute: i32) -> RunSeed {
    let started = closing_morning(now, months_back, minute);
    let minutes = if process.id == CONSOLIDATION.id {
        34 + minute % 6
    } else {
        6 + minute % 17
    };
    between(id, process, &month_name(now, months_back), started, minutes)
}

pub fn between(
    id: &str,
    process: &Process,
    period: &str,
    started: Timestamp,
    minutes: i32,
) -> RunSeed {
    RunSeed {
        name: Some(format!("{} : {period}", process.name)),
        process: Some(process.id.to_owned()),
        description: process.description.to_owned(),
        status: Some(RunStatus::Finished),
        date_started: Some(started),
        date_finished: Some(started + Span::new().minutes(minutes).seconds(minutes * 7 % 60)),
        ..RunSeed::new(id, with_ids(id, (process.steps)(started)))
    }
}

fn last_step_ending(run: RunSeed, status: StepStatus, message: &str) -> RunSeed {
    match run.steps.last().map(|step| step.order.clone()) {
        Some(order) => ending(run, &order, status, message),
        None => run,
    }
}
