//! The statuses of runs and steps, with their numbers.

use serde::{Deserialize, Serialize};

macro_rules! status_words {
    ($(#[$doc:meta])* $name:ident { $($word:ident = $number:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(from = "String", into = "String")]
        pub enum $name {
            $(#[doc = concat!("`", stringify!($word), "`, number ", stringify!($number), ".")] $word,)+
            /// An undocumented status, for tests.
            Other(String),
        }

        impl $name {
            /// The word as the server writes it.
            pub fn word(&self) -> &str {
                match self {
                    $(Self::$word => stringify!($word),)+
                    Self::Other(word) => word,
                }
            }

            /// The number that stands for the word, if it is a documented one.
            pub fn number(&self) -> Option<u8> {
                match self {
                    $(Self::$word => Some($number),)+
                    Self::Other(_) => None,
                }
            }
        }

        impl From<&str> for $name {
            fn from(word: &str) -> Self {
                match word {
                    $(stringify!($word) => Self::$word,)+
                    other => Self::Other(other.to_owned()),
                }
            }
        }

        impl From<String> for $name {
            fn from(word: String) -> Self {
                Self::from(word.as_str())
            }
        }

        impl From<$name> for String {
            fn from(status: $name) -> Self {
                status.word().to_owned()
            }
        }
    };
}

status_words! {
    /// The status of a run.
    RunStatus { NotStarted = 1, Scheduled = 2, Running = 3, Finished = 4, Cancelled = 5, TimedOut = 6 }
}

status_words! {
    /// The status of a step.
    StepStatus {
        NotStarted = 1, Running = 2, Success = 3, Warning = 4, Failed = 5, Scheduled = 6,
        Cancelled = 7, Skipped = 8,
    }
}

impl RunStatus {
    /// Whether a run with this status has ended.
    pub fn has_ended(&self) -> bool {
        matches!(self, Self::Finished | Self::Cancelled | Self::TimedOut)
    }
}

impl StepStatus {
    /// Whether a step with this status has ended.
    pub fn has_ended(&self) -> bool {
        matches!(
            self,
            Self::Success | Self::Warning | Self::Failed | Self::Cancelled | Self::Skipped
        )
    }
}

#[cfg(test)]
mod tests {
    use super::{RunStatus, StepStatus};

    #[test]
    fn the_same_word_has_another_number_for_a_run_than_for_a_step() {
        assert_eq!(RunStatus::from("Running").number(), Some(3));
        assert_eq!(StepStatus::from("Running").number(), Some(2));
    }

    #[test]
    fn an_unheard_of_word_is_kept_as_it_is() {
        assert_eq!(RunStatus::from("Paused").word(), "Paused");
        assert_eq!(StepStatus::from("Paused").number(), None);
    }
}
