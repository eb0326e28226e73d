//! The runs that are being created, and those whose answer was lost, kept over a restart (docs/RULES.md, 26).

use std::collections::HashMap;
use std::sync::Mutex;

use jiff::{SignedDuration, Timestamp};
use runwatch_core::action::{Action, ActionKind, ActionResult};
use runwatch_core::ids::{AccountId, RunId};
use runwatch_core::settings::kept_settings::Setting;
use runwatch_core::unanswered_create::UnansweredCreate;

use crate::runs::process_key::ProcessKey;
use crate::sync::lock;

/// What was let go is looked for this long.
const LOOKED_FOR: SignedDuration = SignedDuration::from_hours(7 * 24);

/// A create without an answer, and what the log has of it.
#[derive(Debug, Clone)]
pub(crate) struct LoggedCreate {
    pub create: UnansweredCreate,
    /// None where it could not be written down.
    pub action: Option<Action>,
}

/// The creates that have no answer.
pub(crate) struct Creates {
    state: Mutex<State>,
    /// Held while they are written down, so that none overwrites what is newer.
    pub keeping: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct State {
    /// One of each process at most; none before it is written down.
    under_way: HashMap<ProcessKey, Option<LoggedCreate>>,
    /// Nobody waits for their answers any more. The oldest first.
    lost: Vec<LoggedCreate>,
}

impl Creates {
    /// Those of an earlier session.
    pub fn new(kept: Vec<UnansweredCreate>) -> Self {
        let lost = kept.into_iter();
        let lost = lost
            .map(|create| LoggedCreate {
                create,
                action: None,
            })
            .collect();
        Self {
            state: Mutex::new(State {
                lost,
                ..State::default()
            }),
            keeping: tokio::sync::Mutex::default(),
        }
    }

    /// Takes in what the log has of a lost one. False where it has no such one.
    pub fn take_action(&self, action: &Action) -> bool {
        let mut state = lock(&self.state);
        let is_it = |lost: &&mut LoggedCreate| {
            action.kind == ActionKind::Create
                && action.account == lost.create.account
                && action.asked == lost.create.asked
        };
        let found = state.lost.iter_mut().find(is_it);
        found
            .map(|lost| lost.action = Some(action.clone()))
            .is_some()
    }

    /// What the log has of those that were on their way when the app ended.
    pub fn pending_of_last_time(&self) -> Vec<Action> {
        let state = lock(&self.state);
        let actions = state.lost.iter().filter_map(|lost| lost.action.as_ref());
        let pending = actions.filter(|action| action.result == ActionResult::Pending);
        pending.cloned().collect()
    }

    /// Whether one is held up by an earlier one of this process.
    pub fn holds_up(&self, key: &ProcessKey) -> bool {
        self.lost_of(key).iter().any(|lost| !lost.let_go)
    }

    /// Those of this process that are lost.
    pub fn lost_of(&self, (account, process): &ProcessKey) -> Vec<UnansweredCreate> {
        let state = lock(&self.state);
        let creates = state.lost.iter().map(|lost| &lost.create);
        let of_it = creates.filter(|create| create.is_of(account, process));
        of_it.cloned().collect()
    }

    /// Those of this process hold up no other one any more.
    pub fn let_go(&self, (account, process): &ProcessKey, now: Timestamp) {
        let mut state = lock(&self.state);
        let is_old = |create: &UnansweredCreate| {
            create.let_go && now.duration_since(create.asked) > LOOKED_FOR
        };
        state.lost.retain(|lost| !is_old(&lost.create));
        for LoggedCreate { create, .. } in &mut state.lost {
            create.let_go |= create.is_of(account, process);
        }
    }

    /// A run of this process was added: takes the lost one that it may be. While another one is under way it
    /// may be that one's, which will say so.
    pub fn find(
        &self,
        key: &ProcessKey,
        run: &RunId,
        created: Option<Timestamp>,
    ) -> Option<LoggedCreate> {
        let mut state = lock(&self.state);
        if state.under_way.contains_key(key) {
            return None;
        }
        let may_be_it = |lost: &LoggedCreate| {
            let create = &lost.create;
            create.is_of(&key.0, &key.1) && create.may_be(run, created) == Some(true)
        };
        // The latest: what an earlier one made was there before, as a rule.
        let at = state.lost.iter().rposition(may_be_it)?;
        let found = state.lost.remove(at);
        state.is_of_another(key, run);
        Some(found)
    }

    /// A run of this process is known to be no lost one's.
    pub fn is_of_another(&self, key: &ProcessKey, run: &RunId) {
        lock(&self.state).is_of_another(key, run);
    }

    /// One begins. False where another one of this process is under way.
    pub fn begin(&self, key: &ProcessKey) -> bool {
        let mut state = lock(&self.state);
        let is_free = !state.under_way.contains_key(key);
        if is_free {
            state.under_way.insert(key.clone(), None);
        }
        is_free
    }

    /// What is on its way of the one that is under way; none before it is sent, and once it is answered.
    pub fn set_under_way(&self, key: &ProcessKey, one: Option<LoggedCreate>) {
        lock(&self.state).under_way.insert(key.clone(), one);
    }

    /// What the log has now of the one that is under way.
    pub fn has_logged(&self, key: &ProcessKey, action: &Action) {
        let mut state = lock(&self.state);
        if let Some(Some(one)) = state.under_way.get_mut(key)
            && action.id != 0
        {
            one.action = Some(action.clone());
        }
    }

    /// The one that was under way is over. Where what was sent has no answer by then, it is lost.
    pub fn end(&self, key: &ProcessKey) {
        let mut state = lock(&self.state);
        let unanswered = state.under_way.remove(key).flatten();
        state.lost.extend(unanswered);
    }

    /// Whether one of this account is under way.
    pub fn are_under_way(&self, account: &AccountId) -> bool {
        let state = lock(&self.state);
        state.under_way.keys().any(|key| key.0 == *account)
    }

    /// An account was removed.
    pub fn forget_account(&self, account: &AccountId) {
        let mut state = lock(&self.state);
        state.lost.retain(|lost| lost.create.account != *account);
    }

    pub fn to_keep(&self) -> Setting {
        let state = lock(&self.state);
        let under_way = state.under_way.values().flatten();
        let all = state.lost.iter().chain(under_way);
        Setting::UnansweredCreates(all.map(|one| one.create.clone()).collect())
    }
}

impl State {
    fn is_of_another(&mut self, (account, process): &ProcessKey, run: &RunId) {
        for lost in &mut self.lost {
            let create = &mut lost.create;
            if create.is_of(account, process) && !create.others.contains(run) {
                create.others.push(run.clone());
            }
        }
    }
}
