//! What is written to the history in one go.

use crate::action::Action;
use crate::close::kept::CloseWrite;
use crate::duration_sample::DurationSample;
use crate::ids::RunKey;
use crate::notification::{InboxItem, Notification};
use crate::observation::Step;
use crate::run::{EndedAttempt, Run};
use crate::settings::kept_settings::Setting;

/// What is written in one transaction. Everything in it happens, or nothing.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Transaction {
    /// The run as it is now.
    pub run: Option<Run>,
    /// All of its steps as they are now.
    pub steps: Option<(RunKey, Vec<Step>)>,
    /// An attempt that ended.
    pub ended_attempt: Option<EndedAttempt>,
    /// Durations that teach.
    pub samples: Vec<DurationSample>,
    /// What is to be told.
    pub notify: Vec<Notification>,
    /// A new action (id 0), or one whose answer is known.
    pub action: Option<Action>,
    /// A run taken off the list; its history stays.
    pub remove: Option<RunKey>,
    /// A setting.
    pub setting: Option<Setting>,
    /// For the close board.
    pub closes: Vec<CloseWrite>,
}

impl Transaction {
    /// Whether it holds nothing but a run's state and its steps, which a later one has anew.
    pub fn is_state_alone(&self) -> bool {
        let Self {
            run: _,
            steps: _,
            ended_attempt,
            samples,
            notify,
            action,
            remove,
            setting,
            closes,
        } = self;
        let has_one =
            ended_attempt.is_some() || action.is_some() || remove.is_some() || setting.is_some();
        !has_one && samples.is_empty() && notify.is_empty() && closes.is_empty()
    }
}

/// What a [`Transaction`] was given by the store.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Committed {
    /// What is now in the Inbox; a notification that was there already is left out.
    pub inbox: Vec<InboxItem>,
    /// The action's id.
    pub action_id: Option<i64>,
}
