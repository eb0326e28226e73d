//! Keeps the system from slowing the app down while the end of a run is awaited.

use std::sync::Arc;
use std::time::Duration;

use runwatch_platform::StayActive;
use tokio::sync::broadcast::error::RecvError;

use crate::app_state::AppState;

/// Changes come in bursts: one decision serves all of them.
const SETTLE: Duration = Duration::from_secs(1);

/// Tells the system, for as long as the app lives. Without it macOS would slow down the timers by which
/// runs are read.
pub async fn keep(app_state: Arc<AppState>) {
    let mut events = app_state.engine.events();
    let mut active = None;
    loop {
        if app_state.engine.awaited().is_empty() || app_state.engine.is_paused() {
            active = None;
        } else if active.is_none() {
            active = Some(StayActive::begin("Watching runs"));
        }
        match events.recv().await {
            Ok(_) | Err(RecvError::Lagged(_)) => tokio::time::sleep(SETTLE).await,
            Err(RecvError::Closed) => return,
        }
        while events.try_recv().is_ok() {}
    }
}
