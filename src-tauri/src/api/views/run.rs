//! Runs and steps as the page shows them.

use jiff::Timestamp;
use runwatch_contract::{
    AppError, AtStep, Availability, Handled, Muted, PastAttempt, RunDetail, RunRow, StepRow,
};
use runwatch_core::action_availability::{ActionContext, Availability as CoreAvailability};
use runwatch_core::attempt::Phase;
use runwatch_core::current_step::{CurrentStep, current_step};
use runwatch_core::forecast::Forecast;
use runwatch_core::handled as core_handled;
use runwatch_core::ids::RunKey;
use runwatch_core::observation::Step;
use runwatch_core::run::EndedAttempt;
use runwatch_core::server_dates::ServerDates;
use runwatch_core::step_order::{StepOrder, gaps};
use runwatch_core::words;
use runwatch_engine::runs::tracked_run::{TrackedRun, TrackedState};

use crate::api::errors::ForPage;
use crate::api::views::{count, forecast, millis};
use crate::app_state::AppState;
use crate::settings::mutes;

/// As much of a step's message as a row has, in characters.
const MESSAGE_LENGTH: usize = 200;

/// A run's row as it is known now.
///
/// # Errors
/// When the run is not in the list.
pub fn row_of(app_state: &AppState, key: &RunKey) -> Result<RunRow, AppError> {
    let tracked = app_state.engine.runs.get(key);
    let tracked = tracked.map_err(|error| error.for_page())?;
    Ok(row(app_state, &tracked))
}

/// A run, opened, as it is known now.
///
/// # Errors
/// When the run is not in the list.
pub fn detail_of(app_state: &AppState, key: &RunKey) -> Result<RunDetail, AppError> {
    let tracked = app_state.engine.runs.get(key);
    let tracked = tracked.map_err(|error| error.for_page())?;
    Ok(detail(app_state, &tracked))
}

/// A run's row.
pub fn row(app_state: &AppState, tracked: &TrackedRun) -> RunRow {
    let here = state_here(app_state, tracked);
    row_at(app_state, &here, &app_state.engine.forecast_of(&here))
}

/// A run's row by what is known of it at this moment.
fn row_at(app_state: &AppState, here: &TrackedState, forecast: &Forecast) -> RunRow {
    let engine = &app_state.engine;
    let now = engine.now();
    let muted = engine
        .settings
        .by_policy(|policy| mutes::muted(policy, &here.run.key, now));
    let process_name = engine.process_names.of(&here.run);
    row_view(here, forecast, muted, process_name)
}

fn detail(app_state: &AppState, tracked: &TrackedRun) -> RunDetail {
    let state = tracked.state();
    let cannot_act = app_state
        .history
        .bars_actions()
        .or_else(|| app_state.engine.accounts.cannot_act(&tracked.key.account))
        .or(state.refused.map(str::to_owned));
    let elsewhere = app_state.engine.elsewhere(&tracked.key);
    let now = app_state.engine.now();
    let context = state.action_context(cannot_act.as_deref(), &elsewhere, now);
    let here = state_here(app_state, tracked);
    let forecast = app_state.engine.forecast_of(&here);
    let row = row_at(app_state, &here, &forecast);
    detail_view(row, &here, &forecast, &context)
}

/// What is known of a run, by this computer's clock: the one that its user sees.
fn state_here(app_state: &AppState, tracked: &TrackedRun) -> TrackedState {
    let dates = app_state.engine.server_dates(&tracked.key.account);
    tracked.state().by_this_clock(&dates)
}

/// A run's row; `state` is by this computer's clock.
fn row_view(
    state: &TrackedState,
    forecast: &Forecast,
    muted: Option<Muted>,
    process_name: Option<String>,
) -> RunRow {
    let run = &state.run;
    let attempt = run.attempt.as_ref();
    let because = run
        .judgement
        .as_ref()
        .map(|judgement| judgement.because.as_str());
    RunRow {
        account_id: run.key.account.0.clone(),
        run_id: run.key.run.to_string(),
        name: run.info.name.clone(),
        process_id: run.info.process.as_ref().map(ToString::to_string),
        process_name,
        watched: run.watched,
        muted,
        archived: run.archived,
        status: attempt
            .map(|attempt| attempt.stamp.status.word().to_owned())
            .unwrap_or_default(),
        // While a start is proved, what has ended is the attempt before it.
        ended: attempt.is_some_and(|attempt| {
            attempt.stamp.ended() && !matches!(attempt.phase, Phase::Proving { .. })
        }),
        gone: state.gone,
        outcome: run.outcome(),
        handled: run.handled_now().map(handled),
        summary: match run.outcome() {
            None if state.gone => words::run::gone(attempt),
            _ => words::summary(attempt, because),
        },
        started: millis(attempt.and_then(|attempt| attempt.stamp.started)),
        finished: millis(attempt.and_then(|attempt| attempt.stamp.finished)),
        duration_seconds: run.seconds(),
        ends: millis(forecast.ends),
        ends_between: forecast
            .ends_between
            .map(|(early, late)| (early.as_millisecond(), late.as_millisecond())),
        is_late: forecast.is_late,
        is_long: forecast.is_long,
        usual_seconds: forecast.usual,
        at_step: current_step(run, &state.steps).as_ref().map(at_step),
        seen_at: millis(run.seen_at),
        attempt: run.attempt_number(),
        problem: state.problem.as_ref().map(ForPage::for_page),
        busy: state.busy,
        seq: state.change,
    }
}

