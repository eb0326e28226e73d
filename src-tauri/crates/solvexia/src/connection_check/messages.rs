//! The sentences of a check: what was found, or what is wrong and who can correct it.

use runwatch_core::clock_offset::{self, ClockOffset};
use runwatch_core::environment::{Environment, Trust};
use runwatch_core::error::VaultError;
use runwatch_core::network::{Proxy, Route};

use super::dns_and_tcp::ConnectFailure;
use super::proxy_tunnel::TunnelFailure;
use super::tls_failure::TlsFailure;
use crate::transport::proxy::ProxyConnection;
use crate::transport::{ExchangeError, HttpResponse, extra_certificates};

pub const NOT_TRIED: &str = "Not tried: the way ends before.";
pub const TLS_NOT_NEEDED: &str = "Not needed on this computer itself.";
pub const NO_CREDENTIALS: &str = "Not tried: no account is signed in.";
pub const SIGNED_IN: &str = "SolveXia accepts the sign-in.";

const ASK_FOR_PROXY: &str = "If your firm uses a proxy, ask your IT department for its address, and \
                             set it in “Proxy and connection”.";

pub fn name_by_proxy(host: &str) -> String {
    format!("Not looked up here: the proxy finds {host}.")
}

pub fn no_name(host: &str) -> String {
    format!("Not needed: {host} is no name but an address.")
}

pub fn name_not_found(host: &str) -> String {
    format!(
        "The name {host} was not found. Check the environment's name, and that this computer is \
         online. {ASK_FOR_PROXY}"
    )
}

pub fn no_proxy(environment: &Environment, route: &Route) -> &'static str {
    match route.network.proxy {
        _ if environment.trust() == Trust::Loopback => "Not used on this computer itself.",
        Proxy::Direct => "No proxy is used, as set in “Proxy and connection”.",
        Proxy::System | Proxy::Manual { .. } => "No proxy is set on this computer.",
    }
}

pub fn through_proxy(proxy_connection: &ProxyConnection, route: &Route) -> String {
    let proxy = proxy_connection.address.name();
    match route.network.proxy {
        Proxy::System => format!("Through {proxy}, as set on this computer."),
        Proxy::Direct | Proxy::Manual { .. } => format!("Through {proxy}."),
    }
}

pub fn proxy_out_of_reach(proxy_connection: &ProxyConnection, why: ConnectFailure) -> String {
    let proxy = proxy_connection.address.name();
    let what = match why {
        ConnectFailure::NoName => "is not known on your network",
        ConnectFailure::Refused => "refuses connections",
        ConnectFailure::TimedOut => "does not answer in time",
        ConnectFailure::Unreachable => "cannot be reached from this computer",
    };
    format!(
        "The proxy {proxy} {what}. Check its address in “Proxy and connection”, and that this \
         computer is in your firm's network; else ask your IT department."
    )
}

pub fn no_password(proxy_connection: &ProxyConnection, why: &VaultError) -> String {
    format!(
        "The password of the proxy {} could not be read, so nothing is sent to it. {why} You can \
         also type the password again, in “Proxy and connection”.",
        proxy_connection.address.name()
    )
}

pub fn no_tunnel(proxy_connection: &ProxyConnection, host: &str, why: &TunnelFailure) -> String {
    let proxy = proxy_connection.address.name();
    match why {
        TunnelFailure::SignInMissing => format!(
            "The proxy {proxy} asks for a user and a password. Set both in “Proxy and connection”."
        ),
        TunnelFailure::SignInRefused => format!(
            "The proxy {proxy} did not accept the user and the password. Check both in “Proxy and \
             connection”."
        ),
        TunnelFailure::SignInPaused => format!(
            "The proxy {proxy} did not accept the user and the password within the last ten \
             minutes. Runwatch waits before it shows them again, so that your account is not \
             locked; others are tried at once. Set them in “Proxy and connection”."
        ),
        TunnelFailure::WindowsSignIn => format!(
            "The proxy {proxy} asks for a Windows sign-in (NTLM or Kerberos), which Runwatch does \
             not support. Ask your IT department for a proxy that takes a user and a password, or \
             to let {host} through without a sign-in."
        ),
        TunnelFailure::OtherSignIn(kind) => format!(
            "The proxy {proxy} asks for a sign-in of the kind “{kind}”, which Runwatch does not \
             support. Ask your IT department for a proxy that takes a user and a password \
             (“Basic”), or to let {host} through without a sign-in."
        ),
        TunnelFailure::Status(code @ 401..=403) => format!(
            "The proxy {proxy} does not allow connections to {host} ({code}). Ask your IT \
             department to allow it."
        ),
        TunnelFailure::Status(code @ 502..=504) => format!(
            "The proxy {proxy} does not reach {host} ({code}). Check the environment's name; if \
             it is right, ask your IT department."
        ),
        TunnelFailure::Status(code) => format!(
            "The proxy {proxy} does not connect to {host} ({code}). Ask your IT department \
             whether it is the right proxy."
        ),
        TunnelFailure::Closed => format!(
            "The proxy {proxy} closed the connection without an answer. Check its address in \
             “Proxy and connection”, or ask your IT department."
        ),
        TunnelFailure::NotHttp => format!(
            "What answers at {proxy} is no HTTP proxy. Check its address and port in “Proxy and \
             connection”."
        ),
    }
}

