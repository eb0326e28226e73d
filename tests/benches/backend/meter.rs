//! What processes cost, as the kernel counts it; and how figures are summed up.

pub use runwatch_tests::meter::{cpu, memory, share};

/// Median, mean and 99 % of these.
pub fn summed_up(mut figures: Vec<f64>) -> (f64, f64, f64) {
    figures.sort_by(f64::total_cmp);
    let n = figures.len() as f64;
    let at = |share: f64| {
        let place = (share * n).ceil() as usize;
        figures.get(place.saturating_sub(1)).copied().unwrap_or(0.0)
    };
    (at(0.5), figures.iter().sum::<f64>() / n, at(0.99))
}
