//! What the browser is sent to SolveXia with, and what tells its true answer from a stranger's.

use std::array::IntoIter;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::auth::{Code, SCOPES};
use crate::path::Path;
use crate::transport::Transport;

/// One question to the user, by way of the browser.
pub struct Question {
    client_id: String,
    callback: String,
    /// Comes back with the answer; nobody else knows it.
    state: String,
    /// Only its hash goes through the browser (PKCE).
    verifier: SecretString,
    narrower: IntoIter<Option<&'static str>, { SCOPES.len() }>,
    address: String,
}

impl Question {
    /// Asks for all rights.
    pub fn new(transport: &Transport, client_id: &str, callback: String) -> Self {
        let mut question = Self {
            client_id: client_id.to_owned(),
            callback,
            state: String::new(),
            verifier: random::<32>().into(),
            narrower: SCOPES.into_iter(),
            address: String::new(),
        };
        question.ask_for_less(transport);
        question
    }

    /// Where the browser is sent to.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// A code that came in answer to it, with what proves that we asked.
    pub fn code(&self, code: SecretString) -> Code {
        Code {
            code,
            verifier: self.verifier.clone(),
            callback: self.callback.clone(),
        }
    }

    /// Whether an answer belongs to this question. Takes as long for a near miss as for any other.
    pub fn is_answered_with(&self, state: &str) -> bool {
        self.state.as_bytes().ct_eq(state.as_bytes()).into()
    }

    /// Makes it a new question for fewer rights; false if it asked for the fewest.
    pub fn ask_for_less(&mut self, transport: &Transport) -> bool {
        let Some(scope) = self.narrower.next() else {
            return false;
        };
        self.state = random::<16>();
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(self.verifier.expose_secret()));
        let mut path = Path::new("/oauth/authorize", &[])
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

/// So many random bytes, as text that stands in an address as it is.
fn random<const BYTES: usize>() -> String {
    URL_SAFE_NO_PAD.encode(rand::random::<[u8; BYTES]>())
}
