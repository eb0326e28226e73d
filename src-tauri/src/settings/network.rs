//! The connection settings: kept in the history, their password in the keychain.

use std::path::PathBuf;
use std::sync::Arc;

use runwatch_contract::{AppError, ErrorCode, NetworkChange, NetworkView, ProxyUse};
use runwatch_core::error::VaultError;
use runwatch_core::network::{Network, Proxy, ProxyAddress, Route};
use runwatch_core::ports::Vault;
use runwatch_core::secret::SecretName;
use runwatch_core::settings::kept_settings::Setting;
use secrecy::ExposeSecret;

use crate::accounts::route::apply_route;
use crate::api::errors::ForPage;
use crate::app_state::AppState;
use crate::settings::proxy_password;

/// Reads the settings, at the start of the app.
pub async fn load(app_state: &AppState) {
    let chosen = match app_state.engine.history.store().settings().await {
        Ok(settings) => settings.network,
        Err(error) => {
            tracing::warn!(%error, "the connection settings could not be read");
            None
        }
    };
    let network = app_state.policy.network(chosen);
    let proxy_password = if network.proxy.has_password() {
        Err(VaultError::Unavailable("it was not asked yet".into()))
    } else {
        Ok(None)
    };
    app_state.route.set(Route {
        network,
        proxy_password,
        ..app_state.route.get()
    });
    proxy_password::read(app_state).await;
}

/// Checks, keeps and applies new settings; every account goes the new way at once.
pub async fn change(
    app_state: &Arc<AppState>,
    change: NetworkChange,
) -> Result<NetworkView, AppError> {
    let before = app_state.route.get();
    let kept = app_state.engine.history.store().settings().await;
    let chosen = kept.map_err(|error| error.for_page())?.network;
    let policy = &app_state.policy;
    let typed = Network {
        proxy: proxy(&change)?,
        extra_ca: match policy.fixes_certificate_file() {
            true => None,
            false => extra_ca(&change.extra_ca)?,
        },
    };
    let network = policy.network(Some(typed.clone()));
    let to_keep = policy.kept(typed, chosen);
    let typed = change
        .proxy_password
        .filter(|password| !password.expose_secret().is_empty());
    let proxy_password = match typed {
        _ if !network.proxy.has_password() => Ok(None),
        Some(typed) => Ok(Some(typed)),
        None if network.proxy == before.network.proxy => before.proxy_password,
        None => Ok(None),
    };
    app_state
        .engine
        .history
        .save_setting(Setting::Network(to_keep.clone()))
        .await
        .map_err(|error| error.for_page())?;
    let name = SecretName::proxy_password();
    let kept = match &proxy_password {
        Ok(Some(password)) => app_state.vault.keep(&name, password.clone()).await,
        // That of the user's own proxy, which counts again once the policy is lifted.
        Ok(None) if to_keep.proxy.has_password() => Ok(()),
        Ok(None) => app_state.vault.forget(&name).await,
        // What could not be read may be good: it stays.
        Err(_) => Ok(()),
    };
    // One that a keychain of an earlier session holds is forgotten all the same.
    let has_one = network.proxy.has_password() || before.network.proxy.has_password();
    if let Err(error) = kept
        && has_one
    {
        tracing::warn!(%error, "the proxy's password is not as it should be in the keychain");
    }
    app_state.route.set(Route {
        network,
        proxy_password,
        ..app_state.route.get()
    });
    apply_route(app_state);
    Ok(view(&app_state.route.get()))
}

fn proxy(change: &NetworkChange) -> Result<Proxy, AppError> {
    Ok(match change.proxy {
        ProxyUse::System => Proxy::System,
        ProxyUse::Direct => Proxy::Direct,
        ProxyUse::Manual => Proxy::Manual {
            address: proxy_address(&change.proxy_address)?,
            user: change.proxy_user.trim().to_owned(),
        },
    })
}

/// Kept as it was typed, once it is known to be one.
fn proxy_address(text: &str) -> Result<String, AppError> {
    ProxyAddress::parse(text)
        .map(|_| text.trim().to_owned())
        .map_err(|error| AppError::new(ErrorCode::BadId, error.to_string()))
}

fn extra_ca(text: &str) -> Result<Option<PathBuf>, AppError> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let path = PathBuf::from(text);
    solvexia::check_ca_file(&path)
        .map_err(|error| AppError::new(ErrorCode::BadId, error.to_string()))?;
    Ok(Some(path))
}

/// The settings as the page shows them.
pub fn view(route: &Route) -> NetworkView {
    let (proxy, proxy_address, proxy_user) = match &route.network.proxy {
        Proxy::System => (ProxyUse::System, String::new(), String::new()),
        Proxy::Direct => (ProxyUse::Direct, String::new(), String::new()),
        Proxy::Manual { address, user } => (ProxyUse::Manual, address.clone(), user.clone()),
    };
    let extra_ca = route.network.extra_ca.as_ref();
    NetworkView {
        proxy,
        proxy_address,
        proxy_user,
        has_proxy_password: !matches!(route.proxy_password, Ok(None)),
        extra_ca: extra_ca.map_or_else(String::new, |path| path.display().to_string()),
    }
}

