//! What the desktop shows.

use std::sync::Arc;

use jiff::tz::TimeZone;
use runwatch_contract::{MuteFor, NotificationSettings, RunRef, RunRow};

use crate::api::answer::{Answer, run_key, run_keys};
use crate::api::views;
use crate::app_state::AppState;
use crate::settings::{mutes, notifications};

pub async fn get_notifications(app_state: &Arc<AppState>) -> Answer<NotificationSettings> {
    Ok(notifications::settings(app_state))
}

pub async fn set_notifications(
    app_state: &Arc<AppState>,
    settings: NotificationSettings,
) -> Answer<NotificationSettings> {
    notifications::change(app_state, settings).await
}

pub async fn mute_run(app_state: &Arc<AppState>, run: RunRef, time: MuteFor) -> Answer<RunRow> {
    let key = run_key(&run)?;
    mutes::mute_runs(app_state, std::slice::from_ref(&key), time).await?;
    views::run::row_of(app_state, &key)
}

pub async fn mute_runs(app_state: &Arc<AppState>, runs: Vec<RunRef>, time: MuteFor) -> Answer<()> {
    mutes::mute_runs(app_state, &run_keys(&runs)?, time).await
}

pub async fn next_morning(app_state: &Arc<AppState>) -> Answer<i64> {
    let now = app_state.engine.now();
    let morning = mutes::next_morning(now, TimeZone::system());
    Ok(morning.unwrap_or(now).as_millisecond())
}

pub async fn mute_account(
    app_state: &Arc<AppState>,
    account_id: String,
    time: MuteFor,
) -> Answer<()> {
    let account = app_state.account(&account_id)?.id;
    mutes::mute_account(app_state, &account, time).await
}
