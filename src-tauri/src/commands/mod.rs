//! What the page can ask for: a few lines each, the work is done elsewhere.
//!
//! Each is declared in `build.rs` and granted in `capabilities/main.json`.

pub mod account;
pub mod action;
pub mod app;
pub mod cadence;
pub mod network;
pub mod notifications;
pub mod process;
pub mod run;
pub mod step;

use std::sync::Arc;

use runwatch_contract::{AppError, RunDetail, RunRow};
use runwatch_core::ids::RunKey;
use tauri::{Runtime, State, ipc::Invoke};

use crate::errors::ForPage;
use crate::world::World;

/// The world, as commands get it.
type Shared<'a> = State<'a, Arc<World>>;
/// What commands answer.
type Answer<T> = Result<T, AppError>;

/// All commands.
pub fn handler<R: Runtime>() -> impl Fn(Invoke<R>) -> bool + Send + Sync + 'static {
    tauri::generate_handler![
        app::snapshot,
        app::subscribe,
        app::start_new_history,
        app::copy_text,
        app::mark_inbox_read,
        app::diagnostics,
        app::ask_now,
        app::set_paused,
        app::ask_to_quit,
        app::quit,
        app::stay,
        account::connect,
        account::cancel_sign_in,
        account::open_sign_in_again,
        account::copy_sign_in_address,
        account::sign_out,
        account::update_account,
        account::remove_account,
        account::retry_keychain,
        account::open_solvexia,
        network::get_network,
        network::set_network,
        network::check_connection,
        cadence::get_cadence,
        cadence::set_cadence,
        notifications::get_notifications,
        notifications::set_notifications,
        notifications::mute_run,
        notifications::mute_account,
        run::add_run,
        run::remove_run,
        run::watch_run,
        run::show_run,
        run::run_detail,
        run::get_run,
        run::get_run_status,
        step::get_run_steps,
        step::get_step_status,
        step::add_step,
        step::remove_step,
        action::start_run,
        action::start_run_deprecated,
        action::cancel_run,
        action::cancel_run_deprecated,
        action::restart_from_step,
        process::list_processes,
        process::get_process,
        process::list_process_runs,
        process::list_process_steps,
        process::create_run,
    ]
}

/// A run's row as it is known now.
fn row(world: &World, key: &RunKey) -> Answer<RunRow> {
    let tracked = world
        .engine
        .runs
        .get(key)
        .map_err(|error| error.for_page())?;
    Ok(world.row(&tracked))
}

/// A run as it is known now.
fn detail(world: &World, key: &RunKey) -> Answer<RunDetail> {
    let tracked = world
        .engine
        .runs
        .get(key)
        .map_err(|error| error.for_page())?;
    Ok(world.detail(&tracked))
}