pub fn out_of_reach(host: &str, why: ConnectFailure) -> String {
    let what = match why {
        ConnectFailure::NoName => return name_not_found(host),
        ConnectFailure::Refused => "refuses the connection",
        ConnectFailure::TimedOut => "does not answer in time",
        ConnectFailure::Unreachable => "cannot be reached from this computer",
    };
    format!(
        "{host} {what}. Check that this computer is online; a firewall may be in the way. \
         {ASK_FOR_PROXY}"
    )
}

pub fn secure(issuer: Option<&str>, route: &Route) -> String {
    let secure = match issuer {
        Some(issuer) => format!("Secure: the certificate was issued by “{issuer}”."),
        None => "Secure.".to_owned(),
    };
    match extra_certificates::extra(route) {
        Ok(_) => secure,
        Err(error) => format!("{secure} It works without the certificate file, but: {error}"),
    }
}

pub fn not_secure(host: &str, why: TlsFailure, issuer: Option<&str>, route: &Route) -> String {
    // The certificate file that should be trusted cannot be read: that is the cause.
    if let (TlsFailure::Untrusted | TlsFailure::Refused, Err(error)) =
        (why, extra_certificates::extra(route))
    {
        return error.to_string();
    }
    let by = issuer.map_or(String::new(), |issuer| format!(", issued by “{issuer}”"));
    match why {
        TlsFailure::Untrusted if route.network.extra_ca.is_some() => format!(
            "{host} shows a certificate that this computer does not trust{by}. The certificate \
             file in “Proxy and connection” does not vouch for it: ask your IT department for the \
             right one."
        ),
        TlsFailure::Untrusted => format!(
            "{host} shows a certificate that this computer does not trust{by}. It is often a \
             firm's own security software that stands between: ask your IT department for its \
             certificate file, and set it in “Proxy and connection”."
        ),
        TlsFailure::Expired => format!(
            "{host} shows a certificate that has expired{by}. Check this computer's date and \
             time; if they are right, tell your IT department."
        ),
        TlsFailure::NotYet => format!(
            "{host} shows a certificate that is not valid yet{by}. Check this computer's date and \
             time; if they are right, tell your IT department."
        ),
        TlsFailure::OtherHost => format!(
            "{host} shows a certificate of another host{by}. Check the environment's name; if it \
             is right, something stands between: tell your IT department."
        ),
        TlsFailure::Refused => format!(
            "{host} shows a certificate that this computer does not accept{by}. Tell your IT \
             department."
        ),
        TlsFailure::NotTls => format!(
            "What answers at {host} does not speak TLS, so nothing sent there would be safe. \
             Check the environment's name; if it is right, tell your IT department."
        ),
        TlsFailure::BrokenOff => format!(
            "The connection to {host} was cut off while it was being secured, as some firewalls \
             do. Ask your IT department to allow it."
        ),
        TlsFailure::NoRoots => "This computer's list of trusted certificates cannot be read. Ask \
                            your IT department to repair it."
            .to_owned(),
    }
}

pub fn late(host: &str) -> String {
    format!("{host} does not answer in time. Try again in a few minutes.")
}

/// What the response to a call without a token shows.
pub fn http_response(
    host: &str,
    response: Result<HttpResponse, ExchangeError>,
) -> Result<String, String> {
    let response = response.map_err(|error| unanswered(host, error))?;
    let code = response.status.as_u16();
    match code {
        300..=399 => Err(format!(
            "{host} points to another address, which Runwatch does not follow. Check the \
             environment's name; in a hotel or guest network, sign in to the network first."
        )),
        _ if response.is_page => Err(format!(
            "A web page answers in place of SolveXia ({code}), such as a proxy's or the sign-in \
             page of a guest network. Open {host} in your browser to see it, and check the \
             environment's name."
        )),
        401 | 403 => Ok(answers(&response)),
        408 | 429 => Ok(format!("SolveXia's API answers, and is busy ({code}).")),
        500..=599 => Err(format!(
            "{host} answers, but has a problem of its own ({code}). Try again in a few minutes."
        )),
        _ => Err(format!(
            "What answers at {host} is not SolveXia's API ({code}). Check the environment's name."
        )),
    }
}

/// Says too how far this computer's clock is off, where it is.
fn answers(response: &HttpResponse) -> String {
    let mut clock = ClockOffset::default();
    if let Some(dated) = response.dated.filter(|_| response.is_json) {
        clock.learn(dated);
    }
    let off = clock.ahead().and_then(clock_offset::words);
    let off = off.map_or_else(String::new, |off| format!(" {off} Set it right."));
    format!("SolveXia's API answers.{off}")
}

fn unanswered(host: &str, error: ExchangeError) -> String {
    match error {
        ExchangeError::TooSlow => late(host),
        ExchangeError::Unsent(_) => format!("{host} cannot be reached. Try again in a moment."),
        ExchangeError::Dropped => format!("{host} closed the connection without an answer."),
        ExchangeError::CutOff | ExchangeError::TooLong => {
            format!("What answers at {host} is not SolveXia's API. Check the environment's name.")
        }
    }
}
