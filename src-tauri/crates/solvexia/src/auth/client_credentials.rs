//! Renewal with a client id and its secret.

use runwatch_core::error::CallError;
use tokio::sync::Mutex;

use super::rejected_secrets::RejectedSecrets;
use super::token_endpoint::{self, OAuthApplication, SCOPES, TokenError, TokenResponse};
use crate::transport::Transport;

/// The client id and secret of one account.
pub(crate) struct ClientCredentials {
    application: OAuthApplication,
    rejected: Mutex<RejectedSecrets>,
}

impl ClientCredentials {
    pub fn new(application: OAuthApplication) -> Self {
        Self {
            application,
            rejected: Mutex::default(),
        }
    }

    /// Requests an access token with as many scopes as the application has.
    pub async fn renew(&self, transport: &Transport) -> Result<TokenResponse, CallError> {
        let mut rejected = self.rejected.lock().await;
        let secret = &self.application.secret;
        if let Some(why) = rejected.pause_reason(secret) {
            return Err(why);
        }
        for scope in SCOPES {
            match token_endpoint::request_with_client_credentials(
                transport,
                &self.application,
                scope,
            )
            .await
            {
                Ok(grant) => {
                    rejected.clear();
                    return Ok(grant);
                }
                Err(TokenError::InvalidScope) => {}
                Err(TokenError::InvalidGrant | TokenError::InvalidClient) => break,
                Err(TokenError::Unclear(error)) => {
                    return Err(rejected.record_unclear(secret, error));
                }
                Err(TokenError::Call(error)) => return Err(error),
            }
        }
        let not_accepted = token_endpoint::not_accepted(transport.host());
        rejected.record_certain(secret, not_accepted.clone());
        Err(not_accepted)
    }

    /// The user asks to try again: a rejected secret is tried again.
    pub async fn try_again(&self) {
        self.rejected.lock().await.try_again();
    }
}
