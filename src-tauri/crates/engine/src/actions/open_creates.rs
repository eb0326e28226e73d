//! The runs that were asked for and got no answer, kept over a restart (docs/RULES.md, 26).

use std::sync::Mutex;

use runwatch_core::ids::{AccountId, ProcessId, RunKey};
use runwatch_core::open_create::OpenCreate;
use runwatch_core::setting::Setting;

use crate::engine::Engine;
use crate::sync::lock;

/// At most one of each process.
pub(crate) struct OpenCreates(Mutex<Vec<OpenCreate>>);

impl OpenCreates {
    pub fn new(kept: Vec<OpenCreate>) -> Self {
        Self(Mutex::new(kept))
    }

    pub fn get(&self, account: &AccountId, process: &ProcessId) -> Option<OpenCreate> {
        let open = lock(&self.0);
        open.iter().find(|one| one.is_of(account, process)).cloned()
    }

    fn put(&self, one: OpenCreate) {
        let mut open = lock(&self.0);
        open.retain(|other| !other.is_of(&one.account, &one.process));
        open.push(one);
    }

    fn take(&self, is_it: impl Fn(&OpenCreate) -> bool) -> Option<OpenCreate> {
        let mut open = lock(&self.0);
        let at = open.iter().position(is_it)?;
        Some(open.remove(at))
    }

    /// An account was removed.
    pub fn forget_account(&self, account: &AccountId) {
        lock(&self.0).retain(|one| one.account != *account);
    }

    pub fn to_keep(&self) -> Setting {
        Setting::OpenCreates(lock(&self.0).clone())
    }
}

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
        // A history that fails says so by itself.
        let _ = self.history.save_setting(self.open_creates.to_keep()).await;
    }
}
