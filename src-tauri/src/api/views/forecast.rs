//! What earlier runs say about a run, as the page shows it.

use jiff::Timestamp;
use runwatch_contract::{Forecast, PastRun};
use runwatch_core::duration_sample::DurationSample;
use runwatch_core::forecast as core_forecast;

use crate::api::views::count;

/// The whole of it, for the open run.
pub fn view(forecast: &core_forecast::Forecast) -> Forecast {
    let steps = |of: fn((usize, usize)) -> usize| forecast.steps.map(|steps| count(of(steps)));
    let millis = Timestamp::as_millisecond;
    let between = forecast.ends_between;
    Forecast {
        learned_from: count(forecast.learned_from),
        usual_seconds: forecast.usual,
        band_seconds: forecast.band,
        ends: forecast.ends.map(millis),
        ends_between: between.map(|(early, late)| (millis(early), millis(late))),
        progress: forecast.progress,
        steps_over: steps(|(over, _)| over),
        steps_counted: steps(|(_, all)| all),
        is_late: forecast.is_late,
        is_long: forecast.is_long,
        latest: forecast.latest.iter().map(past).collect(),
    }
}

fn past(sample: &DurationSample) -> PastRun {
    PastRun {
        run_id: sample.key.run.to_string(),
        ended: sample.ended.as_millisecond(),
        seconds: sample.seconds,
    }
}
