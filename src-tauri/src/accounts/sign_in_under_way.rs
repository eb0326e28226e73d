//! The sign-in that is under way: one at a time, and it can be stopped.

use std::sync::{Mutex, MutexGuard, PoisonError};

use runwatch_contract::{AppError, ErrorCode};
use runwatch_core::account::Account;
use runwatch_core::ids::AccountId;
use solvexia::BeginAddress;
use tokio_util::sync::CancellationToken;

/// The sign-in that waits for SolveXia or for the browser, if there is one.
#[derive(Default)]
pub struct SignInUnderWay(Mutex<Option<Waiting>>);

struct Waiting {
    account: AccountId,
    /// Where the browser begins; none before that, or where none is needed.
    address: Option<BeginAddress>,
    /// Cancelled too once the sign-in is over.
    stop: CancellationToken,
}

impl SignInUnderWay {
    /// Ends the one that waits, if there is one.
    pub fn stop(&self) {
        if let Some(waiting) = self.lock().take() {
            waiting.stop.cancel();
        }
    }

    /// Ends the one that waits, if it is this account's.
    pub fn stop_of(&self, account: &AccountId) {
        if self.is_of(account) {
            self.stop();
        }
    }

    /// Whether the one that waits is this account's.
    pub fn is_of(&self, account: &AccountId) -> bool {
        let waiting = self.lock();
        let is_its =
            |waiting: &Waiting| waiting.account == *account && !waiting.stop.is_cancelled();
        waiting.as_ref().is_some_and(is_its)
    }

    /// Where the browser begins the one that waits.
    ///
    /// # Errors
    /// When nothing waits for the browser any more.
    pub fn address(&self) -> Result<BeginAddress, AppError> {
        let waiting = self.lock();
        waiting
            .as_ref()
            .filter(|waiting| !waiting.stop.is_cancelled())
            .and_then(|waiting| waiting.address.clone())
            .ok_or_else(|| {
                let message = "This sign-in has ended. Press “Sign in” again.";
                AppError::new(ErrorCode::NotNow, message)
            })
    }

    /// A new one takes the place of the one before.
    pub fn begin(&self, account: &Account) -> CancellationToken {
        let stop = CancellationToken::new();
        let waiting = Waiting {
            account: account.id.clone(),
            address: None,
            stop: stop.clone(),
        };
        if let Some(before) = self.lock().replace(waiting) {
            before.stop.cancel();
        }
        stop
    }

    /// The browser begins there the sign-in that this stops, unless another has taken its place.
    pub fn leads_to(&self, stop: &CancellationToken, address: BeginAddress) {
        let mut waiting = self.lock();
        let its = waiting.as_mut().filter(|_| !stop.is_cancelled());
        if let Some(its) = its {
            its.address = Some(address);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Option<Waiting>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
