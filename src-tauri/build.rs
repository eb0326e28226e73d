//! Declares every command, so that none can be called without a grant (capabilities/main.json).

fn main() {
    let commands = tauri_build::AppManifest::new().commands(&[
        "snapshot",
        "subscribe",
        "start_new_history",
        "copy_text",
        "mark_inbox_read",
        "diagnostics",
        "ask_now",
        "set_paused",
        "ask_to_quit",
        "quit",
        "stay",
        "connect",
        "cancel_sign_in",
        "open_sign_in_again",
        "copy_sign_in_address",
        "sign_out",
        "update_account",
        "remove_account",
        "retry_keychain",
        "open_solvexia",
        "get_network",
        "set_network",
        "check_connection",
        "get_cadence",
        "set_cadence",
        "get_notifications",
        "set_notifications",
        "mute_run",
        "mute_account",
        "add_run",
        "remove_run",
        "watch_run",
        "show_run",
        "run_detail",
        "get_run",
        "get_run_status",
        "get_run_steps",
        "get_step_status",
        "add_step",
        "remove_step",
        "start_run",
        "start_run_deprecated",
        "cancel_run",
        "cancel_run_deprecated",
        "restart_from_step",
        "list_processes",
        "get_process",
        "list_process_runs",
        "list_process_steps",
        "create_run",
    ]);
    let windows =
        tauri_build::WindowsAttributes::new().app_manifest(include_str!("windows/app.manifest"));
    let attributes = tauri_build::Attributes::new()
        .app_manifest(commands)
        .windows_attributes(windows);
    if let Err(error) = tauri_build::try_build(attributes) {
        println!("cargo:warning=the app's manifest could not be built: {error:#}");
        std::process::exit(1);
    }
}
