//! What the OAuth endpoints are told, and how they refuse.

use serde::{Deserialize, Serialize};

/// An application that was made in the customer's API portal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Client {
    /// Its client id.
    pub id: String,
    /// Its client secret.
    pub secret: String,
    /// What it may be granted, blank-separated.
    #[serde(default = "Client::usual_scopes")]
    pub scopes: String,
    /// Its callback URL; without one, any loopback address is taken.
    #[serde(default)]
    pub callback_url: Option<String>,
}

impl Client {
    /// What a client may be granted unless it is said otherwise.
    pub const USUAL_SCOPES: &str = "process process_execute process_read file_read log_read";

    /// A client with the usual scopes, and without a callback URL of its own.
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

/// What the token endpoint is sent, as JSON or as a form.
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

/// What the consent page is asked with.
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

/// A refusal by its OAuth name.
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
