//! Steps of a run.

use std::sync::Arc;

use runwatch_contract::{RunDetail, RunRef};
use runwatch_core::ids::StepId;

use crate::api::answer::{Answer, run_key};
use crate::api::errors::ForPage;
use crate::api::views::run::detail_of;
use crate::app_state::AppState;

pub async fn get_run_steps(app_state: &Arc<AppState>, run: RunRef) -> Answer<RunDetail> {
    let key = run_key(&run)?;
    let read = app_state.engine.poll(&key, true).await;
    read.map_err(|error| error.for_page())?;
    detail_of(app_state, &key)
}

pub async fn get_step_status(
    app_state: &Arc<AppState>,
    run: RunRef,
    step_id: String,
) -> Answer<RunDetail> {
    let (key, step) = (run_key(&run)?, step_id_of(&step_id)?);
    let read = app_state.engine.read_step(&key, step).await;
    read.map_err(|error| error.for_page())?;
    detail_of(app_state, &key)
}

pub async fn add_step(
    app_state: &Arc<AppState>,
    run: RunRef,
    step_id: String,
) -> Answer<RunDetail> {
    get_step_status(app_state, run, step_id).await
}

pub async fn remove_step(
    app_state: &Arc<AppState>,
    run: RunRef,
    step_id: String,
) -> Answer<RunDetail> {
    let (key, step) = (run_key(&run)?, step_id_of(&step_id)?);
    let removed = app_state.engine.remove_step(&key, &step).await;
    removed.map_err(|error| error.for_page())?;
    detail_of(app_state, &key)
}

fn step_id_of(text: &str) -> Answer<StepId> {
    StepId::parse(text).map_err(|error| error.for_page())
}
