//! What support needs to know, as a text that is safe to send: no secret, no run's name, no figure
//! of a run, no name of a person at this computer.

use std::fmt::Write as _;
use std::path::Path;

use runwatch_contract::Keeping;
use runwatch_core::network::Proxy;
use runwatch_core::words;
use runwatch_engine::accounts::session::Session;

use crate::api::views::account::keeping;
use crate::app_state::AppState;

/// How many of the log's last lines are part of it.
const LINES: usize = 60;

/// The text.
pub fn text(app_state: &AppState) -> String {
    let mut text = String::new();
    // Writing into a String cannot fail.
    let _ = write(app_state, &mut text);
    text
}

fn write(app_state: &AppState, to: &mut String) -> std::fmt::Result {
    let engine = &app_state.engine;
    writeln!(to, "Runwatch {}", env!("CARGO_PKG_VERSION"))?;
    writeln!(
        to,
        "Time: {} UTC",
        engine.now().strftime("%Y-%m-%d %H:%M:%S")
    )?;
    writeln!(
        to,
        "System: {} {}, web view {}",
        std::env::consts::OS,
        std::env::consts::ARCH,
        tauri::webview_version().unwrap_or_else(|_| "unknown".into()),
    )?;
    writeln!(
        to,
        "Data folder: {}",
        without_home(&app_state.folder.path().display().to_string())
    )?;
    writeln!(
        to,
        "History: {}",
        app_state.history.problem().as_deref().unwrap_or("kept")
    )?;
    let route = app_state.route.get();
    let proxy = match &route.network.proxy {
        Proxy::System => "as the system is set",
        Proxy::Direct => "none",
        Proxy::Manual { user, .. } if user.is_empty() => "set by hand",
        Proxy::Manual { .. } => "set by hand, with a user",
    };
    writeln!(to, "Proxy: {proxy}")?;
    let extra = route.network.extra_ca.is_some();
    writeln!(
        to,
        "Extra certificates: {}",
        if extra { "yes" } else { "no" }
    )?;
    let (policy, problems) = (&app_state.policy, &app_state.policy.problems);
    for line in words::policy::lines(policy).iter().chain(problems) {
        writeln!(to, "Policy, {}", without_home(line))?;
    }
    let tracked = engine.runs.all();
    let watched = tracked.iter().filter(|run| run.state().run.watched).count();
    writeln!(
        to,
        "Runs in the list: {}, watched: {watched}",
        tracked.len()
    )?;
    for (at, session) in engine.accounts.all().iter().enumerate() {
        account(app_state, at + 1, session, to)?;
    }
    writeln!(to, "Latest log lines:")?;
    for line in latest_lines(&app_state.folder.logs()) {
        writeln!(to, "  {}", without_home(&line))?;
    }
    Ok(())
}

fn account(
    app_state: &AppState,
    number: usize,
    session: &Session,
    to: &mut String,
) -> std::fmt::Result {
    let account = &session.account;
    let scopes = session.api.as_ref().and_then(|api| api.scopes());
    writeln!(
        to,
        "Account {number}: {}, {:?}, {:?}, latest trouble {}, secret {}, clock {} s ahead of ours, may {}",
        account.environment.host(),
        account.method,
        session.sign_in,
        session
            .trouble
            .map_or_else(|| "none".to_owned(), |trouble| format!("{trouble:?}")),
        match keeping(session, app_state.session_only(&account.id).is_some()) {
            Keeping::Keychain => "in the keychain",
            Keeping::SessionOnly => "for this session only",
            Keeping::Unread => "not read",
            Keeping::Left => "still to be deleted",
            Keeping::Deleted => "deleted",
        },
        app_state.engine.clock_ahead(&account.id).as_secs(),
        scopes.map_or_else(|| "unknown".to_owned(), |scopes| scopes.join(" ")),
    )
}

/// A home folder's path names its owner.
fn without_home(text: &str) -> String {
    match dirs::home_dir() {
        Some(home) if home != Path::new("/") => text.replace(&*home.to_string_lossy(), "~"),
        _ => text.to_owned(),
    }
}

fn latest_lines(logs: &Path) -> Vec<String> {
    let files = std::fs::read_dir(logs).into_iter().flatten().flatten();
    let latest = files.map(|file| file.path()).max();
    let text = latest.and_then(|path| std::fs::read_to_string(path).ok());
    let text = text.unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    let from = lines.len().saturating_sub(LINES);
    lines[from..]
        .iter()
        .map(|line| (*line).to_owned())
        .collect()
}
