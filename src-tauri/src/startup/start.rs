//! From the arguments to the running app.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use runwatch_core::address::{Address, AddressError};
use runwatch_core::ports::Notifier;
use runwatch_engine::Engine;
use runwatch_engine::notifications::outbox::OutboxReceiver;
use runwatch_platform::single_instance::{self, Instance};
use runwatch_platform::{
    DataFolder, DesktopNotifier, Keychain, SessionVault, SystemBrowser, name_this_process,
    register_for_notifications, watch_wake, when_asked_to_close,
};
use tauri::async_runtime::JoinHandle;
use tauri::{AppHandle, Manager, RunEvent};
use tokio_util::sync::CancellationToken;

use crate::accounts::restore;
use crate::api::commands;
use crate::app_state::AppState;
use crate::settings::{network, policy, proxy_script};
use crate::shell::placement;
use crate::shell::placement_state::Placement;
#[cfg(target_os = "macos")]
use crate::shell::revival;
use crate::shell::{addresses, quit, stay_awake, tray, tray_menu, window};
use crate::startup::arguments::Args;
use crate::startup::sample_server::SampleServer;
use crate::startup::start_error::StartError;
use crate::startup::{history_file, logs, panics, registration, sample_account};

/// How long the app waits before it ends for what is written last.
const BEFORE_ENDING: Duration = Duration::from_secs(1);
/// How long the first notification waits for leave to be shown.
const PATIENCE: Duration = Duration::from_secs(60);

/// Runs the app until it quits, or raises the window of the one that runs already.
pub fn run(args: Args) -> Result<(), StartError> {
    let unusable = |error| StartError::Folder(place(&args), error);
    let folder = DataFolder::open(args.data_dir.as_deref(), args.demo).map_err(unusable)?;
    match single_instance::take(&folder, &args.wish()).map_err(unusable)? {
        // Held until the process ends: where its window fails, what was under way may still write.
        Instance::First(held) => std::mem::forget(held),
        Instance::Second => return Ok(()),
        Instance::Elsewhere => return Err(StartError::Elsewhere),
        Instance::Unresponsive => return Err(StartError::Unresponsive),
    }
    // Without one the window system ends the process by a panic.
    #[cfg(target_os = "linux")]
    gtk::init().map_err(|_| StartError::NoDisplay)?;
    logs::start(&folder);
    panics::note_all(&folder);
    name_this_process();
    solvexia::install_tls();
    let stop = CancellationToken::new();
    let _stopping = stop.clone().drop_guard();
    let handle: Arc<OnceLock<AppHandle>> = Arc::default();
    let app_state =
        tauri::async_runtime::block_on(build(&args, folder, Arc::clone(&handle), &stop))?;
    let builder = tauri::Builder::default();
    #[cfg(target_os = "macos")]
    let builder = builder
        .menu(crate::shell::menu::bar)
        .on_web_content_process_terminate(|view| {
            revival::page_ended(view.app_handle(), runwatch_platform::PageEnd::Page);
        })
        .activate_ignoring_other_apps(!args.hidden);
    let app = builder
        .manage(Arc::clone(&app_state))
        .invoke_handler(commands::handler())
        .on_menu_event(|app, event| tray_menu::chosen(app, event.id().as_ref()))
        .setup(move |app| {
            let app = app.handle().clone();
            // Set once, here.
            let _ = handle.set(app.clone());
            let _ = app.state::<Arc<AppState>>().app.set(app.clone());
            let opener = app.clone();
            let listening =
                single_instance::listen(&app.state::<Arc<AppState>>().folder, move |address| {
                    open(&opener, address.as_deref().map(Address::parse));
                });
            // An error given back here would be a panic, which nobody sees on Windows. The lock keeps a
            // second app away all the same; the tray opens the window.
            if let Err(error) = listening {
                tracing::warn!(%error, "a second launch will not open the window");
            }
            tray::add(&app);
            let quitter = app.clone();
            let again = app.state::<Arc<AppState>>().login_entry.clone();
            when_asked_to_close(again.as_ref(), move || quit::now(&quitter));
            let awake = Arc::clone(&app.state::<Arc<AppState>>());
            watch_wake(move || awake.awoke());
            #[cfg(target_os = "macos")]
            {
                let engine = app.state::<Arc<AppState>>().engine.clone();
                runwatch_platform::watch_window_visibility(move |visible| {
                    engine.set_window_visible(visible);
                });
            }
            if !args.hidden {
                open(&app, args.address.as_deref().map(Address::parse));
            }
            Ok(())
        })
        .build(tauri::generate_context!())?;
    // Before it runs, or a Dock icon comes and goes. From the first window on the icon stays, since a full
    // menu bar hides the tray's.
    #[cfg(target_os = "macos")]
    let app = {
        let mut app = app;
        if args.hidden {
            app.set_activation_policy(tauri::ActivationPolicy::Accessory);
            // The line above counts from the end of the launch only.
            runwatch_platform::stay_out_of_dock();
        }
        app
    };
    app.run(move |app, event| match event {
        // The last window closed: stay while an end would be missed.
        RunEvent::ExitRequested {
            code: None, api, ..
        } if is_needed(app) || args.hidden || goes_on_without_window(app) => {
            api.prevent_exit();
        }
        // Launched again, or clicked in the Dock.
        #[cfg(target_os = "macos")]
        RunEvent::Reopen { .. } => window::open(app),
        #[cfg(target_os = "macos")]
        RunEvent::Opened { urls } => {
            for url in urls {
                open(app, Some(Address::parse(url.as_str())));
            }
        }
        // Also where Windows or an installer ends it.
        RunEvent::Exit => {
            // Nothing else begins that would have to be waited for.
            stop.cancel();
            quit::wait_for_answers(app);
            keep_window_place(app);
        }
        _ => {}
    });
    Ok(())
}

