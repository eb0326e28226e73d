//! What is known of a close's runs, brought together by this computer's clock.

use jiff::{SignedDuration, Timestamp};
use runwatch_core::attempt::{Attempt, Phase};
use runwatch_core::close::binding::Candidate;
use runwatch_core::close::kept::{CapturedAttempt, KeptClose};
use runwatch_core::close::open::Window;
use runwatch_core::close::plan::{Item, Plan};
use runwatch_core::close::steps_before::EarlierSteps;
use runwatch_core::duration_sample::DurationSample;
use runwatch_core::error::StoreError;
use runwatch_core::ids::{ProcessId, RunId, RunKey};
use runwatch_core::observation::Step;
use runwatch_core::run::Run;
use runwatch_core::server_dates::ServerDates;

use crate::close::process_history::ProcessHistory;
use crate::engine::Engine;

/// Dates without a zone are off by this at most, while their zone is not known.
const ZONES: SignedDuration = SignedDuration::from_hours(14);

/// What is known of a close's runs.
#[derive(Debug, Clone, Default)]
pub(crate) struct Gathered {
    /// The run of each item, by its place, with its steps.
    pub runs: Vec<Option<(Run, Vec<Step>)>>,
    /// Items whose run was taken off the list, and of which no end is kept.
    pub lost: Vec<ProcessId>,
    /// Processes that SolveXia no longer has.
    pub gone: Vec<ProcessId>,
    /// Complete earlier runs.
    pub samples: Vec<DurationSample>,
    /// Their steps.
    pub earlier_steps: Vec<EarlierSteps>,
}

impl Engine {
    /// What is known of a close whose bindings are these.
    pub(crate) async fn gather(
        &self,
        plan: &Plan,
        kept: &KeptClose,
    ) -> Result<Gathered, StoreError> {
        let account = &plan.draft().account;
        let dates = self.server_dates(account);
        let mut gathered = Gathered::default();
        for item in plan.items() {
            let of = (account.clone(), item.process.clone());
            let history = self.process_history(&of).await?;
            let samples = history.samples.iter().cloned();
            gathered
                .samples
                .extend(samples.map(|sample| sample.by_this_clock(dates)));
            gathered.earlier_steps.extend(earlier_steps(&history, kept));
            if self.closes.found(&kept.id(), &of, |found| found.is_gone) {
                gathered.gone.push(item.process.clone());
            }
            let bound = kept.bound(&item.process).map(|binding| RunKey {
                account: account.clone(),
                run: binding.run.clone(),
            });
            let run = bound.and_then(|key| {
                let known = self.known_run(&key, &history, dates);
                if known.is_none() {
                    gathered.lost.push(item.process.clone());
                }
                known
            });
            gathered.runs.push(run);
        }
        Ok(gathered)
    }

    /// A run of the list, or as its latest end was kept.
    fn known_run(
        &self,
        key: &RunKey,
        history: &ProcessHistory,
        dates: ServerDates,
    ) -> Option<(Run, Vec<Step>)> {
        if let Ok(tracked) = self.runs.get(key) {
            let state = tracked.state().by_this_clock(dates);
            return Some((state.run, state.steps));
        }
        let of_run = history.captured.iter().filter(|kept| kept.key == *key);
        let latest = of_run.max_by_key(|kept| kept.attempt)?;
        let run = run_of(latest).by_this_clock(dates);
        let steps = latest.steps.iter().cloned();
        Some((run, steps.map(|step| step.by_this_clock(dates)).collect()))
    }

    /// The runs of the list that may be meant by an item of this close.
    pub(crate) fn candidates(&self, plan: &Plan, kept: &KeptClose) -> Vec<Candidate> {
        let account = &plan.draft().account;
        let dates = self.server_dates(account);
        let mut candidates: Vec<Candidate> = self
            .runs
            .of_account(account)
            .iter()
            .filter_map(|tracked| {
                let process = tracked.read(|state| state.run.info.process.clone())?;
                let item = plan.item(&process)?;
                let run = tracked.read(|state| state.run_by_this_clock(dates));
                Some(candidate(item, &run, kept.close.window, dates))
            })
            .filter(|candidate| !kept.set_aside.contains(&candidate.run))
            .collect();
        candidates.sort_by(|a, b| a.run.cmp(&b.run));
        candidates
    }

    /// How a run is called here; its id where it is not in the list.
    pub(crate) fn run_name(&self, key: &RunKey) -> String {
        let tracked = self.runs.get(key);
        tracked.map_or_else(
            |_| key.run.to_string(),
            |tracked| tracked.read(|state| state.run.info.name.clone()),
        )
    }
}

fn candidate(item: &Item, run: &Run, window: Window, dates: ServerDates) -> Candidate {
    let sure = |date: Option<Timestamp>| date.filter(|date| is_sure(*date, window, dates));
    let attempt = run.attempt.as_ref();
    let did_not_pass = match attempt.map(|attempt| &attempt.phase) {
        Some(Phase::Ended { outcome, .. }) => !item.gate.lets_pass(*outcome),
        Some(Phase::Unseen) => true,
        _ => false,
    };
    Candidate {
        run: run.key.run.clone(),
        process: item.process.clone(),
        created: sure(run.info.date_created),
        started: sure(attempt.and_then(|attempt| attempt.stamp.started)),
        did_not_pass,
    }
}

/// Whether a date of a run lies in the window or outside it, whatever its zone.
pub(crate) fn is_sure(date: Timestamp, window: Window, dates: ServerDates) -> bool {
    let edges = [date.checked_sub(ZONES), date.checked_add(ZONES)];
    let holds = window.holds(date);
    let same = |edge: &Result<Timestamp, jiff::Error>| {
        edge.as_ref().is_ok_and(|edge| window.holds(*edge) == holds)
    };
    dates.zone.is_some() || edges.iter().all(same)
}

/// The steps of complete earlier runs; those of this close are what they are compared with.
fn earlier_steps(history: &ProcessHistory, kept: &KeptClose) -> Vec<EarlierSteps> {
    let is_of_close = |run: &RunId| kept.bindings.iter().any(|bound| bound.run == *run);
    let earlier = history.earlier_steps.iter();
    earlier
        .filter(|(run, _)| !is_of_close(run))
        .map(|(_, steps)| steps.clone())
        .collect()
}

/// An attempt that was kept, as a run of the list would show it.
fn run_of(kept: &CapturedAttempt) -> Run {
    let phase = Phase::Ended {
        outcome: kept.outcome,
        silent: true,
    };
    let mut run = Run::new(kept.key.clone());
    run.info.name = kept.run_name.clone();
    run.info.process = Some(kept.process.clone());
    run.info.date_created = kept.created;
    run.duration_seconds = kept.seconds;
    run.attempt = Some(Attempt {
        number: kept.attempt,
        ..Attempt::first(kept.stamp.clone(), phase)
    });
    run
}
