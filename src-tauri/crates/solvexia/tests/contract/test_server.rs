//! A simulated SolveXia with one process and one run, and a client that is signed in to it.

use std::sync::Arc;
use std::time::Duration;

use runwatch_core::credentials::Credentials;
use runwatch_core::environment::Environment;
use runwatch_core::error::CallError;
use runwatch_core::ids::{ProcessId, RunId, StepId};
use runwatch_core::ports::SolveXia;
use solvexia::Client;
use solvexia_sim::demo::{DEMO_CLIENT_ID, DEMO_CLIENT_SECRET};
use solvexia_sim::{
    Fault, FaultKind, ProcessSeed, RequestRecord, RunSeed, RunState, Sim, SimHandle, SimOptions,
    StepSeed,
};

use strum::VariantArray;

use crate::fake_keychain_entry::KeychainEntry;

pub struct TestServer {
    pub sim: SimHandle,
    pub client: Client,
}

/// The run `pr-1` of `p-1` waits to be started: `ds-1`, `ds-2` (ends with a warning) and the action
/// step `as-3`, ten seconds of work each. Its clock stands still.
pub async fn test_server() -> TestServer {
    test_server_with(SimOptions::empty()).await
}

pub async fn test_server_with(options: SimOptions) -> TestServer {
    let sim = Sim::start(options).await.unwrap();
    sim.set_speed(0.0);
    let steps = || {
        vec![
            StepSeed::new("1.1", "Load", 10.0).id("ds-1"),
            StepSeed::new("1.2", "Match", 10.0)
                .id("ds-2")
                .ends(solvexia_sim::StepStatus::Warning, "2 lines do not match"),
            StepSeed::new("1.3", "Send", 10.0).id("as-3").action(),
        ]
    };
    sim.seed_process(ProcessSeed {
        id: Some("p-1".into()),
        name: "Bank reconciliation".into(),
        description: "Every day".into(),
        steps: vec![StepSeed::new("1.1", "Load", 10.0).id("ds-91")],
        ..ProcessSeed::default()
    });
    sim.seed_run(RunSeed {
        process: Some("p-1".into()),
        name: Some("Bank reconciliation: March".into()),
        ..RunSeed::new("pr-1", steps())
    });
    let client = client_of(&sim.base_url(), by_secret(DEMO_CLIENT_SECRET));
    TestServer { sim, client }
}

pub fn client_of(origin: &str, credentials: Credentials) -> Client {
    Client::new(
        Environment::parse(origin).unwrap(),
        credentials,
        &Default::default(),
    )
    .ok()
    .unwrap()
}

pub fn by_secret(secret: &str) -> Credentials {
    Credentials::Client {
        id: DEMO_CLIENT_ID.into(),
        secret: secret.into(),
    }
}

pub fn by_browser(entry: &KeychainEntry) -> Credentials {
    Credentials::Browser {
        id: DEMO_CLIENT_ID.into(),
        secret: DEMO_CLIENT_SECRET.into(),
        refresh: Arc::new(entry.clone()),
    }
}

/// Waits until the condition holds.
pub async fn until(is_so: impl Fn() -> bool) {
    let waiting = async {
        while !is_so() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), waiting)
        .await
        .unwrap();
}

pub fn by_token(token: &str) -> Credentials {
    Credentials::Token {
        token: token.into(),
    }
}

pub fn run() -> RunId {
    RunId::parse("pr-1").unwrap()
}

pub fn process() -> ProcessId {
    ProcessId::parse("p-1").unwrap()
}

pub fn step(id: &str) -> StepId {
    StepId::parse(id).unwrap()
}

impl TestServer {
    pub fn fault(&self, path: &str, kind: FaultKind) {
        self.sim.add_fault(Fault::on(path, kind));
    }

    pub fn the_run(&self) -> RunState {
        self.sim.run("pr-1").unwrap()
    }

    /// The requests whose path ends with this text.
    pub fn requests(&self, ending: &str) -> Vec<RequestRecord> {
        let all = self.sim.requests().into_iter();
        all.filter(|request| request.path.ends_with(ending))
            .collect()
    }

    pub fn token_requests(&self) -> usize {
        self.requests("/oauth/token").len()
    }
}

/// All actions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, VariantArray)]
pub enum Action {
    Start,
    StartDeprecated,
    Cancel,
    CancelDeprecated,
    Restart,
    Create,
}

impl Action {
    /// The end of its path.
    pub fn path(self) -> &'static str {
        match self {
            Self::Start => "/processruns/pr-1/start",
            Self::Cancel => "/processruns/pr-1/cancel",
            Self::StartDeprecated | Self::CancelDeprecated => "/requests",
            Self::Restart => "/processruns/pr-1/steps/ds-2/restartfromhere",
            Self::Create => "/processes/p-1/processruns",
        }
    }

    pub async fn send(self, client: &Client) -> Result<(), CallError> {
        match self {
            Self::Start => client.start(&run()).await,
            Self::StartDeprecated => client.start_deprecated(&run()).await,
            Self::Cancel => client.cancel(&run()).await,
            Self::CancelDeprecated => client.cancel_deprecated(&run()).await,
            Self::Restart => client.restart_from(&run(), &step("ds-2")).await,
            Self::Create => client.create_run(&process(), "April").await.map(drop),
        }
    }
}
