//! The authorization request: its address, and the `state` by which its own response is recognised.

use std::array::IntoIter;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::random_text::random;
use crate::auth::{AuthorizationCode, SCOPES};
use crate::transport::Transport;
use crate::url_path::UrlPath;

/// A request that the user answers in the browser.
pub struct AuthorizationRequest {
    client_id: String,
    callback: String,
    /// Comes back with the response; nobody else knows it.
    state: String,
    /// Only its hash goes through the browser (PKCE).
    verifier: SecretString,
    remaining_scopes: IntoIter<Option<&'static str>, { SCOPES.len() }>,
    address: String,
}

impl AuthorizationRequest {
    /// A request for all scopes.
    pub fn new(transport: &Transport, client_id: &str, callback: String) -> Self {
        let mut authorization = Self {
            client_id: client_id.to_owned(),
            callback,
            state: String::new(),
            verifier: random::<32>().into(),
            remaining_scopes: SCOPES.into_iter(),
            address: String::new(),
        };
        authorization.narrow_scope(transport);
        authorization
    }

    /// The address of SolveXia's page, which asks the user.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The code of a response, with its PKCE verifier.
    pub fn code(&self, code: SecretString) -> AuthorizationCode {
        AuthorizationCode {
            code,
            verifier: self.verifier.clone(),
            callback: self.callback.clone(),
        }
    }

    /// Whether a response belongs to this request. Compares in constant time.
    pub fn matches_state(&self, state: &str) -> bool {
        self.state.as_bytes().ct_eq(state.as_bytes()).into()
    }

    /// Makes it a new request for fewer scopes; false where there are no fewer.
    pub fn narrow_scope(&mut self, transport: &Transport) -> bool {
        let Some(scope) = self.remaining_scopes.next() else {
            return false;
        };
        self.state = random::<16>();
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(self.verifier.expose_secret()));
        let mut path = UrlPath::new("/oauth/authorize", &[])
            .with_query("client_id", &self.client_id)
            .with_query("response_type", "code")
            .with_query("redirect_uri", &self.callback)
            .with_query("state", &self.state)
            .with_query("code_challenge", &challenge)
            .with_query("code_challenge_method", "S256");
        if let Some(scope) = scope {
            path = path.with_query("scope", scope);
        }
        self.address = transport.url(&path);
        true
    }
}
