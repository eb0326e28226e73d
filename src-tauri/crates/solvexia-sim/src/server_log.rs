//! The log that the API shows (`GET /logs`).

use std::collections::VecDeque;

use jiff::Timestamp;

/// Older entries are forgotten.
const MOST_ENTRIES: usize = 500;

/// One line of the log that the API shows.
#[derive(Debug, Clone)]
pub struct LogEntry {
    pub id: u64,
    pub message: String,
    pub user_name: String,
    pub time: Timestamp,
}

/// The log that the API shows, oldest first.
#[derive(Debug, Default)]
pub struct ServerLog {
    entries: VecDeque<LogEntry>,
    last_id: u64,
}

impl ServerLog {
    pub fn write(&mut self, message: String, time: Timestamp) {
        self.last_id += 1;
        let user_name = "finance.automation".to_owned();
        self.entries.push_back(LogEntry {
            id: self.last_id,
            message,
            user_name,
            time,
        });
        if self.entries.len() > MOST_ENTRIES {
            self.entries.pop_front();
        }
    }

    pub fn newest_first(&self) -> impl Iterator<Item = &LogEntry> {
        self.entries.iter().rev()
    }
}
