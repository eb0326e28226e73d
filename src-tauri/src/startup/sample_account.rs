//! The account of `--demo`, signed in to the embedded simulated SolveXia.

use std::sync::Arc;

use runwatch_contract::AppError;
use runwatch_core::account::{Account, Colour, SignInMethod};
use runwatch_core::credentials::Credentials;
use runwatch_core::environment::Environment;
use runwatch_core::ids::{AccountId, RunId};
use runwatch_core::network::Route;
use secrecy::SecretString;
use solvexia_sim::demo;

use crate::accounts::signed_in::{client, finish};
use crate::api::errors::ForPage;
use crate::app_state::AppState;
use crate::startup::sample_plan;

/// What the list holds at first: something of everything.
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

/// Signs in to the simulated SolveXia and fills the list. The keychain is left alone: this secret
/// protects nothing but sample data.
pub async fn open(app_state: &Arc<AppState>, origin: &str) -> Result<(), AppError> {
    let environment = Environment::parse(origin).map_err(|error| error.for_page())?;
    let credentials = Credentials::Client {
        id: demo::DEMO_CLIENT_ID.to_owned(),
        secret: SecretString::from(demo::DEMO_CLIENT_SECRET),
    };
    let api = client(&environment, credentials, &Route::default())?;
    let account = Account {
        id: AccountId("sample".into()),
        label: "Sample data".into(),
        colour: Colour::Blue,
        environment,
        method: SignInMethod::Client,
        client_id: demo::DEMO_CLIENT_ID.to_owned(),
        callback_port: None,
        token_expires: None,
        signed_out: false,
        secrets_left: false,
    };
    let id = account.id.clone();
    finish(app_state, account, api).await?;
    for run in RUNS {
        let run = RunId::parse(run).map_err(|error| error.for_page())?;
        app_state
            .engine
            .add_run(&id, run)
            .await
            .map_err(|error| error.for_page())?;
    }
    let kept = sample_plan::keep(app_state, &id).await;
    kept.map_err(|error| error.for_page())
}
