//! What a check says: what was found, or what is wrong and who can mend it.

use runwatch_core::clock_offset::{self, ClockOffset};
use runwatch_core::environment::{Environment, Trust};
use runwatch_core::error::VaultError;
use runwatch_core::network::{Proxy, Route};

use super::reach::NoWay;
use super::tls::Unsafe;
use super::tunnel::NoTunnel;
use crate::transport::proxy::Via;
use crate::transport::{Answer, Lost, roots};

pub const NOT_TRIED: &str = "Not tried: the way ends before.";
pub const TLS_NOT_NEEDED: &str = "Not needed on this computer itself.";
pub const NO_CREDENTIALS: &str = "Not tried: no account is signed in.";
pub const SIGNED_IN: &str = "SolveXia accepts the sign-in.";

const ASK_FOR_PROXY: &str = "If your firm uses a proxy, or a script that chooses one (PAC), ask \
                             your IT department for the proxy's address, and set it in “Proxy and \
                             connection”.";

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

pub fn no_proxy(environment: &Environment, way: &Route) -> &'static str {
    match way.network.proxy {
        _ if environment.trust() == Trust::Loopback => "Not used on this computer itself.",
        Proxy::Direct => "No proxy is used, as set in “Proxy and connection”.",
        Proxy::System | Proxy::Manual { .. } => "No proxy is set on this computer.",
    }
}

pub fn through(via: &Via, way: &Route) -> String {
    let proxy = via.address.name();
    match way.network.proxy {
        Proxy::System => format!("Through {proxy}, as set on this computer."),
        Proxy::Direct | Proxy::Manual { .. } => format!("Through {proxy}."),
    }
}

pub fn proxy_out_of_reach(via: &Via, why: NoWay) -> String {
    let proxy = via.address.name();
    let what = match why {
        NoWay::NoName => "is not known on your network",
        NoWay::Refused => "refuses connections",
        NoWay::TimedOut => "does not answer in time",
        NoWay::Unreachable => "cannot be reached from this computer",
    };
    format!(
        "The proxy {proxy} {what}. Check its address in “Proxy and connection”, and that this \
         computer is in your firm's network; else ask your IT department."
    )
}

pub fn no_password(via: &Via, why: &VaultError) -> String {
    format!(
        "The password of the proxy {} could not be read, so nothing is sent to it. {why} You can \
         also type the password again, in “Proxy and connection”.",
        via.address.name()
    )
}

pub fn no_tunnel(via: &Via, host: &str, why: &NoTunnel) -> String {
    let proxy = via.address.name();
    match why {
        NoTunnel::SignInMissing => format!(
            "The proxy {proxy} asks for a user and a password. Set both in “Proxy and connection”."
        ),
        NoTunnel::SignInRefused => format!(
            "The proxy {proxy} did not accept the user and the password. Check both in “Proxy and \
             connection”."
        ),
        NoTunnel::SignInRests => format!(
            "The proxy {proxy} did not accept the user and the password within the last ten \
             minutes. Runwatch waits before it shows them again, so that your account is not \
             locked; others are tried at once. Set them in “Proxy and connection”."
        ),
        NoTunnel::WindowsSignIn => format!(
            "The proxy {proxy} asks for a Windows sign-in (NTLM or Kerberos), which Runwatch does \
             not support. Ask your IT department for a proxy that takes a user and a password, or \
             to let {host} through without a sign-in."
        ),
        NoTunnel::OtherSignIn(kind) => format!(
            "The proxy {proxy} asks for a sign-in of the kind “{kind}”, which Runwatch does not \
             support. Ask your IT department for a proxy that takes a user and a password \
             (“Basic”), or to let {host} through without a sign-in."
        ),
        NoTunnel::Status(code @ 401..=403) => format!(
            "The proxy {proxy} does not allow connections to {host} ({code}). Ask your IT \
             department to allow it."
        ),
        NoTunnel::Status(code @ 502..=504) => format!(
            "The proxy {proxy} does not reach {host} ({code}). Check the environment's name; if \
             it is right, ask your IT department."
        ),
        NoTunnel::Status(code) => format!(
            "The proxy {proxy} does not connect to {host} ({code}). Ask your IT department \
             whether it is the right proxy."
        ),
        NoTunnel::Closed => format!(
            "The proxy {proxy} closed the connection without an answer. Check its address in \
             “Proxy and connection”, or ask your IT department."
        ),
        NoTunnel::NotHttp => format!(
            "What answers at {proxy} is no HTTP proxy. Check its address and port in “Proxy and \
             connection”."
        ),
    }
}

