//! The requests that came in, for tests to look at.

use std::collections::VecDeque;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Older requests are forgotten: a demo may run for days.
const MOST_REQUESTS: usize = 5_000;

/// One request to `/oauth` or `/api`. Neither its token nor its body is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RequestRecord {
    /// Its number, counted from 1.
    pub number: u64,
    /// When it came.
    pub time: Timestamp,
    /// Its method.
    pub method: String,
    /// Its path as it was sent.
    pub path: String,
    /// Its query, if it had one.
    pub query: Option<String>,
    /// Whether it had an `Authorization` header.
    pub has_authorization: bool,
    /// Its `Content-Length` header, as it was sent.
    pub content_length: Option<String>,
    /// Its `Content-Type` header.
    pub content_type: Option<String>,
    /// The response's status; none where the connection was dropped or is still open.
    pub status: Option<u16>,
}

/// The requests that came in, oldest first.
#[derive(Debug, Default)]
pub struct RequestLog {
    records: VecDeque<RequestRecord>,
    last_number: u64,
}

impl RequestLog {
    /// Adds a request and returns its number.
    pub fn arrived(&mut self, mut record: RequestRecord) -> u64 {
        self.last_number += 1;
        record.number = self.last_number;
        self.records.push_back(record);
        if self.records.len() > MOST_REQUESTS {
            self.records.pop_front();
        }
        self.last_number
    }

    pub fn answered(&mut self, number: u64, status: u16) {
        if let Some(record) = self
            .records
            .iter_mut()
            .rfind(|record| record.number == number)
        {
            record.status = Some(status);
        }
    }

    pub fn all(&self) -> Vec<RequestRecord> {
        self.records.iter().cloned().collect()
    }

    pub fn clear(&mut self) {
        self.records.clear();
    }
}
