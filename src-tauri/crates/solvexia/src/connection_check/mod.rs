//! “Check connection”: tries DNS, proxy, TLS, HTTP and sign-in one after the other, and says which
//! fails and who can correct it. No run is touched, and no secret of an account is sent before TLS
//! is verified.

mod dns_and_tcp;
mod hop;
mod messages;
mod proxy_hop;
mod proxy_tunnel;
mod script_answered;
mod seen_certificate;
mod tls_failure;
mod tls_handshake;

use std::net::SocketAddr;
use std::time::Duration;

use runwatch_core::credentials::Credentials;
use runwatch_core::environment::Environment;
use runwatch_core::network::{Hop, HopKind, Route};
use runwatch_core::ports::SolveXia;

use crate::client::Client;
use crate::transport::proxy;
use crate::transport::{Limits, Transport, extra_certificates, script_route};
use crate::url_path::UrlPath;
use dns_and_tcp::ConnectFailure;
use hop::{failed, good, skipped};
use proxy_tunnel::Stream;
use script_answered::ScriptAnswered;
use tls_handshake::Handshake;

/// How long one hop may take.
const HOP_TIMEOUT: Duration = Duration::from_secs(15);

const ORDER: [HopKind; 5] = [
    HopKind::Name,
    HopKind::Proxy,
    HopKind::Tls,
    HopKind::Http,
    HopKind::SignIn,
];

/// Checks all five hops in their order. The sign-in is tried where there are credentials.
pub async fn check_connection(
    environment: &Environment,
    route: &Route,
    credentials: Option<Credentials>,
) -> Vec<Hop> {
    let script = ScriptAnswered::ask(environment, route).await;
    let check = Check {
        environment,
        // Every hop uses the route that the report names.
        route: &script.route(route),
        script: &script,
        timeout: HOP_TIMEOUT,
    };
    check.hops(credentials).await
}

struct Check<'a> {
    environment: &'a Environment,
    route: &'a Route,
    script: &'a ScriptAnswered,
    timeout: Duration,
}

/// How to connect to SolveXia after the first two hops.
enum Destination {
    Addresses(Vec<SocketAddr>),
    Tunnel(Box<dyn Stream>),
}

