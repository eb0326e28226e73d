//! The two HTTP clients of an account.

use std::time::Duration;

use reqwest::{Client, ClientBuilder, redirect, retry};
use runwatch_core::environment::{Environment, Trust};
use runwatch_core::error::{CallError, Trouble};
use runwatch_core::network::Way;

use super::Limits;

const USER_AGENT: &str = concat!("Runwatch/", env!("CARGO_PKG_VERSION"));

/// Chooses the cryptography that all connections use. Does nothing the second time.
pub fn install_tls() {
    // An error says that a provider is there already, which is as good.
    let _there_already = rustls::crypto::ring::default_provider().install_default();
}

/// Keeps connections for the next read.
pub fn for_reads(
    environment: &Environment,
    way: &Way,
    limits: &Limits,
) -> Result<Client, CallError> {
    build(common(environment, way, limits))
}

/// Opens a connection for each request, and never sends one twice.
///
/// hyper sends a request again by itself when a kept connection turns out to be dead, and reqwest
/// when an HTTP/2 server turns a stream away. Both are right for reads. A post must go out once,
/// so that it is known whether it did: without kept connections the first cannot happen, and the
/// second is switched off.
pub fn for_posts(
    environment: &Environment,
    way: &Way,
    limits: &Limits,
) -> Result<Client, CallError> {
    build(
        common(environment, way, limits)
            .pool_max_idle_per_host(0)
            .retry(retry::never()),
    )
}

fn common(environment: &Environment, _way: &Way, limits: &Limits) -> ClientBuilder {
    install_tls();
    let builder = Client::builder()
        .user_agent(USER_AGENT)
        .redirect(redirect::Policy::none())
        .connect_timeout(limits.connect)
        .read_timeout(limits.silence)
        .timeout(limits.whole)
        // After sleep, connections look alive and are not.
        .pool_idle_timeout(Duration::from_secs(30))
        .http2_keep_alive_interval(Duration::from_secs(15))
        .http2_keep_alive_timeout(Duration::from_secs(10))
        .http2_keep_alive_while_idle(true);
    match environment.trust() {
        // A proxy would send the bearer away from this computer.
        Trust::Loopback => without_roots_for_plain_http(builder.no_proxy(), environment),
        Trust::SolveXia | Trust::Other => builder.https_only(true),
    }
}

/// Reading the system's certificates takes time, and fails where there are none.
fn without_roots_for_plain_http(
    builder: ClientBuilder,
    environment: &Environment,
) -> ClientBuilder {
    if environment.origin().starts_with("http://") {
        builder.tls_certs_only([])
    } else {
        builder
    }
}

fn build(builder: ClientBuilder) -> Result<Client, CallError> {
    builder.build().map_err(|_| {
        CallError::unsent(
            Trouble::Offline,
            "Runwatch cannot make secure connections on this computer: its list of trusted \
             certificates cannot be read. Ask your IT department to repair it.",
        )
    })
}
