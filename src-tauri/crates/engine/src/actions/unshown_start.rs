//! A start that SolveXia accepted and never showed: its user waits for an end that may never come.

use runwatch_core::action::{Action, ActionKind, ActionResult};
use runwatch_core::transaction::Transaction;
use runwatch_core::words;

use crate::actions::told::told_of;
use crate::engine::Engine;
use crate::runs::tracked_run::TrackedRun;

impl Engine {
    /// Tells it once, two minutes after the start.
    pub(crate) async fn tell_if_start_is_not_shown(&self, tracked: &TrackedRun) {
        let now = self.now();
        let told = tracked.read(|state| Some(state.run.attempt_number()));
        let is_news = tracked.read(|state| {
            state.run.watched && state.told_unshown != told && state.is_start_overdue(now)
        });
        if !is_news {
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
        let notification = accepted.map(|action| {
            let name = tracked.read(|state| state.run.info.name.clone());
            let text = words::notification::start_not_shown(&name);
            told_of(action, text, now, false)
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
