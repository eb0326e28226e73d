//! How long the runs of a process usually take, learned from earlier ones.
//!
//! Durations of automated work are close to lognormal: a run takes "a fifth longer", seldom "two
//! minutes longer". The logarithms x₁…xₙ of the earlier durations have a mean m and a spread s; what
//! the next one may be is then a Student t distribution around m, scaled by s√(1 + 1/n): wide while
//! little is known, close to the normal one later. One run's worth of prior ([`SPREAD`]) keeps two
//! runs of the same length from being taken for a law.
//!
//! The distribution is kept as a table, so that every question is a search in it.

/// What the spread of a process is taken for before its runs say otherwise: a fifth.
const SPREAD: SpreadPrior = SpreadPrior {
    spread: 0.2,
    runs: 1.0,
};
/// The table reaches this many spreads to either side.
const REACH: f64 = 12.0;
/// Its rows to either side of the middle.
const ROWS: i32 = 240;
/// From this many runs on, one that is far off all others is left out.
const ROBUST: usize = 5;

/// How long a process usually takes.
#[derive(Debug, Clone, PartialEq)]
pub struct DurationModel {
    runs: usize,
    rows: Vec<Row>,
}

/// One moment of a run.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Row {
    /// Seconds since its start.
    at: f64,
    /// The chance that it goes on longer than this.
    left: f64,
    /// Effort spent until then: see [`DurationModel::wait`].
    effort: f64,
}

/// The start of a run.
const START: Row = Row {
    at: 0.0,
    left: 1.0,
    effort: 0.0,
};

/// What a spread is taken for before runs of its own say otherwise.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SpreadPrior {
    /// The standard deviation of the logarithms.
    pub spread: f64,
    /// How many runs this is worth, 1 at least.
    pub runs: f64,
}

impl DurationModel {
    /// Learns from durations in seconds; none where none of them is one.
    pub fn learn(seconds: &[f64]) -> Option<Self> {
        Self::learn_with(seconds, SPREAD)
    }

    /// Learns from durations in seconds where more is known of their spread than these tell.
    pub fn learn_with(seconds: &[f64], prior: SpreadPrior) -> Option<Self> {
        let usable = |seconds: &&f64| seconds.is_finite() && **seconds > 0.0;
        let logs: Vec<f64> = seconds.iter().filter(usable).map(|s| s.ln()).collect();
        let logs = without_strays(logs);
        let runs = logs.len();
        if runs == 0 {
            return None;
        }
        let n = runs as f64;
        let mean = logs.iter().sum::<f64>() / n;
        let squares: f64 = logs.iter().map(|x| (x - mean).powi(2)).sum();
        // The mean takes one degree of freedom, the prior gives as many as it is worth.
        let freedom = n - 1.0 + prior.runs;
        let variance = (prior.runs * prior.spread.powi(2) + squares) / freedom;
        let spread = (variance * (1.0 + 1.0 / n)).sqrt();
        let rows = table(mean, spread, freedom);
        Some(Self { runs, rows })
    }

    /// What is known otherwise than from durations: the middle and the spread of its logarithms, and with
    /// how many degrees of freedom.
    pub(crate) fn log_t(middle: f64, spread: f64, freedom: f64) -> Self {
        let rows = table(middle, spread, freedom);
        Self { runs: 0, rows }
    }

    /// How many runs it was learned from.
    pub fn runs(&self) -> usize {
        self.runs
    }

    /// The chance that a run takes longer than this.
    pub fn left(&self, seconds: f64) -> f64 {
        self.between(|row| row.at < seconds)
            .map_or(0.0, |(a, b)| line((a.at, a.left), (b.at, b.left), seconds))
    }

    /// The seconds that a run has taken when this chance of taking longer is left.
    pub fn when_left(&self, chance: f64) -> f64 {
        let end = self.rows.last().map_or(0.0, |row| row.at);
        self.between(|row| row.left > chance)
            .map_or(end, |(a, b)| line((a.left, a.at), (b.left, b.at), chance))
    }

    /// The middles of `count` equally likely slices, the longest first, of what takes longer than a chance
    /// of `left` says: [`DurationModel::when_left`] of each, in one pass.
    pub(crate) fn slices(&self, left: f64, count: usize) -> Vec<f64> {
        let end = self.rows.last().map_or(0.0, |row| row.at);
        let mut at = self.rows.len();
        let middle = |n: usize| {
            let chance = left * (n as f64 + 0.5) / count as f64;
            while at > 0 && self.rows[at - 1].left <= chance {
                at -= 1;
            }
            let Some(next) = self.rows.get(at) else {
                return end;
            };
            let before = at.checked_sub(1).map_or(&START, |i| &self.rows[i]);
            line((before.left, before.at), (next.left, next.at), chance)
        };
        (0..count).map(middle).collect()
    }

    /// Seconds to wait before a run is asked again that has gone on for `elapsed`, at `price`
    /// seconds a request; infinite where its end is not in sight. `closed_window_interval` has the derivation.
    pub fn wait(&self, elapsed: f64, price: f64) -> f64 {
        let spent = self.between(|row| row.at < elapsed);
        let Some((a, b)) = spent else {
            return f64::INFINITY;
        };
        let target = line((a.at, a.effort), (b.at, b.effort), elapsed) + price.sqrt();
        self.between(|row| row.effort < target)
            .map_or(f64::INFINITY, |(a, b)| {
                line((a.effort, a.at), (b.effort, b.at), target) - elapsed
            })
    }

