//! What earlier closes say of the next one: how long each item takes, how long people let it wait, and how
//! much all of a close is slow or quick together.
//!
//! A month-end has few months of history, so the spread of durations is learned over all items of a plan
//! together; each item adds what its own runs show. Logarithms of durations are a mean of the item, a
//! share that its close has in common (“slow today”) and a rest of its own.

use crate::close::earlier_closes::EarlierClose;
use crate::close::plan::{Item, Plan};
use crate::duration_model::{DurationModel, SpreadPrior};

/// What the plan's common spread is worth for each item, in runs.
const POOLED_RUNS: f64 = 6.0;
/// The spread of durations before anything is known, and what that is worth, in runs.
const DURATIONS: SpreadPrior = SpreadPrior {
    spread: 0.2,
    runs: 3.0,
};
/// The same of the delays of people who start by hand.
const DELAYS: SpreadPrior = SpreadPrior {
    spread: 0.7,
    runs: 3.0,
};
/// The same of the user's own estimates: most runs take between half and double of it.
const ESTIMATE: SpreadPrior = SpreadPrior {
    spread: 0.4,
    runs: 8.0,
};
/// The spread of the factor that all durations of a close share (“slow today”), worth so many closes.
const COMMON: SpreadPrior = SpreadPrior {
    spread: 0.12,
    runs: 2.0,
};
/// The common share is at least and at most this part of the variance.
const SMALLEST: f64 = 0.02;
const LARGEST: f64 = 0.8;
/// Shorter delays are the same: a chain that goes on by itself.
const SHORTEST_DELAY: f64 = 5.0;
/// A single run tells no more of today than one that is so many spreads off.
const FAR: f64 = 2.0;

/// What is known of the items of a plan, by their places.
#[derive(Debug, Clone, PartialEq)]
pub struct Learned {
    /// Each item.
    pub items: Vec<LearnedItem>,
    /// How much the durations of one close have in common.
    pub common: CommonShare,
}

/// What is known of one item.
#[derive(Debug, Clone, PartialEq)]
pub struct LearnedItem {
    /// How long it takes; none where nobody has seen or estimated it.
    pub duration: Option<DurationModel>,
    /// How long after what it waits for it starts.
    pub delay: Option<DurationModel>,
    /// Complete runs that this rests on; 0 for an estimate.
    pub runs: usize,
    /// The mean of the logarithms of its durations in seconds.
    log_mean: f64,
}

/// What all durations of one close have in common, in logarithms.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CommonShare {
    /// The spread of the common share from close to close.
    pub spread: f64,
    /// The spread of what is left to each run.
    pub own: f64,
    /// The closes that this was learned from, and what was assumed before, in closes.
    closes: f64,
}

impl Learned {
    /// Learns from earlier closes.
    pub fn of(plan: &Plan, earlier: &[EarlierClose]) -> Self {
        let durations = logs_by_item(plan, earlier, |_, earlier, place| {
            Some(earlier.runs[place]?.seconds)
        });
        let delays = logs_by_item(plan, earlier, delay);
        let common = common_share(&durations);
        let own = common.own_prior();
        let waits = SpreadPrior {
            spread: pooled(&delays, DELAYS),
            runs: POOLED_RUNS,
        };
        let all_delays: Vec<f64> = delays.iter().flat_map(|logs| known(logs)).collect();
        let today = |close: usize| common.posterior(&residuals_of_close(&durations, close)).0;
        let shares: Vec<f64> = (0..earlier.len()).map(today).collect();
        let item = |place: usize| {
            let item = &plan.items()[place];
            let delays = match known(&delays[place]).count() {
                0 => all_delays.clone(),
                _ => known(&delays[place]).collect(),
            };
            let delays: Vec<f64> = delays.into_iter().map(f64::exp).collect();
            LearnedItem {
                delay: DurationModel::learn_with(&delays, waits),
                ..learned_item(item, &durations[place], &shares, own)
            }
        };
        Self {
            items: (0..plan.items().len()).map(item).collect(),
            common,
        }
    }
}

/// The item's model without the common share, which the draws put on top again.
fn learned_item(
    item: &Item,
    logs: &[Option<f64>],
    shares: &[f64],
    own: SpreadPrior,
) -> LearnedItem {
    let by_itself: Vec<f64> = logs
        .iter()
        .zip(shares)
        .filter_map(|(log, share)| Some((*log)? - share))
        .collect();
    let seconds: Vec<f64> = by_itself.iter().map(|log| log.exp()).collect();
    let learned = DurationModel::learn_with(&seconds, own);
    let estimated = || DurationModel::learn_with(&[item.estimate?], ESTIMATE);
    let runs = learned.as_ref().map_or(0, DurationModel::runs);
    let duration = learned.or_else(estimated);
    let middle = duration.as_ref().map_or(1.0, |model| model.when_left(0.5));
    LearnedItem {
        duration,
        delay: None,
        runs,
        log_mean: middle.ln(),
    }
}

impl LearnedItem {
    /// By how much a duration is off what was expected, in logarithms; none of an estimate, which says more
    /// of its owner than of today.
    pub fn residual(&self, seconds: f64) -> Option<Residual> {
        (self.runs > 0 && seconds > 0.0).then(|| Residual {
            off: seconds.ln() - self.log_mean,
            runs: self.runs,
        })
    }
}

