//! A message box of the system, for what no page can say.

use tauri::AppHandle;

/// Shows it and waits until it is closed, where the app does not run. In a terminal it shows none: the text was printed
/// there.
#[cfg(target_os = "linux")]
pub fn show_and_wait(title: &str, text: &str) {
    use gtk::prelude::DialogExt;
    use std::io::IsTerminal;
    if std::io::stderr().is_terminal() || gtk::init().is_err() {
        return;
    }
    message_box(title, text).run();
}

/// The same.
#[cfg(not(target_os = "linux"))]
pub fn show_and_wait(title: &str, text: &str) {
    runwatch_platform::show_error_dialog(title, text);
}

/// Shows it, holds nothing up, and calls `on_closed` on the main thread once its user has read it. Call it on the
/// main thread.
#[cfg(target_os = "linux")]
pub fn show(_app: &AppHandle, title: &str, text: &str, on_closed: impl FnOnce() + Send + 'static) {
    use gtk::prelude::{DialogExt, GtkWindowExt, WidgetExt};
    let dialog = message_box(title, text);
    let once = std::cell::Cell::new(Some(on_closed));
    dialog.connect_response(move |dialog, _| {
        // Another one comes where it is closed while it closes.
        let on_closed = once.take();
        dialog.close();
        if let Some(on_closed) = on_closed {
            on_closed();
        }
    });
    dialog.show_all();
    dialog.present();
}

/// The same. Of Windows' boxes each has its thread. One on macOS handles events itself, which must not be
/// inside the handling of another one: a click on the Dock icon would wait for it for ever.
#[cfg(not(target_os = "linux"))]
pub fn show(app: &AppHandle, title: &str, text: &str, on_closed: impl FnOnce() + Send + 'static) {
    let (app, title, text) = (app.clone(), title.to_owned(), text.to_owned());
    let tell = move || {
        runwatch_platform::show_error_dialog(&title, &text);
        // When the app is ending, there is no main thread any more.
        let _ = app.run_on_main_thread(on_closed);
    };
    #[cfg(windows)]
    std::thread::spawn(tell);
    #[cfg(target_os = "macos")]
    runwatch_platform::after_this_event(tell);
}

#[cfg(target_os = "linux")]
fn message_box(title: &str, text: &str) -> gtk::MessageDialog {
    use gtk::prelude::GtkWindowExt;
    let dialog = gtk::MessageDialog::new(
        None::<&gtk::Window>,
        gtk::DialogFlags::empty(),
        gtk::MessageType::Error,
        gtk::ButtonsType::Close,
        text,
    );
    dialog.set_title(title);
    dialog
}
