//! The set-up script (PAC) by which this computer chooses its proxies.

use std::sync::Arc;

use runwatch_core::network::NoScript;
use runwatch_core::ports::ProxyScript;
use runwatch_platform::SystemProxyScript;
use solvexia::ScriptCache;

/// The one that the system is set to; its answers are kept for all accounts together.
pub fn of_this_computer() -> Arc<dyn ProxyScript> {
    match SystemProxyScript::new() {
        Ok(script) => Arc::new(ScriptCache::of(Arc::new(script))),
        Err(error) => {
            tracing::warn!(%error, "set-up scripts for proxies are not read");
            Arc::new(NoScript)
        }
    }
}
