//! What is said where the window cannot be shown. Pure.

use runwatch_core::words::count;

use crate::support::check::web_view::GET_WEB_VIEW;

/// The title of the box that says it.
pub const TITLE: &str = "Runwatch’s window cannot be shown";

const WHO_DRAWS: &str = if cfg!(windows) {
    "Microsoft Edge WebView2, the part of Windows that draws it,"
} else {
    "The part of the system that draws it"
};

/// Who can help, by system.
const HELP: &str = if cfg!(windows) {
    "If that does not help, restart the computer. Security software or your firm’s rules (AppLocker) may \
     forbid WebView2 (msedgewebview2.exe): ask your IT department to allow it."
} else {
    "If that does not help, restart the computer, or ask your help desk."
};

/// What to do while nothing can be chosen in Runwatch, not even to quit it.
const WHILE_HELD: &str = "Close this message; the window may still come. If it does not, restart the computer, or end \
     Runwatch in Task Manager and start it again: until it runs again, you are not told of ends. If that does not help, \
     ask your help desk whether security software or a rule of your firm (AppLocker) forbids WebView2 \
     (msedgewebview2.exe).";

/// Why there is no window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// The page ended by itself, again and again.
    Ends,
    /// The page does not begin.
    Silence,
    /// It has kept the main thread waiting for long, and with it the tray.
    #[cfg_attr(
        not(any(windows, test)),
        expect(dead_code, reason = "Windows alone makes a web view so")
    )]
    Held,
    /// The system refuses it: its reason.
    Refused(String),
    /// What draws the window is not on this computer; Windows alone can lack it.
    Missing,
}

/// What happened, what it means for the user's runs, and what to do.
pub fn text(trouble: &Trouble, awaited: usize, is_paused: bool) -> String {
    let what = match trouble {
        Trouble::Ends => format!("{WHO_DRAWS} ended by itself three times within a minute."),
        Trouble::Silence => format!("{WHO_DRAWS} does not begin."),
        Trouble::Held => {
            format!(
                "{WHO_DRAWS} does not answer. Until it does, nothing can be chosen in Runwatch."
            )
        }
        Trouble::Refused(reason) => format!("{WHO_DRAWS} did not start ({reason})."),
        Trouble::Missing => format!("{WHO_DRAWS} is not on this computer."),
    };
    let is_held = matches!(trouble, Trouble::Held);
    let meaning = match (awaited, is_paused) {
        (0, _) => {
            "No watched run is going at the moment. Runwatch goes on in the background.".to_owned()
        }
        // It is not kept over an end of the app.
        (_, true) if is_held => {
            "Watching is paused until Runwatch is started again; then you are told of ends by notifications."
                .to_owned()
        }
        (_, true) => {
            "Watching is paused: choose “Pause watching” in the tray’s menu again to go on. \
                      You are told of ends by notifications."
                .to_owned()
        }
        (runs, false) => format!(
            "Runwatch goes on watching {} in the background, and tells by notifications how {}.",
            count(runs, "run"),
            they_end(runs)
        ),
    };
    let open = "the window again from the tray, or by starting Runwatch again.";
    let way_back = match trouble {
        Trouble::Held => WHILE_HELD.to_owned(),
        Trouble::Missing => format!("{GET_WEB_VIEW}Then close this message, and open {open}"),
        _ => format!("Close this message, then open {open} {HELP}"),
    };
    let what_to_do = format!(
        "{way_back} Started with “--check”, Runwatch tells a help desk what it finds on this computer."
    );
    let quitting = (awaited > 0 && !is_held).then(|| {
        format!(
            "To quit all the same, choose “Quit” in the tray’s menu while this message is open: you are not told \
             then how {}.",
            they_end(awaited)
        )
    });
    let all = [Some(what), Some(meaning), Some(what_to_do), quitting];
    all.into_iter().flatten().collect::<Vec<_>>().join("\n\n")
}

/// “it ends” or “they end”, of as many runs.
pub fn they_end(runs: usize) -> &'static str {
    match runs {
        1 => "it ends",
        _ => "they end",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_says_what_happened_what_it_means_for_the_runs_and_what_to_do() {
        let told = text(&Trouble::Ends, 2, false);
        assert!(told.contains("three times within a minute"), "{told}");
        assert!(told.contains("goes on watching 2 runs"), "{told}");
        assert!(
            told.contains("Close this message, then open the window again from the tray"),
            "{told}"
        );
        assert!(text(&Trouble::Refused("code 5".into()), 2, false).contains("(code 5)"));
        assert!(told.contains("not told then how they end"), "{told}");
        assert!(!text(&Trouble::Ends, 0, false).contains("To quit"));
    }

    #[test]
    fn where_what_draws_it_is_missing_it_says_where_to_get_that_and_watching_goes_on() {
        let told = text(&Trouble::Missing, 1, false);
        assert!(told.contains("is not on this computer"), "{told}");
        let address = "https://developer.microsoft.com/microsoft-edge/webview2";
        assert!(told.lines().any(|line| line == address), "{told}");
        let after = told.split(address).nth(1).unwrap();
        assert!(
            after.contains("close this message, and open the window again from the tray"),
            "{told}"
        );
        assert!(told.contains("goes on watching 1 run in"), "{told}");
        assert!(told.contains("how it ends"), "{told}");
    }

    #[test]
    fn whatever_keeps_the_window_away_runwatch_says_that_it_goes_on() {
        let troubles = [
            Trouble::Ends,
            Trouble::Silence,
            Trouble::Held,
            Trouble::Refused("code 5".into()),
            Trouble::Missing,
        ];
        for trouble in troubles {
            for awaited in [0, 1, 2] {
                let told = text(&trouble, awaited, false);
                assert!(told.contains("in the background"), "{told}");
            }
        }
    }

    #[test]
    fn where_the_tray_waits_too_it_names_none_and_says_how_to_end_runwatch_without_it() {
        for (awaited, is_paused) in [(0, false), (1, false), (2, false), (2, true)] {
            let told = text(&Trouble::Held, awaited, is_paused);
            for wanting in ["tray", "“Quit”", "“Pause watching”"] {
                assert!(!told.contains(wanting), "{told}");
            }
            assert!(told.contains("Task Manager"), "{told}");
            assert!(
                told.contains("until it runs again, you are not told"),
                "{told}"
            );
            assert!(told.contains("help desk whether"), "{told}");
        }
        assert!(text(&Trouble::Held, 2, false).contains("goes on watching 2 runs"));
        assert!(text(&Trouble::Held, 2, true).contains("Watching is paused"));
    }

    #[test]
    fn it_promises_no_watching_where_there_is_none() {
        for (awaited, is_paused) in [(0, false), (0, true), (2, true)] {
            let told = text(&Trouble::Silence, awaited, is_paused);
            assert!(!told.contains("goes on watching"), "{told}");
        }
        assert!(text(&Trouble::Silence, 2, true).contains("Watching is paused"));
    }
}
