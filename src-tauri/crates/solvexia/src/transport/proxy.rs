//! The proxy for an environment, if there is one.

use base64::prelude::{BASE64_STANDARD, Engine};
use hyper::Uri;
use hyper::header::HeaderValue;
use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use reqwest::ClientBuilder;
use runwatch_core::environment::{Environment, Trust};
use runwatch_core::network::{Proxy, ProxyAddress, ProxyError, Route};
use secrecy::{ExposeSecret, SecretString};

/// A proxy and its Basic credentials. Does not implement `Debug`.
pub(crate) struct ProxyConnection {
    pub address: ProxyAddress,
    pub sign_in: Option<HeaderValue>,
}

/// The proxy for connections to `environment`. Loopback addresses never use one: the proxy would
/// see the access token.
pub(crate) fn for_environment(
    environment: &Environment,
    route: &Route,
) -> Result<Option<ProxyConnection>, ProxyError> {
    if environment.trust() == Trust::Loopback {
        return Ok(None);
    }
    match &route.network.proxy {
        Proxy::Direct => Ok(None),
        Proxy::System => system_proxy(environment.origin())
            .map(|found| {
                Ok(ProxyConnection {
                    address: ProxyAddress::parse(&found.uri().to_string())?,
                    sign_in: found.basic_auth().cloned(),
                })
            })
            .transpose(),
        Proxy::Manual { address, user } => Ok(Some(ProxyConnection {
            address: ProxyAddress::parse(address)?,
            sign_in: basic_sign_in(user, route),
        })),
    }
}

/// Configures the proxy of a client.
pub(super) fn configure(
    builder: ClientBuilder,
    environment: &Environment,
    route: &Route,
) -> Result<ClientBuilder, ProxyError> {
    if environment.trust() == Trust::Loopback {
        return Ok(builder.no_proxy());
    }
    let (proxy, sign_in) = match &route.network.proxy {
        Proxy::Direct => return Ok(builder.no_proxy()),
        Proxy::System => (
            // Looked up for each connection: a laptop changes networks.
            reqwest::Proxy::custom(|url| {
                system_proxy(url.as_str()).map(|found| found.uri().to_string())
            }),
            // Only environment variables can hold credentials, and they do not change while the app
            // runs.
            system_proxy(environment.origin()).and_then(|found| found.basic_auth().cloned()),
        ),
        Proxy::Manual { address, user } => {
            let url = ProxyAddress::parse(address)?.url();
            let proxy = reqwest::Proxy::all(&url).map_err(|_| ProxyError::Malformed(url))?;
            (proxy, basic_sign_in(user, route))
        }
    };
    Ok(builder.proxy(match sign_in {
        Some(header) => proxy.custom_http_auth(header),
        None => proxy,
    }))
}

/// The proxy from environment variables, the Windows registry or the macOS settings.
fn system_proxy(url: &str) -> Option<Intercept> {
    Matcher::from_system().intercept(&url.parse::<Uri>().ok()?)
}

/// None without a password: the user name alone would count as a failed log-on.
fn basic_sign_in(user: &str, route: &Route) -> Option<HeaderValue> {
    if user.is_empty() {
        return None;
    }
    let password = route.proxy_password.as_ref().ok()?.as_ref()?;
    let both = SecretString::from(format!("{user}:{}", password.expose_secret()));
    let text = SecretString::from(format!(
        "Basic {}",
        BASE64_STANDARD.encode(both.expose_secret())
    ));
    let mut header = HeaderValue::from_str(text.expose_secret()).ok()?;
    header.set_sensitive(true);
    Some(header)
}
