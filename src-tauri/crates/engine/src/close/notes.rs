//! What the owner of a close must know of its runs.

use runwatch_core::close::binding::{Ask, belongs_elsewhere};
use runwatch_core::close::board::BoardView;
use runwatch_core::close::kept::KeptClose;
use runwatch_core::close::open::CloseNote;
use runwatch_core::close::plan::{Item, Plan};
use runwatch_core::ids::ProcessId;

use crate::close::found_runs::StartFound;
use crate::engine::Engine;

/// Items that were started before what they wait for was through, by the places of both.
pub(crate) fn started_early(plan: &Plan, early: &[(usize, usize)]) -> Vec<CloseNote> {
    let name = |place: usize| plan.items()[place].name.clone();
    let note =
        |(place, before): &(usize, usize)| CloseNote::StartedBefore(name(*place), name(*before));
    early.iter().map(note).collect()
}

impl Engine {
    /// Items whose runs could not all be read.
    pub(crate) fn runs_unread(&self, plan: &Plan, kept: &KeptClose) -> Vec<CloseNote> {
        let is_unread = |item: &&Item| {
            let of = (plan.draft().account.clone(), item.process.clone());
            self.closes.found(&kept.id(), &of, |found| found.is_part)
        };
        let unread = plan.items().iter().filter(is_unread);
        unread
            .map(|item| CloseNote::RunsUnread(item.name.clone()))
            .collect()
    }

    /// Items of a close by this clock without a run, though one was made in the window: it counts for another close.
    pub(crate) fn runs_elsewhere(
        &self,
        plan: &Plan,
        kept: &KeptClose,
        asks: &[Ask],
    ) -> Vec<CloseNote> {
        let candidates = self.candidates(plan, kept);
        let lacks_run = |item: &&Item| {
            kept.bound(&item.process).is_none()
                && asks.iter().all(|ask| ask.process != item.process)
        };
        let accounts = self.accounts.of_same_environment(&plan.draft().account);
        let elsewhere = self.closes.elsewhere(&kept.id(), &accounts);
        let note = |item: &Item| {
            let run =
                belongs_elsewhere(&item.process, &kept.close.window, &elsewhere, &candidates)?;
            let (plan, period) = self.closes.close_of_run(&kept.id(), &run, &accounts)?;
            Some(CloseNote::CountsElsewhere {
                item: item.name.clone(),
                run,
                plan,
                period,
            })
        };
        plan.items()
            .iter()
            .filter(lacks_run)
            .filter_map(note)
            .collect()
    }

    /// Items of which nobody can tell whether they were started in time.
    pub(crate) fn starts_unseen(
        &self,
        plan: &Plan,
        kept: &KeptClose,
        view: &BoardView,
    ) -> Vec<CloseNote> {
        let why_unseen = |process: &ProcessId| {
            let of = (plan.draft().account.clone(), process.clone());
            match self.closes.found(&kept.id(), &of, |found| found.start) {
                StartFound::Unseen(_, why) => Some(why),
                StartFound::Unread | StartFound::NotYet(_) | StartFound::Started => None,
            }
        };
        let items = plan.items().iter().zip(&view.items);
        items
            .filter(|(_, view)| view.state.is_to_come())
            .filter_map(|(item, _)| {
                let why = why_unseen(&item.process)?;
                Some(CloseNote::StartUnseen(item.name.clone(), why))
            })
            .collect()
    }
}
