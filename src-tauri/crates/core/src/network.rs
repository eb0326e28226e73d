//! The way to SolveXia: proxy and certificates as the user set them, and what a check of it finds.

mod proxy_address;
mod proxy_script;

use std::path::PathBuf;
use std::sync::Arc;

use secrecy::SecretString;
use serde::Serialize;
use ts_rs::TS;

use crate::error::VaultError;

pub use proxy_address::{ProxyAddress, ProxyError};
pub use proxy_script::{
    NoScript, ProxyChoice, ProxyScript, ScriptAnswer, ScriptError, ScriptPlace,
};

/// Which proxy is used for everything but this computer's own addresses.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Proxy {
    /// What the system is set to.
    #[default]
    System,
    /// None, whatever the system is set to.
    Direct,
    /// This one.
    Manual {
        /// `host:port`, or a whole `http://` or `https://` address: what [`ProxyAddress::parse`]
        /// takes.
        address: String,
        /// The user for its basic sign-in; empty where it asks for none.
        user: String,
    },
}

impl Proxy {
    /// Whether it is signed in to with a password of its own, which the keychain keeps.
    pub fn has_password(&self) -> bool {
        matches!(self, Self::Manual { user, .. } if !user.is_empty())
    }
}

/// The setting. The proxy's password is in the keychain.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Network {
    /// The proxy.
    pub proxy: Proxy,
    /// A PEM file with certificates that are trusted beside those of the system.
    pub extra_ca: Option<PathBuf>,
}

/// The setting with its secret: what connections are made with. Refuses to print the password.
#[derive(Debug, Clone)]
pub struct Route {
    /// The setting.
    pub network: Network,
    /// For [`Proxy::Manual`] with a user: none where none is kept, and why where the keychain could
    /// not be read.
    pub proxy_password: Result<Option<SecretString>, VaultError>,
    /// For [`Proxy::System`]: the computer's set-up script.
    pub proxy_script: Arc<dyn ProxyScript>,
}

impl Default for Route {
    fn default() -> Self {
        Self {
            network: Network::default(),
            proxy_password: Ok(None),
            proxy_script: Arc::new(NoScript),
        }
    }
}

impl Route {
    /// The same route by this proxy, which gets no sign-in, or by none.
    pub fn by(&self, proxy: Option<&ProxyAddress>) -> Self {
        let proxy = proxy.map_or(Proxy::Direct, |address| Proxy::Manual {
            address: address.url(),
            user: String::new(),
        });
        let mut route = self.clone();
        route.network.proxy = proxy;
        route
    }

    /// Why the proxy's password is not at hand although one may be kept: nothing is sent that way
    /// before it is.
    pub fn unread_password(&self) -> Option<&VaultError> {
        let unread = self.proxy_password.as_ref().err();
        unread.filter(|_| self.network.proxy.has_password())
    }
}

/// A part of the way to SolveXia, in the order in which it is travelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum HopKind {
    /// The host's name is found.
    Name,
    /// The proxy lets us through.
    Proxy,
    /// The connection is secure, and its certificate trusted.
    Tls,
    /// SolveXia's API answers.
    Http,
    /// The account's sign-in is accepted.
    SignIn,
}

/// What became of a hop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum HopState {
    /// It works.
    Good,
    /// It is where the way ends.
    Failed,
    /// It was not tried: it is not needed, or an earlier one failed.
    Skipped,
}

/// One line of "Check connection".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hop {
    /// Which part.
    pub kind: HopKind,
    /// What became of it.
    pub state: HopState,
    /// In words: what was found, or what is wrong and who can mend it. Never a secret.
    pub words: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_proxy_that_was_typed_with_its_user_has_a_password() {
        let manual = |user: &str| Proxy::Manual {
            address: "proxy.firm.example:8080".into(),
            user: user.into(),
        };
        assert!(manual("reader").has_password());
        for proxy in [manual(""), Proxy::System, Proxy::Direct] {
            assert!(!proxy.has_password(), "{proxy:?}");
        }
    }
}
