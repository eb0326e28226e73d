//! The runs that were asked for and got no answer, kept over a restart (docs/RULES.md, 26).

use std::sync::Mutex;

use runwatch_core::ids::{AccountId, ProcessId};
use runwatch_core::open_create::OpenCreate;
use runwatch_core::setting::Setting;

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

    pub fn put(&self, one: OpenCreate) {
        let mut open = lock(&self.0);
        open.retain(|other| !other.is_of(&one.account, &one.process));
        open.push(one);
    }

    pub fn take(&self, is_it: impl Fn(&OpenCreate) -> bool) -> Option<OpenCreate> {
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