/// By how much a run was off what was expected, in logarithms.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Residual {
    /// By how much.
    pub off: f64,
    /// The runs that the expectation rests on.
    pub runs: usize,
}

impl CommonShare {
    /// What the spread of one item's runs is taken for before its own runs say otherwise.
    pub(crate) fn own_prior(&self) -> SpreadPrior {
        SpreadPrior {
            spread: self.own,
            runs: POOLED_RUNS,
        }
    }

    /// What these say of the common share of their close: the factor by which all of it takes longer.
    pub fn factor(&self, residuals: &[Residual]) -> DurationModel {
        let (mean, spread) = self.posterior(residuals);
        DurationModel::log_t(mean, spread, self.closes + residuals.len() as f64)
    }

    fn posterior(&self, residuals: &[Residual]) -> (f64, f64) {
        // The mean of past closes is uncertain too: each of them had a share of its own.
        let known = 1.0 + 1.0 / self.closes;
        let mut precision = (self.spread.powi(2) * known).recip();
        let mut sum = 0.0;
        for residual in residuals {
            let variance = self.own.powi(2) * (1.0 + 1.0 / residual.runs as f64);
            let far = FAR * (variance + self.spread.powi(2)).sqrt();
            sum += residual.off.clamp(-far, far) / variance;
            precision += 1.0 / variance;
        }
        (sum / precision, precision.powf(-0.5))
    }
}

/// The logarithms of something of each item in each close.
fn logs_by_item(
    plan: &Plan,
    earlier: &[EarlierClose],
    seconds: impl Fn(&Plan, &EarlierClose, usize) -> Option<f64>,
) -> Vec<Vec<Option<f64>>> {
    let log = |close: &EarlierClose, place| {
        let seconds = seconds(plan, close, place)?;
        (seconds > 0.0).then(|| seconds.ln())
    };
    (0..plan.items().len())
        .map(|place| earlier.iter().map(|close| log(close, place)).collect())
        .collect()
}

/// Seconds from the end of what an item waits for to its start. What started before that was not waiting.
fn delay(plan: &Plan, close: &EarlierClose, place: usize) -> Option<f64> {
    let run = close.runs[place]?;
    let ends: Option<Vec<_>> = plan
        .before(place)
        .iter()
        .map(|before| Some(close.runs[*before]?.ended))
        .collect();
    let free = ends?.into_iter().max()?;
    let seconds = run.started.duration_since(free).as_secs_f64();
    (seconds >= 0.0).then(|| seconds.max(SHORTEST_DELAY))
}

fn known(logs: &[Option<f64>]) -> impl Iterator<Item = f64> {
    logs.iter().flatten().copied()
}

fn mean(logs: &[Option<f64>]) -> Option<(f64, usize)> {
    let count = known(logs).count();
    (count > 0).then(|| (known(logs).sum::<f64>() / count as f64, count))
}

/// The spread that all items have together, around the mean of each.
fn pooled(items: &[Vec<Option<f64>>], prior: SpreadPrior) -> f64 {
    let mut squares = prior.runs * prior.spread.powi(2);
    let mut freedom = prior.runs;
    for logs in items {
        let Some((mean, count)) = mean(logs) else {
            continue;
        };
        squares += known(logs).map(|log| (log - mean).powi(2)).sum::<f64>();
        freedom += count as f64 - 1.0;
    }
    (squares / freedom).sqrt()
}

/// Splits the spread into what the runs of one close share, seen in pairs of them, and the rest.
fn common_share(durations: &[Vec<Option<f64>>]) -> CommonShare {
    let all = pooled(durations, DURATIONS).powi(2);
    let count = durations.iter().map(Vec::len).max().unwrap_or(0);
    let shared: Vec<f64> = (0..count)
        .filter_map(|close| mean_product(&residuals_of_close(durations, close)))
        .collect();
    let closes = shared.len() as f64 + COMMON.runs;
    let shared = shared.iter().sum::<f64>() + COMMON.runs * COMMON.spread.powi(2);
    let shared = (shared / closes).clamp(SMALLEST * all, LARGEST * all);
    CommonShare {
        spread: shared.sqrt(),
        own: (all - shared).sqrt(),
        closes,
    }
}

/// The mean product of two residuals of one close; none without two that say anything.
fn mean_product(residuals: &[Residual]) -> Option<f64> {
    // The means were learned from these same runs, which makes the residuals too small: scale them up.
    let whole = |r: &Residual| r.off / (1.0 - 1.0 / r.runs as f64).sqrt();
    let offs: Vec<f64> = residuals.iter().filter(|r| r.runs > 1).map(whole).collect();
    let (sum, squares) = offs.iter().fold((0.0, 0.0), |(sum, squares), off| {
        (sum + off, squares + off * off)
    });
    let pairs = offs.len() * offs.len().saturating_sub(1);
    (pairs > 0).then(|| (sum * sum - squares) / pairs as f64)
}

fn residuals_of_close(durations: &[Vec<Option<f64>>], close: usize) -> Vec<Residual> {
    let residual = |logs: &Vec<Option<f64>>| {
        let (mean, runs) = mean(logs)?;
        let off = logs.get(close).copied().flatten()? - mean;
        Some(Residual { off, runs })
    };
    durations.iter().filter_map(residual).collect()
}

#[cfg(test)]
#[path = "learned_tests.rs"]
mod tests;
