//! Durations by chance, and what is known of them in advance.

use rand::Rng;
use rand::rngs::StdRng;

/// A duration of this mean and coefficient of variation.
pub fn lognormal(random: &mut StdRng, mean: f64, variation: f64) -> f64 {
    let (middle, spread) = logs(mean, variation);
    let (a, b): (f64, f64) = (random.random_range(f64::EPSILON..1.0), random.random());
    let normal = (-2.0 * a.ln()).sqrt() * (std::f64::consts::TAU * b).cos();
    (middle + spread * normal).exp()
}

/// Mean and standard deviation of the logarithms of such durations.
pub fn logs(mean: f64, variation: f64) -> (f64, f64) {
    let spread = (1.0 + variation * variation).ln().sqrt();
    (mean.ln() - spread * spread / 2.0, spread)
}

/// ½(∫√(f·S) dt)²: the least product of mean delay and requests (`core::closed_window_interval` derives it).
pub fn least(mean: f64, variation: f64) -> f64 {
    let (middle, spread) = logs(mean, variation);
    let step = 1e-3;
    let (mut left, mut sum) = (1.0, 0.0);
    for i in -8000..8000 {
        let z = f64::from(i) * step;
        let share = (-z * z / 2.0).exp() / std::f64::consts::TAU.sqrt() * step;
        let width = spread * step * (middle + spread * z).exp();
        sum += (share / width * f64::max(left, 0.0)).sqrt() * width;
        left -= share;
    }
    sum * sum / 2.0
}

/// The price at which `requests` makes so many; it falls with the price.
pub fn price_of(wanted: f64, requests: impl Fn(f64) -> f64) -> f64 {
    let (mut low, mut high) = (1e-3f64, 1e3f64);
    for _ in 0..14 {
        let middle = (low * high).sqrt();
        if requests(middle) > wanted {
            low = middle;
        } else {
            high = middle;
        }
    }
    (low * high).sqrt()
}
