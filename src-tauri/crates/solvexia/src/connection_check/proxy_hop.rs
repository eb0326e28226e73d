//! The hop through a proxy: to it, into it, and from there to SolveXia.

use runwatch_core::network::{Hop, HopKind};

use super::dns_and_tcp::{self, ConnectFailure};
use super::hop::{failed, good};
use super::proxy_tunnel::{self, Stream, TunnelFailure};
use super::tls_handshake::{self, Handshake};
use super::{Check, messages};
use crate::transport::extra_certificates;
use crate::transport::proxy::ProxyConnection;
use crate::transport::proxy_lockout::ProxyLockout;

impl Check<'_> {
    pub(super) async fn proxy(
        &self,
        proxy_connection: &ProxyConnection,
    ) -> Result<(Hop, Box<dyn Stream>), Hop> {
        let opened = tokio::time::timeout(self.timeout, self.tunnel(proxy_connection))
            .await
            .unwrap_or_else(|_| {
                Err(messages::proxy_out_of_reach(
                    proxy_connection,
                    ConnectFailure::TimedOut,
                ))
            });
        match opened {
            Ok(tunnel) => {
                let words = messages::through_proxy(proxy_connection, self.route);
                Ok((good(HopKind::Proxy, self.script.with_answer(words)), tunnel))
            }
            Err(words) => Err(failed(HopKind::Proxy, self.script.with_answer(words))),
        }
    }

    async fn tunnel(&self, proxy_connection: &ProxyConnection) -> Result<Box<dyn Stream>, String> {
        if let Some(why) = self.route.unread_password() {
            return Err(messages::no_password(proxy_connection, why));
        }
        let out_of_reach = |why| messages::proxy_out_of_reach(proxy_connection, why);
        let addresses = dns_and_tcp::find(&proxy_connection.address.name())
            .await
            .map_err(out_of_reach)?;
        let stream = dns_and_tcp::connect(&addresses)
            .await
            .map_err(out_of_reach)?;
        let stream: Box<dyn Stream> = if proxy_connection.address.is_encrypted() {
            let extra = extra_certificates::extra(self.route).unwrap_or_default();
            let Handshake { result, issuer } =
                tls_handshake::secure(stream, proxy_connection.address.host(), extra).await;
            Box::new(result.map_err(|why| {
                messages::not_secure(
                    &proxy_connection.address.name(),
                    why,
                    issuer.as_deref(),
                    self.route,
                )
            })?)
        } else {
            Box::new(stream)
        };
        self.signed_in(stream, proxy_connection)
            .await
            .map_err(|why| messages::no_tunnel(proxy_connection, self.host(), &why))
    }

    /// A password that the proxy refused lately is not sent; a request without it shows what the
    /// proxy asks for.
    async fn signed_in(
        &self,
        stream: Box<dyn Stream>,
        proxy_connection: &ProxyConnection,
    ) -> Result<Box<dyn Stream>, TunnelFailure> {
        let host_and_port = self.host_and_port();
        let Some(lockout) = ProxyLockout::of(proxy_connection) else {
            return proxy_tunnel::open(stream, None, &host_and_port).await;
        };
        let Some(_leave) = lockout.permit().await else {
            let opened = proxy_tunnel::open(stream, None, &host_and_port).await;
            return opened.map_err(|why| match why {
                TunnelFailure::SignInMissing => TunnelFailure::SignInPaused,
                other => other,
            });
        };
        let opened =
            proxy_tunnel::open(stream, proxy_connection.sign_in.as_ref(), &host_and_port).await;
        match &opened {
            Ok(_) => lockout.accepted(),
            Err(TunnelFailure::SignInRefused) => lockout.refused(),
            Err(_) => {}
        }
        opened
    }
}
