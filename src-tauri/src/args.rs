//! The command line.

use std::path::PathBuf;

use clap::Parser;

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
}

impl Args {
    /// Reads the arguments; `--version` and `--help` end the program here.
    pub fn read() -> Self {
        Self::parse()
    }
}
