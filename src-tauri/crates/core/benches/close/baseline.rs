//! What most people would build: means of durations and a normal curve along the longest path.

use std::collections::BTreeMap;

use runwatch_core::duration_sample::DurationSample;

use crate::simulated_close::{Happened, SimulatedClose};

/// The finish as a normal curve, in seconds after the first start.
pub struct Normal {
    pub mean: f64,
    pub spread: f64,
}

impl Normal {
    /// The chance of being through by then.
    pub fn chance_by(&self, at: f64) -> f64 {
        if self.spread == 0.0 {
            return if self.mean <= at { 1.0 } else { 0.0 };
        }
        let z = (at - self.mean) / self.spread;
        // A logistic curve that is within 0.01 of the normal one.
        1.0 / (1.0 + (-1.5976 * z - 0.070_566 * z.powi(3)).exp())
    }

    /// Between what eight of ten lie.
    pub fn band(&self) -> (f64, f64) {
        let reach = 1.2816 * self.spread;
        (self.mean - reach, self.mean + reach)
    }
}

/// The finish as the means have it at this moment.
pub fn finish(simulated: &SimulatedClose, happened: &[Happened], at: f64) -> Normal {
    let ended = ended(simulated);
    let mut ends: Vec<(f64, f64)> = Vec::new();
    for (place, one) in happened.iter().enumerate() {
        let runs = &ended[&place];
        let (length, variance) = mean(runs.iter().map(|run| run.end - run.start));
        let end = if one.end <= at {
            (one.end, 0.0)
        } else if one.start <= at {
            (f64::max(one.start + length, at), variance)
        } else {
            let before = simulated.plan.before(place);
            let last = before.iter().map(|place| ends[*place]);
            let free = last
                .max_by(|a, b| a.0.total_cmp(&b.0))
                .unwrap_or((0.0, 0.0));
            let delays = (0..runs.len()).map(|close| {
                let ends = before.iter().map(|place| ended[place][close].end);
                runs[close].start - ends.fold(0.0, f64::max)
            });
            let (delay, delay_variance) = mean(delays);
            let start = f64::max(free.0 + delay, at);
            (start + length, free.1 + delay_variance + variance)
        };
        ends.push(end);
    }
    let (mean, variance) = ends
        .into_iter()
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .unwrap_or((0.0, 0.0));
    Normal {
        mean,
        spread: variance.sqrt(),
    }
}

/// The runs of each item, one a close, in seconds after one moment of that close.
fn ended(simulated: &SimulatedClose) -> BTreeMap<usize, Vec<Happened>> {
    let mut runs: BTreeMap<usize, Vec<Happened>> = BTreeMap::new();
    let first: Vec<&DurationSample> = simulated.samples.iter().collect();
    let per_close = simulated.plan.items().len();
    for (number, sample) in first.iter().enumerate() {
        let root = first[number - number % per_close];
        let end = sample.ended.duration_since(root.ended).as_secs_f64();
        let place = simulated.plan.place(&sample.process).unwrap_or_default();
        runs.entry(place).or_default().push(Happened {
            start: end - sample.seconds,
            end,
        });
    }
    runs
}

fn mean(values: impl Iterator<Item = f64>) -> (f64, f64) {
    let values: Vec<f64> = values.collect();
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    (mean, squares / (count - 1.0).max(1.0))
}
