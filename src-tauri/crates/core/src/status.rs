//! The two lists of statuses, and the words that nobody has heard of yet.

macro_rules! status {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $number:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum $name {
            $($(#[$vdoc])* $variant,)*
            /// A word that the documentation does not list, kept as it came.
            Unknown(String),
        }

        impl $name {
            /// Reads SolveXia's word; capital letters do not matter.
            pub fn from_word(word: &str) -> Self {
                let word = word.trim();
                $(if word.eq_ignore_ascii_case(stringify!($variant)) { return Self::$variant; })*
                Self::Unknown(crate::ids::shorten(word, 60))
            }

            /// Reads the documented number of a status.
            pub fn from_number(number: i64) -> Self {
                match number {
                    $($number => Self::$variant,)*
                    other => Self::Unknown(other.to_string()),
                }
            }

            /// SolveXia's word (`data-status`).
            pub fn word(&self) -> &str {
                match self {
                    $(Self::$variant => stringify!($variant),)*
                    Self::Unknown(word) => word,
                }
            }
        }
    };
}

status!(
    /// The status of a run (`ProcessRunStatus.status`).
    RunStatus {
        /// Created, never started.
        NotStarted = 1,
        /// Accepted, waiting for its turn.
        Scheduled = 2,
        /// Under way.
        Running = 3,
        /// Over, which says nothing of success.
        Finished = 4,
        /// Stopped by someone.
        Cancelled = 5,
        /// Stopped by SolveXia after too long.
        TimedOut = 6,
    }
);

status!(
    /// The status of a step (`StepRunStatus.status`).
    StepStatus {
        /// Not reached yet.
        NotStarted = 1,
        /// Under way.
        Running = 2,
        /// Done.
        Success = 3,
        /// Done, with something to look at.
        Warning = 4,
        /// Broken.
        Failed = 5,
        /// Waiting for its turn.
        Scheduled = 6,
        /// Stopped by someone.
        Cancelled = 7,
        /// Left out.
        Skipped = 8,
    }
);

impl StepStatus {
    /// Whether a step that shows it has run, was stopped or was left out.
    pub fn is_over(&self) -> bool {
        matches!(
            self,
            Self::Success | Self::Warning | Self::Failed | Self::Cancelled | Self::Skipped
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_numbers_name_the_same_status() {
        assert_eq!(RunStatus::from_word("finished"), RunStatus::from_number(4));
        assert_eq!(StepStatus::from_word("Skipped"), StepStatus::from_number(8));
    }

    #[test]
    fn an_unheard_of_word_is_kept_and_never_taken_for_another() {
        assert_eq!(RunStatus::from_word("Paused").word(), "Paused");
        assert_eq!(RunStatus::from_number(7), RunStatus::Unknown("7".into()));
        assert_eq!(
            StepStatus::from_word("Succeeded"),
            StepStatus::Unknown("Succeeded".into())
        );
    }
}
