//! SolveXia's ids: opaque strings with a prefix.

use std::fmt;

use thiserror::Error;

/// Longer ones are garbage, and would only make paths that servers refuse.
const LONGEST_ID: usize = 100;

/// Why a text is no id.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum IdError {
    /// Nothing, or blanks alone.
    #[error("Type {0} first.")]
    Empty(&'static str),
    /// Not of the form of this kind of id.
    #[error("“{text}” is not {expected}.")]
    Malformed {
        /// What was typed, cut short.
        text: String,
        /// What it should look like, in words.
        expected: &'static str,
    },
}

fn parse(text: &str, prefixes: &[&str], expected: &'static str) -> Result<String, IdError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(IdError::Empty(expected));
    }
    let lower = text.to_ascii_lowercase();
    let prefix = prefixes.iter().find(|prefix| lower.starts_with(**prefix));
    let rest = prefix.map_or("", |prefix| &text[prefix.len()..]);
    let well_formed = !rest.is_empty()
        && text.len() <= LONGEST_ID
        && rest
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '~'))
        && !rest.contains("..");
    match prefix {
        Some(prefix) if well_formed => Ok(format!("{prefix}{rest}")),
        _ => Err(IdError::Malformed {
            text: shorten(text, 60),
            expected,
        }),
    }
}

/// A text cut to `most` characters, with an ellipsis where something is missing.
pub fn shorten(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $prefixes:expr, $expected:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(String);

        impl $name {
            /// Reads an id as a person types it: blanks around it do not matter.
            ///
            /// # Errors
            /// [`IdError`] when it is empty or not of this form.
            pub fn parse(text: &str) -> Result<Self, IdError> {
                parse(text, &$prefixes, $expected).map(Self)
            }

            /// The id as SolveXia writes it.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id!(
    /// A process run, `pr-…`.
    RunId, ["pr-"], "a run id (it looks like pr-114278)"
);
id!(
    /// A process, `p-…`.
    ProcessId, ["p-"], "a process id (it looks like p-114273)"
);
id!(
    /// A step: a data step `ds-…` or an action step `as-…`.
    StepId, ["ds-", "as-"], "a step id (it looks like ds-114279 or as-20682)"
);

/// Our own id of an account, made when it is first signed in to.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AccountId(pub String);

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A run of an account: what every row, lock and notification is keyed by.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RunKey {
    /// The account.
    pub account: AccountId,
    /// The run.
    pub run: RunId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_around_an_id_and_the_case_of_its_prefix_do_not_matter() {
        assert_eq!(RunId::parse("  PR-114278\n").unwrap().as_str(), "pr-114278");
    }

    #[test]
    fn a_text_that_is_no_run_id_is_refused_in_words() {
        for text in [
            "pr-",
            "114278",
            "p-1",
            "pr-1/../2",
            "pr-1 2",
            "pr-..",
            "pr-é",
            "ds-1",
        ] {
            assert!(
                matches!(RunId::parse(text), Err(IdError::Malformed { .. })),
                "{text}"
            );
        }
        assert!(RunId::parse(&format!("pr-{}", "1".repeat(200))).is_err());
        assert!(matches!(RunId::parse("  "), Err(IdError::Empty(_))));
    }

    #[test]
    fn both_kinds_of_steps_are_step_ids() {
        assert!(StepId::parse("ds-114279").is_ok());
        assert!(StepId::parse("as-20682").is_ok());
        assert!(StepId::parse("s-1").is_err());
    }
}
