//! Runs are marked as dealt with, and that is taken back. Each is written down with who did it: an auditor
//! asks for it as for a start.

use runwatch_core::action::{Action, ActionKind, ActionResult};
use runwatch_core::handled::noted;
use runwatch_core::ids::RunKey;
use runwatch_core::status_stamp::StatusStamp;
use runwatch_core::transaction::Transaction;

use crate::engine::Engine;
use crate::error::EngineError;
use crate::event::Event;
use crate::runs::tracked_run::{TrackedRun, TrackedState};

impl Engine {
    /// Writes down that the user of this computer has dealt with runs as they stand now, or takes that
    /// back (no note).
    ///
    /// # Errors
    /// [`EngineError`] at the first that cannot be written down.
    pub async fn set_handled(
        &self,
        keys: &[RunKey],
        note: Option<&str>,
    ) -> Result<(), EngineError> {
        for key in keys {
            // What is neither marked nor to be marked is left as it is.
            if let Ok(tracked) = self.runs.get(key)
                && (note.is_some() || tracked.read(|state| state.run.handled_now().is_some()))
            {
                self.mark(&tracked, note).await?;
            }
        }
        Ok(())
    }

    async fn mark(&self, tracked: &TrackedRun, note: Option<&str>) -> Result<(), EngineError> {
        let (who, now) = (&self.ports.os_user, self.now());
        let kind = match note {
            Some(note) => ActionKind::DealtWith { note: noted(note) },
            None => ActionKind::NotDealtWith,
        };
        let run = tracked.read(|state| state.run.clone());
        let seen = run.attempt.as_ref().map(|attempt| attempt.stamp.clone());
        let stamp = seen.unwrap_or_else(StatusStamp::not_started);
        let action = Action {
            result: ActionResult::Ok,
            answered: Some(now),
            ..self.action_on(&run, kind, stamp)
        };
        let with = Transaction {
            action: Some(action.clone()),
            ..Transaction::default()
        };
        let change = |state: &mut TrackedState| {
            let before = state.run.handled.take();
            if let Some(note) = note {
                state.run.handle(who.clone(), now, note);
            }
            before
        };
        let undo = |state: &mut TrackedState, before| state.run.handled = before;
        let written = self.save_or_undo(tracked, with, change, undo).await?;
        if let Some(id) = written.action_id {
            self.events
                .emit(Event::Action(Box::new(Action { id, ..action })));
        }
        Ok(())
    }
}
