//! How long the runs of a process usually take, learned from earlier ones.
//!
//! Durations of automated work are close to lognormal: a run takes "a fifth longer", seldom "two
//! minutes longer". The logarithms x₁…xₙ of the earlier durations have a mean m and a spread s; what
//! the next one may be is then a Student t distribution around m, scaled by s√(1 + 1/n): wide while
//! little is known, close to the normal one later. One run's worth of prior ([`SPREAD`]) keeps two
//! runs of the same length from being taken for a law.
//!
//! The distribution is kept as a table, so that every question is a search in it. What has gone on for longer than the
//! table knows goes on for a share of that time: whatever hung for a day will hardly be over in a minute.

/// What the spread of a process is taken for before its runs say otherwise: a fifth.
const SPREAD: SpreadPrior = SpreadPrior {
    spread: 0.2,
    runs: 1.0,
};
/// The table reaches this many spreads to either side.
const REACH: f64 = 12.0;
/// Its rows to either side of the middle.
const ROWS: i32 = 240;
/// Spreads from row to row.
const STEP: f64 = REACH / ROWS as f64;
/// From this many runs on, one that is far off all others is left out.
const ROBUST: usize = 5;
/// Rows with less left than this are the rounding of sums, and say nothing of how it falls off.
const SURE: f64 = 1e-9;

/// How long a process usually takes.
#[derive(Debug, Clone, PartialEq)]
pub struct DurationModel {
    runs: usize,
    rows: Vec<Row>,
    tail: Tail,
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

/// What is left beyond the last row that is sure: it falls off as a power of the time.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Tail {
    /// Seconds since the start of the run at that row.
    at: f64,
    /// The chance that it goes on longer than this.
    left: f64,
    /// The power.
    power: f64,
}

impl Tail {
    /// Of the runs that have gone on for some time in the tail, this share takes longer than so many times that time.
    fn times(&self, share: f64) -> f64 {
        share.powf(-1.0 / self.power)
    }
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
        Some(Self::of(runs, mean, spread, freedom))
    }

    /// What is known otherwise than from durations: the middle and the spread of its logarithms, and with
    /// how many degrees of freedom.
    pub(crate) fn log_t(middle: f64, spread: f64, freedom: f64) -> Self {
        Self::of(0, middle, spread, freedom)
    }

    fn of(runs: usize, mean: f64, spread: f64, freedom: f64) -> Self {
        let rows = table(mean, spread, freedom);
        let tail = tail(&rows, spread, freedom);
        Self { runs, rows, tail }
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

    /// The seconds that a run takes that has gone on for `elapsed`, where this share of such runs takes longer: always
    /// more than `elapsed`, also where it has gone on for longer than any that is known.
    pub(crate) fn ends_after(&self, elapsed: f64, share: f64) -> f64 {
        let tail = self.tail;
        if elapsed >= tail.at {
            return elapsed * tail.times(share);
        }
        let chance = self.left(elapsed) * share;
        match chance < tail.left {
            true => tail.at * tail.times(chance / tail.left),
            false => self.when_left(chance),
        }
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

/// How the distribution goes on beyond its rows.
fn tail(rows: &[Row], spread: f64, freedom: f64) -> Tail {
    let sure = rows.partition_point(|row| row.left > SURE).max(1) - 1;
    let z = STEP * (sure as f64 - f64::from(ROWS));
    let row = rows.get(sure).unwrap_or(&START);
    Tail {
        at: row.at,
        left: row.left,
        // How fast Student’s t falls off there, for the logarithm of the time.
        power: freedom * z / (freedom + z * z) / spread,
    }
}

fn table(mean: f64, spread: f64, freedom: f64) -> Vec<Row> {
    let step = STEP;
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
#[path = "duration_model_tests.rs"]
mod tests;
