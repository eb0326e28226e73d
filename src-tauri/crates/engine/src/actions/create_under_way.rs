//! Creating one run of a process, and no second one meanwhile.

use runwatch_core::action::Action;
use runwatch_core::ids::{AccountId, ProcessId};

use crate::actions::creates::LoggedCreate;
use crate::engine::Engine;
use crate::runs::process_key::ProcessKey;

/// One create from before its first wait to its end. However it ends, it lets go of the process; if what was
/// sent has no answer by then, it is lost.
pub(crate) struct CreateUnderWay {
    engine: Engine,
    pub key: ProcessKey,
}

impl CreateUnderWay {
    /// None where another one is under way.
    pub fn begin(engine: &Engine, account: &AccountId, process: &ProcessId) -> Option<Self> {
        let key = (account.clone(), process.clone());
        engine.creates.begin(&key).then(|| Self {
            engine: engine.clone(),
            key,
        })
    }

    /// It is written down, and about to be sent.
    pub fn sends(&self, one: LoggedCreate) {
        self.engine.creates.set_under_way(&self.key, Some(one));
    }

    /// What the log has of it now.
    pub fn has_logged(&self, action: &Action) {
        self.engine.creates.has_logged(&self.key, action);
    }

    /// What became of it is known.
    pub fn is_answered(&self) {
        self.engine.creates.set_under_way(&self.key, None);
    }
}

impl Drop for CreateUnderWay {
    fn drop(&mut self) {
        self.engine.creates.end(&self.key);
    }
}
