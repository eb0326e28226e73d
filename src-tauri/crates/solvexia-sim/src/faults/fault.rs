//! The faults that can be injected.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A fault, and the requests that it affects.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fault {
    /// A part of the path, in any case; `*` stands for anything. Empty: every path.
    #[serde(default)]
    pub path: String,
    /// The method; without one, every method.
    #[serde(default)]
    pub method: Option<String>,
    /// How many more requests it affects; without a number, all until it is cleared.
    #[serde(default)]
    pub times: Option<u32>,
    /// What goes wrong.
    #[serde(flatten)]
    pub kind: FaultKind,
}

impl Fault {
    /// A fault of every request whose path contains `path`, until it is cleared.
    pub fn on(path: &str, kind: FaultKind) -> Self {
        Self {
            path: path.to_owned(),
            method: None,
            times: None,
            kind,
        }
    }

    /// The same fault, for one method alone.
    pub fn method(mut self, method: &str) -> Self {
        self.method = Some(method.to_owned());
        self
    }

    /// The same fault, for that many requests.
    pub fn times(mut self, times: u32) -> Self {
        self.times = Some(times);
        self
    }

    /// Whether it applies to this request.
    pub fn hits(&self, method: &str, path: &str) -> bool {
        self.times != Some(0)
            && self
                .method
                .as_deref()
                .is_none_or(|wanted| wanted.eq_ignore_ascii_case(method))
            && matches(&self.path, path)
    }
}

/// What goes wrong. Unless said otherwise, the request takes no effect.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(
    tag = "kind",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
pub enum FaultKind {
    /// Another response. Without a body: the documented error body.
    Status {
        /// The status code.
        code: u16,
        /// Text is sent as it is, anything else as JSON.
        #[serde(default)]
        body: Option<Value>,
        /// Further headers.
        #[serde(default)]
        headers: BTreeMap<String, String>,
        /// Whether the request takes effect first.
        #[serde(default)]
        after_effect: bool,
    },
    /// The response is late.
    Delay {
        /// By how much.
        ms: u64,
        /// Whether the request takes effect before the wait, not after it.
        #[serde(default)]
        after_effect: bool,
    },
    /// The connection is closed without a response.
    DropBefore,
    /// The request takes effect; then the connection is closed without a response.
    DropAfter,
    /// The request takes effect; the connection is closed in the middle of the response.
    Truncated,
    /// A web page, as proxies and sign-in portals send them.
    Html {
        /// The status code; 200 when missing.
        #[serde(default = "ok")]
        code: u16,
        /// Whether the request takes effect first.
        #[serde(default)]
        after_effect: bool,
    },
    /// A very long response.
    Huge {
        /// Its length.
        bytes: u64,
    },
    /// A response without a body.
    Empty {
        /// The status code; 200 when missing.
        #[serde(default = "ok")]
        code: u16,
        /// Whether the request takes effect first.
        #[serde(default)]
        after_effect: bool,
    },
    /// A refusal with `Retry-After`.
    RetryAfter {
        /// The status code, such as 429 or 503.
        code: u16,
        /// The seconds of `Retry-After`.
        seconds: u64,
    },
    /// The true response, changed.
    #[serde(untagged)]
    Rewrite(Rewrite),
}

/// A change to the true response. The request takes effect.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(
    tag = "kind",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
pub enum Rewrite {
    /// It names another run or step, as the example of the deprecated cancel does.
    OtherId {
        /// Which; `pr-263` when missing.
        #[serde(default = "other_id")]
        id: String,
    },
    /// The status as a number.
    NumericStatus,
    /// There is no end date.
    NullEnd,
    /// The steps have `orderedName` in place of `stepOrder`.
    OrderedName,
    /// The steps have no `isEnabled`.
    MissingIsEnabled,
    /// The duration under the other of its two names.
    OtherDurationKey,
    /// The status is this word.
    StatusWord {
        /// Any word.
        word: String,
    },
    /// A field has this value.
    SetField {
        /// Its name.
        field: String,
        /// Its value.
        value: Value,
    },
    /// A field is missing.
    RemoveField {
        /// Its name.
        field: String,
    },
}

fn ok() -> u16 {
    200
}

fn other_id() -> String {
    "pr-263".to_owned()
}

/// Whether the pieces of `pattern` between its stars occur in `path`, one after the other.
pub fn matches(pattern: &str, path: &str) -> bool {
    let path = path.to_ascii_lowercase();
    let pattern = pattern.to_ascii_lowercase();
    let mut rest = path.as_str();
    for piece in pattern.split('*') {
        match rest.find(piece) {
            Some(at) => rest = &rest[at + piece.len()..],
            None => return false,
        }
    }
    true
}
