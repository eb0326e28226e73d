//! How to start a simulation.

use crate::demo::{DEMO_CLIENT_ID, DEMO_CLIENT_SECRET};
use crate::oauth::Client;

/// The data at the start.
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
    /// The data at the start.
    pub seed: Seed,
}

impl Default for SimOptions {
    /// The demo on a free port, for its own client, with tokens of ten minutes.
    fn default() -> Self {
        Self {
            port: 0,
            clients: vec![Client::new(DEMO_CLIENT_ID, DEMO_CLIENT_SECRET)],
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
