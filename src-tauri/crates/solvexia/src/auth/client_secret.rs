//! Renewal by a client id and its secret, which stay the same.

use runwatch_core::error::CallError;
use tokio::sync::Mutex;

use super::grant::{self, Application, Denied, Grant, SCOPES};
use super::refusals::Refusals;
use crate::transport::Transport;

/// The application of one account.
pub(crate) struct ClientSecret {
    application: Application,
    refused: Mutex<Refusals>,
}

impl ClientSecret {
    pub fn new(application: Application) -> Self {
        Self {
            application,
            refused: Mutex::default(),
        }
    }

    /// An access token, for the most rights that the application has.
    pub async fn renew(&self, transport: &Transport) -> Result<Grant, CallError> {
        let mut refused = self.refused.lock().await;
        let secret = &self.application.secret;
        if let Some(why) = refused.hold_back(secret) {
            return Err(why);
        }
        for scope in SCOPES {
            match grant::with_client(transport, &self.application, scope).await {
                Ok(grant) => {
                    refused.clear();
                    return Ok(grant);
                }
                Err(Denied::Scope) => {}
                Err(Denied::Grant | Denied::Client) => break,
                Err(Denied::Unclear(error)) => return Err(refused.doubt(secret, error)),
                Err(Denied::Call(error)) => return Err(error),
            }
        }
        let not_accepted = grant::not_accepted(transport.host());
        refused.believe(secret, not_accepted.clone());
        Err(not_accepted)
    }

    /// A person asks: a secret that was refused is tried again.
    pub async fn try_again(&self) {
        self.refused.lock().await.try_again();
    }
}
