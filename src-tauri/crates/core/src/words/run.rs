//! What is said of a run in one sentence; of how it ended, `outcomes.rs` beside this file has the words.

use crate::attempt::{Attempt, Phase};
use crate::status::RunStatus;
use crate::words::terms::status;

/// One sentence on how a run stands; `because` is what its latest judgement rests on.
pub fn summary(attempt: Option<&Attempt>, because: Option<&str>) -> String {
    let Some(attempt) = attempt else {
        return "Not read yet.".to_owned();
    };
    match (&attempt.phase, &attempt.stamp.status) {
        (Phase::Ended { .. } | Phase::Unseen, _) => because.unwrap_or("It ended.").to_owned(),
        (Phase::Pending { .. }, _) => {
            "It has ended. Its steps are being read to see how.".to_owned()
        }
        (Phase::Proving { .. }, _) => {
            "A start was asked for here. SolveXia has not shown it yet.".to_owned()
        }
        (Phase::Going, RunStatus::NotStarted) => "It has not been started.".to_owned(),
        (Phase::Going, RunStatus::Scheduled) => "It is scheduled and starts soon.".to_owned(),
        (Phase::Going, RunStatus::Running) => "It is running.".to_owned(),
        (Phase::Going, other) => {
            format!(
                "SolveXia says “{}”, a word that Runwatch does not know.",
                other.word()
            )
        }
    }
}

/// Of a run that SolveXia does not know any more.
pub const GONE: &str = "SolveXia no longer has this run: it was deleted, or you may no longer see it. It is \
                        looked for now and then.";

/// [`GONE`], and how it was last seen.
pub fn gone(attempt: Option<&Attempt>) -> String {
    let seen = attempt.map(|attempt| status(&attempt.stamp.status));
    let last = seen.map_or_else(String::new, |word| format!(" It was last seen as {word}."));
    format!("{GONE}{last}")
}

/// Why nothing else can be done with a run meanwhile (docs/RULES.md, 10).
pub const BUSY: &str = "Another action on this run is under way.";

/// Why nothing can be done with a run yet: what it would do is not known.
pub const NOT_READ: &str = "Its status has not been read yet.";
