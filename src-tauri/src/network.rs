//! The connection settings: kept in the history, their password in the keychain.

use std::path::PathBuf;
use std::sync::Arc;

use runwatch_contract::{
    AppError, ErrorCode, HopKind, HopState, HopView, NetworkChange, NetworkView, ProxyUse,
};
use runwatch_core::environment::Environment;
use runwatch_core::error::VaultError;
use runwatch_core::network::{self, Hop, Network, Proxy, ProxyAddress, Route};
use runwatch_core::ports::Vault;
use runwatch_core::secret::SecretName;
use secrecy::ExposeSecret;

use crate::accounts::restore;
use crate::errors::ForPage;
use crate::world::World;

/// Reads the settings, at the start of the app.
pub async fn load(world: &World) {
    let kept = world.engine.history.store().setting(Network::SETTING).await;
    let network = match kept {
        Ok(Some(json)) => serde_json::from_str(&json).unwrap_or_else(|error| {
            tracing::error!(%error, "the connection settings cannot be read");
            Network::default()
        }),
        Ok(None) => Network::default(),
        Err(error) => {
            tracing::warn!(%error, "the connection settings could not be read");
            Network::default()
        }
    };
    let proxy_password = if network.proxy.has_password() {
        Err(VaultError::Unavailable("it was not asked yet".into()))
    } else {
        Ok(None)
    };
    world.set_way(Route {
        network,
        proxy_password,
    });
    read_password(world).await;
}

/// Asks the keychain for the proxy's password, unless it is known; with it every account goes on.
pub async fn read_password(world: &World) {
    if world.way().proxy_password.is_ok() {
        return;
    }
    let read = world.vault.read(&SecretName::proxy_password()).await;
    if let Err(error) = &read {
        tracing::warn!(%error, "the proxy's password could not be read");
    }
    // The keychain takes its time, in which the user may have set another one.
    if world.learn_proxy_password(read) {
        restore::change_way(world);
    }
}

/// Checks, keeps and applies new settings; every account goes the new way at once.
pub async fn change(world: &Arc<World>, change: NetworkChange) -> Result<NetworkView, AppError> {
    let before = world.way();
    let network = Network {
        proxy: proxy(&change)?,
        extra_ca: extra_ca(&change.extra_ca)?,
    };
    let typed = change
        .proxy_password
        .filter(|password| !password.expose_secret().is_empty());
    let proxy_password = match typed {
        _ if !network.proxy.has_password() => Ok(None),
        Some(typed) => Ok(Some(typed)),
        None if network.proxy == before.network.proxy => before.proxy_password,
        None => Ok(None),
    };
    world
        .engine
        .history
        .save_setting(Network::SETTING, &network)
        .await
        .map_err(|error| error.for_page())?;
    let name = SecretName::proxy_password();
    let kept = match &proxy_password {
        Ok(Some(password)) => world.vault.keep(&name, password.clone()).await,
        Ok(None) => world.vault.forget(&name).await,
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
    world.set_way(Route {
        network,
        proxy_password,
    });
    restore::change_way(world);
    Ok(view(&world.way()))
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
pub fn view(way: &Route) -> NetworkView {
    let (proxy, proxy_address, proxy_user) = match &way.network.proxy {
        Proxy::System => (ProxyUse::System, String::new(), String::new()),
        Proxy::Direct => (ProxyUse::Direct, String::new(), String::new()),
        Proxy::Manual { address, user } => (ProxyUse::Manual, address.clone(), user.clone()),
    };
    let extra_ca = way.network.extra_ca.as_ref();
    NetworkView {
        proxy,
        proxy_address,
        proxy_user,
        has_proxy_password: !matches!(way.proxy_password, Ok(None)),
        extra_ca: extra_ca.map_or_else(String::new, |path| path.display().to_string()),
    }
}

/// Travels the way to SolveXia and says where it ends. For an account its sign-in is tried too.
pub async fn check(
    world: &World,
    account: Option<String>,
    environment: Option<String>,
) -> Result<Vec<HopView>, AppError> {
    read_password(world).await;
    let way = world.way();
    let hops = match (account, environment) {
        (Some(id), _) => {
            let account = world.account(&id)?;
            let credentials = restore::credentials(world, &account)
                .await
                .map_err(|error| error.for_page())?;
            solvexia::check_connection(&account.environment, &way, credentials).await
        }
        (None, Some(text)) => {
            let environment = Environment::parse(&text).map_err(|error| error.for_page())?;
            solvexia::check_connection(&environment, &way, None).await
        }
        (None, None) => {
            let message = "Type the environment first, so that there is something to reach.";
            return Err(AppError::new(ErrorCode::BadId, message));
        }
    };
    Ok(hops.into_iter().map(hop).collect())
}

fn hop(hop: Hop) -> HopView {
    HopView {
        kind: match hop.kind {
            network::HopKind::Name => HopKind::Name,
            network::HopKind::Proxy => HopKind::Proxy,
            network::HopKind::Tls => HopKind::Tls,
            network::HopKind::Http => HopKind::Http,
            network::HopKind::SignIn => HopKind::SignIn,
        },
        state: match hop.state {
            network::HopState::Good => HopState::Good,
            network::HopState::Failed => HopState::Failed,
            network::HopState::Skipped => HopState::Skipped,
        },
        words: hop.words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Computer;

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

    fn known(world: &World) -> Option<String> {
        let password = world.way().proxy_password.ok().flatten();
        password.map(|password| password.expose_secret().to_owned())
    }

    #[tokio::test]
    async fn a_password_that_could_not_be_read_is_kept_through_a_save_and_read_later() {
        let computer = Computer::new();
        let world = computer.start().await;
        let set = change(&world, through_a_proxy(Some("hunter2"))).await;
        assert!(set.unwrap().has_proxy_password);

        // As at a start of the app behind a locked keychain.
        computer.keychain.fail(Some(VaultError::Locked));
        load(&world).await;
        assert_eq!(world.way().unread_password(), Some(&VaultError::Locked));
        let saved = change(&world, through_a_proxy(None)).await.unwrap();
        assert!(saved.has_proxy_password, "one is kept still");
        restore::unlock(&world).await;
        assert_eq!(world.way().unread_password(), Some(&VaultError::Locked));

        computer.keychain.fail(None);
        restore::unlock(&world).await;
        assert_eq!(known(&world).as_deref(), Some("hunter2"));
    }

    #[tokio::test]
    async fn a_password_that_is_typed_meanwhile_is_not_replaced_by_the_kept_one() {
        let computer = Computer::new();
        let world = computer.start().await;
        change(&world, through_a_proxy(Some("old"))).await.unwrap();
        computer.keychain.fail(Some(VaultError::Locked));
        load(&world).await;
        change(&world, through_a_proxy(Some("new"))).await.unwrap();
        computer.keychain.fail(None);
        restore::unlock(&world).await;
        assert_eq!(known(&world).as_deref(), Some("new"));
        load(&world).await;
        assert_eq!(
            known(&world).as_deref(),
            Some("new"),
            "it is in the keychain"
        );
    }
}
