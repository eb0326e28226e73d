//! What is known of a close's runs, brought together by this computer's clock.

use jiff::{SignedDuration, Timestamp};
use runwatch_core::attempt::{Attempt, Phase};
use runwatch_core::close::item_state::BoundRun;
use runwatch_core::close::kept::{CapturedAttempt, KeptClose};
use runwatch_core::close::plan::Plan;
use runwatch_core::close::steps_before::EarlierSteps;
use runwatch_core::duration_sample::DurationSample;
use runwatch_core::error::StoreError;
use runwatch_core::ids::{ProcessId, RunId, RunKey};
use runwatch_core::observation::Step;
use runwatch_core::run::Run;
use runwatch_core::server_dates::ServerDates;

use crate::close::process_history::ProcessHistory;
use crate::engine::Engine;
use crate::runs::process_key::run_key;

/// What is known of SolveXia's clock changes by less.
const ROUNDING: SignedDuration = SignedDuration::from_mins(1);

/// What is known of a close's runs.
#[derive(Debug, Clone, Default)]
pub(crate) struct Gathered {
    /// The run of each item, by its place, with its steps.
    pub runs: Vec<Option<(Run, Vec<Step>)>>,
    /// Whether its owner said that it counts as it ended, by the item's place.
    pub accepted: Vec<bool>,
    /// Items whose run was taken off the list, and of which no end is kept.
    pub lost: Vec<ProcessId>,
    /// Processes that SolveXia no longer has.
    pub gone: Vec<ProcessId>,
    /// Complete earlier runs.
    pub samples: Vec<DurationSample>,
    /// Runs that stood for items of other closes.
    pub counted: Vec<RunId>,
    /// Their steps.
    pub earlier_steps: Vec<EarlierSteps>,
}

impl Gathered {
    /// The run of each item, as what is decided of it wants them.
    pub(crate) fn bound_runs<'a>(&'a self) -> Vec<Option<BoundRun<'a>>> {
        let known = self.runs.iter().map(Option::as_ref).zip(&self.accepted);
        let bound = |(run, steps): &'a (Run, Vec<Step>), is_accepted| BoundRun {
            run,
            steps,
            is_accepted,
        };
        known
            .map(|(known, is_accepted)| known.map(|known| bound(known, *is_accepted)))
            .collect()
    }
}

impl Engine {
    /// The close with its moments as this computer's clock has them, as those of runs are.
    pub(crate) fn close_here(&self, plan: &Plan, kept: &KeptClose) -> KeptClose {
        kept.by_this_clock(self.clock_ahead(&plan.draft().account))
    }

    /// Gathers what is known of a close, by the bindings of `kept`, whose moments are by this computer's clock.
    pub(crate) async fn gather(
        &self,
        plan: &Plan,
        kept: &KeptClose,
    ) -> Result<Gathered, StoreError> {
        let account = &plan.draft().account;
        let dates = self.server_dates(account);
        let counted = self.runs_of_other_closes(account, &kept.id());
        let mut gathered = Gathered {
            counted: counted.into_iter().collect(),
            ..Gathered::default()
        };
        for item in plan.items() {
            let of = (account.clone(), item.process.clone());
            let history = self.process_history(&of).await?;
            let samples = history.samples.iter().cloned();
            gathered
                .samples
                .extend(samples.map(|sample| sample.by_this_clock(&dates)));
            if self.closes.found(&kept.id(), &of, |found| found.is_gone) {
                gathered.gone.push(item.process.clone());
            }
            let bound = kept
                .bound(&item.process)
                .map(|bound| run_key(&of, &bound.run));
            let began = bound.as_ref().and_then(|key| self.began(key, &history));
            gathered
                .earlier_steps
                .extend(earlier_steps(&history, kept, began, &dates));
            let run = bound.and_then(|key| {
                let known = self.known_run(&key, &history, &dates, kept);
                if known.is_none() {
                    gathered.lost.push(item.process.clone());
                }
                known
            });
            let accepted = kept.bound(&item.process).and_then(|bound| bound.accepted);
            let attempt = run.as_ref().map(|(run, _)| run.attempt_number());
            gathered
                .accepted
                .push(accepted.is_some() && accepted == attempt);
            gathered.runs.push(run);
        }
        Ok(gathered)
    }

    /// When a run's first known attempt began, as SolveXia wrote it.
    fn began(&self, key: &RunKey, history: &ProcessHistory) -> Option<Timestamp> {
        let ends = history.captured.iter().filter(|kept| kept.key == *key);
        let first = ends.min_by_key(|kept| kept.attempt);
        let of_list = || {
            let tracked = self.runs.get(key).ok()?;
            tracked.read(|state| state.run.attempt.as_ref()?.stamp.started)
        };
        first.and_then(|kept| kept.stamp.started).or_else(of_list)
    }

