//! The loop of the close board: brings the closes up to date each minute, and soon after something changed. It runs
//! beside the one that polls, and never in its way.

use std::time::Duration;

use tokio::sync::broadcast::error::RecvError;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::engine::Engine;
use crate::event::Event;

/// Time between two rounds where nothing changes.
const MINUTE: Duration = Duration::from_secs(60);
/// What changes within this time is taken in together.
const TOGETHER: Duration = Duration::from_secs(1);

impl Engine {
    /// Looks at the closes that are open, until `stop`.
    pub async fn watch_closes(self, stop: CancellationToken) {
        let mut events = self.events();
        loop {
            let minute = Instant::now() + MINUTE;
            tokio::select! {
                () = stop.cancelled() => return,
                () = self.wait_for_change(&mut events, minute) => {}
            }
            // Whatever came until now is taken in.
            events = events.resubscribe();
            let engine = self.clone();
            let refresh = tokio::spawn(async move { engine.refresh_closes().await });
            if let Err(error) = refresh.await {
                tracing::error!(%error, "bringing the closes up to date failed");
            }
        }
    }

    /// Waits for a change, and a moment for what comes with it; `until` at the latest.
    async fn wait_for_change(
        &self,
        events: &mut tokio::sync::broadcast::Receiver<Event>,
        until: Instant,
    ) {
        loop {
            let changed = tokio::select! {
                () = tokio::time::sleep_until(until) => return,
                () = self.closes.woken() => true,
                event = events.recv() => match event {
                    Ok(event) => self.is_of_closes(&event),
                    Err(RecvError::Lagged(_)) => true,
                    // The engine itself holds a sender.
                    Err(RecvError::Closed) => false,
                },
            };
            if changed {
                return tokio::time::sleep(TOGETHER).await;
            }
        }
    }

    fn is_of_closes(&self, event: &Event) -> bool {
        match event {
            Event::Run(key) => {
                let tracked = self.runs.get(key).ok();
                let process =
                    tracked.and_then(|one| one.read(|state| state.run.info.process.clone()));
                process
                    .is_some_and(|process| self.closes.has_process(&(key.account.clone(), process)))
            }
            Event::RunRemoved(_)
            | Event::Account(_)
            | Event::AccountRemoved(_)
            | Event::Paused(_) => !self.closes.open().is_empty(),
            _ => false,
        }
    }
}
