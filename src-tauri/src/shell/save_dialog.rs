//! The system's own dialog that asks where to save something. `tauri-plugin-dialog` is left out: on Windows it
//! makes every program that links it, tests too, need a manifest, and on Linux it runs GTK in a second thread.

use std::path::PathBuf;

use async_trait::async_trait;
use runwatch_core::ports::FileDialogs;
use tauri::{AppHandle, Manager, WebviewWindow};
use tokio::sync::oneshot;

use crate::shell::main_window::MAIN;

/// Dialogs of the main window.
pub struct SystemDialogs(pub AppHandle);

#[async_trait]
impl FileDialogs for SystemDialogs {
    async fn save_as(&self, title: &str, name: &str) -> Option<PathBuf> {
        let (title, name) = (title.to_owned(), name.to_owned());
        let window = self.0.get_webview_window(MAIN);
        let (shown, asked) = oneshot::channel();
        let show = move || {
            let _ = shown.send(ask(window, &title, &name));
        };
        // When the app is ending, there is no main thread any more.
        self.0.run_on_main_thread(show).ok()?;
        asked.await.ok()?.await
    }
}

/// Shows it, on the main thread; the answer can be awaited anywhere.
#[cfg(target_os = "linux")]
fn ask(
    window: Option<WebviewWindow>,
    title: &str,
    name: &str,
) -> impl Future<Output = Option<PathBuf>> + Send + use<> {
    use gtk::prelude::{FileChooserExt, NativeDialogExt};
    let parent = window.and_then(|window| window.gtk_window().ok());
    let dialog = gtk::FileChooserNative::new(
        Some(title),
        parent.as_ref(),
        gtk::FileChooserAction::Save,
        None,
        None,
    );
    dialog.set_do_overwrite_confirmation(true);
    dialog.set_current_name(name);
    dialog.set_modal(true);
    let (answer, answered) = oneshot::channel();
    // It holds itself until it is answered: nothing else does.
    let once = std::cell::Cell::new(Some((answer, dialog.clone())));
    dialog.connect_response(move |dialog, response| {
        if let Some((answer, _)) = once.take() {
            let chosen = response == gtk::ResponseType::Accept;
            let _ = answer.send(dialog.filename().filter(|_| chosen));
            dialog.destroy();
        }
    });
    dialog.show();
    async { answered.await.ok().flatten() }
}

/// The same.
#[cfg(not(target_os = "linux"))]
fn ask(
    window: Option<WebviewWindow>,
    title: &str,
    name: &str,
) -> impl Future<Output = Option<PathBuf>> + Send + use<> {
    let mut dialog = rfd::AsyncFileDialog::new()
        .set_title(title)
        .set_file_name(name);
    if let Some(window) = window {
        dialog = dialog.set_parent(&window);
    }
    let asked = dialog.save_file();
    async { asked.await.map(|file| file.path().to_owned()) }
}
