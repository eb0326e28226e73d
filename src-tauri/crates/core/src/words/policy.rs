//! What people read of the organisation's policy.

use std::fmt::Display;
use std::path::PathBuf;

use crate::environment::Environment;
use crate::network::Proxy;
use crate::policy::{AllowedEnvironments, Given, Origin, Policy, Refusal};

/// Why somebody may not sign in, and what to do about it.
pub fn refusal(why: &Refusal) -> String {
    match why {
        Refusal::Environment { refused, allowed } => format!(
            "Your organisation's rules do not allow Runwatch to sign in to {}. They allow {}. Ask your \
             IT department if you need another one.",
            refused.host(),
            hosts(allowed)
        ),
        Refusal::UnreadableRule => {
            "Your organisation's rules say which environments Runwatch may sign in to, and they cannot \
             be read on this computer. Until they can, nobody can sign in to a new one. Ask your IT \
             department."
                .to_owned()
        }
        Refusal::PastedToken => {
            "Your organisation's rules do not allow access tokens that are pasted. Sign in in the \
             browser, or with a client id and secret."
                .to_owned()
        }
    }
}

/// The policy for IT: a line for each setting that it has.
pub fn lines(policy: &Policy) -> Vec<String> {
    let switch = |on: &bool| if *on { "yes" } else { "no" }.to_owned();
    let host = |environment: &Environment| environment.host().to_owned();
    let path = |path: &PathBuf| path.display().to_string();
    [
        line("environment", &policy.environment, host),
        line(
            "allowed environments",
            &policy.allowed_environments,
            allowed,
        ),
        line("proxy", &policy.proxy, proxy),
        line("certificate file", &policy.certificate_file, path),
        line("launch at login", &policy.launch_at_login, switch),
        line(
            "notifications without details",
            &policy.hide_details,
            switch,
        ),
        line("no pasted tokens", &policy.no_pasted_tokens, switch),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn line<T>(
    what: impl Display,
    given: &Option<Given<T>>,
    words: impl Fn(&T) -> String,
) -> Option<String> {
    let given = given.as_ref()?;
    let origin = match given.origin {
        Origin::MachinePolicy => "computer policy",
        Origin::UserPolicy => "user policy",
        Origin::Preset => "preset of the installation",
    };
    Some(format!("{what}: {} ({origin})", words(&given.value)))
}

fn allowed(allowed: &AllowedEnvironments) -> String {
    match allowed {
        AllowedEnvironments::These(these) => hosts(these),
        AllowedEnvironments::Unreadable => "unreadable, so no new ones".to_owned(),
    }
}

fn proxy(proxy: &Proxy) -> String {
    match proxy {
        Proxy::System => "as the system is set".to_owned(),
        Proxy::Direct => "none".to_owned(),
        Proxy::Manual { address, .. } => address.clone(),
    }
}

/// A long list is cut: it stands in a sentence.
fn hosts(environments: &[Environment]) -> String {
    const MOST: usize = 10;
    let named: Vec<&str> = environments
        .iter()
        .take(MOST)
        .map(Environment::host)
        .collect();
    match environments.len().saturating_sub(MOST) {
        0 => named.join(", "),
        more => format!("{} and {more} more", named.join(", ")),
    }
}
