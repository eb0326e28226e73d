//! The settings that the engine goes by: how often SolveXia is asked, and what the desktop shows.

use std::sync::Mutex;

use runwatch_core::error::StoreError;
use runwatch_core::notification_policy::NotificationPolicy;
use runwatch_core::poll_interval::PollLimits;

use crate::history::History;
use crate::sync::lock;

// Names in the history: they stay as they were first written.
const POLL_LIMITS: &str = "cadence";
const NOTIFICATION_POLICY: &str = "choices";

/// What the user set.
#[derive(Default)]
pub struct Settings {
    poll_limits: Mutex<PollLimits>,
    notification_policy: Mutex<NotificationPolicy>,
}

impl Settings {
    pub(crate) async fn load(history: &History) -> Result<Self, StoreError> {
        Ok(Self {
            poll_limits: Mutex::new(history.setting(POLL_LIMITS).await?),
            notification_policy: Mutex::new(history.setting(NOTIFICATION_POLICY).await?),
        })
    }

    /// How often a run that nobody looks at is asked at most and at least.
    pub fn poll_limits(&self) -> PollLimits {
        *lock(&self.poll_limits)
    }

    pub(crate) fn set_poll_limits(&self, limits: PollLimits) {
        *lock(&self.poll_limits) = limits;
    }

    pub(crate) async fn save_poll_limits(&self, history: &History) -> Result<(), StoreError> {
        history.save_setting(POLL_LIMITS, &self.poll_limits()).await
    }

    /// What the desktop shows.
    pub fn notification_policy(&self) -> NotificationPolicy {
        lock(&self.notification_policy).clone()
    }

    pub(crate) fn set_notification_policy(&self, policy: NotificationPolicy) {
        *lock(&self.notification_policy) = policy;
    }

    pub(crate) async fn save_notification_policy(
        &self,
        history: &History,
    ) -> Result<(), StoreError> {
        let policy = self.notification_policy();
        history.save_setting(NOTIFICATION_POLICY, &policy).await
    }
}
