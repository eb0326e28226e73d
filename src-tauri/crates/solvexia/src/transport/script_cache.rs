//! What the computer's set-up script answered, kept for a while: asking it can take longer than a
//! request should wait.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use runwatch_core::network::{ScriptAnswer, ScriptError};
use runwatch_core::ports::ProxyScript;
use tokio::sync::watch;
use tokio::time::Instant;

/// A first answer is waited for this long; then requests go on without one.
const PATIENCE: Duration = Duration::from_secs(5);
/// An older answer still serves, while the script is asked again behind it.
const FRESH_FOR: Duration = Duration::from_secs(60);

type Answer = Result<Option<Arc<ScriptAnswer>>, ScriptError>;

/// The answers of a set-up script, one for each host, for all accounts together.
#[derive(Debug)]
pub struct ScriptCache {
    script: Arc<dyn ProxyScript>,
    hosts: Arc<Mutex<HashMap<String, Host>>>,
}

#[derive(Debug, Default)]
struct Host {
    known: Option<(Instant, Answer)>,
    /// Closed once the question under way is answered.
    asking: Option<watch::Receiver<()>>,
}

impl ScriptCache {
    /// Keeps the answers of this script.
    pub fn of(script: Arc<dyn ProxyScript>) -> Self {
        Self {
            script,
            hosts: Arc::default(),
        }
    }

    fn known(&self, origin: &str) -> Option<Answer> {
        let hosts = lock(&self.hosts);
        let (_, answer) = hosts.get(origin)?.known.as_ref()?;
        Some(answer.clone())
    }

    /// Asks the script unless its answer is fresh or it is being asked; says when it is answered.
    fn refresh(&self, origin: &str) -> Option<watch::Receiver<()>> {
        let mut hosts = lock(&self.hosts);
        let host = hosts.entry(origin.to_owned()).or_default();
        let is_fresh = |(at, _): &(Instant, Answer)| at.elapsed() < FRESH_FOR;
        if host.asking.is_none() && !host.known.as_ref().is_some_and(is_fresh) {
            let (done, asking) = watch::channel(());
            host.asking = Some(asking);
            let (script, hosts) = (Arc::clone(&self.script), Arc::clone(&self.hosts));
            let origin = origin.to_owned();
            tokio::spawn(async move {
                let answer = script.ask(&origin).await;
                keep(&hosts, &origin, &done, answer);
            });
        }
        host.asking.clone()
    }
}

/// Keeps an answer, unless all was forgotten since it was asked for.
fn keep(
    hosts: &Mutex<HashMap<String, Host>>,
    origin: &str,
    done: &watch::Sender<()>,
    answer: Answer,
) {
    let mut hosts = lock(hosts);
    let Some(host) = hosts.get_mut(origin) else {
        return;
    };
    let is_awaited = |asking: &watch::Receiver<()>| asking.same_channel(&done.subscribe());
    if !host.asking.as_ref().is_some_and(is_awaited) {
        return;
    }
    host.asking = None;
    // An equal answer keeps its `Arc`, so that requests that chose by it go on.
    let answer = match host.known.take() {
        Some((_, known)) if known == answer => known,
        _ => answer,
    };
    host.known = Some((Instant::now(), answer));
}

#[async_trait]
impl ProxyScript for ScriptCache {
    async fn ask(&self, origin: &str) -> Answer {
        let asking = self.refresh(origin);
        if let Some(known) = self.known(origin) {
            return known;
        }
        if let Some(mut asking) = asking {
            // The sender is dropped when answered, which `changed()` reports as an error.
            let _ = tokio::time::timeout(PATIENCE, asking.changed()).await;
        }
        if let Some(known) = self.known(origin) {
            return known;
        }
        // The next requests do not wait again; the script's answer takes the place of this one.
        let late = Err(ScriptError::Late);
        let mut hosts = lock(&self.hosts);
        hosts.entry(origin.to_owned()).or_default().known = Some((Instant::now(), late.clone()));
        late
    }

    fn forget(&self) {
        lock(&self.hosts).clear();
        self.script.forget();
    }
}

fn lock(hosts: &Mutex<HashMap<String, Host>>) -> MutexGuard<'_, HashMap<String, Host>> {
    hosts.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
