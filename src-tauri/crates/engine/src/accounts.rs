//! Accounts: their sessions, and what each call teaches of them and of their host.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use runwatch_core::account::{Account, Colour};
use runwatch_core::error::{CallError, StoreError, Trouble, VaultError};
use runwatch_core::ids::AccountId;
use runwatch_core::outage::Visibility;
use runwatch_core::ports::SolveXia;
use tokio::time::Instant;

use crate::engine::{Engine, EngineError, Event};
use crate::gate::{Gate, Gated};
use crate::lock;
use crate::session::{Session, SignInState};

impl Engine {
    /// All accounts, signed in or not.
    pub fn sessions(&self) -> Vec<Session> {
        lock(&self.inner.sessions).values().cloned().collect()
    }

    /// One account.
    pub fn session(&self, account: &AccountId) -> Option<Session> {
        lock(&self.inner.sessions).get(account).cloned()
    }

    /// Signs an account in (with a client) or out (without). Its runs are read at once.
    pub fn set_session(&self, account: Account, api: Option<Arc<dyn SolveXia>>) {
        self.put_session(Session::new(account, api));
    }

    /// Says that an account's secret cannot be read, and why.
    pub fn set_unread(&self, account: Account, why: &VaultError) {
        self.put_session(Session::unread(account, why));
    }

    /// Signs an account out as its user wishes. That is written down first, so that a start after a kill
    /// knows of it; also where it cannot be, nothing is asked any more.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written down.
    pub async fn sign_out(&self, id: &AccountId) -> Result<(), StoreError> {
        let _turn = self.inner.remembering.lock().await;
        let Some(session) = self.session(id) else {
            return Ok(());
        };
        let account = Account {
            signed_out: true,
            secrets_left: true,
            ..session.account
        };
        let written = self.inner.ports.store.save_account(account.clone()).await;
        self.set_session(account, None);
        written
    }

    /// Writes down that an account's secrets are deleted.
    ///
    /// # Errors
    /// [`StoreError`] when that fails; then they are looked for once more after the next start.
    pub async fn secrets_deleted(&self, id: &AccountId) -> Result<(), StoreError> {
        if let Some(session) = lock(&self.inner.sessions).get_mut(id) {
            session.account.secrets_left = false;
        }
        self.emit(Event::Account(id.clone()));
        self.remember_account(id).await
    }

    /// Passes on that something about an account is not as it was that the engine itself does not keep.
    pub fn account_changed(&self, account: &AccountId) {
        self.emit(Event::Account(account.clone()));
    }

    /// Gives an account a new name and colour; it stays signed in or out as it is, or becomes so
    /// meanwhile.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written down; then it keeps its name.
    pub async fn rename_account(
        &self,
        id: &AccountId,
        label: String,
        colour: Colour,
    ) -> Result<(), StoreError> {
        let _turn = self.inner.remembering.lock().await;
        let renamed = |account: Account| Account {
            label: label.clone(),
            colour,
            ..account
        };
        if let Some(session) = self.session(id) {
            let store = &self.inner.ports.store;
            store.save_account(renamed(session.account)).await?;
        }
        if let Some(session) = lock(&self.inner.sessions).get_mut(id) {
            session.account = renamed(session.account.clone());
        }
        self.emit(Event::Account(id.clone()));
        Ok(())
    }

    /// Writes an account down as it is now.
    ///
    /// # Errors
    /// [`StoreError`] when that fails.
    pub async fn remember_account(&self, id: &AccountId) -> Result<(), StoreError> {
        let _turn = self.inner.remembering.lock().await;
        match self.session(id) {
            Some(session) => self.inner.ports.store.save_account(session.account).await,
            None => Ok(()),
        }
    }

    pub(crate) fn put_session(&self, mut session: Session) {
        let id = session.account.id.clone();
        let gate = self.gate(session.account.environment.origin());
        gate.host().try_again();
        let behind = |api| -> Arc<dyn SolveXia> { Arc::new(Gated { api, gate }) };
        session.api = session.api.map(behind);
        lock(&self.inner.sessions).insert(id.clone(), session);
        for cell in self.cells().iter().filter(|cell| cell.key.account == id) {
            cell.change(|state| {
                state.due = Instant::now();
                state.failures = 0;
                state.view = Visibility::Unknown;
                state.refused = None;
            });
        }
        self.emit(Event::Account(id));
        self.inner.wake.notify_one();
    }

