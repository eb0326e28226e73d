//! Accounts as they are remembered: everything but their secrets.

use jiff::Timestamp;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use crate::environment::Environment;
use crate::ids::AccountId;

/// How an account signs in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// OAuth client credentials; renews itself.
    Client,
    /// A pasted access token; about ten minutes.
    Token,
}

/// One identity in one environment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Our own id.
    pub id: AccountId,
    /// What the user calls it.
    pub label: String,
    /// Where it lives. Its secret is never sent anywhere else (`rules.md`, 20).
    pub environment: Environment,
    /// How it signs in.
    pub method: Method,
    /// The client id; empty for a pasted token.
    pub client_id: String,
    /// When a pasted token stops working, as far as is known (UTC).
    pub token_expires: Option<Timestamp>,
    /// The user signed out: nothing is asked until the next sign-in.
    pub signed_out: bool,
}

impl Account {
    /// Who acts, in words.
    pub fn identity(&self) -> &str {
        match self.method {
            Method::Client => &self.client_id,
            Method::Token => "access token",
        }
    }
}

/// What an account signs in with. Refuses to be printed.
#[derive(Debug, Clone)]
pub enum Credentials {
    /// OAuth client credentials.
    Client {
        /// The client id, which is no secret.
        id: String,
        /// The client secret.
        secret: SecretString,
    },
    /// An access token as it is.
    Token {
        /// The token.
        token: SecretString,
    },
}
