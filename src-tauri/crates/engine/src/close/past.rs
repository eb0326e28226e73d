//! Closes that are past and that nobody has seen since their cut-off: SolveXia is asked for them seldom.

use std::collections::HashMap;
use std::sync::Mutex;

use jiff::{SignedDuration, Timestamp};
use runwatch_core::close::kept::CloseId;

use crate::close::age::age;
use crate::sync::lock;

/// Time between two looks at a close that is past.
const SELDOM: SignedDuration = SignedDuration::from_hours(1);

/// When SolveXia was last asked for each of them in this session (UTC).
#[derive(Default)]
pub(crate) struct PastAsked(Mutex<HashMap<CloseId, Timestamp>>);

impl PastAsked {
    /// Whether SolveXia may be asked for a close. Who may, does.
    pub fn may_ask(&self, id: &CloseId, now: Timestamp) -> bool {
        let asked = &mut lock(&self.0);
        let past = asked.get(id).and_then(|at| age(*at, now));
        let is_due = past.is_none_or(|past| past >= SELDOM);
        if is_due {
            asked.insert(id.clone(), now);
        }
        is_due
    }

    /// Its owner changed a close: though it is past, it is looked at anew.
    pub fn ask_anew(&self, id: &CloseId) {
        lock(&self.0).remove(id);
    }
}