    /// The way to SolveXia.
    ///
    /// # Errors
    /// [`Trouble::SignedOut`] or [`Trouble::Keychain`] where there is none.
    pub fn api(&self, account: &AccountId) -> Result<Arc<dyn SolveXia>, EngineError> {
        let session = self.session(account);
        let (trouble, message) = match &session {
            Some(session) if session.standing == SignInState::Locked => (
                Trouble::Keychain,
                "This computer's keychain is locked, so Runwatch cannot sign in. Unlock it, then try \
                 again.",
            ),
            Some(session) if session.standing == SignInState::NoKeychain => (
                Trouble::Keychain,
                "This computer's keychain cannot be reached now, so Runwatch cannot sign in. It tries \
                 again by itself.",
            ),
            _ => (
                Trouble::SignedOut,
                "You are signed out. Sign in again to see and do things in SolveXia.",
            ),
        };
        session
            .and_then(|session| session.api)
            .ok_or_else(|| CallError::unsent(trouble, message).into())
    }

    /// Why the account cannot act at all, in words.
    pub fn barred(&self, account: &AccountId) -> Option<String> {
        let Some(session) = self.session(account) else {
            return Some("You are signed out.".into());
        };
        match session.standing {
            SignInState::SignedOut => Some("You are signed out.".into()),
            SignInState::Locked => Some("This computer's keychain is locked.".into()),
            SignInState::NoKeychain => {
                Some("This computer's keychain cannot be reached now.".into())
            }
            SignInState::Offline => Some("SolveXia cannot be reached at the moment.".into()),
            SignInState::Ready => session.read_only(),
        }
    }

    /// Learns from the result of a call how the account stands.
    pub fn asked<T>(
        &self,
        account: &AccountId,
        result: Result<T, CallError>,
    ) -> Result<T, CallError> {
        let answer = result.as_ref().map(|_| ());
        let moved = lock(&self.inner.sessions)
            .get_mut(account)
            .is_some_and(|session| session.learn(answer));
        self.look_at_host(account);
        if moved {
            self.emit(Event::Account(account.clone()));
            self.look_out();
        }
        result
    }

    /// The hosts of the accounts that can ask.
    pub(crate) fn origins(&self) -> HashMap<AccountId, String> {
        lock(&self.inner.sessions)
            .iter()
            .filter(|(_, session)| session.askable())
            .map(|(id, session)| (id.clone(), session.account.environment.origin().to_owned()))
            .collect()
    }

    /// Whether an account can ask now: it is signed in, and its host does not want to be left alone.
    pub(crate) fn askable(&self, account: &AccountId, now: Instant) -> bool {
        let session = self.session(account).filter(|session| session.askable());
        session.is_some_and(|session| {
            let gate = self.gate(session.account.environment.origin());
            gate.host().silent_until(now).is_none()
        })
    }

    /// The way to a host.
    pub(crate) fn gate(&self, origin: &str) -> Arc<Gate> {
        let mut hosts = lock(&self.inner.hosts);
        Arc::clone(hosts.entry(origin.to_owned()).or_default())
    }

    /// After a call: once its host can be reached again, what could not be read is read at once.
    fn look_at_host(&self, account: &AccountId) {
        let Some(session) = self.session(account) else {
            return;
        };
        let origin = session.account.environment.origin();
        if self.gate(origin).is_back() {
            self.read_missed(origin);
        }
        if let Some(ahead) = session.api.as_ref().and_then(|api| api.clock_ahead()) {
            self.learn_clock(origin, ahead);
        }
    }

    /// Takes in by how much a host's clock is ahead: what its accounts' runs show moves with it.
    fn learn_clock(&self, origin: &str, ahead: SignedDuration) {
        if !self.gate(origin).host().learn_clock(ahead) {
            return;
        }
        tracing::info!(
            seconds = ahead.as_secs(),
            "SolveXia's clock is ahead of ours"
        );
        for session in self.sessions() {
            let account = session.account;
            if account.environment.origin() == origin {
                self.emit(Event::Account(account.id.clone()));
                for cell in self.cells_of(&account.id) {
                    self.changed(&cell.key);
                }
            }
        }
    }

    /// By how much the clock of an account's SolveXia is ahead of this computer's.
    pub fn clock_ahead(&self, account: &AccountId) -> SignedDuration {
        let session = self.session(account);
        session.map_or(SignedDuration::ZERO, |session| {
            self.gate(session.account.environment.origin()).host().ahead
        })
    }

    /// Now, by the clock that dates an account's runs.
    pub(crate) fn now_there(&self, account: &AccountId) -> Timestamp {
        let (now, ahead) = (self.now(), self.clock_ahead(account));
        now.checked_add(ahead).unwrap_or(now)
    }

    fn read_missed(&self, origin: &str) {
        let now = Instant::now();
        let origins = self.origins();
        for cell in self.cells() {
            let is_on_it = origins
                .get(&cell.key.account)
                .is_some_and(|on| on == origin);
            cell.change(|state| {
                if is_on_it && state.failures > 0 {
                    (state.due, state.failures) = (now, 0);
                }
            });
        }
        self.inner.wake.notify_one();
    }
}
