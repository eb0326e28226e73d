//! A run that was asked for, and of which nobody knows yet whether SolveXia made it (docs/RULES.md, 26).

use jiff::{SignedDuration, Timestamp};

use crate::ids::{AccountId, ProcessId, RunId};

/// Clocks and dates agree to this at best.
const SLACK: SignedDuration = SignedDuration::from_secs(60);

/// A "create" without an answer. It is written down before it is sent, so that a kill does not hide it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnansweredCreate {
    /// Where it was sent.
    pub account: AccountId,
    /// The process that was to get a run.
    pub process: ProcessId,
    /// The runs that the process had before; none where they could not all be listed.
    pub before: Option<Vec<RunId>>,
    /// Runs that are known to be another one's.
    pub others: Vec<RunId>,
    /// When it was asked for (UTC).
    pub asked: Timestamp,
    /// Its user went on without it: it holds up no other one, and is still looked for.
    pub let_go: bool,
}

impl UnansweredCreate {
    /// Whether it was asked of this process.
    pub fn is_of(&self, account: &AccountId, process: &ProcessId) -> bool {
        self.account == *account && self.process == *process
    }

    /// Whether this run of its process may be the one: it was not there before, as far as that is known, or
    /// was `created` (by this computer's clock) once it was asked for. None where that cannot be told.
    pub fn may_be(&self, run: &RunId, created: Option<Timestamp>) -> Option<bool> {
        if self.others.contains(run) {
            return Some(false);
        }
        match &self.before {
            Some(before) => Some(!before.contains(run)),
            None => created.map(|created| created >= self.asked - SLACK),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::at;

    fn run(id: &str) -> RunId {
        RunId::parse(id).unwrap()
    }

    fn asked_at_100(before: Option<Vec<RunId>>) -> UnansweredCreate {
        UnansweredCreate {
            account: AccountId("a".into()),
            process: ProcessId::parse("p-1").unwrap(),
            before,
            others: vec![run("pr-9")],
            asked: at(100),
            let_go: false,
        }
    }

    #[test]
    fn rule_26_a_run_that_was_not_there_before_and_is_no_other_ones_may_be_it() {
        let create = asked_at_100(Some(vec![run("pr-1")]));
        assert_eq!(create.may_be(&run("pr-1"), Some(at(200))), Some(false));
        assert_eq!(create.may_be(&run("pr-9"), Some(at(200))), Some(false));
        assert_eq!(create.may_be(&run("pr-2"), None), Some(true));
    }

    #[test]
    fn rule_26_where_it_is_not_known_what_was_there_the_date_tells_it_or_nothing_does() {
        let create = asked_at_100(None);
        assert_eq!(create.may_be(&run("pr-2"), None), None);
        assert_eq!(create.may_be(&run("pr-2"), Some(at(30))), Some(false));
        assert_eq!(create.may_be(&run("pr-2"), Some(at(50))), Some(true));
        assert_eq!(create.may_be(&run("pr-9"), Some(at(200))), Some(false));
    }
}