/// What the data folder is called, also where it cannot be made.
fn place(args: &Args) -> String {
    let place = DataFolder::locate(args.data_dir.as_deref(), args.demo);
    place.map_or_else(
        |_| "in the usual place".to_owned(),
        |path| format!("“{}”", path.display()),
    )
}

/// Whether an end would be missed, or shown only at the next start, if the app ended now.
fn is_needed(app: &AppHandle) -> bool {
    let engine = &app.state::<Arc<AppState>>().engine;
    !engine.would_be_missed().is_empty() || !engine.outbox.unshown().is_empty()
}

/// Whether another window is about to take the place of the one that is gone, or the user was told that there is
/// none and that the app goes on.
fn goes_on_without_window(app: &AppHandle) -> bool {
    let revival = &app.state::<Arc<AppState>>().revival;
    revival.is_renewing() || revival.has_told()
}

/// A disk that does not answer does not keep the app from ending.
fn keep_window_place(app: &AppHandle) {
    let app_state = app.state::<Arc<AppState>>();
    let keeping = placement::keep(&app_state);
    let kept = async { tokio::time::timeout(BEFORE_ENDING, keeping).await };
    if tauri::async_runtime::block_on(kept).is_err() {
        tracing::warn!("the window’s place could not be kept in time");
    }
}

