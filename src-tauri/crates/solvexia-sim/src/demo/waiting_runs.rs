//! The demo's runs that wait to be started, and the one that repeats.

use jiff::{Span, Timestamp};

use super::calendar::month_name;
use super::ids::{
    DEMO_FAILING_RUN, DEMO_LIVE_RUN, DEMO_LONG_NAME_RUN, DEMO_LONG_RUN, DEMO_QUICK_RUN,
    DEMO_WARNING_RUN,
};
use super::processes::{
    ACCRUALS, BANK_IMPORT, BANK_RECONCILIATION, CONSOLIDATION, FIXED_ASSETS, INTERCOMPANY_MATCHING,
    Process,
};
use super::run_seeds::{ending, with_ids};
use crate::model::seeds::{RunPlan, RunSeed};
use crate::model::status::{RunStatus, StepStatus};

const LIVE_REST_SECONDS: f64 = 30.0;

pub fn seeds(now: Timestamp) -> Vec<RunSeed> {
    let month = month_name(now, 1);
    let all = vec![
        waiting(now, DEMO_QUICK_RUN, &BANK_RECONCILIATION, &month),
        failing(waiting(
            now,
            DEMO_FAILING_RUN,
            &INTERCOMPANY_MATCHING,
            &month,
        )),
        warning(waiting(now, DEMO_WARNING_RUN, &ACCRUALS, &month)),
        waiting(now, DEMO_LONG_RUN, &CONSOLIDATION, &month),
        waiting(now, DEMO_LONG_NAME_RUN, &FIXED_ASSETS, &long_period(&month)),
        live(waiting(now, DEMO_LIVE_RUN, &BANK_IMPORT, "intraday")),
    ];
    let created = now - Span::new().hours(20);
    all.into_iter()
        .map(|seed| RunSeed {
            date_created: Some(created),
            ..seed
        })
        .collect()
}

fn waiting(now: Timestamp, id: &str, process: &Process, period: &str) -> RunSeed {
    RunSeed {
        name: Some(format!("{} : {period}", process.name)),
        process: Some(process.id.to_owned()),
        description: process.description.to_owned(),
        ..RunSeed::new(id, with_ids(id, (process.steps)(now)))
    }
}

fn failing(run: RunSeed) -> RunSeed {
    let message = "The balance of entity 104 is missing: 3 pairs not matched";
    let mut run = ending(run, "1.3", StepStatus::Failed, message);
    run.steps = run
        .steps
        .into_iter()
        .map(|step| match step.ends {
            StepStatus::Failed => step.then(StepStatus::Success, "All 41 pairs matched"),
            _ => step,
        })
        .collect();
    run
}

fn warning(run: RunSeed) -> RunSeed {
    let message = "12 accruals have no cost centre and went to 9999";
    ending(run, "1.3", StepStatus::Warning, message)
}

fn live(run: RunSeed) -> RunSeed {
    let plan = RunPlan {
        cycle_seconds: Some(LIVE_REST_SECONDS),
        ..RunPlan::default()
    };
    RunSeed {
        plan,
        ..run.status(RunStatus::Running)
    }
}

fn long_period(month: &str) -> String {
    format!(
        "{month} (all entities, statutory and group accounts, including the late additions of \
         the third quarter and the leases under IFRS 16, second version after review)"
    )
}
