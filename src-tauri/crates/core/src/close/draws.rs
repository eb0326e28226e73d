//! The rest of a close, played through 2,000 times.
//!
//! Each uncertain length is drawn from equal slices of its distribution in shuffled order (Latin hypercube):
//! as many draws say more than independent ones would. The shuffles hang on the close's seed and the item's
//! place alone, so figures move when something happened and do not flicker.

use rand::SeedableRng;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;

use crate::close::latest_starts::latest_starts;
use crate::duration_model::DurationModel;

/// How often the rest of the close is played through.
pub const DRAWS: usize = 2_000;

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

/// What the draws show. All times are seconds from now.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawn {
    /// When the close is through, the earliest first.
    pub finish: Vec<f64>,
    /// When each item that is to come starts, as likely earlier as later.
    pub starts: Vec<f64>,
    /// When each item ends.
    pub ends: Vec<Band>,
    /// The latest start of each item with which nine of ten draws still make the cut-off; minus infinity where
    /// no start of it brings that about, as what goes beside it takes too long.
    pub latest_starts: Vec<f64>,
    /// In what share of the draws each item decides when the close is through.
    pub decides: Vec<f64>,
}

/// The middle, and between what eight of ten lie.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Band {
    /// One in ten is earlier.
    pub early: f64,
    /// Half are earlier.
    pub middle: f64,
    /// One in ten is later.
    pub late: f64,
}

/// The shares that a [`Band`] cuts off.
pub(crate) const TENTH: usize = DRAWS / 10;

/// Plays the rest of a close through. `order` has each item after those that it waits for; `slow` says by
/// what factor all of this close takes longer.
pub fn draw(
    tasks: &[Task],
    order: &[usize],
    slow: &DurationModel,
    cut_off: f64,
    seed: u64,
) -> Drawn {
    let factors = shuffled(slow.slices(1.0, DRAWS), seed, u64::MAX);
    let lengths: Vec<Lengths> = (0..tasks.len())
        .map(|place| Lengths::of(tasks, place, &factors, seed))
        .collect();
    let ends = ends(tasks, order, &lengths);
    let mut finish = vec![f64::NEG_INFINITY; DRAWS];
    for place in (0..tasks.len()).filter(|place| tasks[*place].counts) {
        for (finish, end) in finish.iter_mut().zip(&ends[place]) {
            *finish = finish.max(*end);
        }
    }
    let decides = decides(tasks, &lengths, &ends, &finish);
    let latest_starts = latest_starts(tasks, order, &lengths, &ends, cut_off);
    finish.sort_by(f64::total_cmp);
    let starts = ends.iter().zip(&lengths);
    Drawn {
        starts: starts
            .map(|(ends, lengths)| middle_start(ends, lengths))
            .collect(),
        finish,
        ends: ends.into_iter().map(band_of).collect(),
        latest_starts,
        decides,
    }
}

/// What was drawn for one item.
pub(crate) struct Lengths {
    /// How long it takes when it is started, or started once more.
    pub(crate) whole: Vec<f64>,
    /// How long it still goes on, where it is going.
    rest: Option<Vec<f64>>,
    /// How long it waits, where it does.
    delay: Option<Vec<f64>>,
}

impl Lengths {
    fn of(tasks: &[Task], place: usize, factors: &[f64], seed: u64) -> Self {
        let task = &tasks[place];
        let stream = 2 * place as u64;
        let drawn = |model: &DurationModel| shuffled(model.slices(1.0, DRAWS), seed, stream);
        let whole = times(task.duration.map_or(vec![0.0; DRAWS], drawn), factors);
        let rest = match &task.progress {
            Progress::Going { length, elapsed } => {
                let shares = (0..DRAWS).map(|n| (n as f64 + 0.5) / DRAWS as f64);
                let shares = shuffled(shares.collect(), seed, stream);
                Some(rest(&shares, factors, length, *elapsed))
            }
            Progress::Over(_) | Progress::ToCome { .. } => None,
        };
        let delay = match &task.progress {
            Progress::ToCome {
                delay: Some(delay), ..
            } => {
                let left_now = waited(tasks, task).map_or(1.0, |waited| delay.left(waited));
                Some(shuffled(delay.slices(left_now, DRAWS), seed, stream + 1))
            }
            Progress::Over(_) | Progress::Going { .. } | Progress::ToCome { .. } => None,
        };
        Self { whole, rest, delay }
    }
}