/// Opens history, keychain and engine, starts reading, and signs remembered accounts in.
async fn build(
    args: &Args,
    folder: DataFolder,
    handle: Arc<OnceLock<AppHandle>>,
    stop: &CancellationToken,
) -> Result<Arc<AppState>, StartError> {
    let demo = if args.demo {
        forget_sample_history(&folder);
        Some(SampleServer::start().await.map_err(StartError::Demo)?)
    } else {
        None
    };
    let notifier: Arc<dyn Notifier> = Arc::new(DesktopNotifier::new(move |address| {
        if let Some(app) = handle.get() {
            open(app, address.map(Ok));
        }
    }));
    let (engine, outbox, history) = history_file::load(&folder, &notifier).await?;
    let notes = panics::note_of_last_time(&folder).into_iter().collect();
    let settings = engine.history.store().settings().await.unwrap_or_default();
    let vault = SessionVault::new(Arc::new(Keychain::new(folder.own_name())?));
    let login_entry = registration::login_entry(&folder, args.demo);
    let app_state = AppState::new(
        folder,
        engine.clone(),
        Arc::new(vault),
        Arc::new(SystemBrowser),
        notifier,
        demo,
        history,
    );
    let placement = Placement::new(settings.window_places);
    let policy = policy::find();
    for problem in &policy.problems {
        tracing::warn!(problem, "a policy of IT's cannot be used as it is");
    }
    let app_state = app_state
        .with_notes(notes)
        .with_login_entry(login_entry)
        .with_placement(placement)
        .with_policy(policy)
        .with_proxy_script(proxy_script::of_this_computer());
    let app_state = Arc::new(app_state);
    let registered = tauri::async_runtime::spawn(registration::register(Arc::clone(&app_state)));
    tauri::async_runtime::spawn(engine.clone().watch(stop.clone()));
    tauri::async_runtime::spawn(engine.clone().watch_closes(stop.clone()));
    tauri::async_runtime::spawn(show_notifications(engine, outbox, registered));
    tauri::async_runtime::spawn(stay_awake::keep(Arc::clone(&app_state)));
    tauri::async_runtime::spawn(send_accounts_when_secrets_move(Arc::clone(&app_state)));
    let signing_in = Arc::clone(&app_state);
    // Not awaited: a keychain may ask the user for its password first.
    tauri::async_runtime::spawn(async move {
        match signing_in.demo.as_ref().map(SampleServer::origin) {
            Some(origin) => {
                if let Err(error) = sample_account::open(&signing_in, &origin).await {
                    tracing::error!(error = error.message, "the sample data could not be opened");
                }
            }
            None => {
                network::load(&signing_in).await;
                restore::restore(&signing_in).await;
            }
        }
    });
    Ok(app_state)
}

/// Shows notifications once the app is registered for them, and for the addresses that clicks on them lead to. The
/// desktop may ask the user for leave first: that is waited for, but not for ever.
async fn show_notifications(engine: Engine, outbox: OutboxReceiver, registered: JoinHandle<()>) {
    if tokio::time::timeout(PATIENCE, registered).await.is_err() {
        tracing::warn!("clicks on the first notifications may not open Runwatch");
    }
    let asked = tauri::async_runtime::spawn_blocking(register_for_notifications);
    match tokio::time::timeout(PATIENCE, asked).await {
        Ok(Ok(Ok(()))) => {}
        Ok(Ok(Err(error))) => tracing::warn!(error, "the desktop may not show notifications"),
        Ok(Err(error)) => tracing::error!(%error, "the desktop could not be asked"),
        Err(_) => tracing::warn!("nobody has answered whether notifications may be shown"),
    }
    engine.dispatch_notifications(outbox).await;
}

/// Sends accounts to the page again whenever a secret went into the keychain, or did not: they show it.
async fn send_accounts_when_secrets_move(app_state: Arc<AppState>) {
    loop {
        app_state.vault.changed().await;
        for session in app_state.engine.accounts.all() {
            app_state.engine.accounts.changed(&session.account.id);
        }
    }
}

/// The simulated SolveXia begins anew each time, so its history does too.
fn forget_sample_history(folder: &DataFolder) {
    for suffix in ["", "-wal", "-shm"] {
        let mut file = folder.history().into_os_string();
        file.push(suffix);
        // That there is none is fine.
        let _ = std::fs::remove_file(file);
    }
}

/// Opens the window, and in it what an address shows, where there is one.
fn open(app: &AppHandle, address: Option<Result<Address, AddressError>>) {
    if let Some(address) = address {
        return addresses::open(app, address);
    }
    let main = app.clone();
    // Windows are made on the main thread; when the app is ending, there is none.
    let _ = app.run_on_main_thread(move || window::open(&main));
}
