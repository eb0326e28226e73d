//! The system's own dialog to choose a file.

use std::path::PathBuf;

use tauri::WebviewWindow;

const TITLE: &str = "Choose the certificate file";
const KIND: &str = "Certificates (PEM)";
/// What IT departments call such files.
const ENDINGS: [&str; 4] = ["pem", "crt", "cer", "ca-bundle"];
const ANY: &str = "All files";

/// Has the user choose a file of certificates; none where the dialog was left without one.
#[cfg(target_os = "linux")]
pub async fn choose_certificate(window: &WebviewWindow) -> Option<PathBuf> {
    let (send, chosen) = tokio::sync::oneshot::channel();
    let parent = window.clone();
    let shown = window.run_on_main_thread(move || show(&parent, send));
    if let Err(error) = shown {
        tracing::warn!(%error, "no file could be chosen");
    }
    chosen.await.ok().flatten()
}

/// Called on the main thread.
#[cfg(target_os = "linux")]
fn show(parent: &WebviewWindow, send: tokio::sync::oneshot::Sender<Option<PathBuf>>) {
    use gtk::prelude::{FileChooserExt, NativeDialogExt};
    let parent = parent.gtk_window().ok();
    let dialog = gtk::FileChooserNative::new(
        Some(TITLE),
        parent.as_ref(),
        gtk::FileChooserAction::Open,
        None,
        None,
    );
    dialog.set_modal(true);
    let patterns = ENDINGS.map(|ending| format!("*.{ending}"));
    for (name, patterns) in [(KIND, patterns.as_slice()), (ANY, &["*".to_owned()])] {
        let filter = gtk::FileFilter::new();
        filter.set_name(Some(name));
        for pattern in patterns {
            filter.add_pattern(pattern);
        }
        dialog.add_filter(filter);
    }
    // GTK keeps no such dialog by itself: it lives in this function until it is answered.
    let once = std::cell::Cell::new(Some((send, dialog.clone())));
    dialog.connect_response(move |_, response| {
        if let Some((send, dialog)) = once.take() {
            let file = dialog.filename();
            // Nobody waits any more where the app is ending.
            let _ = send.send(file.filter(|_| response == gtk::ResponseType::Accept));
            dialog.destroy();
        }
    });
    dialog.show();
}

/// The same.
#[cfg(not(target_os = "linux"))]
pub async fn choose_certificate(window: &WebviewWindow) -> Option<PathBuf> {
    let dialog = rfd::AsyncFileDialog::new()
        .set_title(TITLE)
        .set_parent(window)
        .add_filter(KIND, &ENDINGS)
        .add_filter(ANY, &["*"]);
    Some(dialog.pick_file().await?.path().to_owned())
}