impl Lengths {
    pub(crate) fn delay_of(&self, n: usize) -> f64 {
        self.delay.as_ref().map_or(0.0, |delays| delays[n])
    }
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
        let left = length.left(elapsed / factor);
        (length.when_left(left * share) * factor - elapsed).max(0.0)
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
fn shuffled(mut values: Vec<f64>, seed: u64, stream: u64) -> Vec<f64> {
    let mut random = StdRng::seed_from_u64(seed.wrapping_add(stream.wrapping_mul(GOLDEN)));
    values.shuffle(&mut random);
    values
}

/// Keeps the seeds of neighbouring streams far apart.
const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;

fn ends(tasks: &[Task], order: &[usize], lengths: &[Lengths]) -> Vec<Vec<f64>> {
    let mut ends = vec![Vec::new(); tasks.len()];
    for place in order {
        let (task, lengths) = (&tasks[*place], &lengths[*place]);
        ends[*place] = match &task.progress {
            Progress::Over(at) => vec![*at; DRAWS],
            Progress::Going { .. } => lengths.rest.clone().unwrap_or_default(),
            Progress::ToCome { earliest, .. } => {
                let start = |n: usize| {
                    let free = |before: &usize| ends[*before][n] + lengths.delay_of(n);
                    let free = task.before.iter().map(free);
                    free.fold(earliest.max(0.0), f64::max)
                };
                (0..DRAWS).map(|n| start(n) + lengths.whole[n]).collect()
            }
        };
    }
    ends
}

/// In each draw the last item that counts decides, and what held that one up, and so on.
fn decides(tasks: &[Task], lengths: &[Lengths], ends: &[Vec<f64>], finish: &[f64]) -> Vec<f64> {
    let mut counts = vec![0usize; tasks.len()];
    for (n, finish) in finish.iter().enumerate() {
        let is_last = |place: &usize| tasks[*place].counts && ends[*place][n] == *finish;
        let mut at = (0..tasks.len()).find(is_last);
        while let Some(place) = at {
            let task = &tasks[place];
            if matches!(task.progress, Progress::Over(_)) {
                break;
            }
            counts[place] += 1;
            let Progress::ToCome { earliest, .. } = task.progress else {
                break;
            };
            // It waited for its earliest start, not for an item before it.
            let start = ends[place][n] - lengths[place].whole[n];
            let before = task.before.iter().copied();
            at = before
                .max_by(|a, b| ends[*a][n].total_cmp(&ends[*b][n]))
                .filter(|_| start > earliest.max(0.0));
        }
    }
    counts.iter().map(|n| *n as f64 / DRAWS as f64).collect()
}

/// The middle of when it starts once it is started, or of when it would have been.
fn middle_start(ends: &[f64], lengths: &Lengths) -> f64 {
    let starts = ends
        .iter()
        .zip(&lengths.whole)
        .map(|(end, whole)| end - whole);
    let mut starts: Vec<f64> = starts.collect();
    *starts.select_nth_unstable_by(DRAWS / 2, f64::total_cmp).1
}

fn band_of(mut ends: Vec<f64>) -> Band {
    let (below, middle, above) = ends.select_nth_unstable_by(DRAWS / 2, f64::total_cmp);
    let middle = *middle;
    let (_, early, _) = below.select_nth_unstable_by(TENTH, f64::total_cmp);
    let late_at = above.len() - TENTH;
    let (_, late, _) = above.select_nth_unstable_by(late_at, f64::total_cmp);
    Band {
        early: *early,
        middle,
        late: *late,
    }
}

impl Drawn {
    /// The chance that the close is through by then.
    pub fn chance_by(&self, at: f64) -> f64 {
        let by = self.finish.partition_point(|finish| *finish <= at);
        by as f64 / self.finish.len() as f64
    }

    /// When the close is through.
    pub fn finish_band(&self) -> Band {
        Band {
            early: self.finish[TENTH],
            middle: self.finish[DRAWS / 2],
            late: self.finish[DRAWS - TENTH],
        }
    }
}

#[cfg(test)]
#[path = "draws_tests.rs"]
mod tests;
