//! The rest of a close, played through 2,000 times.

use crate::close::latest_starts::latest_starts;
use crate::close::lengths::{DRAWS, Lengths, Progress, TENTH, Task, shuffled};
use crate::duration_model::DurationModel;

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
