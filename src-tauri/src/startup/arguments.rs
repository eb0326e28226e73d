//! The command line.

use std::path::PathBuf;

use clap::Parser;

/// The title of the box that says why it did not start.
pub const NO_START: &str = "Runwatch could not start";

/// Watches SolveXia runs and tells truly how they ended.
#[derive(Debug, Clone, Parser)]
#[command(name = "runwatch", version)]
pub struct Args {
    /// Database, settings and logs live here instead of in the usual place
    #[arg(long, value_name = "DIR")]
    pub data_dir: Option<PathBuf>,
    /// Open an embedded simulated SolveXia with sample data
    #[arg(long)]
    pub demo: bool,
    /// Start in the tray, without a window
    #[arg(long)]
    pub hidden: bool,
    /// Tell what Runwatch finds on this computer, for a help desk, and write it to DIR/check.txt.
    /// The way to the known accounts' environments is tried; to ENVIRONMENT too, where it is given
    #[arg(
        long,
        value_name = "ENVIRONMENT",
        num_args = 0..=1,
        default_missing_value = ""
    )]
    pub check: Option<String>,
    /// Delete this data folder's entries in the keychain, and end; history stays
    #[arg(long)]
    pub forget: bool,
}

impl Args {
    /// Reads the arguments; `--version` and `--help` end the program here, and so do wrong ones.
    pub fn read() -> Self {
        Self::try_parse().unwrap_or_else(|error| {
            if error.use_stderr() {
                // A shortcut that was set up wrongly shows no console.
                // Where it cannot be printed, the box says it.
                let _ = error.print();
                runwatch_platform::show_error_dialog(NO_START, &wrong(&error));
                std::process::exit(error.exit_code());
            }
            error.exit()
        })
    }
}

/// What to do about it, and what exactly is wrong.
fn wrong(error: &clap::Error) -> String {
    format!(
        "It was started with words that it does not know. Nothing is watched until that is mended: \
         look at the shortcut that starts it; a folder with a space in its name must stand in \
         quotes.\n\n{error}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(args: &[&str]) -> Args {
        Args::try_parse_from([&["runwatch"], args].concat()).unwrap()
    }

    #[test]
    fn a_check_needs_no_environment_and_takes_one() {
        assert_eq!(read(&[]).check, None);
        assert_eq!(
            read(&["--check", "--data-dir", "x"]).check.as_deref(),
            Some("")
        );
        assert_eq!(read(&["--check=app"]).check.as_deref(), Some("app"));
        assert_eq!(read(&["--check", "app"]).check.as_deref(), Some("app"));
    }
}
