//! The process that draws the page: each system tells in its own way that it has ended.

use runwatch_platform::PageEnd;
use tauri::WebviewWindow;

/// Calls `on_end`, on the main thread, whenever the page of this window ends by itself.
#[cfg(target_os = "linux")]
pub fn watch(
    window: &WebviewWindow,
    on_end: impl Fn(PageEnd) + Send + 'static,
) -> tauri::Result<()> {
    use webkit2gtk::{WebProcessTerminationReason, WebViewExt};
    window.with_webview(move |view| {
        view.inner().connect_web_process_terminated(move |_, why| {
            if why != WebProcessTerminationReason::TerminatedByApi {
                on_end(PageEnd::Page);
            }
        });
    })
}

/// The same on Windows.
#[cfg(windows)]
pub fn watch(
    window: &WebviewWindow,
    on_end: impl Fn(PageEnd) + Send + 'static,
) -> tauri::Result<()> {
    window.with_webview(move |view| {
        if let Err(error) = runwatch_platform::watch_page(&view.controller(), on_end) {
            tracing::warn!(%error, "nobody tells when the page ends by itself");
        }
    })
}

/// Nothing to do: the app is told of it (`startup/start.rs`).
#[cfg(target_os = "macos")]
pub fn watch(_: &WebviewWindow, _: impl Fn(PageEnd) + Send + 'static) -> tauri::Result<()> {
    Ok(())
}
