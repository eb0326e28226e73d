//! The system's web browser, opened without a shell.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use runwatch_core::ports::Browser;

/// Longer than that, the browser is assumed to be still opening.
const DEADLINE: Duration = Duration::from_secs(3);

/// The default browser of this user.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemBrowser;

impl Browser for SystemBrowser {
    fn open(&self, address: &str) -> Result<(), String> {
        if !is_web_address(address) {
            return Err("Runwatch opens web addresses alone.".to_owned());
        }
        let address = address.to_owned();
        let (answer, wait) = mpsc::channel();
        // On a thread, as looking up the default browser may be slow.
        let opening = thread::Builder::new().name("browser".into());
        opening
            .spawn(move || answer.send(webbrowser::open(&address)))
            .map_err(|error| no_browser(&error))?;
        match wait.recv_timeout(DEADLINE) {
            Ok(Err(error)) => Err(no_browser(&error)),
            _ => Ok(()),
        }
    }
}

fn is_web_address(address: &str) -> bool {
    let scheme = address.split_once("://").map(|(scheme, _)| scheme);
    scheme.is_some_and(|s| s.eq_ignore_ascii_case("https") || s.eq_ignore_ascii_case("http"))
}

fn no_browser(error: &std::io::Error) -> String {
    // Without the address, which may hold secrets for the browser.
    tracing::warn!(kind = ?error.kind(), "no web browser opened");
    "No web browser could be opened. Copy the address and open it in one yourself, or choose a \
     default browser in this computer's settings and open the page again."
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_programs_and_scripts_are_never_opened() {
        for address in [
            "",
            "file:///etc/passwd",
            "FILE://host/share/run.exe",
            "/usr/bin/env",
            r"C:\Windows\System32\calc.exe",
            "javascript:alert(1)",
            "ms-settings:about",
            "mailto:somebody@example.com",
            "--help",
            "//example.com",
        ] {
            let refused = SystemBrowser.open(address).unwrap_err();
            assert!(refused.contains("web addresses alone"), "{address}");
        }
        assert!(is_web_address(
            "https://app.solvexia.com/oauth/authorize?a=b&c=d"
        ));
        assert!(is_web_address("HTTP://127.0.0.1:38417/callback"));
    }
}