#[cfg(test)]
mod tests {
    use runwatch_core::policy::{Origin, Policy, RawPolicy, RawValue, read};

    use super::*;
    use crate::accounts::restore;
    use crate::test_support::Computer;

    const USER: &str = "reader";

    fn through_a_proxy(password: Option<&str>) -> NetworkChange {
        NetworkChange {
            proxy: ProxyUse::Manual,
            proxy_address: "proxy.firm.example:8080".into(),
            proxy_user: USER.into(),
            proxy_password: password.map(Into::into),
            extra_ca: String::new(),
        }
    }

    fn known(app_state: &AppState) -> Option<String> {
        let password = app_state.route.get().proxy_password.ok().flatten();
        password.map(|password| password.expose_secret().to_owned())
    }

    #[tokio::test]
    async fn a_password_that_could_not_be_read_is_kept_through_a_save_and_read_later() {
        let computer = Computer::new();
        let app_state = computer.start().await;
        let set = change(&app_state, through_a_proxy(Some("hunter2"))).await;
        assert!(set.unwrap().has_proxy_password);

        // As at a start of the app behind a locked keychain.
        computer.keychain.fail(Some(VaultError::Locked));
        load(&app_state).await;
        assert_eq!(
            app_state.route.get().unread_password(),
            Some(&VaultError::Locked)
        );
        let saved = change(&app_state, through_a_proxy(None)).await.unwrap();
        assert!(saved.has_proxy_password, "one is kept still");
        restore::unlock(&app_state).await;
        assert_eq!(
            app_state.route.get().unread_password(),
            Some(&VaultError::Locked)
        );

        computer.keychain.fail(None);
        restore::unlock(&app_state).await;
        assert_eq!(known(&app_state).as_deref(), Some("hunter2"));
    }

    #[tokio::test]
    async fn a_password_that_is_typed_meanwhile_is_not_replaced_by_the_kept_one() {
        let computer = Computer::new();
        let app_state = computer.start().await;
        change(&app_state, through_a_proxy(Some("old")))
            .await
            .unwrap();
        computer.keychain.fail(Some(VaultError::Locked));
        load(&app_state).await;
        change(&app_state, through_a_proxy(Some("new")))
            .await
            .unwrap();
        computer.keychain.fail(None);
        restore::unlock(&app_state).await;
        assert_eq!(known(&app_state).as_deref(), Some("new"));
        load(&app_state).await;
        assert_eq!(
            known(&app_state).as_deref(),
            Some("new"),
            "it is in the keychain"
        );
    }

    fn proxy_policy() -> Policy {
        read(vec![RawPolicy {
            origin: Origin::MachinePolicy,
            place: "HERE".to_owned(),
            values: Ok(vec![(
                "Proxy".to_owned(),
                RawValue::Text("firm:1".to_owned()),
            )]),
        }])
    }

    /// docs/RULES.md, 20, for proxies.
    #[tokio::test]
    async fn a_fixed_proxy_counts_whatever_is_sent_and_gets_no_password_of_another() {
        let computer = Computer::new();
        let app_state = computer.start().await;
        change(&app_state, through_a_proxy(Some("own")))
            .await
            .unwrap();

        let app_state = computer.start_under(proxy_policy()).await;
        load(&app_state).await;
        assert_eq!(view(&app_state.route.get()).proxy_address, "firm:1");
        assert_eq!(known(&app_state), None);
        let directly = NetworkChange {
            proxy: ProxyUse::Direct,
            ..through_a_proxy(None)
        };
        let saved = change(&app_state, directly).await.unwrap();
        assert_eq!(
            (saved.proxy_address.as_str(), saved.proxy_user.as_str()),
            ("firm:1", "")
        );

        let app_state = computer.start().await;
        load(&app_state).await;
        assert_eq!(
            known(&app_state).as_deref(),
            Some("own"),
            "once it is lifted"
        );
    }

    #[tokio::test]
    async fn a_fixed_proxy_takes_a_user_and_a_password_that_are_typed_for_it() {
        let computer = Computer::new();
        let app_state = computer.start_under(proxy_policy()).await;
        let typed = NetworkChange {
            proxy_address: "firm:1".into(),
            ..through_a_proxy(Some("hunter2"))
        };
        change(&app_state, typed).await.unwrap();
        let app_state = computer.start_under(proxy_policy()).await;
        load(&app_state).await;
        assert_eq!(known(&app_state).as_deref(), Some("hunter2"));
    }
}
