//! `--check`: what Runwatch finds on this computer, a line each, for a help desk. It may run while the
//! app runs on the same folder: it takes no lock and changes nothing that is kept. It names no run and
//! no secret.

use std::fmt;
use std::process::ExitCode;

use runwatch_core::environment::Environment;
use runwatch_core::error::VaultError;
use runwatch_core::ids::AccountId;
use runwatch_core::network::{Hop, HopKind, HopState, Network, Route};
use runwatch_core::ports::Vault;
use runwatch_core::secret::{SecretKind, SecretName};
use runwatch_platform::{DataFolder, Keychain, free_space, is_local, system};
use runwatch_store::{Inspection, check_folder, inspect};
use secrecy::{ExposeSecret, SecretString};

use crate::startup::arguments::Args;

/// Less room than this is worth a word.
const LITTLE_ROOM: u64 = 200 << 20;

/// Where the component that draws the window comes from, where it can be missing.
pub const GET_WEB_VIEW: &str = "Ask your IT department for the “WebView2 Runtime”, or download and \
     run the “Evergreen Bootstrapper” from\nhttps://developer.microsoft.com/microsoft-edge/webview2\n";

/// What Windows' older editors and shells know UTF-8 by.
const BYTE_ORDER_MARK: &str = if cfg!(windows) { "\u{feff}" } else { "" };

/// How a thing stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Ok,
    Warning,
    Missing,
}

/// One line of the report.
#[derive(Debug, PartialEq, Eq)]
struct Line {
    mark: Mark,
    words: String,
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = match self.mark {
            Mark::Ok => "ok",
            Mark::Warning => "warning",
            Mark::Missing => "missing",
        };
        write!(f, "[{mark}] {}", self.words)
    }
}

fn ok(words: impl Into<String>) -> Line {
    Line {
        mark: Mark::Ok,
        words: words.into(),
    }
}

fn warning(words: impl Into<String>) -> Line {
    Line {
        mark: Mark::Warning,
        words: words.into(),
    }
}

fn missing(words: impl Into<String>) -> Line {
    Line {
        mark: Mark::Missing,
        words: words.into(),
    }
}

