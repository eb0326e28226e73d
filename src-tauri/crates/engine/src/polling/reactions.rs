//! What follows from a read of the status that was applied: one list each, in this order.

use runwatch_core::attempt::AttemptChange;
use runwatch_core::judge::judge_vanished;
use runwatch_core::outcome::{Judgement, Verdict};
use runwatch_core::words;

use crate::engine::Engine;
use crate::polling::apply_status::{AppliedFailure, AppliedStatus, FoundGone};
use crate::polling::conclude::End;
use crate::runs::tracked_run::TrackedRun;

impl Engine {
    /// After a status.
    pub(super) async fn react(&self, tracked: &TrackedRun, applied: AppliedStatus) {
        // What is told of its end must name it as SolveXia does now.
        if applied.has_ended {
            self.read_name_again(tracked);
        }
        if applied.change == AttemptChange::StartNeverSeen {
            let judgement = Judgement::unverified(words::outcomes::start_never_shown());
            self.conclude(tracked, judgement, End::Unseen).await;
        }
        self.learn_process_name(tracked);
        self.reconcile_actions(tracked).await;
        self.tell_if_start_is_not_shown(tracked).await;
        self.tell_if_long(tracked).await;
    }

    /// After a read that failed.
    pub(super) async fn react_to_failure(&self, tracked: &TrackedRun, applied: AppliedFailure) {
        match applied.found_gone {
            Some(FoundGone::Pending) => self.conclude_vanished(tracked).await,
            Some(FoundGone::Awaited) => self.tell_gone(tracked).await,
            Some(FoundGone::Unawaited) | None => {}
        }
    }

    /// How it ended is told as far as its status says it, and what was read of its steps: the others cannot be read any
    /// more.
    async fn conclude_vanished(&self, tracked: &TrackedRun) {
        let judgement = tracked.read(|state| {
            if let Some(Verdict::Decided(judgement)) = state.interrupted_verdict(self.now()) {
                return Some(judgement);
            }
            let attempt = state.run.attempt.as_ref()?;
            Some(judge_vanished(&attempt.stamp.status))
        });
        if let Some(judgement) = judgement {
            self.conclude(tracked, judgement, End::Seen).await;
        }
    }
}
