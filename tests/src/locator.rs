//! Which element of the page is meant.

use std::fmt;

/// An element, or several, told by test ids and attributes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct By(String);

/// The elements with this `data-testid`.
pub fn by(testid: &str) -> By {
    By(format!("[data-testid=\"{testid}\"]"))
}

impl By {
    /// Only those with this attribute.
    pub fn with(self, attribute: &str, value: &str) -> Self {
        Self(format!("{}[{attribute}=\"{value}\"]", self.0))
    }

    /// Only those with this `data-run-id`.
    pub fn run(self, id: &str) -> Self {
        self.with("data-run-id", id)
    }

    /// The elements with this `data-testid` inside.
    pub fn inner(self, testid: &str) -> Self {
        Self(format!("{} {}", self.0, by(testid).0))
    }

    /// As a CSS selector.
    pub fn css(&self) -> &str {
        &self.0
    }
}

impl From<&str> for By {
    fn from(testid: &str) -> Self {
        by(testid)
    }
}

impl From<&By> for By {
    fn from(other: &By) -> Self {
        other.clone()
    }
}

impl fmt::Display for By {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
