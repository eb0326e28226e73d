//! A start that SolveXia accepted and never showed: its user waits for an end that may never come.

use runwatch_core::action::{Action, ActionKind, ActionResult};
use runwatch_core::notification::{Notification, NotificationKind};
use runwatch_core::transaction::Transaction;
use runwatch_core::words;

use crate::engine::Engine;
use crate::runs::tracked_run::TrackedRun;

impl Engine {
    /// Tells it once, two minutes after the start.
    pub(crate) async fn tell_if_start_is_not_shown(&self, tracked: &TrackedRun) {
        let state = tracked.state();
        let told = Some(state.run.attempt_number());
        if !state.run.watched || state.told_unshown == told || !state.is_start_overdue(self.now()) {
            return;
        }
        let actions = self.history.store().actions_of_run(&tracked.key).await;
        // Where the history cannot be read now, the next look tells it.
        let Ok(actions) = actions else { return };
        let is_start = |action: &&Action| action.kind == ActionKind::Start;
        let latest = actions
            .iter()
            .filter(is_start)
            .max_by_key(|action| action.id);
        // A lost answer is told as such.
        let accepted = latest.filter(|action| action.result == ActionResult::Ok);
        let text = words::notification::start_not_shown(&state.run.info.name);
        let notification = accepted.map(|action| Notification {
            kind: NotificationKind::Action,
            account: action.account.clone(),
            run: action.run.clone(),
            close: None,
            starts: None,
            mark: action.id,
            outcome: None,
            title: text.title,
            body: text.body,
            at: self.now(),
            away: false,
        });
        let with = Transaction {
            notify: notification.into_iter().collect(),
            ..Transaction::default()
        };
        // Where it cannot be written, it is told from memory.
        let _ = self
            .save(tracked, with, |state| state.told_unshown = told)
            .await;
    }
}
