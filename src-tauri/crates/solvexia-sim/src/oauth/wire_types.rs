//! Requests, clients and errors of the OAuth endpoints.

use serde::{Deserialize, Serialize};

/// An application of the API portal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Client {
    /// Its client id.
    pub id: String,
    /// Its client secret.
    pub secret: String,
    /// Its scopes, separated by blanks.
    #[serde(default = "Client::usual_scopes")]
    pub scopes: String,
    /// Its callback URL; without one, any loopback address is accepted.
    #[serde(default)]
    pub callback_url: Option<String>,
}

impl Client {
    /// The default scopes of a client.
    pub const USUAL_SCOPES: &str = "process process_execute process_read file_read log_read";

    /// A client with the default scopes and no callback URL.
    pub fn new(id: &str, secret: &str) -> Self {
        Self {
            id: id.to_owned(),
            secret: secret.to_owned(),
            scopes: Self::usual_scopes(),
            callback_url: None,
        }
    }

    fn usual_scopes() -> String {
        Self::USUAL_SCOPES.to_owned()
    }
}

/// A request to the token endpoint, as JSON or a form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct TokenRequest {
    pub grant_type: String,
    pub client_id: String,
    pub client_secret: String,
    pub scope: Option<String>,
    pub code: Option<String>,
    pub redirect_uri: Option<String>,
    pub code_verifier: Option<String>,
    pub refresh_token: Option<String>,
}

/// The parameters of an authorization request.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct AuthorizeRequest {
    pub client_id: String,
    pub response_type: String,
    pub redirect_uri: Option<String>,
    pub state: Option<String>,
    pub scope: Option<String>,
    pub code_challenge: Option<String>,
    pub code_challenge_method: Option<String>,
}

/// An error, as its OAuth code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum GrantError {
    #[error("invalid_request")]
    InvalidRequest,
    #[error("invalid_client")]
    InvalidClient,
    #[error("invalid_grant")]
    InvalidGrant,
    #[error("invalid_scope")]
    InvalidScope,
    #[error("unsupported_grant_type")]
    UnsupportedGrantType,
    #[error("unsupported_response_type")]
    UnsupportedResponseType,
    #[error("access_denied")]
    AccessDenied,
}