pub fn out_of_reach(host: &str, why: NoWay) -> String {
    let what = match why {
        NoWay::NoName => return name_not_found(host),
        NoWay::Refused => "refuses the connection",
        NoWay::TimedOut => "does not answer in time",
        NoWay::Unreachable => "cannot be reached from this computer",
    };
    format!(
        "{host} {what}. Check that this computer is online; a firewall may be in the way. \
         {ASK_FOR_PROXY}"
    )
}

pub fn secure(issuer: Option<&str>, way: &Route) -> String {
    let secure = match issuer {
        Some(issuer) => format!("Secure: the certificate was issued by “{issuer}”."),
        None => "Secure.".to_owned(),
    };
    match roots::extra(way) {
        Ok(_) => secure,
        Err(error) => format!("{secure} It works without the certificate file, but: {error}"),
    }
}

pub fn not_secure(host: &str, why: Unsafe, issuer: Option<&str>, way: &Route) -> String {
    // Without the file there is less trust than there should be.
    if let (Unsafe::Untrusted | Unsafe::Refused, Err(error)) = (why, roots::extra(way)) {
        return error.to_string();
    }
    let by = issuer.map_or(String::new(), |issuer| format!(", issued by “{issuer}”"));
    match why {
        Unsafe::Untrusted if way.network.extra_ca.is_some() => format!(
            "{host} shows a certificate that this computer does not trust{by}. The certificate \
             file in “Proxy and connection” does not vouch for it: ask your IT department for the \
             right one."
        ),
        Unsafe::Untrusted => format!(
            "{host} shows a certificate that this computer does not trust{by}. It is often a \
             firm's own security software that stands between: ask your IT department for its \
             certificate file, and set it in “Proxy and connection”."
        ),
        Unsafe::Expired => format!(
            "{host} shows a certificate that has expired{by}. Check this computer's date and \
             time; if they are right, tell your IT department."
        ),
        Unsafe::NotYet => format!(
            "{host} shows a certificate that is not valid yet{by}. Check this computer's date and \
             time; if they are right, tell your IT department."
        ),
        Unsafe::OtherHost => format!(
            "{host} shows a certificate of another host{by}. Check the environment's name; if it \
             is right, something stands between: tell your IT department."
        ),
        Unsafe::Refused => format!(
            "{host} shows a certificate that this computer does not accept{by}. Tell your IT \
             department."
        ),
        Unsafe::NotTls => format!(
            "What answers at {host} does not speak TLS, so nothing sent there would be safe. \
             Check the environment's name; if it is right, tell your IT department."
        ),
        Unsafe::BrokenOff => format!(
            "The connection to {host} was cut off while it was being secured, as some firewalls \
             do. Ask your IT department to allow it."
        ),
        Unsafe::NoRoots => "This computer's list of trusted certificates cannot be read. Ask \
                            your IT department to repair it."
            .to_owned(),
    }
}

pub fn late(host: &str) -> String {
    format!("{host} does not answer in time. Try again in a few minutes.")
}

/// What an answer to a call without a token shows.
pub fn answer(host: &str, answer: Result<Answer, Lost>) -> Result<String, String> {
    let answer = answer.map_err(|lost| unanswered(host, lost))?;
    let code = answer.status.as_u16();
    match code {
        300..=399 => Err(format!(
            "{host} points to another address, which Runwatch does not follow. Check the \
             environment's name; in a hotel or guest network, sign in to the network first."
        )),
        _ if answer.is_page => Err(format!(
            "A web page answers in place of SolveXia ({code}), such as a proxy's or the sign-in \
             page of a guest network. Open {host} in your browser to see it, and check the \
             environment's name."
        )),
        401 | 403 => Ok(answers(&answer)),
        408 | 429 => Ok(format!("SolveXia's API answers, and is busy ({code}).")),
        500..=599 => Err(format!(
            "{host} answers, but has a problem of its own ({code}). Try again in a few minutes."
        )),
        _ => Err(format!(
            "What answers at {host} is not SolveXia's API ({code}). Check the environment's name."
        )),
    }
}

/// With how far this computer's clock is off, where it is.
fn answers(answer: &Answer) -> String {
    let mut clock = ClockOffset::default();
    if let Some(dated) = answer.dated.filter(|_| answer.is_json) {
        clock.learn(dated);
    }
    let off = clock.ahead().and_then(clock_offset::words);
    let off = off.map_or_else(String::new, |off| format!(" {off} Set it right."));
    format!("SolveXia's API answers.{off}")
}

fn unanswered(host: &str, lost: Lost) -> String {
    match lost {
        Lost::TooSlow => late(host),
        Lost::Unsent(_) => format!("{host} cannot be reached. Try again in a moment."),
        Lost::Dropped => format!("{host} closed the connection without an answer."),
        Lost::CutOff | Lost::TooLong => {
            format!("What answers at {host} is not SolveXia's API. Check the environment's name.")
        }
    }
}
