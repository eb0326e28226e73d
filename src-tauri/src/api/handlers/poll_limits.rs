//! How often SolveXia is asked.

use std::sync::Arc;

use runwatch_contract::PollLimits;

use crate::api::answer::Answer;
use crate::app_state::AppState;
use crate::settings::poll_limits;

pub async fn get_poll_limits(app_state: &Arc<AppState>) -> Answer<PollLimits> {
    Ok(poll_limits::view(app_state.engine.settings.poll_limits()))
}

pub async fn set_poll_limits(app_state: &Arc<AppState>, limits: PollLimits) -> Answer<PollLimits> {
    poll_limits::change(app_state, limits).await
}
