//! A message box of the system, for what no page can say. It holds nothing up.

use tauri::AppHandle;

/// Shows it, and calls `on_closed` on the main thread once its user has read it. Call it on the main thread.
#[cfg(target_os = "linux")]
pub fn show(_app: &AppHandle, title: &str, text: &str, on_closed: impl FnOnce() + Send + 'static) {
    use gtk::prelude::{DialogExt, GtkWindowExt, WidgetExt};
    let dialog = gtk::MessageDialog::new(
        None::<&gtk::Window>,
        gtk::DialogFlags::empty(),
        gtk::MessageType::Error,
        gtk::ButtonsType::Close,
        text,
    );
    dialog.set_title(title);
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
