//! Keeping the runs that were asked for and got no answer: in the history as in memory.

use runwatch_core::ids::{AccountId, ProcessId, RunKey};
use runwatch_core::open_create::OpenCreate;

use crate::engine::Engine;

impl Engine {
    /// Writes down that this is on its way. Where that fails it is known until the app ends.
    pub(super) async fn open_create(&self, one: OpenCreate) {
        self.open_creates.put(one);
        self.keep_open_creates().await;
    }

    /// What became of it is known, or its user has let it go.
    pub(super) async fn close_create(&self, account: &AccountId, process: &ProcessId) {
        if self
            .open_creates
            .take(|one| one.is_of(account, process))
            .is_some()
        {
            self.keep_open_creates().await;
        }
    }

    /// A run was added: it may be one that was looked for. Says so, and of which.
    pub(crate) async fn find_create(
        &self,
        key: &RunKey,
        process: Option<&ProcessId>,
    ) -> Option<OpenCreate> {
        let process = process?;
        let found = self
            .open_creates
            .take(|one| one.is_of(&key.account, process) && one.may_be(key))?;
        self.keep_open_creates().await;
        Some(found)
    }

    async fn keep_open_creates(&self) {
        // `History` reports the failure (`Event::Store`).
        let _ = self.history.save_setting(self.open_creates.to_keep()).await;
    }
}
