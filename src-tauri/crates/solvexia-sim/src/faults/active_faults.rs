//! The active faults, and their effects on a request.

use super::fault::{Fault, FaultKind, Rewrite};

/// The active faults, in the order in which they were added.
#[derive(Debug, Default)]
pub struct ActiveFaults(Vec<Fault>);

/// The effects on one request: all matching delays and rewrites, and at most one replacement
/// response, so that faults can be queued.
#[derive(Debug, Default, PartialEq)]
pub struct FaultEffects {
    pub delay_before_ms: u64,
    pub delay_after_ms: u64,
    pub replacement: Option<FaultKind>,
    pub rewrites: Vec<Rewrite>,
}

impl ActiveFaults {
    pub fn add(&mut self, fault: Fault) {
        self.0.push(fault);
    }

    pub fn clear(&mut self) {
        self.0.clear();
    }

    pub fn all(&self) -> &[Fault] {
        &self.0
    }

    /// The effects on this request; counts it as a hit.
    pub fn effects_on(&mut self, method: &str, path: &str) -> FaultEffects {
        let mut effects = FaultEffects::default();
        for fault in self.0.iter_mut().filter(|fault| fault.hits(method, path)) {
            match &fault.kind {
                FaultKind::Delay {
                    ms,
                    after_effect: false,
                } => effects.delay_before_ms += ms,
                FaultKind::Delay {
                    ms,
                    after_effect: true,
                } => effects.delay_after_ms += ms,
                FaultKind::Rewrite(rewrite) => effects.rewrites.push(rewrite.clone()),
                _ if effects.replacement.is_some() => continue,
                other => effects.replacement = Some(other.clone()),
            }
            fault.times = fault.times.map(|left| left - 1);
        }
        self.0.retain(|fault| fault.times != Some(0));
        effects
    }
}

#[cfg(test)]
#[path = "active_faults_tests.rs"]
mod tests;
