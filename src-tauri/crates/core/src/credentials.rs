//! What an account signs in with.

use std::fmt;
use std::sync::Arc;

use secrecy::SecretString;

use crate::ports::RefreshTokens;

/// What an account signs in with. Refuses to be printed.
#[derive(Clone)]
pub enum Credentials {
    /// OAuth authorization code, once the browser has brought the first refresh token.
    Browser {
        /// The client id, which is no secret.
        id: String,
        /// The client secret.
        secret: SecretString,
        /// Where the account's refresh token is kept.
        refresh: Arc<dyn RefreshTokens>,
    },
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

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Browser { .. } => "Credentials::Browser",
            Self::Client { .. } => "Credentials::Client",
            Self::Token { .. } => "Credentials::Token",
        })
    }
}
