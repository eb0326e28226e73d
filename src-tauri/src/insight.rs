//! What earlier runs say about a run, as the page shows it.

use jiff::Timestamp;
use runwatch_contract::{Insight, PastRun};
use runwatch_core::{duration_sample::DurationSample, forecast};

/// The whole of it, for the open run.
pub fn view(insight: &forecast::Forecast) -> Insight {
    let steps = |of: fn((usize, usize)) -> usize| insight.steps.map(|steps| count(of(steps)));
    let millis = Timestamp::as_millisecond;
    let between = insight.ends_between;
    Insight {
        learned_from: count(insight.learned_from),
        usual_seconds: insight.usual,
        band_seconds: insight.band,
        ends: insight.ends.map(millis),
        ends_between: between.map(|(early, late)| (millis(early), millis(late))),
        progress: insight.progress,
        steps_over: steps(|(over, _)| over),
        steps_counted: steps(|(_, all)| all),
        is_late: insight.is_late,
        is_long: insight.is_long,
        latest: insight.latest.iter().map(past).collect(),
    }
}

fn past(sample: &DurationSample) -> PastRun {
    PastRun {
        run_id: sample.key.run.to_string(),
        ended: sample.ended.as_millisecond(),
        seconds: sample.seconds,
    }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
