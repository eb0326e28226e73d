use std::future::pending;
use std::net::TcpListener;

use async_trait::async_trait;
use runwatch_core::error::VaultError;

use super::*;

struct Nowhere;

#[async_trait]
impl RefreshTokens for Nowhere {
    async fn read(&self) -> Result<Option<SecretString>, VaultError> {
        Ok(None)
    }

    async fn keep(&self, _: SecretString) -> Result<(), VaultError> {
        Ok(())
    }

    async fn turn(&self) -> Box<dyn Send> {
        Box::new(())
    }
}

#[tokio::test]
async fn a_browser_that_brings_nothing_in_time_ends_the_wait_and_frees_the_port() {
    let sim = solvexia_sim::Sim::start(solvexia_sim::SimOptions::empty())
        .await
        .unwrap();
    let mut sign_in = BrowserSignIn::prepare(
        Environment::parse(&sim.base_url()).unwrap(),
        "id",
        "secret".into(),
        0,
        &Route::default(),
    )
    .await
    .ok()
    .unwrap();
    let port = sign_in.callback.port();
    assert_eq!(sign_in.timeout, Duration::from_secs(300));
    sign_in.timeout = Duration::from_millis(20);
    let finished = sign_in.finish(Arc::new(Nowhere), pending()).await;
    assert_eq!(finished.err(), Some(SignInError::TimedOut));
    TcpListener::bind(("127.0.0.1", port)).unwrap();
}
