//! How the page is shown and what its keys do.

use std::sync::Arc;

use runwatch_contract::PageSettings;

use crate::api::answer::Answer;
use crate::api::errors::ForPage;
use crate::app_state::AppState;
use crate::shell::main_window;

pub async fn get_page_settings(app_state: &Arc<AppState>) -> Answer<PageSettings> {
    Ok(app_state.engine.settings.page())
}

pub async fn set_page_settings(
    app_state: &Arc<AppState>,
    settings: PageSettings,
) -> Answer<PageSettings> {
    let engine = &app_state.engine;
    let kept = engine.settings.save_page(settings, &engine.history).await;
    let now = engine.settings.page();
    // Shown also where it cannot be kept.
    if let Some(window) = app_state.app.get().and_then(main_window::find) {
        main_window::zoom(&window, now);
    }
    kept.map_err(|error| error.for_page())?;
    Ok(now)
}