    /// The rows to either side of the first one that is no longer `before`; none past the table.
    fn between(&self, before: impl Fn(&Row) -> bool) -> Option<(Row, Row)> {
        let at = self.rows.partition_point(before);
        let next = self.rows.get(at)?;
        let previous = at.checked_sub(1).and_then(|i| self.rows.get(i));
        Some((*previous.unwrap_or(&START), *next))
    }
}

/// The value at `x` of the line through two points.
fn line(a: (f64, f64), b: (f64, f64), x: f64) -> f64 {
    if b.0 == a.0 {
        return b.1;
    }
    a.1 + (b.1 - a.1) * (x - a.0) / (b.0 - a.0)
}

/// Leaves out what is far off all others: a run that broke early, or hung for a night.
fn without_strays(logs: Vec<f64>) -> Vec<f64> {
    if logs.len() < ROBUST {
        return logs;
    }
    let middle = median(logs.clone());
    let off = median(logs.iter().map(|x| (x - middle).abs()).collect());
    // 1.48 median deviations are a standard deviation; a few percent are never far off.
    let far = 3.5 * 1.48 * off.max(0.05);
    logs.into_iter()
        .filter(|x| (x - middle).abs() <= far)
        .collect()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let half = values.len() / 2;
    match values.len() % 2 {
        0 => (values[half - 1] + values[half]) / 2.0,
        _ => values[half],
    }
}

fn table(mean: f64, spread: f64, freedom: f64) -> Vec<Row> {
    let step = REACH / f64::from(ROWS);
    let density = |z: f64| (-(freedom + 1.0) / 2.0 * (z * z / freedom).ln_1p()).exp();
    let densities: Vec<f64> = (-ROWS..=ROWS)
        .map(|i| density(step * f64::from(i)))
        .collect();
    // Student’s t falls off as a power: the tail beyond the table in closed form.
    let beyond = REACH * density(REACH) / freedom / step;
    let total = densities.iter().sum::<f64>() + 2.0 * beyond;
    let mut above = total - beyond;
    let (mut effort, mut before) = (0.0, (0.0, 0.0));
    let row = |(i, density): (i32, &f64)| {
        let at = (mean + spread * step * f64::from(i)).exp();
        let left = (above - density / 2.0) / total;
        above -= density;
        let hazard = density / (total * left * step * spread * at);
        let rate = (hazard / 2.0).sqrt();
        effort += (at - before.0) * (rate + before.1) / 2.0;
        before = (at, rate);
        Row { at, left, effort }
    };
    (-ROWS..=ROWS).zip(&densities).map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(a: f64, b: f64, by: f64) -> bool {
        (a - b).abs() <= by * b.abs()
    }

    #[test]
    fn nothing_is_learned_from_nothing() {
        assert_eq!(DurationModel::learn(&[]), None);
        assert_eq!(
            DurationModel::learn(&[0.0, -3.0, f64::NAN, f64::INFINITY]),
            None
        );
    }

    #[test]
    fn the_middle_is_where_half_are_done_and_the_band_narrows_with_every_run() {
        let band = |runs: usize| {
            let seconds: Vec<f64> = (0..runs).map(|i| [540.0, 600.0, 666.0][i % 3]).collect();
            let model = DurationModel::learn(&seconds).unwrap();
            assert!(near(model.when_left(0.5), 600.0, 0.01));
            assert!(near(model.left(600.0), 0.5, 0.02));
            model.when_left(0.05) - model.when_left(0.95)
        };
        let bands = [3, 6, 12, 30].map(band);
        assert!(bands.is_sorted_by(|a, b| a > b), "{bands:?}");
    }

    #[test]
    fn with_many_runs_it_is_the_lognormal_distribution_itself() {
        // Two values a spread of 0.3 to either side of ten minutes.
        let seconds: Vec<f64> = (0..400)
            .map(|i| 600.0 * if i % 2 == 0 { 0.3f64 } else { -0.3 }.exp())
            .collect();
        let model = DurationModel::learn(&seconds).unwrap();
        for (chance, spreads) in [(0.8413, -1.0), (0.5, 0.0), (0.05, 1.6449), (0.01, 2.3263)] {
            let expected = 600.0 * (0.3f64 * spreads).exp();
            let at = model.when_left(chance);
            assert!(near(at, expected, 0.01), "{chance}: {at}, not {expected}");
        }
    }

    #[test]
    fn slices_in_one_pass_are_what_each_question_by_itself_answers() {
        for (seconds, left) in [(&[300.0][..], 1.0), (&[500.0, 600.0, 900.0], 0.3)] {
            let model = DurationModel::learn(seconds).unwrap();
            let one_by_one = (0..50).map(|n| model.when_left(left * (f64::from(n) + 0.5) / 50.0));
            assert_eq!(model.slices(left, 50), one_by_one.collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_run_that_broke_early_or_hung_does_not_change_the_habit() {
        let usual = [580.0, 590.0, 600.0, 610.0, 620.0];
        let strays = [&usual[..], &[12.0, 40_000.0]].concat();
        let (usual, strays) = (DurationModel::learn(&usual), DurationModel::learn(&strays));
        assert_eq!(usual, strays);
    }

    #[test]
    fn the_chance_that_is_left_only_falls_and_effort_only_grows() {
        for seconds in [&[1.0][..], &[5.0, 36_000.0], &[600.0; 30]] {
            let rows = DurationModel::learn(seconds).unwrap().rows;
            assert!(rows.is_sorted_by(|a, b| a.at < b.at && a.left >= b.left));
            assert!(rows.is_sorted_by(|a, b| a.effort <= b.effort));
            let fine = |row: &Row| row.left > 0.0 && row.left < 1.0 && row.effort.is_finite();
            assert!(rows.iter().all(fine), "{seconds:?}");
        }
    }
}