    /// A run as it stood when the close, by this clock, was over; before that as the list has it, or as its latest end was kept.
    fn known_run(
        &self,
        key: &RunKey,
        history: &ProcessHistory,
        dates: &ServerDates,
        close: &KeptClose,
    ) -> Option<(Run, Vec<Step>)> {
        let ends = || history.captured.iter().filter(|kept| kept.key == *key);
        let over = close.over_from().filter(|over| self.now() >= *over);
        let of_close = over.and_then(|over| {
            let began = |kept: &&CapturedAttempt| began_at(kept, dates) <= over + ROUNDING;
            ends().filter(began).max_by_key(|kept| kept.attempt)
        });
        let listed = self.runs.get(key).ok();
        let listed = listed.map(|tracked| tracked.state().by_this_clock(dates));
        // What was begun anew before the close was over is of it, whenever it ends.
        let goes_on = |kept: &CapturedAttempt| {
            let attempt = listed.as_ref().and_then(|state| state.run.attempt.as_ref());
            attempt.is_some_and(|attempt| {
                let began = attempt_began(attempt);
                attempt.number > kept.attempt
                    && began
                        .zip(over)
                        .is_some_and(|(at, over)| at <= over + ROUNDING)
            })
        };
        if let Some(kept) = of_close.filter(|kept| !goes_on(kept)) {
            return Some(shown(kept, dates));
        }
        if let Some(state) = listed {
            // A run that went from SolveXia before it ended never will: nothing is known of how it ends.
            let is_lost = state.gone
                && !state
                    .run
                    .attempt
                    .as_ref()
                    .is_some_and(|one| one.stamp.ended());
            return (!is_lost).then(|| (sure_dates(state.run, dates), state.steps));
        }
        let latest = ends().max_by_key(|kept| kept.attempt)?;
        Some(shown(latest, dates))
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

/// The steps of complete runs that ended before the item's own began: what comes later changes nothing of it.
fn earlier_steps(
    history: &ProcessHistory,
    kept: &KeptClose,
    before: Option<Timestamp>,
    dates: &ServerDates,
) -> Vec<EarlierSteps> {
    let is_of_close = |run: &RunId| kept.bindings.iter().any(|bound| bound.run == *run);
    let here = |date| dates.run_moment(date);
    let is_earlier = |finished: Option<Timestamp>| {
        before.is_none_or(|before| finished.is_some_and(|date| here(date) <= here(before)))
    };
    let earlier = history.earlier_steps.iter();
    earlier
        .filter(|one| !is_of_close(&one.run) && is_earlier(one.finished))
        .map(|one| one.steps.clone())
        .collect()
}

/// When an attempt ended (UTC); where SolveXia's date does not say so, when that was read.
fn ended_at(kept: &CapturedAttempt, dates: &ServerDates) -> Timestamp {
    let finished = kept.stamp.finished;
    let by_date = finished.and_then(|date| dates.run_moment_seen(date, kept.captured));
    by_date.unwrap_or(kept.captured)
}

/// When it began; where that is not known, when it ended.
fn began_at(kept: &CapturedAttempt, dates: &ServerDates) -> Timestamp {
    let started = kept.stamp.started;
    let by_date = started.and_then(|date| dates.run_moment_seen(date, kept.captured));
    by_date.unwrap_or_else(|| ended_at(kept, dates))
}

/// When an attempt of the list began, by this computer's clock: started from here, at that moment.
fn attempt_began(attempt: &Attempt) -> Option<Timestamp> {
    match &attempt.phase {
        Phase::Proving { since, .. } => Some(*since),
        _ => attempt.stamp.started,
    }
}

/// An attempt that was kept, with its steps, by this computer's clock.
fn shown(kept: &CapturedAttempt, dates: &ServerDates) -> (Run, Vec<Step>) {
    let steps = kept.steps.iter().cloned();
    let steps = steps.map(|step| step.by_this_clock(dates)).collect();
    let mut run = run_of(kept).by_this_clock(dates);
    if let Some(attempt) = &mut run.attempt {
        let finished = attempt.stamp.finished.as_mut();
        finished
            .into_iter()
            .for_each(|at| *at = ended_at(kept, dates));
    }
    (sure_dates(run, dates), steps)
}

/// The run without dates of which nobody knows the zone: by such a date a close could be through too early.
fn sure_dates(mut run: Run, dates: &ServerDates) -> Run {
    let unsure = run.attempt.as_mut().filter(|_| dates.knows_no_zone());
    if let Some(attempt) = unsure.filter(|one| one.stamp.ended()) {
        attempt.stamp.started = None;
        attempt.stamp.finished = None;
    }
    run
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
