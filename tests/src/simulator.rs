//! The runtime on which simulations and WebDriver calls run, so that tests read top-down.

use std::future::Future;
use std::sync::LazyLock;
use std::time::Duration;

use anyhow::Result;
use solvexia_sim::{Sim, SimHandle, SimOptions};
use tokio::runtime::{Builder, Runtime};

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
    // An earlier one is as good: all of ours are the same.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let built = Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build();
    #[expect(
        clippy::expect_used,
        reason = "without a runtime no test can say anything"
    )]
    built.expect("a runtime")
});

/// A client for servers on this computer.
pub fn client() -> Result<reqwest::Client> {
    LazyLock::force(&RUNTIME); // it brings what the client's TLS wants, even unused
    let builder = reqwest::Client::builder().no_proxy();
    Ok(builder.timeout(Duration::from_secs(30)).build()?)
}

/// Waits for a future.
pub fn wait<F: Future>(future: F) -> F::Output {
    RUNTIME.block_on(future)
}

/// Starts a simulated SolveXia.
pub fn simulate(options: SimOptions) -> Result<SimHandle> {
    Ok(wait(Sim::start(options))?)
}
