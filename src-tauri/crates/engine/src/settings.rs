//! The settings: how often SolveXia is asked, what the desktop shows, and how list and page look.

use std::sync::{Mutex, OnceLock};

use runwatch_core::closed_window_interval::PollLimits;
use runwatch_core::error::StoreError;
use runwatch_core::policy::Given;
use runwatch_core::settings::kept_settings::{KeptSettings, Setting};
use runwatch_core::settings::list_settings::ListSettings;
use runwatch_core::settings::notification_policy::NotificationPolicy;
use runwatch_core::settings::page_settings::PageSettings;

use crate::history::History;
use crate::sync::lock;

/// What the user set, and what IT set instead.
#[derive(Default)]
pub struct Settings {
    poll_limits: Mutex<PollLimits>,
    notification_policy: Mutex<NotificationPolicy>,
    list: Mutex<ListSettings>,
    page: Mutex<PageSettings>,
    /// The user's choice of what the desktop shows was kept once.
    is_chosen: bool,
    /// What IT set of hidden details, whatever the user chose.
    fixed_hide_details: OnceLock<bool>,
}

impl Settings {
    pub(crate) fn new(kept: &KeptSettings) -> Self {
        Self {
            poll_limits: Mutex::new(kept.poll_limits),
            list: Mutex::new(kept.list.clone()),
            page: Mutex::new(kept.page.within_bounds()),
            notification_policy: Mutex::new(kept.notification_policy.clone().unwrap_or_default()),
            is_chosen: kept.notification_policy.is_some(),
            fixed_hide_details: OnceLock::new(),
        }
    }

    /// How often a run that nobody looks at is asked at most and at least.
    pub fn poll_limits(&self) -> PollLimits {
        *lock(&self.poll_limits)
    }

    pub(crate) fn set_poll_limits(&self, limits: PollLimits) {
        *lock(&self.poll_limits) = limits;
    }

    pub(crate) async fn save_poll_limits(&self, history: &History) -> Result<(), StoreError> {
        let limits = self.poll_limits();
        history.save_setting(Setting::PollLimits(limits)).await
    }

    /// What the desktop shows.
    pub fn notification_policy(&self) -> NotificationPolicy {
        lock(&self.notification_policy).clone()
    }

    /// How the list of runs is looked at.
    pub fn list(&self) -> ListSettings {
        lock(&self.list).clone()
    }

    /// Keeps how the list of runs is looked at.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written down; it counts all the same until the app ends.
    pub async fn save_list(&self, list: ListSettings, history: &History) -> Result<(), StoreError> {
        let list = list.within_bounds();
        lock(&self.list).clone_from(&list);
        history.save_setting(Setting::List(list)).await
    }

    /// How the page is shown and what its keys do.
    pub fn page(&self) -> PageSettings {
        *lock(&self.page)
    }

    /// Keeps how the page is shown and what its keys do.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written down; it counts all the same until the app ends.
    pub async fn save_page(&self, page: PageSettings, history: &History) -> Result<(), StoreError> {
        let page = page.within_bounds();
        *lock(&self.page) = page;
        history.save_setting(Setting::Page(page)).await
    }

    /// What the desktop shows, without a copy: it may hold very many mutes.
    pub fn by_policy<T>(&self, read: impl FnOnce(&NotificationPolicy) -> T) -> T {
        read(&lock(&self.notification_policy))
    }

    /// Goes by what IT set of hidden details: a policy always, a preset until the user has chosen. Called
    /// once, before anything is shown.
    pub fn follow_hide_details(&self, given: &Given<bool>) {
        if given.is_fixed() {
            self.fixed_hide_details.get_or_init(|| given.value);
        } else if !self.is_chosen {
            lock(&self.notification_policy).switches.hide_details = given.value;
        }
    }

    /// Whether the desktop shows neither names nor messages.
    pub fn hides_details(&self) -> bool {
        let fixed = self.fixed_hide_details.get().copied();
        fixed.unwrap_or_else(|| lock(&self.notification_policy).switches.hide_details)
    }

    pub(crate) fn set_notification_policy(&self, policy: NotificationPolicy) {
        *lock(&self.notification_policy) = policy;
    }

    pub(crate) async fn save_notification_policy(
        &self,
        history: &History,
    ) -> Result<(), StoreError> {
        let policy = self.notification_policy();
        history
            .save_setting(Setting::NotificationPolicy(policy))
            .await
    }
}
