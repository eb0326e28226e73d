//! `https://app.solvexia.com`, as seen from behind a firm's proxy.

use std::net::SocketAddr;
use std::path::PathBuf;

use runwatch_core::credentials::Credentials;
use runwatch_core::environment::Environment;
use runwatch_core::network::{Hop, HopKind, HopState, Route};
use solvexia_sim::demo::{DEMO_CLIENT_ID, DEMO_CLIENT_SECRET};
use solvexia_sim::{RunSeed, Sim, SimHandle, SimOptions, StepSeed};
use tokio::net::TcpListener;

use crate::certificate_authority::CertificateAuthority;

pub const HOST: &str = "app.solvexia.com";

pub fn app() -> Environment {
    Environment::parse("app").unwrap()
}

pub fn by_secret(secret: &str) -> Credentials {
    Credentials::Client {
        id: DEMO_CLIENT_ID.into(),
        secret: secret.into(),
    }
}

pub fn good_credentials() -> Option<Credentials> {
    Some(by_secret(DEMO_CLIENT_SECRET))
}

/// The simulated SolveXia behind TLS.
pub struct TestServer {
    pub sim: SimHandle,
    pub authority: CertificateAuthority,
    pub address: SocketAddr,
}

pub async fn test_server() -> TestServer {
    let sim = Sim::start(SimOptions::empty()).await.unwrap();
    sim.set_speed(0.0);
    sim.seed_run(RunSeed::new(
        "pr-1",
        vec![StepSeed::new("1.1", "Load", 1.0)],
    ));
    let authority = CertificateAuthority::new();
    let inner = sim.base_url().replace("http://", "").parse().unwrap();
    let address = authority.serve_tls(HOST, inner).await;
    TestServer {
        sim,
        authority,
        address,
    }
}

pub fn trusting(route: Route, file: PathBuf) -> Route {
    let mut route = route;
    route.network.extra_ca = Some(file);
    route
}

/// An address where nothing listens.
pub async fn nobody() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    listener.local_addr().unwrap()
}

/// The states of all five hops, in their order.
pub fn states(hops: &[Hop]) -> Vec<HopState> {
    let kinds: Vec<HopKind> = hops.iter().map(|hop| hop.kind).collect();
    assert_eq!(
        kinds,
        [
            HopKind::Name,
            HopKind::Proxy,
            HopKind::Tls,
            HopKind::Http,
            HopKind::SignIn
        ]
    );
    hops.iter().map(|hop| hop.state).collect()
}

/// The check failed at `kind`, and its message contains all of `told`.
pub fn ends_at(hops: &[Hop], kind: HopKind, told: &[&str]) {
    let states = states(hops);
    let at = hops.iter().position(|hop| hop.kind == kind).unwrap();
    assert_eq!(states[at], HopState::Failed, "{hops:#?}");
    assert!(!states[..at].contains(&HopState::Failed), "{hops:#?}");
    assert!(
        states[at + 1..].iter().all(|s| *s == HopState::Skipped),
        "{hops:#?}"
    );
    for text in told {
        assert!(hops[at].words.contains(text), "“{text}” in {:#?}", hops[at]);
    }
}
