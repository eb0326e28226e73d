//! The system's own dialogs to choose a file or a folder.

use std::path::PathBuf;

use tauri::WebviewWindow;

/// What is to be chosen.
#[derive(Debug, Clone, Copy)]
struct Wanted {
    title: &'static str,
    /// A kind of files, as people call it, and their endings; none where it is a folder.
    files: Option<(&'static str, &'static [&'static str])>,
}

const ANY: &str = "All files";

const CERTIFICATE: Wanted = Wanted {
    title: "Choose the certificate file",
    // What IT departments call such files.
    files: Some(("Certificates (PEM)", &["pem", "crt", "cer", "ca-bundle"])),
};

const CALENDAR: Wanted = Wanted {
    title: "Choose a calendar with holidays",
    files: Some(("Calendars", &["ics"])),
};

const EVIDENCE: Wanted = Wanted {
    title: "Choose a folder for the evidence pack",
    files: None,
};

/// Has the user choose a file of certificates; none where the dialog was left without one.
pub async fn choose_certificate(window: &WebviewWindow) -> Option<PathBuf> {
    choose(window, CERTIFICATE).await
}

/// The same for a calendar file.
pub async fn choose_calendar(window: &WebviewWindow) -> Option<PathBuf> {
    choose(window, CALENDAR).await
}

/// The same for the folder that an evidence pack is put into.
pub async fn choose_evidence_folder(window: &WebviewWindow) -> Option<PathBuf> {
    choose(window, EVIDENCE).await
}

#[cfg(target_os = "linux")]
async fn choose(window: &WebviewWindow, wanted: Wanted) -> Option<PathBuf> {
    let (send, chosen) = tokio::sync::oneshot::channel();
    let parent = window.clone();
    let shown = window.run_on_main_thread(move || show(&parent, wanted, send));
    if let Err(error) = shown {
        tracing::warn!(%error, "no file could be chosen");
    }
    chosen.await.ok().flatten()
}

/// Called on the main thread.
#[cfg(target_os = "linux")]
fn show(
    parent: &WebviewWindow,
    wanted: Wanted,
    send: tokio::sync::oneshot::Sender<Option<PathBuf>>,
) {
    use gtk::prelude::{FileChooserExt, NativeDialogExt};
    let parent = parent.gtk_window().ok();
    let action = match wanted.files {
        Some(_) => gtk::FileChooserAction::Open,
        None => gtk::FileChooserAction::SelectFolder,
    };
    let dialog =
        gtk::FileChooserNative::new(Some(wanted.title), parent.as_ref(), action, None, None);
    dialog.set_modal(true);
    if let Some((kind, endings)) = wanted.files {
        let patterns: Vec<String> = endings.iter().map(|ending| format!("*.{ending}")).collect();
        for (name, patterns) in [(kind, patterns.as_slice()), (ANY, &["*".to_owned()])] {
            let filter = gtk::FileFilter::new();
            filter.set_name(Some(name));
            for pattern in patterns {
                filter.add_pattern(pattern);
            }
            dialog.add_filter(filter);
        }
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
async fn choose(window: &WebviewWindow, wanted: Wanted) -> Option<PathBuf> {
    let dialog = rfd::AsyncFileDialog::new()
        .set_title(wanted.title)
        .set_parent(window);
    let chosen = match wanted.files {
        Some((kind, endings)) => {
            let dialog = dialog.add_filter(kind, endings).add_filter(ANY, &["*"]);
            dialog.pick_file().await
        }
        None => dialog.pick_folder().await,
    };
    Some(chosen?.path().to_owned())
}
