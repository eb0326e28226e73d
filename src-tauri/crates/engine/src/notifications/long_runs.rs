//! Tells that a run takes much longer than usual.

use runwatch_core::forecast::is_long;
use runwatch_core::notification::{Notification, NotificationKind};
use runwatch_core::transaction::Transaction;
use runwatch_core::words;

use crate::engine::Engine;
use crate::runs::tracked_run::TrackedRun;

impl Engine {
    /// Tells once an attempt that a watched run takes much longer than usual.
    pub(crate) async fn tell_if_long(&self, tracked: &TrackedRun) {
        let state = tracked.state();
        let (run, now) = (&state.run, self.now());
        let wanted = run.watched && self.settings.by_policy(|policy| policy.switches.long);
        if !wanted || state.told_long == Some(run.attempt_number()) {
            return;
        }
        let elapsed = state.running_for(&self.server_dates(&run.key.account), now);
        let Some((model, elapsed)) = self.durations.model(run).zip(elapsed) else {
            return;
        };
        if !is_long(&model, elapsed) {
            return;
        }
        let text = words::notification::long(&run.info.name, elapsed, model.when_left(0.5));
        let notification = Notification {
            kind: NotificationKind::Long,
            account: run.key.account.clone(),
            run: Some(run.key.run.clone()),
            close: None,
            starts: None,
            mark: i64::from(run.attempt_number()),
            outcome: None,
            title: text.title,
            body: text.body,
            at: now,
            away: false,
        };
        let with = Transaction {
            notify: vec![notification],
            ..Transaction::default()
        };
        let told = Some(run.attempt_number());
        // Where it cannot be written, it is told from memory.
        let _ = self
            .save(tracked, with, |state| state.told_long = told)
            .await;
    }
}
