//! What the desktop shows.

use runwatch_contract::{MuteFor, NotificationSettings, RunRow};

use super::{Answer, Shared, row};
use crate::notifications;

/// The notification settings.
#[tauri::command]
pub async fn get_notifications(world: Shared<'_>) -> Answer<NotificationSettings> {
    Ok(notifications::settings(
        &world.engine.settings.notification_policy(),
    ))
}

/// Changes them.
#[tauri::command]
pub async fn set_notifications(
    world: Shared<'_>,
    settings: NotificationSettings,
) -> Answer<NotificationSettings> {
    notifications::change(&world, settings).await
}

/// Mutes or snoozes a run, or shows it again.
#[tauri::command]
pub async fn mute_run(
    world: Shared<'_>,
    account_id: String,
    run_id: String,
    time: MuteFor,
) -> Answer<RunRow> {
    let key = world.key(&account_id, &run_id)?;
    notifications::mute_run(&world, &key, time).await?;
    row(&world, &key)
}

/// Mutes or snoozes all runs of an account, or shows them again.
#[tauri::command]
pub async fn mute_account(world: Shared<'_>, account_id: String, time: MuteFor) -> Answer<()> {
    let account = world.account(&account_id)?.id;
    notifications::mute_account(&world, &account, time).await
}
