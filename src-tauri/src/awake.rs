//! While the end of a run is awaited, the app is at work, also where nobody sees it.

use std::sync::Arc;
use std::time::Duration;

use runwatch_platform::Active;
use tokio::sync::broadcast::error::RecvError;

use crate::world::World;

/// A change seldom comes alone.
const SETTLE: Duration = Duration::from_secs(1);

/// Tells the system, for as long as the app lives. Without it macOS would slow down the timers by which
/// runs are read.
pub async fn keep(world: Arc<World>) {
    let mut events = world.engine.events();
    let mut active = None;
    loop {
        if world.engine.awaited().is_empty() || world.engine.is_paused() {
            active = None;
        } else if active.is_none() {
            active = Some(Active::begin("Watching runs"));
        }
        match events.recv().await {
            Ok(_) | Err(RecvError::Lagged(_)) => tokio::time::sleep(SETTLE).await,
            Err(RecvError::Closed) => return,
        }
        while events.try_recv().is_ok() {}
    }
}
