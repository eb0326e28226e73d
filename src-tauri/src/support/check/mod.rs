//! `--check`: what Runwatch finds on this computer, a line each, for a help desk. It may run while the
//! app runs on the same folder: it takes no lock and changes nothing that is kept. It names no run and
//! no secret.

mod connection;
mod data_folder;
mod keychain;
mod policy;
mod report;
pub mod web_view;

use std::process::ExitCode;

use runwatch_core::policy::Policy;
use runwatch_platform::{DataFolder, Keychain, system};
use runwatch_store::inspect;

use crate::settings;
use crate::startup::arguments::Args;
use crate::support::check::report::{Line, Mark, missing, ok, text};

/// What Windows' older editors and shells know UTF-8 by.
const BYTE_ORDER_MARK: &str = if cfg!(windows) { "\u{feff}" } else { "" };

/// Makes the report, prints it, and writes it to `check.txt` in the data folder.
pub fn run(args: &Args) -> ExitCode {
    let mut lines = vec![
        ok(format!("Runwatch {}", env!("CARGO_PKG_VERSION"))),
        ok(format!("System: {}", system())),
        web_view::check(tauri::webview_version().ok()),
    ];
    let rules = settings::policy::find();
    lines.extend(policy::check(&rules));
    // A folder that was named is there already, or its name was mistyped.
    let folder = match &args.data_dir {
        Some(dir) => DataFolder::existing(Some(dir), args.demo),
        None => DataFolder::open(None, args.demo),
    };
    match folder {
        Ok(folder) => {
            lines.extend(data_folder::check(&folder));
            let environment = args.check.as_deref().filter(|text| !text.is_empty());
            lines.extend(tauri::async_runtime::block_on(parts(
                &folder,
                environment,
                &rules,
            )));
            let kept = format!("{BYTE_ORDER_MARK}{}", text(&lines));
            if let Err(error) = folder.write(&folder.report(), kept.as_bytes()) {
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

#[expect(clippy::print_stdout, reason = "this is what the report is for")]
fn say(text: &str) {
    print!("{text}");
}

/// What is kept in the folder and the keychain, and the ways out of this computer.
async fn parts(folder: &DataFolder, environment: Option<&str>, rules: &Policy) -> Vec<Line> {
    let mut lines = Vec::new();
    let known = match inspect(&folder.history()) {
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
    lines.push(keychain::check(vault.as_ref()).await);
    lines.extend(connection::check(known.as_ref(), vault.as_ref(), environment, rules).await);
    lines
}
