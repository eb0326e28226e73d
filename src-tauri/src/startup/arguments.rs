//! The command line.

use std::path::PathBuf;

use clap::Parser;
use runwatch_core::address::{LONGEST_ADDRESS, is_address};
use runwatch_core::ids::shorten;
use runwatch_platform::single_instance::Wish;

use crate::shell::native_message;

/// The title of the box that says why it did not start.
pub const NO_START: &str = "Runwatch could not start";

/// As much of an error as a message box has room for (characters).
const MOST_SAID: usize = 600;

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
    /// Show what this address names (runwatch://run/… or runwatch://inbox); it stands alone
    // Whoever opens an address may have put more behind it: with other arguments it is refused.
    #[arg(value_name = "ADDRESS", exclusive = true, value_parser = address)]
    pub address: Option<String>,
}

fn address(text: &str) -> Result<String, &'static str> {
    match is_address(text) {
        // No longer than it takes to see that it is too long.
        true => Ok(text.chars().take(LONGEST_ADDRESS + 1).collect()),
        false => Err("it is no address of Runwatch"),
    }
}

impl Args {
    /// Reads the arguments; `--version` and `--help` end the program here, and so do wrong ones.
    pub fn read() -> Self {
        Self::try_parse().unwrap_or_else(|error| {
            if error.use_stderr() {
                // A shortcut that was set up wrongly shows no console.
                // Where it cannot be printed, the box says it.
                let _ = error.print();
                native_message::show_and_wait(NO_START, &wrong(&error));
                std::process::exit(error.exit_code());
            }
            error.exit()
        })
    }

    /// What this launch wants of an app that runs already.
    pub fn wish(&self) -> Wish {
        match &self.address {
            Some(address) => Wish::Address(address.clone()),
            None if self.hidden => Wish::Nothing,
            None => Wish::Window,
        }
    }
}

/// What to do about it, and what exactly is wrong.
fn wrong(error: &clap::Error) -> String {
    format!(
        "It was started with words that it does not know. Nothing is watched until that is mended: \
         look at the shortcut that starts it; a folder with a space in its name must stand in \
         quotes.\n\n{}",
        shorten(&error.to_string(), MOST_SAID)
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

    #[test]
    fn an_address_stands_alone_so_that_a_link_can_do_nothing_else() {
        let address = "RunWatch://run/app.solvexia.com/pr-1";
        assert_eq!(read(&[address]).wish(), Wish::Address(address.into()));
        for more in [
            &["--forget"][..],
            &["--demo"],
            &["--hidden"],
            &["--check"],
            &["--data-dir", "x"],
            &["runwatch://inbox"],
        ] {
            for all in [
                [&["runwatch", address], more].concat(),
                [&["runwatch"], more, &[address]].concat(),
            ] {
                // A text behind `--check` is its environment, and a link cannot come first.
                let is_refused = Args::try_parse_from(&all).is_err();
                assert!(is_refused || all[1] == "--check", "{all:?}");
            }
        }
        assert!(Args::try_parse_from(["runwatch", "https://app.solvexia.com"]).is_err());
    }

    #[test]
    fn an_address_of_100_000_characters_is_cut_before_it_is_handed_over_and_stays_too_long() {
        let long = format!("runwatch://run/{}", "ä".repeat(100_000));
        let Wish::Address(text) = read(&[&long]).wish() else {
            panic!("it is an address")
        };
        assert!(text.len() < 8_000 && text.len() > LONGEST_ADDRESS);
    }

    #[test]
    fn a_hidden_launch_wants_nothing_and_any_other_one_the_window() {
        assert_eq!(read(&["--hidden"]).wish(), Wish::Nothing);
        assert_eq!(read(&[]).wish(), Wish::Window);
    }
}
