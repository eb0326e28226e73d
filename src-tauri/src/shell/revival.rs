//! Brings a window back whose page ended by itself, or never began, and tells its user where that cannot
//! be. Watching goes on meanwhile: it needs no window.

use std::sync::Arc;
#[cfg(windows)]
use std::sync::mpsc;
use std::time::{Duration, Instant};

use runwatch_platform::PageEnd;
use tauri::{AppHandle, Manager, WebviewWindow};

use crate::api::page::Answered;
use crate::app_state::AppState;
use crate::shell::main_window::{self, MAIN};
use crate::shell::no_window_words::{self, Trouble};
use crate::shell::page_ends::Remedy;
use crate::shell::{close_notice, native_message};

/// The web view's other processes let go of its storage some seconds after the window is gone.
const RELEASED_WITHIN: u32 = 10;
const TRY_AGAIN: Duration = Duration::from_millis(500);
/// By then Windows has made a web view, if it ever does.
#[cfg(windows)]
const LONG: Duration = Duration::from_secs(60);

/// Opens a window where there is none. Called on the main thread.
pub fn open_new(app: &AppHandle) {
    // Asked each time: it may have been installed meanwhile.
    if let Err(error) = tauri::webview_version() {
        tracing::error!(%error, "what draws the window is missing");
        return tell_user(app, &Trouble::Missing);
    }
    #[cfg(windows)]
    let under_way = tell_where_it_takes_long(app);
    let built = main_window::build(app, page_ended, gone);
    #[cfg(windows)]
    drop(under_way);
    app.state::<Arc<AppState>>().revival.renewed();
    match built {
        Ok(()) => look_after(app),
        Err(error) => not_made(app, &error),
    }
}

/// Windows can keep the main thread waiting for a web view, even for ever: then this says so, until what it
/// gives back is dropped. Nothing else can, as the tray waits too.
#[cfg(windows)]
fn tell_where_it_takes_long(app: &AppHandle) -> mpsc::Sender<()> {
    let (under_way, over) = mpsc::channel();
    let app = app.clone();
    std::thread::spawn(move || {
        if over.recv_timeout(LONG) == Err(mpsc::RecvTimeoutError::Timeout) {
            tracing::error!("the window is not there after {} s", LONG.as_secs());
            let text = text(&app, &Trouble::Held);
            runwatch_platform::show_error_dialog(no_window_words::TITLE, &text);
        }
    });
    under_way
}

/// The window is gone: closed, or to be made anew.
fn gone(app: &AppHandle) {
    let app_state = app.state::<Arc<AppState>>();
    let is_renewing = app_state.revival.is_renewing();
    app_state
        .page
        .close(is_renewing || app_state.revival.is_telling());
    if is_renewing {
        // The run that was open is open again in the next one.
        app_state.engine.set_window_visible(false);
        open_anew(app);
    } else {
        app_state.engine.set_window(None, false);
        close_notice::window_closed(app);
    }
}

/// The page has ended by itself. Called on the main thread.
pub fn page_ended(app: &AppHandle, end: PageEnd) {
    let app_state = app.state::<Arc<AppState>>();
    tracing::error!(?end, "the page has ended by itself");
    app_state.page.ended();
    let remedy = app_state.revival.ends().ended(Instant::now());
    match remedy {
        Remedy::LoadAgain => load_again(app, end),
        remedy => go_further(app, remedy, Trouble::Ends),
    }
}

/// No window could be made.
fn not_made(app: &AppHandle, error: &tauri::Error) {
    tracing::error!(%error, "the window could not be made");
    let remedy = app.state::<Arc<AppState>>().revival.ends().did_not_begin();
    go_further(app, remedy, Trouble::Refused(error.to_string()));
}

/// Asks the page whether it lives, or waits until it begins, and makes the window anew where it does not.
pub fn look_after(app: &AppHandle) {
    let app_state = Arc::clone(&app.state::<Arc<AppState>>());
    let Some(question) = app_state.page.ask_whether_alive() else {
        return;
    };
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let answered = app_state.page.wait(question).await;
        if answered == Answered::Yes {
            return;
        }
        let main = app.clone();
        // When the app is ending, there is no main thread any more.
        let _ = app.run_on_main_thread(move || {
            tracing::error!(?answered, "the page does not answer");
            if answered == Answered::No {
                return renew_window(&main);
            }
            let remedy = app_state.revival.ends().did_not_begin();
            go_further(&main, remedy, Trouble::Silence);
        });
    });
}

fn load_again(app: &AppHandle, end: PageEnd) {
    let window = app.get_webview_window(MAIN);
    let reloaded = window
        .filter(|_| end == PageEnd::Page)
        .map(|window| window.reload());
    match reloaded {
        Some(Ok(())) => look_after(app),
        _ => renew_window(app),
    }
}

fn go_further(app: &AppHandle, remedy: Remedy, trouble: Trouble) {
    let app_state = app.state::<Arc<AppState>>();
    match remedy {
        Remedy::LoadAgain => renew_window(app),
        Remedy::FreshStorage => {
            app_state.revival.want_fresh_storage();
            renew_window(app);
        }
        Remedy::TellUser => tell_user(app, &trouble),
    }
}

fn renew_window(app: &AppHandle) {
    let revival = &app.state::<Arc<AppState>>().revival;
    revival.renew();
    match app.get_webview_window(MAIN) {
        // Its name is free only once it is gone: `gone` opens another one then.
        Some(window) => destroy(&window),
        None => open_anew(app),
    }
}

fn destroy(window: &WebviewWindow) {
    if let Err(error) = window.destroy() {
        tracing::error!(%error, "the dead window could not be closed");
    }
}

/// Opens another window in the place of the one that is gone.
fn open_anew(app: &AppHandle) {
    let app_state = Arc::clone(&app.state::<Arc<AppState>>());
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        if app_state.revival.take_fresh_storage() {
            set_storage_aside(&app_state).await;
        }
        let main = app.clone();
        // When the app is ending, there is no main thread any more.
        let _ = app.run_on_main_thread(move || open_new(&main));
    });
}

async fn set_storage_aside(app_state: &AppState) {
    for attempt in 1..=RELEASED_WITHIN {
        match app_state.folder.set_page_aside() {
            Ok(()) => return tracing::warn!("the web view’s storage was moved aside"),
            Err(error) if attempt == RELEASED_WITHIN => {
                tracing::error!(%error, "the web view’s storage could not be moved aside");
            }
            Err(_) => tokio::time::sleep(TRY_AGAIN).await,
        }
    }
}

/// Says it once, in a box of the system; a dead window goes with it.
fn tell_user(app: &AppHandle, trouble: &Trouble) {
    let app_state = app.state::<Arc<AppState>>();
    app_state.revival.renewed();
    if !app_state.revival.tell() {
        return;
    }
    let text = text(app, trouble);
    tracing::error!("the user is told that there is no window");
    let main = app.clone();
    native_message::show(app, no_window_words::TITLE, &text, move || {
        let app_state = main.state::<Arc<AppState>>();
        if app_state.revival.was_read() {
            renew_window(&main);
        } else if let Some(window) = main.get_webview_window(MAIN) {
            destroy(&window);
        }
    });
}

fn text(app: &AppHandle, trouble: &Trouble) -> String {
    let engine = &app.state::<Arc<AppState>>().engine;
    no_window_words::text(trouble, engine.awaited().len(), engine.is_paused())
}
