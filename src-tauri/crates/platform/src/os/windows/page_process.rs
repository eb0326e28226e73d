//! The processes of WebView2, of which each can end by itself: overnight, by an update, by a lack of memory.

use webview2_com::Microsoft::Web::WebView2::Win32::{
    COREWEBVIEW2_PROCESS_FAILED_KIND, COREWEBVIEW2_PROCESS_FAILED_KIND_BROWSER_PROCESS_EXITED,
    COREWEBVIEW2_PROCESS_FAILED_KIND_RENDER_PROCESS_EXITED, ICoreWebView2Controller,
};
use webview2_com::ProcessFailedEventHandler;
use windows::core::Result;

use crate::page_end::PageEnd;

/// Calls `on_end`, on the thread of the web view, whenever its page ends by itself.
///
/// # Errors
/// When the web view does not take it.
#[expect(unsafe_code, reason = "WebView2 is called through its interfaces")]
pub fn watch_page(
    controller: &ICoreWebView2Controller,
    on_end: impl Fn(PageEnd) + 'static,
) -> Result<()> {
    let heard = ProcessFailedEventHandler::create(Box::new(move |_, failure| {
        let mut kind = COREWEBVIEW2_PROCESS_FAILED_KIND::default();
        if let Some(failure) = failure {
            // SAFETY: the failure lives for this call, and what is written to is ours.
            unsafe { failure.ProcessFailedKind(&mut kind)? };
            if let Some(end) = end_by(kind) {
                on_end(end);
            }
        }
        Ok(())
    }));
    let mut until_the_end = 0;
    // SAFETY: the web view keeps the handler for as long as it lives itself.
    unsafe {
        let web_view = controller.CoreWebView2()?;
        web_view.add_ProcessFailed(&heard, &mut until_the_end)
    }
}

/// Of the other processes WebView2 starts another one by itself; an unresponsive page may yet answer.
fn end_by(kind: COREWEBVIEW2_PROCESS_FAILED_KIND) -> Option<PageEnd> {
    match kind {
        COREWEBVIEW2_PROCESS_FAILED_KIND_BROWSER_PROCESS_EXITED => Some(PageEnd::WebView),
        COREWEBVIEW2_PROCESS_FAILED_KIND_RENDER_PROCESS_EXITED => Some(PageEnd::Page),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use webview2_com::Microsoft::Web::WebView2::Win32::{
        COREWEBVIEW2_PROCESS_FAILED_KIND_GPU_PROCESS_EXITED,
        COREWEBVIEW2_PROCESS_FAILED_KIND_RENDER_PROCESS_UNRESPONSIVE,
    };

    use super::*;

    #[test]
    fn only_a_process_that_takes_the_page_with_it_ends_the_page() {
        let browser = COREWEBVIEW2_PROCESS_FAILED_KIND_BROWSER_PROCESS_EXITED;
        assert_eq!(end_by(browser), Some(PageEnd::WebView));
        let renderer = COREWEBVIEW2_PROCESS_FAILED_KIND_RENDER_PROCESS_EXITED;
        assert_eq!(end_by(renderer), Some(PageEnd::Page));
        for other in [
            COREWEBVIEW2_PROCESS_FAILED_KIND_GPU_PROCESS_EXITED,
            COREWEBVIEW2_PROCESS_FAILED_KIND_RENDER_PROCESS_UNRESPONSIVE,
        ] {
            assert_eq!(end_by(other), None);
        }
    }
}
