//! Signing accounts in and out: their runs are asked, or not asked, at once. The secrets of one that signs
//! out are deleted by the app (`src-tauri/src/accounts/sign_out.rs`).

use std::sync::Arc;

use runwatch_core::account::Account;
use runwatch_core::error::{StoreError, VaultError};
use runwatch_core::ids::AccountId;
use runwatch_core::outage::Visibility;
use runwatch_core::ports::SolveXia;
use tokio::time::Instant;

use crate::accounts::session::Session;
use crate::engine::Engine;
use crate::throttle::client::{Reads, ThrottledClient};

impl Engine {
    /// Signs an account in (with a client) or out (without). Its runs are read at once.
    pub fn set_session(&self, account: Account, api: Option<Arc<dyn SolveXia>>) {
        let throttle = self.hosts.get(account.environment.origin());
        let client = |reads| {
            let api = Arc::clone(api.as_ref()?);
            let throttle = Arc::clone(&throttle);
            let client: Arc<dyn SolveXia> = Arc::new(ThrottledClient {
                api,
                throttle,
                reads,
            });
            Some(client)
        };
        self.put_session(Session {
            action_api: client(Reads::AtOnce),
            ..Session::new(account, client(Reads::Wait))
        });
    }

    /// Says that an account's secret cannot be read, and why.
    pub fn set_unread(&self, account: Account, why: &VaultError) {
        self.put_session(Session::unread(account, why));
    }

    /// Asks nothing for an account that the organisation's rules do not allow.
    pub fn set_not_allowed(&self, account: Account) {
        self.put_session(Session::not_allowed(account));
    }

    /// Signs an account out as its user wishes. That is written down first, so that a start after a kill
    /// knows of it; also where it cannot be, nothing is asked any more.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written down.
    pub async fn sign_out(&self, id: &AccountId) -> Result<(), StoreError> {
        let _saving = self.accounts.saving().await;
        let Some(session) = self.accounts.get(id) else {
            return Ok(());
        };
        let account = Account {
            signed_out: true,
            secrets_left: true,
            ..session.account
        };
        let written = self.accounts.write_down(account.clone()).await;
        self.set_session(account, None);
        written
    }

    /// Takes a session in as it is: its client keeps to the limits of its host already.
    pub(crate) fn put_session(&self, session: Session) {
        let id = session.account.id.clone();
        let throttle = self.hosts.get(session.account.environment.origin());
        throttle.backoff().try_again();
        self.accounts.put(session);
        for tracked in self.runs.of_account(&id) {
            tracked.update(|state| {
                state.due = Instant::now();
                state.failures = 0;
                state.visibility = Visibility::Unknown;
                state.refused = None;
            });
        }
        self.scheduler.wake();
    }
}
