//! The report: a line for each thing that was checked.

use std::fmt;

/// What a line says of what it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// It works.
    Ok,
    /// It works, and something about it is worth knowing.
    Warning,
    /// It does not work, or is not there.
    Missing,
}

/// One line of the report.
#[derive(Debug, PartialEq, Eq)]
pub struct Line {
    /// How it stands.
    pub mark: Mark,
    /// What was found.
    pub words: String,
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = match self.mark {
            Mark::Ok => "ok",
            Mark::Warning => "warning",
            Mark::Missing => "missing",
        };
        write!(f, "[{mark}] {}", self.words)
    }
}

/// It works.
pub fn ok(words: impl Into<String>) -> Line {
    Line {
        mark: Mark::Ok,
        words: words.into(),
    }
}

/// It works, and something about it is worth knowing.
pub fn warning(words: impl Into<String>) -> Line {
    Line {
        mark: Mark::Warning,
        words: words.into(),
    }
}

/// It does not work, or is not there.
pub fn missing(words: impl Into<String>) -> Line {
    Line {
        mark: Mark::Missing,
        words: words.into(),
    }
}

/// The whole report.
pub fn text(lines: &[Line]) -> String {
    lines
        .iter()
        .map(|line| format!("{}\n", line.to_string().trim_end()))
        .collect()
}
