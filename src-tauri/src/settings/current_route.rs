//! The route that connections take at the moment: proxy, its password, and certificates.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use runwatch_core::error::VaultError;
use runwatch_core::network::Route;
use runwatch_core::ports::ProxyScript;
use secrecy::SecretString;

/// The route that connections take at the moment.
#[derive(Default)]
pub struct CurrentRoute(Mutex<Route>);

impl CurrentRoute {
    /// The route before the settings are read, on a computer with this set-up script.
    pub fn on(proxy_script: Arc<dyn ProxyScript>) -> Self {
        Self(Mutex::new(Route {
            proxy_script,
            ..Route::default()
        }))
    }

    /// The route.
    pub fn get(&self) -> Route {
        self.lock().clone()
    }

    /// Changes it, for clients that are made from now on.
    pub fn set(&self, route: Route) {
        *self.lock() = route;
    }

    /// Takes the proxy's password as the keychain gave it, unless another is known by now; true when it
    /// is known by that.
    pub fn set_unknown_password(&self, read: Result<Option<SecretString>, VaultError>) -> bool {
        let mut route = self.lock();
        let was_unknown = route.proxy_password.is_err();
        if was_unknown {
            route.proxy_password = read;
        }
        was_unknown && route.proxy_password.is_ok()
    }

    fn lock(&self) -> MutexGuard<'_, Route> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
