//! What a person has dealt with: a failed, doubtful or late run that needs nobody any more.

use jiff::Timestamp;

use crate::outcome::Outcome;

/// The longest note that is kept, in characters.
pub const NOTE_LENGTH: usize = 500;

/// That a person has dealt with a run, as it stood then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handled {
    /// Which attempt of the run.
    pub attempt: u32,
    /// How that had ended; none while it was going.
    pub outcome: Option<Outcome>,
    /// Who: the user of this computer.
    pub who: String,
    /// When (UTC).
    pub at: Timestamp,
    /// What they wrote down; empty where nothing.
    pub note: String,
}

impl Handled {
    /// An attempt is dealt with as it stands now.
    pub fn now(
        attempt: u32,
        outcome: Option<Outcome>,
        who: String,
        at: Timestamp,
        note: &str,
    ) -> Self {
        Self {
            attempt,
            outcome,
            who,
            at,
            note: noted(note),
        }
    }

    /// Whether it is about this attempt, ended so. A new attempt, or another outcome, was not dealt
    /// with: it comes back by itself.
    pub fn is_about(&self, attempt: u32, outcome: Option<Outcome>) -> bool {
        self.attempt == attempt && self.outcome == outcome
    }
}

/// A note as it is kept: without blanks around it, and cut where it is long.
pub fn noted(text: &str) -> String {
    text.trim().chars().take(NOTE_LENGTH).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::at;

    fn handled(outcome: Option<Outcome>, note: &str) -> Handled {
        Handled::now(1, outcome, "ana".into(), at(20), note)
    }

    #[test]
    fn what_was_dealt_with_comes_back_with_a_new_attempt_or_another_outcome() {
        let failed = Some(Outcome::Failed);
        assert!(handled(failed, "").is_about(1, failed));
        assert!(!handled(failed, "").is_about(2, None));
        assert!(!handled(failed, "").is_about(2, failed));
        let doubtful = handled(Some(Outcome::Unverified), "");
        assert!(
            !doubtful.is_about(1, failed),
            "it turned out to have failed"
        );
        let late = handled(None, "");
        assert!(late.is_about(1, None) && !late.is_about(1, failed));
    }

    #[test]
    fn a_note_is_kept_without_blanks_around_it_and_cut_where_it_is_long() {
        assert_eq!(handled(None, " bank file resent ").note, "bank file resent");
        let long = handled(None, &"é".repeat(NOTE_LENGTH + 1));
        assert_eq!(long.note.chars().count(), NOTE_LENGTH);
    }
}
