//! The connection from this computer to SolveXia.

use runwatch_core::account::SignInMethod;
use runwatch_core::environment::Environment;
use runwatch_core::error::VaultError;
use runwatch_core::network::{Hop, HopKind, HopState, Route};
use runwatch_core::policy::Policy;
use runwatch_core::ports::Vault;
use runwatch_core::secret::SecretName;
use runwatch_core::words;
use runwatch_platform::Keychain;
use runwatch_store::Inspection;

use crate::settings::proxy_script;
use crate::support::check::report::{Line, missing, ok, warning};

/// Tries the connection to the environments of all known accounts, and to one that is given.
pub async fn check(
    known: Option<&Inspection>,
    vault: Result<&Keychain, &VaultError>,
    environment: Option<&str>,
    rules: &Policy,
) -> Vec<Line> {
    let mut lines = Vec::new();
    let route = route(known, vault, rules).await;
    let accounts = environments_of(known);
    let mut environments = accounts.clone();
    match environment.map(Environment::parse) {
        Some(Ok(given)) if !environments.contains(&given) => environments.push(given),
        Some(Err(error)) => lines.push(missing(error.to_string())),
        _ => {}
    }
    if environments.is_empty() {
        lines.push(warning(
            "Connection: not tried, as no account is known; --check=ENVIRONMENT tries one",
        ));
    }
    for environment in &environments {
        if let Some(why) = rules.refusal(environment, SignInMethod::Browser, &accounts) {
            let words = words::policy::refusal(&why);
            lines.push(warning(format!(
                "{}: not tried. {words}",
                environment.origin()
            )));
            continue;
        }
        let hops = solvexia::check_connection(environment, &route, None).await;
        lines.extend(hop_lines(environment, &hops));
    }
    lines
}

/// The environments of the known accounts, each once.
fn environments_of(known: Option<&Inspection>) -> Vec<Environment> {
    let mut environments: Vec<Environment> = Vec::new();
    for account in known.into_iter().flat_map(|known| &known.accounts) {
        if !environments.contains(&account.environment) {
            environments.push(account.environment.clone());
        }
    }
    environments
}

/// The connection as it is set, with its proxy's password.
async fn route(
    known: Option<&Inspection>,
    vault: Result<&Keychain, &VaultError>,
    rules: &Policy,
) -> Route {
    let network = rules.network(known.and_then(|known| known.network.clone()));
    // Without it the proxy's own line says that it is missing.
    let proxy_password = match vault {
        Ok(vault) => vault.read(&SecretName::proxy_password()).await,
        Err(error) => Err(error.clone()),
    };
    Route {
        network,
        proxy_password,
        proxy_script: proxy_script::of_this_computer(),
    }
}

/// The hops that tell something: what was not tried is said by the one that failed.
fn hop_lines(environment: &Environment, hops: &[Hop]) -> Vec<Line> {
    let broken = hops.iter().any(|hop| hop.state == HopState::Failed);
    let line = |hop: &Hop| {
        let part = match hop.kind {
            HopKind::Name => "name",
            HopKind::Proxy => "proxy",
            HopKind::Tls => "TLS",
            HopKind::Http => "answer",
            HopKind::SignIn => "sign-in",
        };
        let words = format!("{}, {part}: {}", environment.origin(), hop.words);
        match hop.state {
            HopState::Good => Some(ok(words)),
            HopState::Failed => Some(missing(words)),
            // Signing in is not what this is about; that there is no proxy is worth knowing.
            HopState::Skipped if broken || hop.kind == HopKind::SignIn => None,
            HopState::Skipped => Some(ok(words)),
        }
    };
    hops.iter().filter_map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(states: [HopState; 5]) -> Vec<String> {
        let kinds = [
            HopKind::Name,
            HopKind::Proxy,
            HopKind::Tls,
            HopKind::Http,
            HopKind::SignIn,
        ];
        let hops: Vec<Hop> = std::iter::zip(kinds, states)
            .map(|(kind, state)| Hop {
                kind,
                state,
                words: "…".to_owned(),
            })
            .collect();
        let environment = Environment::parse("app").unwrap();
        hop_lines(&environment, &hops)
            .iter()
            .map(|line| line.to_string().replace("https://app.solvexia.com, ", ""))
            .collect()
    }

    #[test]
    fn a_way_that_works_is_told_with_what_it_did_not_need() {
        use HopState::{Good, Skipped};
        assert_eq!(
            said([Good, Skipped, Good, Good, Skipped]),
            [
                "[ok] name: …",
                "[ok] proxy: …",
                "[ok] TLS: …",
                "[ok] answer: …"
            ]
        );
    }

    #[test]
    fn a_way_that_ends_is_told_up_to_where_it_ends() {
        use HopState::{Failed, Good, Skipped};
        assert_eq!(
            said([Good, Skipped, Failed, Skipped, Skipped]),
            ["[ok] name: …", "[missing] TLS: …"]
        );
    }
}
