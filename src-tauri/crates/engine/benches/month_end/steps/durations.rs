//! What is known of a duration in advance: its quantiles, in equal shares.

use std::sync::LazyLock;

use rand::Rng;
use rand::rngs::StdRng;

/// Quantiles of each.
const QUANTILES: usize = 500;
/// What a spread is taken for before earlier runs say otherwise, as in `core::model`.
const SPREAD: f64 = 0.2;

/// A duration's distribution.
#[derive(Debug, Clone)]
pub struct Durations(Vec<f64>);

impl Durations {
    /// That of very many durations.
    pub fn of(mut all: Vec<f64>) -> Self {
        all.sort_by(f64::total_cmp);
        let every = (all.len() / QUANTILES).max(1);
        Self(all.into_iter().skip(every / 2).step_by(every).collect())
    }

    /// What a few durations teach, as `core::model` learns: Student's t around their logarithms.
    pub fn learned(earlier: &[f64]) -> Self {
        let n = earlier.len() as f64;
        let logs: Vec<f64> = earlier.iter().map(|seconds| seconds.ln()).collect();
        let mean = logs.iter().sum::<f64>() / n;
        let squares: f64 = logs.iter().map(|log| (log - mean).powi(2)).sum();
        let spread = ((SPREAD.powi(2) + squares) / n).sqrt() * (1.0 + 1.0 / n).sqrt();
        let at = |z: &f64| (mean + spread * z).exp();
        Self(STUDENT.iter().map(at).collect())
    }

    /// One by chance that is longer than this.
    pub fn beyond(&self, past: f64, random: &mut StdRng) -> f64 {
        let from = self.0.partition_point(|seconds| *seconds <= past);
        let drawn = random.random_range(from..self.0.len().max(from + 1));
        // Past all that is known it may end soon, or not.
        let unknown = || past * (1.0 + random.random_range(0.0..0.2));
        self.0.get(drawn).copied().unwrap_or_else(unknown)
    }
}

/// Quantiles of Student's t with ten degrees of freedom.
static STUDENT: LazyLock<Vec<f64>> = LazyLock::new(|| {
    let freedom = super::HISTORY as f64;
    let step = 1e-3;
    let density = |z: f64| (1.0 + z * z / freedom).powf(-(freedom + 1.0) / 2.0);
    let all = (-15_000..=15_000).map(|i| f64::from(i) * step);
    let total: f64 = all.clone().map(density).sum();
    let (mut below, mut found) = (0.0, Vec::new());
    for z in all {
        below += density(z) / total;
        if below * QUANTILES as f64 >= found.len() as f64 + 0.5 {
            found.push(z);
        }
    }
    found
});
