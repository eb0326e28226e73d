//! What follows from every status that was applied: one list, in this order.

use runwatch_core::attempt::AttemptChange;

use crate::engine::Engine;
use crate::polling::apply_status::AppliedStatus;
use crate::polling::conclude::{End, unverified};
use crate::runs::tracked_run::TrackedRun;

const UNPROVEN: &str = "A start was asked for here, but SolveXia has shown no sign of it for 2 minutes. \
                        Look at the run in SolveXia.";

impl Engine {
    pub(super) async fn react(&self, tracked: &TrackedRun, applied: AppliedStatus) {
        // What is told of its end must name it as SolveXia does now.
        if applied.has_ended {
            self.read_name_again(tracked);
        }
        if applied.change == AttemptChange::Unproven {
            self.conclude(tracked, unverified(UNPROVEN), End::Unseen)
                .await;
        }
        self.reconcile_actions(tracked).await;
        self.tell_if_long(tracked).await;
    }
}
