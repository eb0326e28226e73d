//! All accounts, signed in or not, and their rows in the history.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex};

use runwatch_core::account::{Account, Colour};
use runwatch_core::error::{CallError, StoreError, Trouble};
use runwatch_core::ids::AccountId;
use runwatch_core::ports::SolveXia;

use crate::accounts::session::{Session, SignInState};
use crate::error::EngineError;
use crate::event::{Event, Events};
use crate::history::History;
use crate::sync::lock;

/// The accounts.
pub struct Accounts {
    sessions: Mutex<HashMap<AccountId, Session>>,
    /// Held while an account is written down, so that none overwrites what is newer.
    saving: tokio::sync::Mutex<()>,
    history: Arc<History>,
    events: Events,
}

impl Accounts {
    /// Those that are remembered; none is signed in yet.
    pub(crate) async fn load(history: Arc<History>, events: Events) -> Result<Self, StoreError> {
        let accounts = history.store().accounts().await?.into_iter();
        let sessions = accounts.map(|account| (account.id.clone(), Session::new(account, None)));
        Ok(Self {
            sessions: Mutex::new(sessions.collect()),
            saving: tokio::sync::Mutex::default(),
            history,
            events,
        })
    }

    /// All accounts, signed in or not.
    pub fn all(&self) -> Vec<Session> {
        lock(&self.sessions).values().cloned().collect()
    }

    /// One account.
    pub fn get(&self, account: &AccountId) -> Option<Session> {
        lock(&self.sessions).get(account).cloned()
    }

    pub(crate) fn put(&self, session: Session) {
        let id = session.account.id.clone();
        lock(&self.sessions).insert(id.clone(), session);
        self.events.emit(Event::Account(id));
    }

    pub(crate) fn take(&self, account: &AccountId) -> Option<Session> {
        lock(&self.sessions).remove(account)
    }

    /// Takes the result of a call in; true when that changed how the account is signed in.
    pub(crate) fn learn(&self, account: &AccountId, result: Result<(), &CallError>) -> bool {
        let learned = lock(&self.sessions)
            .get_mut(account)
            .is_some_and(|session| session.learn(result));
        if learned {
            self.changed(account);
        }
        learned
    }

    /// Says that something about an account is not as it was.
    pub fn changed(&self, account: &AccountId) {
        self.events.emit(Event::Account(account.clone()));
    }

    /// The hosts of the accounts that can ask.
    pub(crate) fn origins(&self) -> HashMap<AccountId, String> {
        lock(&self.sessions)
            .iter()
            .filter(|(_, session)| session.askable())
            .map(|(id, session)| (id.clone(), session.account.environment.origin().to_owned()))
            .collect()
    }

    /// An account's name, where there is more than one account.
    pub(crate) fn label(&self, account: &AccountId) -> Option<String> {
        let sessions = lock(&self.sessions);
        let label = |session: &Session| session.account.label.clone();
        sessions
            .get(account)
            .filter(|_| sessions.len() > 1)
            .map(label)
    }

    /// The account's client.
    ///
    /// # Errors
    /// [`Trouble::SignedOut`], [`Trouble::Keychain`] or [`Trouble::Policy`] where there is none.
    pub fn api(&self, account: &AccountId) -> Result<Arc<dyn SolveXia>, EngineError> {
        self.client(account, |session| session.api.clone())
    }

    /// The account's client for an action, whose reads wait behind no others.
    ///
    /// # Errors
    /// As [`Self::api`].
    pub(crate) fn action_api(&self, account: &AccountId) -> Result<Arc<dyn SolveXia>, EngineError> {
        self.client(account, |session| session.action_api.clone())
    }

    fn client(
        &self,
        account: &AccountId,
        of: impl FnOnce(&Session) -> Option<Arc<dyn SolveXia>>,
    ) -> Result<Arc<dyn SolveXia>, EngineError> {
        let sessions = lock(&self.sessions);
        let session = sessions.get(account);
        session
            .and_then(of)
            .ok_or_else(|| no_client(session.map(|session| session.sign_in)).into())
    }

