//! “Check connection”: travels the way to SolveXia hop by hop, and says where it ends and who can
//! mend it. No run is touched, and no secret of an account is sent before TLS is good.

mod reach;
mod tls;
mod tunnel;
mod words;

use std::net::SocketAddr;
use std::time::Duration;

use hyper::Uri;
use runwatch_core::credentials::Credentials;
use runwatch_core::environment::Environment;
use runwatch_core::network::{Hop, HopKind, HopState, Route};
use runwatch_core::ports::SolveXia;
use tokio::time::timeout;

use crate::Client;
use crate::path::Path;
use crate::transport::lockout::Lockout;
use crate::transport::proxy::{self, Via};
use crate::transport::{Limits, Transport, roots};
use reach::NoWay;
use tls::Handshake;
use tunnel::{NoTunnel, Stream};

/// How long one hop may take.
const PATIENCE: Duration = Duration::from_secs(15);

const ORDER: [HopKind; 5] = [
    HopKind::Name,
    HopKind::Proxy,
    HopKind::Tls,
    HopKind::Http,
    HopKind::SignIn,
];

/// Travels the way to SolveXia, and tells of all five hops in their order. The sign-in is tried
/// where there are credentials.
pub async fn check(
    environment: &Environment,
    way: &Route,
    credentials: Option<Credentials>,
) -> Vec<Hop> {
    let check = Check {
        environment,
        way,
        patience: PATIENCE,
    };
    check.hops(credentials).await
}

struct Check<'a> {
    environment: &'a Environment,
    way: &'a Route,
    patience: Duration,
}

/// What the name and the proxy lead to.
enum Reached {
    Addresses(Vec<SocketAddr>),
    Tunnel(Box<dyn Stream>),
}

