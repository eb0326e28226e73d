//! The way to SolveXia: proxy and certificates, and what a check of it finds.

use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use runwatch_core::network::{HopKind, HopState};

/// Which proxy is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ProxyUse {
    /// What the system is set to.
    System,
    /// None, whatever the system is set to.
    Direct,
    /// The one whose address is given.
    Manual,
}

/// The connection settings as the page shows them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct NetworkView {
    /// Which proxy.
    pub proxy: ProxyUse,
    /// The manual proxy's `host:port` or address; empty otherwise.
    pub proxy_address: String,
    /// Its user; empty where it asks for none.
    pub proxy_user: String,
    /// Whether a password for it is kept. The password itself never comes back.
    pub has_proxy_password: bool,
    /// The path of a PEM file with further trusted certificates; empty for none.
    pub extra_ca: String,
}

/// The connection settings as the page sends them.
#[derive(Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct NetworkChange {
    /// Which proxy.
    pub proxy: ProxyUse,
    /// For [`ProxyUse::Manual`].
    pub proxy_address: String,
    /// For [`ProxyUse::Manual`]; empty where it asks for none.
    pub proxy_user: String,
    /// A new password; none keeps the one that is there while the user is the same.
    #[ts(type = "string | null")]
    pub proxy_password: Option<SecretString>,
    /// The path of a PEM file, or empty.
    pub extra_ca: String,
}

/// One line of "Check connection", in the order in which the way is travelled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HopView {
    /// Which part.
    pub kind: HopKind,
    /// What became of it.
    pub state: HopState,
    /// In words: what was found, or what is wrong and who can mend it.
    pub words: String,
}