/// Makes the report, prints it, and writes it to `check.txt` in the data folder.
pub fn run(args: &Args) -> ExitCode {
    let mut lines = vec![
        ok(format!("Runwatch {}", env!("CARGO_PKG_VERSION"))),
        ok(format!("System: {}", system())),
        web_view(tauri::webview_version().ok()),
    ];
    // A folder that was named is there already, or its name was mistyped.
    let folder = match &args.data_dir {
        Some(dir) => DataFolder::existing(Some(dir), args.demo),
        None => DataFolder::open(None, args.demo),
    };
    match folder {
        Ok(folder) => {
            lines.extend(disk(&folder));
            let environment = args.check.as_deref().filter(|text| !text.is_empty());
            lines.extend(tauri::async_runtime::block_on(parts(&folder, environment)));
            let kept = format!("{BYTE_ORDER_MARK}{}", text(&lines));
            if let Err(error) = std::fs::write(folder.path().join("check.txt"), kept) {
                lines.push(missing(format!("This report could not be kept ({error}).")));
            }
        }
        Err(error) => lines.push(missing(format!(
            "Data folder: {error}. Choose another one with --data-dir."
        ))),
    }
    say(&text(&lines));
    if lines.iter().any(|line| line.mark == Mark::Missing) {
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

fn text(lines: &[Line]) -> String {
    lines
        .iter()
        .map(|line| format!("{}\n", line.to_string().trim_end()))
        .collect()
}

#[expect(clippy::print_stdout, reason = "this is what the report is for")]
fn say(text: &str) {
    print!("{text}");
}

fn web_view(version: Option<String>) -> Line {
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

fn disk(folder: &DataFolder) -> Vec<Line> {
    let path = folder.path();
    let name = path.display();
    let place = match is_local(path) {
        Some(false) => warning(format!(
            "Data folder: {name}, on a network drive, where the history may get damaged. \
             Choose a folder on this computer with --data-dir."
        )),
        _ => ok(format!("Data folder: {name}")),
    };
    let room = match free_space(path) {
        Ok(bytes) if bytes < LITTLE_ROOM => warning(format!(
            "Disk: only {} MB free; when it is full, history is not kept.",
            bytes >> 20
        )),
        Ok(bytes) => ok(format!("Disk: {} MB free", bytes >> 20)),
        Err(error) => warning(format!("Disk: how much is free is not told ({error}).")),
    };
    let keeps = match check_folder(path) {
        Ok(()) => ok("Database: a test file was written, read and removed"),
        Err(error) => missing(format!(
            "Database: none can be kept in the data folder. {error}"
        )),
    };
    vec![place, room, keeps]
}

/// What is kept in the folder and the keychain, and the ways out of this computer.
async fn parts(folder: &DataFolder, environment: Option<&str>) -> Vec<Line> {
    let mut lines = Vec::new();
    let known = match inspect(&folder.history(), Network::SETTING) {
        Ok(known) => {
            lines.push(ok(match &known {
                None => "History: none yet; it is made at the first start".to_owned(),
                Some(known) => format!("History: readable; accounts: {}", known.accounts.len()),
            }));
            known
        }
        Err(error) => {
            lines.push(missing(format!("History: {error}")));
            None
        }
    };
    let vault = Keychain::new(folder.own_name());
    lines.push(keychain(vault.as_ref()).await);
    let way = way(known.as_ref(), vault.as_ref()).await;
    let mut environments: Vec<Environment> = Vec::new();
    for account in known.iter().flat_map(|known| &known.accounts) {
        if !environments.contains(&account.environment) {
            environments.push(account.environment.clone());
        }
    }
    match environment.map(Environment::parse) {
        Some(Ok(given)) if !environments.contains(&given) => environments.push(given),
        Some(Err(error)) => lines.push(missing(error.to_string())),
        _ => {}
    }
    if environments.is_empty() {
        lines.push(warning(
            "Connection: not tried, as no account is known; --check=ENVIRONMENT tries one",
        ));
    }
    for environment in &environments {
        let hops = solvexia::check_connection(environment, &way, None).await;
        lines.extend(connection(environment, &hops));
    }
    lines
}

/// Writes, reads and removes an entry of this data folder.
async fn keychain(vault: Result<&Keychain, &VaultError>) -> Line {
    let tried = match vault {
        Ok(vault) => try_keychain(vault).await,
        Err(error) => Err(error.clone()),
    };
    match tried {
        Ok(()) => ok("Keychain: a test entry was written, read and removed"),
        Err(error) => missing(format!(
            "Keychain: {error} You can sign in all the same, each time that Runwatch starts."
        )),
    }
}

async fn try_keychain(vault: &Keychain) -> Result<(), VaultError> {
    // Of its own, as two may check at the same time.
    let id = uuid::Uuid::new_v4().to_string();
    let name = SecretName::of(&AccountId(format!("check-{id}")), SecretKind::AccessToken);
    let secret = SecretString::from(id);
    vault.keep(&name, secret.clone()).await?;
    let kept = vault.read(&name).await;
    vault.forget(&name).await?;
    match kept? {
        Some(kept) if kept.expose_secret() == secret.expose_secret() => Ok(()),
        _ => Err(VaultError::Unfaithful),
    }
}

/// The connection as it is set, with its proxy's password.
async fn way(known: Option<&Inspection>, vault: Result<&Keychain, &VaultError>) -> Route {
    let setting = known.and_then(|known| known.setting.as_deref());
    let network = setting.and_then(|json| serde_json::from_str(json).ok());
    // Without it the proxy's own line says that it is missing.
    let proxy_password = match vault {
        Ok(vault) => vault.read(&SecretName::proxy_password()).await,
        Err(error) => Err(error.clone()),
    };
    Route {
        network: network.unwrap_or_default(),
        proxy_password,
    }
}

/// The hops that tell something: what was not tried is said by the one that failed.
fn connection(environment: &Environment, hops: &[Hop]) -> Vec<Line> {
    let broken = hops.iter().any(|hop| hop.state == HopState::Failed);
    let line = |hop: &Hop| {
        let part = match hop.kind {
            HopKind::Name => "name",
            HopKind::Proxy => "proxy",
            HopKind::Tls => "TLS",
            HopKind::Http => "answer",
            HopKind::SignIn => "sign-in",
        };
        let words = format!("{}, {part}: {}", environment.origin(), hop.words);
        match hop.state {
            HopState::Good => Some(ok(words)),
            HopState::Failed => Some(missing(words)),
            // Signing in is not what this is about; that there is no proxy is worth knowing.
            HopState::Skipped if broken || hop.kind == HopKind::SignIn => None,
            HopState::Skipped => Some(ok(words)),
        }
    };
    hops.iter().filter_map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(states: [HopState; 5]) -> Vec<String> {
        let kinds = [
            HopKind::Name,
            HopKind::Proxy,
            HopKind::Tls,
            HopKind::Http,
            HopKind::SignIn,
        ];
        let hops: Vec<Hop> = std::iter::zip(kinds, states)
            .map(|(kind, state)| Hop {
                kind,
                state,
                words: "…".to_owned(),
            })
            .collect();
        let environment = Environment::parse("app").unwrap();
        connection(&environment, &hops)
            .iter()
            .map(|line| line.to_string().replace("https://app.solvexia.com, ", ""))
            .collect()
    }

    #[test]
    fn a_way_that_works_is_told_with_what_it_did_not_need() {
        use HopState::{Good, Skipped};
        assert_eq!(
            said([Good, Skipped, Good, Good, Skipped]),
            [
                "[ok] name: …",
                "[ok] proxy: …",
                "[ok] TLS: …",
                "[ok] answer: …"
            ]
        );
    }

    #[test]
    fn a_way_that_ends_is_told_up_to_where_it_ends() {
        use HopState::{Failed, Good, Skipped};
        assert_eq!(
            said([Good, Skipped, Failed, Skipped, Skipped]),
            ["[ok] name: …", "[missing] TLS: …"]
        );
    }

    #[test]
    fn a_missing_web_view_is_told_with_where_to_get_it() {
        let line = web_view(None);
        assert_eq!(line.mark, Mark::Missing);
        let address = "https://developer.microsoft.com/microsoft-edge/webview2";
        assert!(text(&[line]).lines().any(|line| line == address));
        assert_eq!(web_view(Some("131.0".into())).mark, Mark::Ok);
    }
}
