//! `--demo`: the embedded simulated SolveXia, and an account that is signed in to it.

use std::sync::Arc;

use runwatch_contract::AppError;
use runwatch_core::account::{Account, Colour, Method};
use runwatch_core::credentials::Credentials;
use runwatch_core::environment::Environment;
use runwatch_core::ids::{AccountId, RunId};
use runwatch_core::network::Route;
use secrecy::SecretString;
use solvexia_sim::{Sim, SimHandle, SimOptions, demo};

use crate::accounts;
use crate::errors::ForPage;
use crate::world::World;

/// The simulated SolveXia; it ends with this.
pub struct Demo {
    sim: SimHandle,
}

/// What the table holds at first: something of everything.
const RUNS: [&str; 9] = [
    demo::DEMO_LIVE_RUN,
    demo::DEMO_QUICK_RUN,
    demo::DEMO_FAILING_RUN,
    demo::DEMO_WARNING_RUN,
    demo::DEMO_LONG_RUN,
    demo::DEMO_FAILED_RUN,
    demo::DEMO_SUCCEEDED_RUN,
    demo::DEMO_WARNED_RUN,
    demo::DEMO_TIMED_OUT_RUN,
];

impl Demo {
    /// Starts it on a free loopback port.
    ///
    /// # Errors
    /// When no port can be had.
    pub async fn start() -> std::io::Result<Self> {
        Ok(Self {
            sim: Sim::start(SimOptions::default()).await?,
        })
    }

    /// Where it is.
    pub fn origin(&self) -> String {
        self.sim.base_url()
    }
}

/// Signs in to the simulated SolveXia and fills the table. The keychain is left alone: this secret
/// protects nothing but sample data.
pub async fn open(world: &Arc<World>, origin: &str) -> Result<(), AppError> {
    let environment = Environment::parse(origin).map_err(|error| error.for_page())?;
    let credentials = Credentials::Client {
        id: demo::DEMO_CLIENT_ID.to_owned(),
        secret: SecretString::from(demo::DEMO_CLIENT_SECRET),
    };
    let api = accounts::client(&environment, credentials, &Route::default())?;
    let account = Account {
        id: AccountId("sample".into()),
        label: "Sample data".into(),
        colour: Colour::Blue,
        environment,
        method: Method::Client,
        client_id: demo::DEMO_CLIENT_ID.to_owned(),
        callback_port: None,
        token_expires: None,
        signed_out: false,
        secrets_left: false,
    };
    let id = account.id.clone();
    accounts::finish(world, account, api).await?;
    for run in RUNS {
        let run = RunId::parse(run).map_err(|error| error.for_page())?;
        world
            .engine
            .add_run(&id, run)
            .await
            .map_err(|error| error.for_page())?;
    }
    Ok(())
}
