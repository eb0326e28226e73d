//! How a page can end by itself.

/// What has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageEnd {
    /// The page: its web view can load it again.
    Page,
    /// All of its web view, which is of no more use.
    WebView,
}
