//! What each call teaches of its account and of its host.

use jiff::SignedDuration;
use runwatch_core::error::CallError;
use runwatch_core::ids::AccountId;
use runwatch_core::server_dates::ServerDates;
use tokio::time::Instant;

use crate::engine::Engine;

impl Engine {
    /// Takes the result of a call in: how the account is signed in, whether its host can be reached,
    /// and by how much its clock is ahead.
    pub fn learn_from<T>(
        &self,
        account: &AccountId,
        result: Result<T, CallError>,
    ) -> Result<T, CallError> {
        let answer = result.as_ref().map(|_| ());
        let changed = self.accounts.learn(account, answer);
        self.learn_of_host(account);
        if changed {
            self.outages.check_soon();
            self.scheduler.wake();
        }
        result
    }

    /// Once a host can be reached again, what could not be read is read at once.
    fn learn_of_host(&self, account: &AccountId) {
        let Some(origin) = self.accounts.origin(account) else {
            return;
        };
        if self.hosts.get(&origin).is_back() {
            self.poll_missed(&origin);
        }
        let api = self.accounts.api(account).ok();
        if let Some(ahead) = api.and_then(|api| api.clock_ahead()) {
            self.learn_clock(&origin, ahead);
        }
    }

    /// Takes in by how much a host's clock is ahead: what its accounts' runs show moves with it.
    fn learn_clock(&self, origin: &str, ahead: SignedDuration) {
        if !self.hosts.get(origin).backoff().learn_clock(ahead) {
            return;
        }
        tracing::info!(
            seconds = ahead.as_secs(),
            "SolveXia's clock is ahead of ours"
        );
        self.dates_moved(origin);
    }

    /// By how much the clock of an account's SolveXia is ahead of this computer's.
    pub fn clock_ahead(&self, account: &AccountId) -> SignedDuration {
        self.server_dates(account).ahead
    }

    /// How the dates of an account's SolveXia become moments by this computer's clock.
    pub fn server_dates(&self, account: &AccountId) -> ServerDates {
        let origin = self.accounts.origin(account);
        origin.map_or_else(ServerDates::default, |origin| {
            let ahead = self.hosts.get(&origin).backoff().clock_ahead;
            ServerDates::new(ahead, self.date_zones.of(&origin))
        })
    }

    /// Whether an account can ask now: it is signed in, and its host does not want to be left alone.
    pub(crate) fn askable(&self, account: &AccountId, now: Instant) -> bool {
        let session = self.accounts.get(account);
        session
            .filter(|session| session.askable())
            .is_some_and(|session| {
                let throttle = self.hosts.get(session.account.environment.origin());
                throttle.backoff().silent_until(now).is_none()
            })
    }

    fn poll_missed(&self, origin: &str) {
        let now = Instant::now();
        let origins = self.accounts.origins();
        for tracked in self.runs.all() {
            let is_on_it = origins
                .get(&tracked.key.account)
                .is_some_and(|on| on == origin);
            tracked.update(|state| {
                if is_on_it && state.failures > 0 {
                    (state.due, state.failures) = (now, 0);
                }
            });
        }
        self.scheduler.wake();
    }
}
