//! How right the forecasts were: “of the last 20 forecasts, 16 held”.

use jiff::{SignedDuration, Timestamp};

use crate::close::board::{Expectation, Expected};

/// A finish that moved by less is the same forecast.
const SAME: SignedDuration = SignedDuration::from_mins(5);
/// Forecasts that the board speaks of.
pub const LAST: usize = 20;
/// At these shares of a close its forecast is looked at: one that changes each minute would count for many.
const LOOKED_AT: [f64; 4] = [0.0, 0.25, 0.5, 0.75];

/// A forecast as it was shown. Kept for ever, and never changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublishedForecast {
    /// When it was first shown (UTC).
    pub at: Timestamp,
    /// The chance that was said, in percent; none past the cut-off.
    pub percent: Option<u8>,
    /// The finish that was said.
    pub finish: Expectation,
}

impl PublishedForecast {
    /// What is published now; none where the last one still says the same.
    pub fn next(last: Option<&Self>, expected: &Expected, now: Timestamp) -> Option<Self> {
        let near = |a: Timestamp, b: Timestamp| a.duration_since(b).abs() < SAME;
        let same = |last: &Self| {
            let (old, new) = (last.finish, expected.finish);
            last.percent == expected.percent
                && near(old.early, new.early)
                && near(old.middle, new.middle)
                && near(old.late, new.late)
        };
        (!last.is_some_and(same)).then_some(Self {
            at: now,
            percent: expected.percent,
            finish: expected.finish,
        })
    }
}

/// A close that is over, with what was forecast of it.
#[derive(Debug, Clone, PartialEq)]
pub struct EndedClose {
    /// Its forecasts, the earliest first.
    pub published: Vec<PublishedForecast>,
    /// When it was through (UTC).
    pub through: Timestamp,
    /// An item did not pass its gate in it: its forecasts said “if nothing fails”.
    pub something_failed: bool,
}

/// How right the last forecasts were.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Score {
    /// Those that are looked at: four a close, [`LAST`] at most.
    pub of: usize,
    /// Those whose band the finish lay in.
    pub held: usize,
    /// Closes that were left out, as something failed in them.
    pub left_out: usize,
}

/// The score of the closes that are over, the latest first.
pub fn score(closes: &[EndedClose]) -> Score {
    let mut score = Score::default();
    for close in closes {
        if score.of >= LAST {
            break;
        }
        if close.something_failed {
            score.left_out += 1;
            continue;
        }
        let looked_at = LOOKED_AT
            .iter()
            .filter_map(|share| close.forecast_at(*share));
        for forecast in looked_at.take(LAST - score.of) {
            let finish = forecast.finish;
            score.of += 1;
            score.held += usize::from((finish.early..=finish.late).contains(&close.through));
        }
    }
    score
}

impl EndedClose {
    /// The forecast that was shown at this share of the close, from its first one on.
    fn forecast_at(&self, share: f64) -> Option<&PublishedForecast> {
        let first = self.published.first()?.at;
        let took = self.through.duration_since(first).as_secs_f64();
        let into = SignedDuration::try_from_secs_f64(took * share).ok()?;
        let at = first.checked_add(into).ok()?;
        self.published
            .iter()
            .rev()
            .find(|forecast| forecast.at <= at)
    }
}

#[cfg(test)]
#[path = "score_tests.rs"]
mod tests;
