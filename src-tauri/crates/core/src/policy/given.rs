//! What IT can set, each with who set it, and what that means for a user's own choices.

use std::path::PathBuf;

use crate::account::SignInMethod;
use crate::environment::Environment;
use crate::network::{Network, Proxy, ProxyAddress};

/// Who set something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// A policy for the whole computer.
    MachinePolicy,
    /// A policy for this user.
    UserPolicy,
    /// What the installer was given: it counts until the user chooses something else.
    Preset,
}

/// A value that IT set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given<T> {
    /// The value.
    pub value: T,
    /// Who set it.
    pub origin: Origin,
}

impl<T: Clone> Given<T> {
    /// Whether the user cannot choose something else.
    pub fn is_fixed(&self) -> bool {
        self.origin != Origin::Preset
    }

    /// What counts where the user chose this, or nothing.
    pub fn over(&self, chosen: Option<T>) -> T {
        match chosen {
            Some(chosen) if !self.is_fixed() => chosen,
            _ => self.value.clone(),
        }
    }
}

/// To which environments Runwatch may sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AllowedEnvironments {
    /// To these.
    These(Vec<Environment>),
    /// There is such a rule, and it cannot be read. Only environments that have an account already are allowed:
    /// a mistake in the rule stops no watch, and lets nobody sign in anywhere else.
    Unreadable,
}

/// All that IT set. The default is nothing.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Policy {
    /// What the sign-in form's environment begins with.
    pub environment: Option<Given<Environment>>,
    /// To which environments Runwatch may sign in.
    pub allowed_environments: Option<Given<AllowedEnvironments>>,
    /// The proxy; its user is the user's own.
    pub proxy: Option<Given<Proxy>>,
    /// The file with further trusted certificates.
    pub certificate_file: Option<Given<PathBuf>>,
    /// Runwatch starts, hidden, when its user signs in to the computer.
    pub launch_at_login: Option<Given<bool>>,
    /// Notifications show neither names nor messages.
    pub hide_details: Option<Given<bool>>,
    /// Nobody signs in with a pasted token.
    pub no_pasted_tokens: Option<Given<bool>>,
    /// What was set and cannot be read, a sentence each.
    pub problems: Vec<String>,
}

/// Why an account may not sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Its environment is none of the allowed ones, which are these.
    Environment {
        /// The environment that is refused.
        refused: Environment,
        /// The allowed ones.
        allowed: Vec<Environment>,
    },
    /// It is a new environment, and the rule which ones are allowed cannot be read.
    UnreadableRule,
    /// It would sign in with a pasted token.
    PastedToken,
}

impl Policy {
    /// Why nobody may sign in there that way; `known` are the environments that have an account.
    pub fn refusal(
        &self,
        environment: &Environment,
        method: SignInMethod,
        known: &[Environment],
    ) -> Option<Refusal> {
        match self.allowed_environments.as_ref().map(|rule| &rule.value) {
            Some(AllowedEnvironments::These(allowed)) if !allowed.contains(environment) => {
                return Some(Refusal::Environment {
                    refused: environment.clone(),
                    allowed: allowed.clone(),
                });
            }
            Some(AllowedEnvironments::Unreadable) if !known.contains(environment) => {
                return Some(Refusal::UnreadableRule);
            }
            _ => {}
        }
        let is_refused = method == SignInMethod::Token && self.forbids_pasted_tokens();
        is_refused.then_some(Refusal::PastedToken)
    }

    /// Whether nobody signs in with a pasted token.
    pub fn forbids_pasted_tokens(&self) -> bool {
        self.no_pasted_tokens
            .as_ref()
            .is_some_and(|rule| rule.value)
    }

    /// Whether the proxy cannot be changed; its user and password can.
    pub fn fixes_proxy(&self) -> bool {
        self.proxy.as_ref().is_some_and(Given::is_fixed)
    }

    /// Whether the certificate file cannot be changed.
    pub fn fixes_certificate_file(&self) -> bool {
        self.certificate_file.as_ref().is_some_and(Given::is_fixed)
    }

    /// Whether hiding of details cannot be changed.
    pub fn fixes_hide_details(&self) -> bool {
        self.hide_details.as_ref().is_some_and(Given::is_fixed)
    }

    /// Whether launch at login cannot be changed.
    pub fn fixes_launch_at_login(&self) -> bool {
        self.launch_at_login.as_ref().is_some_and(Given::is_fixed)
    }

    /// The connection that counts where the user chose this one, or never chose.
    pub fn network(&self, chosen: Option<Network>) -> Network {
        let (proxy, extra_ca) = chosen.map(|own| (own.proxy, own.extra_ca)).unzip();
        Network {
            proxy: match &self.proxy {
                Some(given) if given.is_fixed() => with_own_user(&given.value, proxy),
                Some(given) => given.over(proxy),
                None => proxy.unwrap_or_default(),
            },
            extra_ca: match &self.certificate_file {
                // `None` is a choice too: the user may have removed the preset file.
                Some(given) => Given {
                    value: Some(given.value.clone()),
                    origin: given.origin,
                }
                .over(extra_ca),
                None => extra_ca.flatten(),
            },
        }
    }

    /// What is kept when the user saves `typed`: what IT fixed leaves the user's own choice of before as
    /// it was, for the day on which it is lifted.
    pub fn kept(&self, typed: Network, before: Option<Network>) -> Network {
        let before = before.unwrap_or_default();
        let counts = self.network(Some(typed.clone()));
        let is_own = !self.fixes_proxy()
            || counts.proxy.has_password()
            || is_same(&counts.proxy, &before.proxy);
        Network {
            proxy: if is_own { counts.proxy } else { before.proxy },
            extra_ca: if self.fixes_certificate_file() {
                before.extra_ca
            } else {
                typed.extra_ca
            },
        }
    }
}

/// The fixed proxy, with the user's own sign-in where that was typed for this same one: a password goes
/// to the proxy that it was given for (docs/RULES.md, 20).
fn with_own_user(fixed: &Proxy, own: Option<Proxy>) -> Proxy {
    own.filter(|own| is_same(fixed, own))
        .unwrap_or_else(|| fixed.clone())
}

/// The same proxy, whoever signs in to it.
fn is_same(one: &Proxy, other: &Proxy) -> bool {
    match (one, other) {
        (Proxy::Manual { address: one, .. }, Proxy::Manual { address: other, .. }) => {
            ProxyAddress::parse(one).ok() == ProxyAddress::parse(other).ok()
        }
        _ => one == other,
    }
}
