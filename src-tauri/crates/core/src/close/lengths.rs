//! How long each item of a close takes, drawn 2,000 times.
//!
//! Each uncertain length is drawn from equal slices of its distribution in shuffled order (Latin hypercube):
//! as many draws say more than independent ones would. The shuffles hang on the close's seed and the item's
//! place alone, so figures move when something happened and do not flicker.

use rand::SeedableRng;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;

use crate::duration_model::DurationModel;

/// How often the rest of the close is played through.
pub const DRAWS: usize = 2_000;

/// One draw in ten.
pub(crate) const TENTH: usize = DRAWS / 10;

/// One item, as the draws see it. All times are seconds from now.
#[derive(Debug, Clone)]
pub struct Task<'a> {
    /// The places of those that it waits for.
    pub before: &'a [usize],
    /// How far it is.
    pub progress: Progress<'a>,
    /// How long it takes as a whole; none where nothing hangs on it any more.
    pub duration: Option<&'a DurationModel>,
    /// The close is not over before it is.
    pub counts: bool,
}

/// How far an item is.
#[derive(Debug, Clone)]
pub enum Progress<'a> {
    /// Over since then (not above zero).
    Over(f64),
    /// It has gone on for `elapsed` of a length that this model knows.
    Going {
        /// The length.
        length: &'a DurationModel,
        /// How much of it is gone.
        elapsed: f64,
    },
    /// To be started.
    ToCome {
        /// Not before this moment.
        earliest: f64,
        /// How long it waits after what it waits for; none where it waits for nothing, or follows at once.
        delay: Option<&'a DurationModel>,
    },
}

/// What was drawn for one item.
pub(crate) struct Lengths {
    /// How long it takes when it is started, or started once more.
    pub(crate) whole: Vec<f64>,
    /// How long it still goes on, where it is going.
    pub(crate) rest: Option<Vec<f64>>,
    /// How long it waits, where it does.
    delay: Option<Vec<f64>>,
}

impl Lengths {
    /// Draws what is not known of one item; `factors` say by how much each draw's day is slower.
    pub(crate) fn of(tasks: &[Task], place: usize, factors: &[f64], seed: u64) -> Self {
        let task = &tasks[place];
        let stream = 2 * place as u64;
        let drawn = |model: &DurationModel| shuffled(model.slices(1.0, DRAWS), seed, stream);
        let whole = times(task.duration.map_or(vec![0.0; DRAWS], drawn), factors);
        let rest = match &task.progress {
            Progress::Going { length, elapsed } => {
                let shares = shuffled(shares().collect(), seed, stream);
                Some(rest(&shares, factors, length, *elapsed))
            }
            Progress::Over(_) | Progress::ToCome { .. } => None,
        };
        let delay = match &task.progress {
            Progress::ToCome {
                delay: Some(delay), ..
            } => {
                let delays = match waited(tasks, task) {
                    Some(waited) => shares()
                        .map(|share| delay.ends_after(waited, share))
                        .collect(),
                    None => delay.slices(1.0, DRAWS),
                };
                Some(shuffled(delays, seed, stream + 1))
            }
            Progress::Over(_) | Progress::Going { .. } | Progress::ToCome { .. } => None,
        };
        Self { whole, rest, delay }
    }

    /// How long it waits in the nth draw.
    pub(crate) fn delay_of(&self, n: usize) -> f64 {
        self.delay.as_ref().map_or(0.0, |delays| delays[n])
    }
}

/// The middles of equally likely slices.
fn shares() -> impl Iterator<Item = f64> {
    (0..DRAWS).map(|n| (n as f64 + 0.5) / DRAWS as f64)
}

/// For how long an item could have been started already; none while something before it is not over.
fn waited(tasks: &[Task], task: &Task) -> Option<f64> {
    let over = |place: &usize| match tasks[*place].progress {
        Progress::Over(at) => Some(at),
        Progress::Going { .. } | Progress::ToCome { .. } => None,
    };
    let ends: Option<Vec<f64>> = task.before.iter().map(over).collect();
    ends?.into_iter().reduce(f64::max).map(|end| -end)
}

/// What is left of a length that has gone on for so long, on a day that is so slow.
fn rest(shares: &[f64], factors: &[f64], length: &DurationModel, elapsed: f64) -> Vec<f64> {
    let one = |(share, factor): (&f64, &f64)| {
        (length.ends_after(elapsed / factor, *share) * factor - elapsed).max(0.0)
    };
    shares.iter().zip(factors).map(one).collect()
}

fn times(mut lengths: Vec<f64>, factors: &[f64]) -> Vec<f64> {
    for (length, factor) in lengths.iter_mut().zip(factors) {
        *length *= factor;
    }
    lengths
}

/// Values in an order of their own.
pub(crate) fn shuffled(mut values: Vec<f64>, seed: u64, stream: u64) -> Vec<f64> {
    let mut random = StdRng::seed_from_u64(seed.wrapping_add(stream.wrapping_mul(GOLDEN)));
    values.shuffle(&mut random);
    values
}

/// Keeps the seeds of neighbouring streams far apart.
const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;
