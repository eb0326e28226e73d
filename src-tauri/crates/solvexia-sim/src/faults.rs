//! What can be made to go wrong, and for which requests.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Something that goes wrong for the requests that it matches.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fault {
    /// A part of the path, whatever its case; `*` stands for anything. Empty: every path.
    #[serde(default)]
    pub path: String,
    /// The method; without one, every method.
    #[serde(default)]
    pub method: Option<String>,
    /// How many more requests it hits; without a number, all until it is cleared.
    #[serde(default)]
    pub times: Option<u32>,
    /// What goes wrong.
    #[serde(flatten)]
    pub kind: FaultKind,
}

impl Fault {
    /// A fault of every request whose path holds `path`, until it is cleared.
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

    /// The same fault, for so many requests.
    pub fn times(mut self, times: u32) -> Self {
        self.times = Some(times);
        self
    }

    fn hits(&self, method: &str, path: &str) -> bool {
        self.times != Some(0)
            && self
                .method
                .as_deref()
                .is_none_or(|wanted| wanted.eq_ignore_ascii_case(method))
            && matches(&self.path, path)
    }
}

/// What goes wrong. Where nothing else is said, the request takes no effect.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(
    tag = "kind",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
pub enum FaultKind {
    /// Another answer than it deserves. Without a body: the documented error body.
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
    /// The answer is late.
    Delay {
        /// By how much.
        ms: u64,
        /// Whether the request takes effect before the wait, not behind it.
        #[serde(default)]
        after_effect: bool,
    },
    /// The connection is closed without an answer.
    DropBefore,
    /// The request takes effect; then the connection is closed without an answer.
    DropAfter,
    /// The request takes effect; the connection is closed in the middle of the answer.
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
    /// An endless-looking answer of so many bytes.
    Huge {
        /// How many.
        bytes: u64,
    },
    /// An answer without a body.
    Empty {
        /// The status code; 200 when missing.
        #[serde(default = "ok")]
        code: u16,
        /// Whether the request takes effect first.
        #[serde(default)]
        after_effect: bool,
    },
    /// A refusal that says when to come again.
    RetryAfter {
        /// The status code, such as 429 or 503.
        code: u16,
        /// When to come again.
        seconds: u64,
    },
    /// The true answer, told otherwise.
    #[serde(untagged)]
    Told(Rewrite),
}

/// How a true answer is told otherwise. The request takes effect.
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
    /// The status is its number.
    NumericStatus,
    /// There is no end date.
    NullEnd,
    /// The steps have `orderedName` in place of `stepOrder`.
    OrderedName,
    /// The steps have no `isEnabled`.
    MissingIsEnabled,
    /// The duration has the other one of its two names.
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

/// The faults that are set, in the order in which they were.
#[derive(Debug, Default)]
pub struct Faults(Vec<Fault>);

/// What goes wrong with one request: all delays and rewrites that match it, and at most one
/// answer in place of the true one, so that faults can be queued up.
#[derive(Debug, Default, PartialEq)]
pub struct Mishap {
    pub delay_before_ms: u64,
    pub delay_after_ms: u64,
    pub instead: Option<FaultKind>,
    pub rewrites: Vec<Rewrite>,
}

impl Faults {
    pub fn add(&mut self, fault: Fault) {
        self.0.push(fault);
    }

    pub fn clear(&mut self) {
        self.0.clear();
    }

    pub fn all(&self) -> &[Fault] {
        &self.0
    }

    /// What goes wrong with this request; counts it.
    pub fn strike(&mut self, method: &str, path: &str) -> Mishap {
        let mut mishap = Mishap::default();
        for fault in self.0.iter_mut().filter(|fault| fault.hits(method, path)) {
            match &fault.kind {
                FaultKind::Delay {
                    ms,
                    after_effect: false,
                } => mishap.delay_before_ms += ms,
                FaultKind::Delay {
                    ms,
                    after_effect: true,
                } => mishap.delay_after_ms += ms,
                FaultKind::Told(rewrite) => mishap.rewrites.push(rewrite.clone()),
                _ if mishap.instead.is_some() => continue,
                other => mishap.instead = Some(other.clone()),
            }
            fault.times = fault.times.map(|left| left - 1);
        }
        self.0.retain(|fault| fault.times != Some(0));
        mishap
    }
}

/// Whether the pieces of `pattern` between its stars are found in `path`, one after the other.
fn matches(pattern: &str, path: &str) -> bool {
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

#[cfg(test)]
#[path = "faults_tests.rs"]
mod tests;