    /// Why the account cannot act at all, in words.
    pub fn cannot_act(&self, account: &AccountId) -> Option<String> {
        let Some(session) = self.get(account) else {
            return Some("You are signed out.".into());
        };
        match session.sign_in {
            SignInState::SignedOut => Some("You are signed out.".into()),
            SignInState::Locked => Some("This computer's keychain is locked.".into()),
            SignInState::NoKeychain => {
                Some("This computer's keychain cannot be reached now.".into())
            }
            SignInState::NotAllowed => {
                Some("Your organisation's rules do not allow Runwatch to use this account.".into())
            }
            SignInState::Offline => Some("SolveXia cannot be reached at the moment.".into()),
            SignInState::Ready => session.read_only(),
        }
    }

    /// Writes an account down as it is now.
    ///
    /// # Errors
    /// [`StoreError`] when that fails.
    pub async fn save(&self, id: &AccountId) -> Result<(), StoreError> {
        let _turn = self.saving.lock().await;
        match self.get(id) {
            Some(session) => self.write_down(session.account).await,
            None => Ok(()),
        }
    }

    pub(crate) async fn write_down(&self, account: Account) -> Result<(), StoreError> {
        let write = self.history.store().save_account(account);
        self.history.writes(write).await
    }

    /// The origin of the account's environment.
    pub(crate) fn origin(&self, account: &AccountId) -> Option<String> {
        let sessions = lock(&self.sessions);
        let session = sessions.get(account)?;
        Some(session.account.environment.origin().to_owned())
    }

    /// The accounts that see the same runs as this one: those of its environment, itself included.
    pub(crate) fn of_same_environment(&self, account: &AccountId) -> BTreeSet<AccountId> {
        let sessions = lock(&self.sessions);
        let origin = |session: &Session| session.account.environment.origin().to_owned();
        let here = sessions.get(account).map(origin);
        let same = sessions
            .iter()
            .filter(|(_, session)| Some(origin(session)) == here);
        let others = same.map(|(id, _)| id.clone());
        others.chain([account.clone()]).collect()
    }

    /// While this is held, nobody else writes an account down.
    pub(crate) async fn saving(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.saving.lock().await
    }

    /// Writes down that an account's secrets are deleted.
    ///
    /// # Errors
    /// [`StoreError`] when that fails; then they are looked for once more after the next start.
    pub async fn secrets_deleted(&self, id: &AccountId) -> Result<(), StoreError> {
        if let Some(session) = lock(&self.sessions).get_mut(id) {
            session.account.secrets_left = false;
        }
        self.changed(id);
        self.save(id).await
    }

    /// Gives an account a new name and colour; it stays signed in or out as it is, or becomes so
    /// meanwhile.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written down; then it keeps its name.
    pub async fn rename(
        &self,
        id: &AccountId,
        label: String,
        colour: Colour,
    ) -> Result<(), StoreError> {
        let _turn = self.saving.lock().await;
        let renamed = |account: Account| Account {
            label: label.clone(),
            colour,
            ..account
        };
        if let Some(session) = self.get(id) {
            self.write_down(renamed(session.account)).await?;
        }
        if let Some(session) = lock(&self.sessions).get_mut(id) {
            session.account = renamed(session.account.clone());
        }
        self.changed(id);
        Ok(())
    }
}

/// Why an account has no client, by how it is signed in.
fn no_client(sign_in: Option<SignInState>) -> CallError {
    let (trouble, message) = match sign_in {
        Some(SignInState::Locked) => (
            Trouble::Keychain,
            "This computer's keychain is locked, so Runwatch cannot sign in. Unlock it, then try \
             again.",
        ),
        Some(SignInState::NoKeychain) => (
            Trouble::Keychain,
            "This computer's keychain cannot be reached now, so Runwatch cannot sign in. It tries \
             again by itself.",
        ),
        Some(SignInState::NotAllowed) => (
            Trouble::Policy,
            "Your organisation's rules do not allow Runwatch to use this account, so nothing is asked \
             of SolveXia. Its list and history are kept. Ask your IT department.",
        ),
        _ => (
            Trouble::SignedOut,
            "You are signed out. Sign in again to see and do things in SolveXia.",
        ),
    };
    CallError::unsent(trouble, message)
}
