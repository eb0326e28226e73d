//! The component that draws the window.

use crate::support::check::report::{Line, missing, ok};

/// Where the component that draws the window comes from, where it can be missing.
pub const GET_WEB_VIEW: &str = "Ask your IT department for the “WebView2 Runtime”, or download and \
     run the “Evergreen Bootstrapper” from\nhttps://developer.microsoft.com/microsoft-edge/webview2\n";

/// Whether the component is there.
pub fn check(version: Option<String>) -> Line {
    let name = if cfg!(windows) {
        "WebView2"
    } else {
        "Web view"
    };
    match version {
        Some(version) => ok(format!("{name}: {version}")),
        None => missing(format!(
            "{name}: not on this computer, and Runwatch's window needs it. {GET_WEB_VIEW}"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::support::check::report::{Mark, text};

    #[test]
    fn a_missing_web_view_is_told_with_where_to_get_it() {
        let line = check(None);
        assert_eq!(line.mark, Mark::Missing);
        let address = "https://developer.microsoft.com/microsoft-edge/webview2";
        assert!(text(&[line]).lines().any(|line| line == address));
        assert_eq!(check(Some("131.0".into())).mark, Mark::Ok);
    }
}
