//! The simulation as tests and the demo hold it.

use std::io;

use tokio::task::JoinHandle;

use crate::faults::Fault;
use crate::model::patch::RunPatch;
use crate::model::seed::{ProcessSeed, RunSeed};
use crate::model::state::RunState;
use crate::model::time::now;
use crate::oauth::{Client, Grants};
use crate::records::RequestRecord;
use crate::server;
use crate::world::{Shared, World};

/// What the simulation knows at the beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Seed {
    /// A finance team's month-end; see [`crate::demo`].
    #[default]
    Demo,
    /// Nothing.
    Empty,
}

/// How to start a simulation.
#[derive(Debug, Clone)]
pub struct SimOptions {
    /// Where to listen on 127.0.0.1; 0 takes a free port.
    pub port: u16,
    /// Who can sign in.
    pub clients: Vec<Client>,
    /// How long access tokens live.
    pub token_seconds: f64,
    /// What is known at the beginning.
    pub seed: Seed,
}

impl Default for SimOptions {
    /// The demo on a free port, for its own client, with tokens of ten minutes.
    fn default() -> Self {
        Self {
            port: 0,
            clients: vec![Client::new(
                crate::demo::DEMO_CLIENT_ID,
                crate::demo::DEMO_CLIENT_SECRET,
            )],
            token_seconds: 600.0,
            seed: Seed::Demo,
        }
    }
}

impl SimOptions {
    /// The same without any process or run.
    pub fn empty() -> Self {
        Self {
            seed: Seed::Empty,
            ..Self::default()
        }
    }
}

/// Starts simulations.
#[derive(Debug)]
pub struct Sim;

impl Sim {
    /// Listens, and serves on the current tokio runtime until the handle is dropped.
    pub async fn start(options: SimOptions) -> io::Result<SimHandle> {
        let listener = server::listen(options.port).await?;
        let port = listener.local_addr()?.port();
        let grants = Grants::new(options.clients, options.token_seconds);
        let origin = format!("http://127.0.0.1:{port}");
        let sim = Shared::new(World::new(options.seed, grants, origin, now()));
        let task = server::serve(listener, sim.clone());
        Ok(SimHandle { port, sim, task })
    }
}

/// A running simulation. It ends, with all its connections, when this is dropped.
#[derive(Debug)]
pub struct SimHandle {
    port: u16,
    sim: Shared,
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
        // The task was told to end in this way.
        let _ended = (&mut self.task).await;
    }

    /// Adds a process, or replaces the one with its id, and answers the id.
    pub fn seed_process(&self, seed: ProcessSeed) -> String {
        let mut world = self.sim.world();
        let now = world.now();
        world.catalogue.add_process(seed, now)
    }

    /// Adds a run, or replaces the one with its id, and answers the id.
    pub fn seed_run(&self, seed: RunSeed) -> String {
        let mut world = self.sim.world();
        let now = world.now();
        world.catalogue.add_run(seed, now)
    }

    /// A run as it is now.
    pub fn run(&self, id: &str) -> Option<RunState> {
        self.sim.world().run(id).map(RunState::from)
    }

    /// All runs as they are now.
    pub fn runs(&self) -> Vec<RunState> {
        self.sim
            .world()
            .catalogue
            .runs
            .iter()
            .map(RunState::from)
            .collect()
    }

    /// How often a run was started through the API.
    pub fn start_count(&self, id: &str) -> u32 {
        self.sim.world().run(id).map_or(0, |run| run.counts.starts)
    }

    /// Forces something on a run; false if there is no such run.
    pub fn change_run(&self, id: &str, patch: RunPatch) -> bool {
        let mut world = self.sim.world();
        let now = world.now();
        world.catalogue.change_run(id, patch, now)
    }

    /// Removes a run, which is 404 from then on; false if there is no such run.
    pub fn delete_run(&self, id: &str) -> bool {
        self.sim.world().catalogue.delete_run(id)
    }

    /// How many seconds of work a second brings; 0 stops all runs where they are.
    pub fn set_speed(&self, factor: f64) {
        self.sim.world().set_speed(factor);
    }

    /// Does so many seconds of work at once.
    pub fn advance(&self, seconds: f64) {
        self.sim.world().advance(seconds);
    }

    /// Sets the server's clock so many seconds ahead of the true one, or behind it: its dates and
    /// the `Date` of its answers. Tokens age with it; no run works for it.
    pub fn set_clock(&self, ahead: f64) {
        self.sim.world().set_clock(ahead);
    }

    /// Lets something go wrong from now on.
    pub fn add_fault(&self, fault: Fault) {
        self.sim.world().faults.add(fault);
    }

    /// Lets nothing go wrong any more.
    pub fn clear_faults(&self) {
        self.sim.world().faults.clear();
    }

    /// The requests that came in, oldest first.
    pub fn requests(&self) -> Vec<RequestRecord> {
        self.sim.world().requests.all()
    }

    /// Forgets the requests that came in.
    pub fn clear_requests(&self) {
        self.sim.world().requests.clear();
    }

    /// Adds a client, or replaces the one with its id.
    pub fn add_client(&self, client: Client) {
        self.sim.world().grants.add_client(client);
    }

    /// An access token as if it had been granted: for tests of pasted tokens.
    pub fn issue_token(&self, scope: &str, seconds: f64) -> String {
        let mut world = self.sim.world();
        let now = world.now();
        world.grants.issue(scope, seconds, now)
    }

    /// A refresh token as if it had been granted to a client.
    pub fn issue_refresh_token(&self, client: &str, scope: &str) -> String {
        let mut world = self.sim.world();
        let now = world.now();
        world.grants.issue_refresh(client, scope, now)
    }

    /// Every token and code that was given away, oldest first: for tests that look where they went.
    pub fn issued_secrets(&self) -> Vec<String> {
        self.sim.world().grants.issued()
    }

    /// Whether a refresh token can still be used.
    pub fn accepts_refresh_token(&self, token: &str) -> bool {
        let world = self.sim.world();
        world.grants.accepts_refresh(token, world.now())
    }

    /// A refresh token can be used again for so long after its first use; 0 at the beginning.
    pub fn set_refresh_grace(&self, seconds: f64) {
        self.sim.world().grants.set_grace(seconds);
    }

    /// All access tokens expire now.
    pub fn expire_tokens(&self) {
        let mut world = self.sim.world();
        let now = world.now();
        world.grants.expire_access(now);
    }

    /// All refresh tokens become useless now.
    pub fn revoke_refresh_tokens(&self) {
        self.sim.world().grants.revoke_refresh();
    }

    /// Everything as at the beginning, except that who is signed in stays so.
    pub fn reset(&self) {
        self.sim.world().reset();
    }
}