impl Check<'_> {
    async fn hops(&self, credentials: Option<Credentials>) -> Vec<Hop> {
        let mut hops = Vec::with_capacity(ORDER.len());
        if let Err(last) = self.run_hops(credentials, &mut hops).await {
            hops.push(last);
        }
        for kind in ORDER.into_iter().skip(hops.len()) {
            hops.push(skipped(kind, messages::NOT_TRIED));
        }
        hops
    }

    /// Stops at the first hop that fails, which is the error.
    async fn run_hops(
        &self,
        credentials: Option<Credentials>,
        hops: &mut Vec<Hop>,
    ) -> Result<(), Hop> {
        if let Some(words) = self.script.leads_nowhere() {
            hops.push(skipped(HopKind::Name, messages::name_by_proxy(self.host())));
            return Err(failed(HopKind::Proxy, words));
        }
        let destination = match proxy::for_environment(self.environment, self.route) {
            Ok(None) => {
                let (hop, addresses) = self.name().await?;
                hops.push(hop);
                let words = messages::no_proxy(self.environment, self.route);
                hops.push(skipped(HopKind::Proxy, self.script.without_proxy(words)));
                Destination::Addresses(addresses)
            }
            Ok(Some(proxy_connection)) => {
                hops.push(skipped(HopKind::Name, messages::name_by_proxy(self.host())));
                let (hop, tunnel) = self.proxy(&proxy_connection).await?;
                hops.push(hop);
                Destination::Tunnel(tunnel)
            }
            Err(error) => {
                hops.push(skipped(HopKind::Name, messages::name_by_proxy(self.host())));
                return Err(failed(HopKind::Proxy, error.to_string()));
            }
        };
        hops.push(self.tls(destination).await?);
        hops.push(self.http().await?);
        hops.push(self.sign_in(credentials).await?);
        Ok(())
    }

    async fn name(&self) -> Result<(Hop, Vec<SocketAddr>), Hop> {
        match tokio::time::timeout(self.timeout, dns_and_tcp::find(&self.host_and_port())).await {
            Ok(Ok(addresses)) => Ok((self.name_found(), addresses)),
            Ok(Err(_)) | Err(_) => {
                let words = messages::name_not_found(self.host());
                Err(failed(HopKind::Name, self.script.with_failure(words)))
            }
        }
    }

    fn name_found(&self) -> Hop {
        let host = self.host();
        if host.contains('[') || host.parse::<std::net::Ipv4Addr>().is_ok() {
            skipped(HopKind::Name, messages::no_name(host))
        } else {
            good(HopKind::Name, format!("Found {host}."))
        }
    }

    async fn tls(&self, destination: Destination) -> Result<Hop, Hop> {
        if self.is_plain() {
            return Ok(skipped(HopKind::Tls, messages::TLS_NOT_NEEDED));
        }
        let secured = tokio::time::timeout(self.timeout, self.secured(destination))
            .await
            .unwrap_or_else(|_| Err(self.out_of_reach(ConnectFailure::TimedOut)));
        match secured {
            Ok(words) => Ok(good(HopKind::Tls, words)),
            Err(words) => Err(failed(HopKind::Tls, words)),
        }
    }

    async fn secured(&self, destination: Destination) -> Result<String, String> {
        let stream: Box<dyn Stream> = match destination {
            Destination::Tunnel(tunnel) => tunnel,
            Destination::Addresses(addresses) => Box::new(
                dns_and_tcp::connect(&addresses)
                    .await
                    .map_err(|why| self.out_of_reach(why))?,
            ),
        };
        let extra = extra_certificates::extra(self.route).unwrap_or_default();
        let Handshake { result, issuer } = tls_handshake::secure(stream, self.host(), extra).await;
        match result {
            Ok(_) => Ok(messages::secure(issuer.as_deref(), self.route)),
            Err(why) => Err(messages::not_secure(
                self.host(),
                why,
                issuer.as_deref(),
                self.route,
            )),
        }
    }

    fn out_of_reach(&self, why: ConnectFailure) -> String {
        let words = messages::out_of_reach(self.host(), why);
        self.script.with_failure(words)
    }

    /// A call without a token: SolveXia's refusal shows that its API is there.
    async fn http(&self) -> Result<Hop, Hop> {
        let limits = Limits {
            connect: self.timeout,
            whole: self.timeout,
            ..Limits::default()
        };
        let transport = Transport::new(self.environment.clone(), self.route, limits)
            .map_err(|error| failed(HopKind::Http, error.message))?;
        let path = UrlPath::new("/api/v1/processes", &[]);
        match messages::http_response(self.host(), transport.get_unsigned(&path).await) {
            Ok(words) => Ok(good(HopKind::Http, words)),
            Err(words) => Err(failed(HopKind::Http, words)),
        }
    }

    async fn sign_in(&self, credentials: Option<Credentials>) -> Result<Hop, Hop> {
        let Some(credentials) = credentials else {
            return Ok(skipped(HopKind::SignIn, messages::NO_CREDENTIALS));
        };
        let refused =
            |error: runwatch_core::error::CallError| failed(HopKind::SignIn, error.message);
        let client =
            Client::new(self.environment.clone(), credentials, self.route).map_err(refused)?;
        match tokio::time::timeout(self.timeout, client.sign_in()).await {
            Ok(Ok(())) => Ok(good(HopKind::SignIn, messages::SIGNED_IN)),
            Ok(Err(error)) => Err(refused(error)),
            Err(_) => Err(failed(HopKind::SignIn, messages::late(self.host()))),
        }
    }

    /// The host without its port; an IPv6 address in brackets.
    fn host(&self) -> &str {
        let host = self.environment.host();
        match host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
            _ => host,
        }
    }

    /// Host and port.
    fn host_and_port(&self) -> String {
        script_route::host_and_port(self.environment)
    }

    /// Plain http, which is allowed for loopback addresses only.
    fn is_plain(&self) -> bool {
        self.environment.origin().starts_with("http://")
    }
}

#[cfg(test)]
mod tests;
