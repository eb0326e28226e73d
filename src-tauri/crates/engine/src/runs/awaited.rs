//! The watched runs whose ends are awaited.

use std::sync::Arc;

use runwatch_core::ids::AccountId;

use crate::accounts::session::SignInState;
use crate::engine::Engine;
use crate::runs::tracked_run::{TrackedRun, TrackedState};

impl Engine {
    /// The names of the watched runs whose ends are awaited.
    pub fn awaited(&self) -> Vec<String> {
        self.names_of(TrackedState::awaited)
    }

    /// The names of the watched runs whose ends would be missed if nobody watched: those that are awaited, and those that
    /// went from SolveXia so lately that they may come back.
    pub fn would_be_missed(&self) -> Vec<String> {
        self.names_of(|state| state.awaited() || state.may_come_back())
    }

    fn names_of(&self, counts: impl Fn(&TrackedState) -> bool) -> Vec<String> {
        let name = |tracked: &Arc<TrackedRun>| {
            tracked.read(|state| counts(state).then(|| state.run.info.name.clone()))
        };
        self.runs.all().iter().filter_map(name).collect()
    }

    /// How many of these are of accounts whose sign-in state `is_so` accepts.
    pub fn awaited_of(&self, is_so: impl Fn(SignInState) -> bool) -> usize {
        let sessions = self.accounts.all();
        let sign_in_is_so = |account: &AccountId| {
            let session = sessions.iter().find(|one| one.account.id == *account);
            session.is_some_and(|session| is_so(session.sign_in))
        };
        let counts = |tracked: &&Arc<TrackedRun>| {
            tracked.read(|state| state.awaited()) && sign_in_is_so(&tracked.key.account)
        };
        self.runs.all().iter().filter(counts).count()
    }
}
