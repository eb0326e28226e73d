//! What keeps others out of this process.

use crate::os;

/// Variables by which whoever starts Runwatch could look into its web view, or put a program of their own
/// in its place.
const WEB_VIEW_VARIABLES: [&str; 6] = [
    "WEBKIT_INSPECTOR_SERVER",
    "WEBKIT_INSPECTOR_HTTP_SERVER",
    "WEBVIEW2_ADDITIONAL_BROWSER_ARGUMENTS",
    "WEBVIEW2_BROWSER_EXECUTABLE_FOLDER",
    "WEBVIEW2_PIPE_FOR_SCRIPT_DEBUGGER",
    "WEBVIEW2_WAIT_FOR_SCRIPT_DEBUGGER",
];

/// Tests drive the window of a release where both are `true`: the driver comes in by the inspector's address.
const AUTOMATION: [&str; 2] = ["TAURI_AUTOMATION", "TAURI_WEBVIEW_AUTOMATION"];

/// Called first of all, while there is one thread alone. A debug build can be looked into.
pub fn harden() {
    if cfg!(debug_assertions) {
        return;
    }
    let is_driven = |name| std::env::var(name).is_ok_and(|value| value == "true");
    if !AUTOMATION.into_iter().all(is_driven) {
        drop_web_view_variables();
    }
    os::keep_memory_private();
}

#[expect(
    unsafe_code,
    reason = "other threads could read the environment; there are none yet"
)]
fn drop_web_view_variables() {
    for name in WEB_VIEW_VARIABLES {
        // SAFETY: `harden` is called before any thread is made.
        unsafe { std::env::remove_var(name) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// In a process of its own, whose environment no other test reads.
    #[test]
    fn all_variables_that_look_into_the_web_view_are_dropped() {
        const CHILD: &str = "RUNWATCH_TEST_WEB_VIEW";
        if std::env::var_os(CHILD).is_none() {
            let test = "hardening::tests::all_variables_that_look_into_the_web_view_are_dropped";
            let mut child = std::process::Command::new(std::env::current_exe().unwrap());
            let child = child
                .args(["--exact", test])
                .env(CHILD, "1")
                .envs(WEB_VIEW_VARIABLES.map(|name| (name, "127.0.0.1:1")))
                .output()
                .unwrap();
            let said = String::from_utf8_lossy(&child.stdout);
            assert!(
                child.status.success() && said.contains("1 passed"),
                "{said}"
            );
            return;
        }
        let are_set = || WEB_VIEW_VARIABLES.map(|name| std::env::var_os(name).is_some());
        assert_eq!(are_set(), [true; 6]);
        drop_web_view_variables();
        assert_eq!(are_set(), [false; 6]);
    }
}
