//! Logs: one file a day, at Info, a week of them. Nothing secret is ever logged.

use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::filter::LevelFilter;

use runwatch_platform::DataFolder;

/// Writes logs into the data folder. Without a place for them the app goes on silently.
pub fn start(folder: &DataFolder) {
    // Without leave to make them there are no logs, and the history says so by itself.
    let _ = folder.make_files();
    let files = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("runwatch")
        .filename_suffix("log")
        .max_log_files(7)
        .build(folder.logs());
    if let Ok(files) = files {
        // A second subscriber would mean a second start in one process, which does not happen.
        let _ = tracing_subscriber::fmt()
            .with_ansi(false)
            .with_max_level(LevelFilter::INFO)
            .with_writer(std::sync::Mutex::new(files))
            .try_init();
    }
}
