//! The system's own dialogs for files and folders. `tauri-plugin-dialog` is left out: on Windows it makes every
//! program that links it, tests too, need a manifest, and on Linux it runs GTK in a second thread.

use std::path::PathBuf;
#[cfg(not(target_os = "linux"))]
use std::pin::Pin;

use async_trait::async_trait;
use runwatch_core::ports::FileDialogs;
use tauri::{AppHandle, WebviewWindow};
use tokio::sync::oneshot;

use crate::shell::main_window;

/// What is to be chosen.
enum Wanted {
    /// A file of a kind, as people call it, with these endings.
    File(&'static str, &'static [&'static str]),
    Folder,
    /// The place of a new file, which is called so if its user has no other wish.
    NewFile(String),
}

const ANY: &str = "All files";

/// Has the user choose a file of certificates; none where the dialog was left without one, or there is no
/// window that could ask.
pub async fn choose_certificate(app: &AppHandle) -> Option<PathBuf> {
    // What IT departments call such files.
    let endings = &["pem", "crt", "cer", "ca-bundle"];
    let wanted = Wanted::File("Certificates (PEM)", endings);
    let window = main_window::find(app)?;
    choose(app, Some(window), "Choose the certificate file", wanted).await
}

/// The same for a calendar file.
pub async fn choose_calendar(app: &AppHandle) -> Option<PathBuf> {
    let wanted = Wanted::File("Calendars", &["ics"]);
    let window = main_window::find(app)?;
    choose(app, Some(window), "Choose a calendar with holidays", wanted).await
}

/// The same for the folder that an evidence pack is put into.
pub async fn choose_evidence_folder(app: &AppHandle) -> Option<PathBuf> {
    let title = "Choose a folder for the evidence pack";
    let window = main_window::find(app)?;
    choose(app, Some(window), title, Wanted::Folder).await
}

/// Dialogs of the main window.
pub struct SystemDialogs(pub AppHandle);

#[async_trait]
impl FileDialogs for SystemDialogs {
    async fn save_as(&self, title: &str, name: &str) -> Option<PathBuf> {
        let wanted = Wanted::NewFile(name.to_owned());
        choose(&self.0, main_window::find(&self.0), title, wanted).await
    }
}

async fn choose(
    app: &AppHandle,
    window: Option<WebviewWindow>,
    title: &str,
    wanted: Wanted,
) -> Option<PathBuf> {
    let title = title.to_owned();
    let (shown, asked) = oneshot::channel();
    let show = move || {
        // Nobody waits any more where the app is ending.
        let _ = shown.send(ask(window, &title, &wanted));
    };
    // When the app is ending, there is no main thread any more.
    app.run_on_main_thread(show).ok()?;
    asked.await.ok()?.await
}

/// Shows it, on the main thread; the answer can be awaited anywhere.
#[cfg(target_os = "linux")]
fn ask(
    window: Option<WebviewWindow>,
    title: &str,
    wanted: &Wanted,
) -> impl Future<Output = Option<PathBuf>> + Send + use<> {
    use gtk::FileChooserAction;
    use gtk::glib;
    use gtk::prelude::{FileChooserExt, NativeDialogExt};
    let parent = window.and_then(|window| window.gtk_window().ok());
    let action = match wanted {
        Wanted::File(..) => FileChooserAction::Open,
        Wanted::Folder => FileChooserAction::SelectFolder,
        Wanted::NewFile(_) => FileChooserAction::Save,
    };
    let dialog = gtk::FileChooserNative::new(Some(title), parent.as_ref(), action, None, None);
    dialog.set_modal(true);
    // Else it shows what was used lately, where no folder can be chosen.
    let documents = glib::user_special_dir(glib::UserDirectory::Documents);
    dialog.set_current_folder(documents.unwrap_or_else(glib::home_dir));
    match wanted {
        Wanted::File(kind, endings) => {
            let patterns = endings.iter().map(|ending| format!("*.{ending}"));
            dialog.add_filter(filter(kind, patterns));
            dialog.add_filter(filter(ANY, ["*".to_owned()]));
        }
        Wanted::Folder => {}
        Wanted::NewFile(name) => {
            dialog.set_do_overwrite_confirmation(true);
            dialog.set_current_name(name);
        }
    }
    let (answer, answered) = oneshot::channel();
    // It holds itself until it is answered: nothing else does.
    let once = std::cell::Cell::new(Some((answer, dialog.clone())));
    dialog.connect_response(move |_, response| {
        if let Some((answer, dialog)) = once.take() {
            let chosen = response == gtk::ResponseType::Accept;
            let _ = answer.send(dialog.filename().filter(|_| chosen));
            dialog.destroy();
        }
    });
    dialog.show();
    async { answered.await.ok().flatten() }
}

#[cfg(target_os = "linux")]
fn filter(name: &str, patterns: impl IntoIterator<Item = String>) -> gtk::FileFilter {
    let filter = gtk::FileFilter::new();
    filter.set_name(Some(name));
    for pattern in patterns {
        filter.add_pattern(&pattern);
    }
    filter
}

/// The same on Windows and macOS.
#[cfg(not(target_os = "linux"))]
fn ask(
    window: Option<WebviewWindow>,
    title: &str,
    wanted: &Wanted,
) -> impl Future<Output = Option<PathBuf>> + Send + use<> {
    let mut dialog = rfd::AsyncFileDialog::new().set_title(title);
    if let Some(window) = window {
        dialog = dialog.set_parent(&window);
    }
    let asked: Pin<Box<dyn Future<Output = Option<rfd::FileHandle>> + Send>> = match wanted {
        Wanted::File(kind, endings) => {
            let dialog = dialog.add_filter(*kind, endings).add_filter(ANY, &["*"]);
            Box::pin(dialog.pick_file())
        }
        Wanted::Folder => Box::pin(dialog.pick_folder()),
        Wanted::NewFile(name) => Box::pin(dialog.set_file_name(name).save_file()),
    };
    async { asked.await.map(|chosen| chosen.path().to_owned()) }
}