impl Check<'_> {
    async fn hops(&self, credentials: Option<Credentials>) -> Vec<Hop> {
        let mut hops = Vec::with_capacity(ORDER.len());
        if let Err(last) = self.travel(credentials, &mut hops).await {
            hops.push(last);
        }
        for kind in ORDER.into_iter().skip(hops.len()) {
            hops.push(skipped(kind, words::NOT_TRIED));
        }
        hops
    }

    /// Stops at the hop that failed, and hands it back.
    async fn travel(
        &self,
        credentials: Option<Credentials>,
        hops: &mut Vec<Hop>,
    ) -> Result<(), Hop> {
        let reached = match proxy::on_the_way(self.environment, self.way) {
            Ok(None) => {
                let (hop, addresses) = self.name().await?;
                hops.push(hop);
                hops.push(skipped(
                    HopKind::Proxy,
                    words::no_proxy(self.environment, self.way),
                ));
                Reached::Addresses(addresses)
            }
            Ok(Some(via)) => {
                hops.push(skipped(HopKind::Name, words::name_by_proxy(self.host())));
                let (hop, tunnel) = self.proxy(&via).await?;
                hops.push(hop);
                Reached::Tunnel(tunnel)
            }
            Err(error) => {
                hops.push(skipped(HopKind::Name, words::name_by_proxy(self.host())));
                return Err(failed(HopKind::Proxy, error.to_string()));
            }
        };
        hops.push(self.tls(reached).await?);
        hops.push(self.http().await?);
        hops.push(self.sign_in(credentials).await?);
        Ok(())
    }

    async fn name(&self) -> Result<(Hop, Vec<SocketAddr>), Hop> {
        match timeout(self.patience, reach::find(&self.place())).await {
            Ok(Ok(addresses)) => Ok((self.name_found(), addresses)),
            Ok(Err(_)) | Err(_) => Err(failed(HopKind::Name, words::name_not_found(self.host()))),
        }
    }

    fn name_found(&self) -> Hop {
        let host = self.host();
        if host.contains('[') || host.parse::<std::net::Ipv4Addr>().is_ok() {
            skipped(HopKind::Name, words::no_name(host))
        } else {
            good(HopKind::Name, format!("Found {host}."))
        }
    }

    async fn proxy(&self, via: &Via) -> Result<(Hop, Box<dyn Stream>), Hop> {
        let opened = timeout(self.patience, self.tunnel(via))
            .await
            .unwrap_or_else(|_| Err(words::proxy_out_of_reach(via, NoWay::TimedOut)));
        match opened {
            Ok(tunnel) => Ok((good(HopKind::Proxy, words::through(via, self.way)), tunnel)),
            Err(words) => Err(failed(HopKind::Proxy, words)),
        }
    }

    async fn tunnel(&self, via: &Via) -> Result<Box<dyn Stream>, String> {
        if let Some(why) = self.way.unread_password() {
            return Err(words::no_password(via, why));
        }
        let out_of_reach = |why| words::proxy_out_of_reach(via, why);
        let addresses = reach::find(&via.address.name())
            .await
            .map_err(out_of_reach)?;
        let stream = reach::connect(&addresses).await.map_err(out_of_reach)?;
        let stream: Box<dyn Stream> = if via.address.is_encrypted() {
            let extra = roots::extra(self.way).unwrap_or_default();
            let Handshake { result, issuer } = tls::secure(stream, via.address.host(), extra).await;
            Box::new(result.map_err(|why| {
                words::not_secure(&via.address.name(), why, issuer.as_deref(), self.way)
            })?)
        } else {
            Box::new(stream)
        };
        self.signed_in(stream, via)
            .await
            .map_err(|why| words::no_tunnel(via, self.host(), &why))
    }

    /// A password that was refused lately is not shown; what the proxy wants can be seen without.
    async fn signed_in(
        &self,
        stream: Box<dyn Stream>,
        via: &Via,
    ) -> Result<Box<dyn Stream>, NoTunnel> {
        let place = self.place();
        let Some(lockout) = Lockout::of(via) else {
            return tunnel::open(stream, None, &place).await;
        };
        let Some(_leave) = lockout.leave().await else {
            let opened = tunnel::open(stream, None, &place).await;
            return opened.map_err(|why| match why {
                NoTunnel::SignInMissing => NoTunnel::SignInRests,
                other => other,
            });
        };
        let opened = tunnel::open(stream, via.sign_in.as_ref(), &place).await;
        match &opened {
            Ok(_) => lockout.accepted(),
            Err(NoTunnel::SignInRefused) => lockout.refused(),
            Err(_) => {}
        }
        opened
    }

    async fn tls(&self, reached: Reached) -> Result<Hop, Hop> {
        if self.is_plain() {
            return Ok(skipped(HopKind::Tls, words::TLS_NOT_NEEDED));
        }
        let secured = timeout(self.patience, self.secured(reached))
            .await
            .unwrap_or_else(|_| Err(words::out_of_reach(self.host(), NoWay::TimedOut)));
        match secured {
            Ok(words) => Ok(good(HopKind::Tls, words)),
            Err(words) => Err(failed(HopKind::Tls, words)),
        }
    }

    async fn secured(&self, reached: Reached) -> Result<String, String> {
        let stream: Box<dyn Stream> = match reached {
            Reached::Tunnel(tunnel) => tunnel,
            Reached::Addresses(addresses) => Box::new(
                reach::connect(&addresses)
                    .await
                    .map_err(|why| words::out_of_reach(self.host(), why))?,
            ),
        };
        let extra = roots::extra(self.way).unwrap_or_default();
        let Handshake { result, issuer } = tls::secure(stream, self.host(), extra).await;
        match result {
            Ok(_) => Ok(words::secure(issuer.as_deref(), self.way)),
            Err(why) => Err(words::not_secure(
                self.host(),
                why,
                issuer.as_deref(),
                self.way,
            )),
        }
    }

    /// A call without a token: SolveXia refuses it, and by that shows that it is there.
    async fn http(&self) -> Result<Hop, Hop> {
        let limits = Limits {
            connect: self.patience,
            whole: self.patience,
            ..Limits::default()
        };
        let transport = Transport::new(self.environment.clone(), self.way, limits)
            .map_err(|error| failed(HopKind::Http, error.message))?;
        let path = Path::new("/api/v1/processes", &[]);
        match words::answer(self.host(), transport.get_unsigned(&path).await) {
            Ok(words) => Ok(good(HopKind::Http, words)),
            Err(words) => Err(failed(HopKind::Http, words)),
        }
    }

    async fn sign_in(&self, credentials: Option<Credentials>) -> Result<Hop, Hop> {
        let Some(credentials) = credentials else {
            return Ok(skipped(HopKind::SignIn, words::NO_CREDENTIALS));
        };
        let refused =
            |error: runwatch_core::error::CallError| failed(HopKind::SignIn, error.message);
        let client =
            Client::new(self.environment.clone(), credentials, self.way).map_err(refused)?;
        match timeout(self.patience, client.sign_in()).await {
            Ok(Ok(())) => Ok(good(HopKind::SignIn, words::SIGNED_IN)),
            Ok(Err(error)) => Err(refused(error)),
            Err(_) => Err(failed(HopKind::SignIn, words::late(self.host()))),
        }
    }

    /// The host alone; an IPv6 address in brackets.
    fn host(&self) -> &str {
        let host = self.environment.host();
        match host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
            _ => host,
        }
    }

    /// Host and port.
    fn place(&self) -> String {
        let uri = self.environment.origin().parse::<Uri>().ok();
        let usual = if self.is_plain() { 80 } else { 443 };
        let port = uri.and_then(|uri| uri.port_u16()).unwrap_or(usual);
        format!("{}:{port}", self.host())
    }

    /// Which only a loopback address may be.
    fn is_plain(&self) -> bool {
        self.environment.origin().starts_with("http://")
    }
}

fn good(kind: HopKind, words: impl Into<String>) -> Hop {
    hop(kind, HopState::Good, words)
}

fn failed(kind: HopKind, words: impl Into<String>) -> Hop {
    hop(kind, HopState::Failed, words)
}

fn skipped(kind: HopKind, words: impl Into<String>) -> Hop {
    hop(kind, HopState::Skipped, words)
}

fn hop(kind: HopKind, state: HopState, words: impl Into<String>) -> Hop {
    Hop {
        kind,
        state,
        words: words.into(),
    }
}

#[cfg(test)]
mod tests;
