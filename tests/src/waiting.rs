//! Waiting for what must come, and saying what was waited for.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};

/// How long the page may take to show what follows from a click or an answer.
pub const SOON: Duration = Duration::from_secs(20);

/// Asks again until there is an answer or the time is over; then says what was awaited.
pub fn until<T>(
    what: &str,
    most: Duration,
    mut ask: impl FnMut() -> Result<Option<T>>,
) -> Result<T> {
    let began = Instant::now();
    loop {
        let answer = ask();
        match answer {
            Ok(Some(found)) => return Ok(found),
            Err(error) if began.elapsed() > most => {
                return Err(error.context(format!("waited for {what}")));
            }
            Ok(None) if began.elapsed() > most => bail!("waited {most:?} in vain for {what}"),
            _ => std::thread::sleep(pause(began.elapsed())),
        }
    }
}

/// What comes at once is seen at once; what takes long is asked for less often, as each ask costs the page time.
fn pause(waited: Duration) -> Duration {
    (waited / 8).clamp(Duration::from_millis(40), Duration::from_millis(400))
}