fn handled(handled: &core_handled::Handled) -> Handled {
    Handled {
        who: handled.who.clone(),
        at: handled.at.as_millisecond(),
        note: handled.note.clone(),
    }
}

fn at_step(at: &CurrentStep<'_>) -> AtStep {
    let seen = at.step.seen.as_ref();
    let message = seen.map_or("", |seen| &seen.message);
    AtStep {
        name: at.step.name.clone(),
        place: count(at.place),
        of: count(at.of),
        // A row is sent with each change: the open run has the whole message.
        message: message.chars().take(MESSAGE_LENGTH).collect(),
    }
}

/// A run, opened; `state` is by this computer's clock, `context` is what can be done with it.
fn detail_view(
    row: RunRow,
    state: &TrackedState,
    forecast: &Forecast,
    context: &ActionContext<'_>,
) -> RunDetail {
    let info = &state.run.info;
    let orders: Vec<StepOrder> = state
        .steps
        .iter()
        .filter_map(|step| step.order.clone())
        .collect();
    RunDetail {
        row,
        description: info.description.clone(),
        last_modified_by: info.last_modified_by.clone(),
        date_created: millis(info.date_created),
        date_modified: millis(info.date_modified),
        steps: state
            .steps
            .iter()
            .map(|step| step_row(state, step, context.restart(step)))
            .collect(),
        gaps: gaps(&orders),
        steps_read_at: millis(state.run.steps_read_at),
        steps_problem: state.steps_problem.as_ref().map(ForPage::for_page),
        steps_note: state.steps_note(),
        forecast: forecast::view(forecast),
        start: can(context.start()),
        cancel: can(context.cancel()),
    }
}

fn step_row(state: &TrackedState, step: &Step, restart: CoreAvailability) -> StepRow {
    let seen = step.seen.as_ref();
    StepRow {
        step_id: step.id.to_string(),
        name: step.name.clone(),
        order: step.order.as_ref().map(ToString::to_string),
        enabled: step.enabled,
        by_hand: step.by_hand,
        status: seen
            .map(|seen| seen.status.word().to_owned())
            .unwrap_or_default(),
        started: millis(seen.and_then(|seen| seen.started)),
        finished: millis(seen.and_then(|seen| seen.finished)),
        duration_seconds: seen.and_then(|seen| seen.duration_seconds),
        message: seen.map(|seen| seen.message.clone()).unwrap_or_default(),
        problem: state.step_problems.get(&step.id).map(ForPage::for_page),
        restart: can(restart),
    }
}

/// An attempt that ended, as it was written down; `dates` are its account's.
pub fn past_attempt(ended: &EndedAttempt, dates: &ServerDates) -> PastAttempt {
    let here = |date: Timestamp| dates.run_moment(date).as_millisecond();
    let end = |date| dates.run_moment_seen(date, ended.recorded);
    let finished = ended.finished;
    let finished = finished.map(|date| end(date).unwrap_or_else(|| dates.run_moment(date)));
    PastAttempt {
        attempt: ended.attempt,
        started: ended.started.map(here),
        finished: finished.unwrap_or(ended.recorded).as_millisecond(),
        seconds: ended.seconds,
        outcome: ended.outcome,
    }
}

fn can(availability: CoreAvailability) -> Availability {
    match availability {
        CoreAvailability::Yes => Availability {
            allowed: true,
            reason: None,
            warning: None,
        },
        CoreAvailability::Warn(text) => Availability {
            allowed: true,
            reason: None,
            warning: Some(text),
        },
        CoreAvailability::No(text) => Availability {
            allowed: false,
            reason: Some(text),
            warning: None,
        },
    }
}
