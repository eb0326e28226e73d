//! The two HTTP clients of an account.

use std::time::Duration;

use reqwest::{Certificate, Client, ClientBuilder, redirect, retry};
use runwatch_core::environment::{Environment, Trust};
use runwatch_core::error::{CallError, Trouble};
use runwatch_core::network::Route;

use super::limits::Limits;
use super::{extra_certificates, proxy};

pub(crate) const USER_AGENT: &str = concat!("Runwatch/", env!("CARGO_PKG_VERSION"));

/// Installs the TLS provider for all connections. Does nothing the second time.
pub fn install_tls() {
    // An error means that a provider is installed already.
    let _there_already = rustls::crypto::ring::default_provider().install_default();
}

/// A client that keeps connections for the next read.
pub fn for_reads(
    environment: &Environment,
    route: &Route,
    limits: &Limits,
) -> Result<Client, CallError> {
    build(common(environment, route, limits)?)
}

/// A client that opens a connection for each request, and never sends one twice.
///
/// hyper resends a request when a kept connection turns out to be dead, and reqwest when an HTTP/2
/// server refuses a stream. A POST must be sent at most once, so no connections are kept and the
/// retry is switched off.
pub fn for_posts(
    environment: &Environment,
    route: &Route,
    limits: &Limits,
) -> Result<Client, CallError> {
    build(
        common(environment, route, limits)?
            .pool_max_idle_per_host(0)
            .retry(retry::never()),
    )
}

fn common(
    environment: &Environment,
    route: &Route,
    limits: &Limits,
) -> Result<ClientBuilder, CallError> {
    install_tls();
    let builder = Client::builder()
        .user_agent(USER_AGENT)
        .redirect(redirect::Policy::none())
        .connect_timeout(limits.connect)
        .read_timeout(limits.silence)
        .timeout(limits.whole)
        // After sleep, idle connections are often dead without notice.
        .pool_idle_timeout(Duration::from_secs(30))
        .http2_keep_alive_interval(Duration::from_secs(15))
        .http2_keep_alive_timeout(Duration::from_secs(10))
        .http2_keep_alive_while_idle(true);
    let builder = proxy::configure(builder, environment, route)
        .map_err(|error| CallError::unsent(Trouble::Offline, error.to_string()))?;
    Ok(match environment.trust() {
        Trust::Loopback if environment.origin().starts_with("http://") => without_roots(builder),
        Trust::Loopback => with_extra_roots(builder, route),
        Trust::SolveXia | Trust::Other => with_extra_roots(builder, route).https_only(true),
    })
}

/// An unreadable certificate file only means less trust: connections then fail, or work with the
/// system's certificates. It is no reason to refuse the sign-in.
fn with_extra_roots(builder: ClientBuilder, route: &Route) -> ClientBuilder {
    let extra = extra_certificates::extra(route).unwrap_or_else(|error| {
        tracing::warn!(%error, "connections trust the system's certificates alone");
        Vec::new()
    });
    let extra = extra
        .iter()
        .filter_map(|root| Certificate::from_der(root).ok());
    builder.tls_certs_merge(extra)
}

/// For plain http: reading the system's certificates takes time, and fails where there are none.
fn without_roots(builder: ClientBuilder) -> ClientBuilder {
    builder.tls_certs_only([])
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
