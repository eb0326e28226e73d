//! The runs that may be meant by the items of a close, and those that other closes have.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use runwatch_core::attempt::{Attempt, Phase};
use runwatch_core::close::binding::Candidate;
use runwatch_core::close::kept::{CloseId, KeptClose};
use runwatch_core::close::open::Window;
use runwatch_core::close::plan::{Item, Plan};
use runwatch_core::ids::{AccountId, RunId};
use runwatch_core::run::Run;
use runwatch_core::server_dates::ServerDates;
use runwatch_core::status::RunStatus;

use crate::engine::Engine;

/// Dates without a zone are off by this at most, while their zone is not known.
const ZONES: SignedDuration = SignedDuration::from_hours(14);

impl Engine {
    /// The runs of the list that may be meant by an item of this close, which is by this clock.
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
                let window = kept.close.window;
                Some(tracked.read(|state| candidate(item, &state.run, window, &dates)))
            })
            .filter(|candidate| !kept.set_aside.contains(&candidate.run))
            .collect();
        let accounts = self.accounts.of_same_environment(account);
        for candidate in &mut candidates {
            candidate.is_shared =
                self.closes
                    .can_mean_elsewhere(&kept.id(), candidate, &accounts, dates.ahead);
        }
        candidates.sort_by(|a, b| a.run.cmp(&b.run));
        candidates
    }

    /// The runs that stand for items of other closes.
    pub(crate) fn runs_of_other_closes(
        &self,
        account: &AccountId,
        id: &CloseId,
    ) -> BTreeSet<RunId> {
        let accounts = self.accounts.of_same_environment(account);
        self.closes.elsewhere(id, &accounts)
    }
}

fn candidate(item: &Item, run: &Run, window: Window, dates: &ServerDates) -> Candidate {
    let sure = |date: Option<Timestamp>| {
        let sure = date.filter(|date| is_sure(*date, window, dates));
        sure.map(|date| dates.run_moment(date))
    };
    let attempt = run.attempt.as_ref();
    let did_not_pass = match attempt.map(|attempt| &attempt.phase) {
        Some(Phase::Ended { outcome, .. }) => !item.gate.lets_pass(*outcome),
        Some(Phase::Unseen) => true,
        _ => false,
    };
    let waits = |attempt: &Attempt| {
        matches!(attempt.phase, Phase::Going) && attempt.stamp.status == RunStatus::NotStarted
    };
    Candidate {
        has_run: attempt.is_some_and(|attempt| !waits(attempt)),
        is_shared: false,
        run: run.key.run.clone(),
        process: item.process.clone(),
        created: sure(run.info.date_created),
        started: sure(attempt.and_then(|attempt| attempt.stamp.started)),
        did_not_pass,
    }
}

/// Whether a date of a run lies in the window or outside it, whatever its zone.
pub(crate) fn is_sure(date: Timestamp, window: Window, dates: &ServerDates) -> bool {
    let at = dates.run_moment(date);
    let edges = [at.checked_sub(ZONES), at.checked_add(ZONES)];
    let holds = window.holds(at);
    let same = |edge: &Result<Timestamp, jiff::Error>| {
        edge.as_ref().is_ok_and(|edge| window.holds(*edge) == holds)
    };
    dates.zone_of(date).is_some() || edges.iter().all(same)
}
