//! The simulation as tests and the demo use it in-process.

use std::io;

use jiff::SignedDuration;
use tokio::task::JoinHandle;

use crate::faults::Fault;
use crate::http_server;
use crate::model::patches::RunPatch;
use crate::model::run_state::RunState;
use crate::model::seeds::{ProcessSeed, RunSeed};
use crate::model::work_time::now;
use crate::oauth::{AuthorizationServer, Client};
use crate::options::SimOptions;
use crate::request_log::RequestRecord;
use crate::server_state::{ServerState, SharedState};

/// Starts simulations.
#[derive(Debug)]
pub struct Sim;

impl Sim {
    /// Listens, and serves on the current tokio runtime until the handle is dropped.
    pub async fn start(options: SimOptions) -> io::Result<SimHandle> {
        let listener = http_server::listen(options.port).await?;
        let port = listener.local_addr()?.port();
        let oauth = AuthorizationServer::new(options.clients, options.token_seconds);
        let origin = format!("http://127.0.0.1:{port}");
        let shared = SharedState::new(ServerState::new(options.seed, oauth, origin, now()));
        let task = http_server::serve(listener, shared.clone());
        Ok(SimHandle { port, shared, task })
    }
}

/// A running simulation. It ends, with all its connections, when this is dropped.
#[derive(Debug)]
pub struct SimHandle {
    port: u16,
    shared: SharedState,
    task: JoinHandle<()>,
}

impl Drop for SimHandle {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl SimHandle {
    /// `http://127.0.0.1:PORT`, without a slash at its end.
    pub fn base_url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The port it listens on.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Ends it, and returns once the port is free again.
    pub async fn shutdown(mut self) {
        self.task.abort();
        // The abort above is why it ended.
        let _ended = (&mut self.task).await;
    }

    /// Adds a process, or replaces the one with its id, and answers the id.
    pub fn seed_process(&self, seed: ProcessSeed) -> String {
        let mut state = self.shared.lock();
        let now = state.now();
        state.catalogue.add_process(seed, now)
    }

    /// Adds a run, or replaces the one with its id, and answers the id.
    pub fn seed_run(&self, seed: RunSeed) -> String {
        let mut state = self.shared.lock();
        let now = state.now();
        state.catalogue.add_run(seed, now)
    }

    /// A run as it is now.
    pub fn run(&self, id: &str) -> Option<RunState> {
        self.shared.lock().run(id).map(RunState::from)
    }

    /// All runs as they are now.
    pub fn runs(&self) -> Vec<RunState> {
        self.shared
            .lock()
            .catalogue
            .runs
            .iter()
            .map(RunState::from)
            .collect()
    }

    /// How often a run was started through the API.
    pub fn start_count(&self, id: &str) -> u32 {
        self.shared
            .lock()
            .run(id)
            .map_or(0, |run| run.counts.starts)
    }

    /// Changes a run directly; false if there is no such run.
    pub fn change_run(&self, id: &str, patch: RunPatch) -> bool {
        let mut state = self.shared.lock();
        let now = state.now();
        state.catalogue.change_run(id, patch, now)
    }

    /// Removes a run, which is 404 from then on; false if there is no such run.
    pub fn delete_run(&self, id: &str) -> bool {
        self.shared.lock().catalogue.delete_run(id)
    }

    /// How many seconds of work a second brings; 0 stops all runs where they are.
    pub fn set_speed(&self, factor: f64) {
        self.shared.lock().set_speed(factor);
    }

    /// Does that many seconds of work at once.
    pub fn advance(&self, seconds: f64) {
        self.shared.lock().advance(seconds);
    }

    /// Sets the server's clock that many seconds ahead of the true one, or behind it: its dates and
    /// the `Date` header. Tokens age with it; runs do no work for it.
    pub fn set_clock(&self, clock_ahead: f64) {
        self.shared.lock().set_clock(clock_ahead);
    }

    /// Writes the dates of runs, which name no zone, that many minutes ahead of UTC.
    pub fn set_zone(&self, minutes: i32) {
        self.shared.lock().zone = SignedDuration::from_mins(minutes.into());
    }

    /// Adds a fault.
    pub fn add_fault(&self, fault: Fault) {
        self.shared.lock().faults.add(fault);
    }

    /// Removes all faults.
    pub fn clear_faults(&self) {
        self.shared.lock().faults.clear();
    }

    /// The requests that came in, oldest first.
    pub fn requests(&self) -> Vec<RequestRecord> {
        self.shared.lock().requests.all()
    }

    /// Forgets the requests that came in.
    pub fn clear_requests(&self) {
        self.shared.lock().requests.clear();
    }

    /// Adds a client, or replaces the one with its id.
    pub fn add_client(&self, client: Client) {
        self.shared.lock().oauth.add_client(client);
    }

    /// Issues an access token, for tests of pasted tokens.
    pub fn issue_token(&self, scope: &str, seconds: f64) -> String {
        let mut state = self.shared.lock();
        let now = state.now();
        state.oauth.issue(scope, seconds, now)
    }

    /// Issues a refresh token to a client.
    pub fn issue_refresh_token(&self, client: &str, scope: &str) -> String {
        let mut state = self.shared.lock();
        let now = state.now();
        state.oauth.issue_refresh(client, scope, now)
    }

    /// Every token and code that was issued, oldest first: for tests that search for leaks.
    pub fn issued_secrets(&self) -> Vec<String> {
        self.shared.lock().oauth.issued()
    }

    /// Whether a refresh token can still be used.
    pub fn accepts_refresh_token(&self, token: &str) -> bool {
        let state = self.shared.lock();
        state.oauth.accepts_refresh(token, state.now())
    }

    /// Sets how long a refresh token can be used again after its first use; 0 at the start.
    pub fn set_refresh_grace(&self, seconds: f64) {
        self.shared.lock().oauth.set_grace(seconds);
    }

    /// All access tokens expire now.
    pub fn expire_tokens(&self) {
        let mut state = self.shared.lock();
        let now = state.now();
        state.oauth.expire_access(now);
    }

    /// Revokes all refresh tokens.
    pub fn revoke_refresh_tokens(&self) {
        self.shared.lock().oauth.revoke_refresh();
    }

    /// Resets everything to the start, except that sign-ins stay valid.
    pub fn reset(&self) {
        self.shared.lock().reset();
    }
}
