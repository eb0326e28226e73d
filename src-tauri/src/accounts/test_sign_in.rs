//! Signing in to a simulated SolveXia, for the tests of sign-in and sign-out.

use std::sync::Arc;
use std::time::Duration;

use runwatch_contract::{ConnectRequest, Keeping};
use runwatch_core::account::SignInMethod;
use runwatch_engine::accounts::session::Session;
use solvexia_sim::demo::{DEMO_CLIENT_ID, DEMO_CLIENT_SECRET};
use solvexia_sim::{Sim, SimHandle, SimOptions};

use crate::accounts::connect;
use crate::api::views;
use crate::app_state::AppState;

/// So long a token endpoint takes; a test that works waits for none of it.
pub const SLOW: Duration = Duration::from_secs(10);

pub async fn sim() -> SimHandle {
    Sim::start(SimOptions::empty()).await.unwrap()
}

pub fn form(sim: &SimHandle, again: Option<&str>) -> ConnectRequest {
    ConnectRequest {
        account_id: again.map(str::to_owned),
        environment: sim.base_url(),
        method: SignInMethod::Client,
        client_id: Some(DEMO_CLIENT_ID.into()),
        client_secret: Some(DEMO_CLIENT_SECRET.into()),
        callback_port: None,
        access_token: None,
        confirmed_origin: None,
    }
}

/// Signs in, and gives the account's id.
pub async fn sign_in(app: &Arc<AppState>) -> String {
    let sim = sim().await;
    connect::connect(app, form(&sim, None)).await.unwrap().id
}

pub fn only(app: &AppState) -> Session {
    app.engine.accounts.all().remove(0)
}

pub fn keeping(app: &AppState) -> Keeping {
    views::account::account(app, &only(app)).keeping
}
