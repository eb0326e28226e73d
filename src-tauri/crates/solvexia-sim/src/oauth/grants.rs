//! The grants: what the token endpoint and the consent page decide.

use std::collections::{HashMap, VecDeque};

use jiff::Timestamp;
use serde_json::{Value, json};

use super::scopes;
use super::secrets;
use super::wire::{AuthorizeRequest, Client, GrantError, TokenRequest};
use crate::model::time::shifted;

/// A code lives so long.
const CODE_SECONDS: f64 = 5.0;
/// A refresh token lives about six months.
const REFRESH_SECONDS: f64 = 182.0 * 24.0 * 3600.0;
/// The documented example says 599.1044945 where ten minutes are meant: a float, a bit short.
const TOLD_SHARE_OF_LIFE: f64 = 599.104_494_5 / 600.0;
/// Real ones are long; a keychain's limit must show in tests.
const ACCESS_TOKEN_BYTES: usize = 240;
const REFRESH_TOKEN_BYTES: usize = 1_050;
const CODE_BYTES: usize = 32;
/// More are not remembered: a demo may run for weeks.
const MOST_ISSUED: usize = 1_000;

/// What an access token allows.
#[derive(Debug, Clone)]
pub struct Access {
    scopes: String,
    ends: Timestamp,
}

impl Access {
    pub fn holds_any(&self, wanted: &[&str]) -> bool {
        scopes::hold_any(&self.scopes, wanted)
    }

    pub fn has_expired(&self, now: Timestamp) -> bool {
        self.ends <= now
    }
}

#[derive(Debug)]
struct Code {
    request: AuthorizeRequest,
    scopes: String,
    ends: Timestamp,
}

#[derive(Debug)]
struct Refresh {
    client: String,
    scopes: String,
    ends: Timestamp,
}

/// All that was granted.
#[derive(Debug)]
pub struct Grants {
    clients: Vec<Client>,
    token_seconds: f64,
    grace_seconds: f64,
    access: HashMap<String, Access>,
    codes: HashMap<String, Code>,
    refresh: HashMap<String, Refresh>,
    /// All that was ever given away, the oldest forgotten after a while.
    issued: VecDeque<String>,
}

impl Grants {
    pub fn new(clients: Vec<Client>, token_seconds: f64) -> Self {
        Self {
            clients,
            token_seconds,
            grace_seconds: 0.0,
            access: HashMap::new(),
            codes: HashMap::new(),
            refresh: HashMap::new(),
            issued: VecDeque::new(),
        }
    }

    /// Adds a client, or replaces the one that has its id.
    pub fn add_client(&mut self, client: Client) {
        self.clients.retain(|known| known.id != client.id);
        self.clients.push(client);
    }

    pub fn client(&self, id: &str) -> Option<&Client> {
        self.clients.iter().find(|client| client.id == id)
    }

    pub fn access(&self, token: &str) -> Option<&Access> {
        self.access.get(token)
    }

    /// An access token as if it had been granted.
    pub fn issue(&mut self, scopes: &str, seconds: f64, now: Timestamp) -> String {
        self.access
            .retain(|_, access| !access.has_expired(shifted(now, -3600.0)));
        let token = self.new_secret(ACCESS_TOKEN_BYTES);
        let access = Access {
            scopes: scopes.to_owned(),
            ends: shifted(now, seconds),
        };
        self.access.insert(token.clone(), access);
        token
    }

    /// Every token and code that was given away, oldest first.
    pub fn issued(&self) -> Vec<String> {
        self.issued.iter().cloned().collect()
    }

    fn new_secret(&mut self, bytes: usize) -> String {
        let secret = secrets::random(bytes);
        if self.issued.len() == MOST_ISSUED {
            self.issued.pop_front();
        }
        self.issued.push_back(secret.clone());
        secret
    }

    /// All access tokens expire.
    pub fn expire_access(&mut self, now: Timestamp) {
        self.access
            .values_mut()
            .for_each(|access| access.ends = access.ends.min(now));
    }

    /// A refresh token as if it had been granted.
    pub fn issue_refresh(&mut self, client: &str, scopes: &str, now: Timestamp) -> String {
        let token = self.new_secret(REFRESH_TOKEN_BYTES);
        let refresh = Refresh {
            client: client.to_owned(),
            scopes: scopes.to_owned(),
            ends: shifted(now, REFRESH_SECONDS),
        };
        self.refresh.insert(token.clone(), refresh);
        token
    }

    /// Whether a refresh token can still be used.
    pub fn accepts_refresh(&self, token: &str, now: Timestamp) -> bool {
        self.refresh
            .get(token)
            .is_some_and(|refresh| refresh.ends > now)
    }

    /// How long a refresh token can be used again after its first use. Nonsense is ignored.
    pub fn set_grace(&mut self, seconds: f64) {
        if seconds.is_finite() && seconds >= 0.0 {
            self.grace_seconds = seconds;
        }
    }

    /// All refresh tokens become useless.
    pub fn revoke_refresh(&mut self) {
        self.refresh.clear();
    }

    /// What the token endpoint answers.
    pub fn token(&mut self, request: &TokenRequest, now: Timestamp) -> Result<Value, GrantError> {
        let known = self
            .client(&request.client_id)
            .ok_or(GrantError::InvalidClient)?;
        if known.secret != request.client_secret {
            return Err(GrantError::InvalidClient);
        }
        match request.grant_type.as_str() {
            "client_credentials" => self.by_credentials(request, now),
            "authorization_code" => self.by_code(request, now),
            "refresh_token" => self.by_refresh(request, now),
            "" => Err(GrantError::InvalidRequest),
            _ => Err(GrantError::UnsupportedGrantType),
        }
    }

    /// A code, once the user has agreed.
    pub fn allow(
        &mut self,
        request: AuthorizeRequest,
        now: Timestamp,
    ) -> Result<String, GrantError> {
        let client = self
            .client(&request.client_id)
            .ok_or(GrantError::InvalidClient)?;
        let scopes = scopes::granted(request.scope.as_deref(), &client.scopes)
            .ok_or(GrantError::InvalidScope)?;
        let code = self.new_secret(CODE_BYTES);
        let ends = shifted(now, CODE_SECONDS);
        self.codes.insert(
            code.clone(),
            Code {
                request,
                scopes,
                ends,
            },
        );
        Ok(code)
    }

    fn by_credentials(
        &mut self,
        asked: &TokenRequest,
        now: Timestamp,
    ) -> Result<Value, GrantError> {
        let client = self
            .client(&asked.client_id)
            .ok_or(GrantError::InvalidClient)?;
        let scopes = scopes::granted(asked.scope.as_deref(), &client.scopes)
            .ok_or(GrantError::InvalidScope)?;
        Ok(self.answer(&scopes, now))
    }

    /// A code is gone at its first use, whatever comes of it.
    fn by_code(&mut self, asked: &TokenRequest, now: Timestamp) -> Result<Value, GrantError> {
        let code = asked.code.as_deref().ok_or(GrantError::InvalidRequest)?;
        let code = self.codes.remove(code).ok_or(GrantError::InvalidGrant)?;
        let is_verified = match (&code.request.code_challenge, &asked.code_verifier) {
            (None, _) => true,
            (Some(challenge), Some(verifier)) => secrets::verifies(verifier, challenge),
            (Some(_), None) => false,
        };
        let is_same = code.request.client_id == asked.client_id
            && code.request.redirect_uri == asked.redirect_uri;
        if code.ends <= now || !is_same || !is_verified {
            return Err(GrantError::InvalidGrant);
        }
        Ok(self.refreshable_answer(&asked.client_id, code.scopes, now))
    }

    /// A refresh token is gone once it was used, or soon after; its answer brings the next one.
    fn by_refresh(&mut self, asked: &TokenRequest, now: Timestamp) -> Result<Value, GrantError> {
        let token = asked
            .refresh_token
            .as_deref()
            .ok_or(GrantError::InvalidRequest)?;
        let last_use = shifted(now, self.grace_seconds);
        let refresh = self
            .refresh
            .get_mut(token)
            .filter(|refresh| refresh.client == asked.client_id && refresh.ends > now)
            .ok_or(GrantError::InvalidGrant)?;
        refresh.ends = refresh.ends.min(last_use);
        let scopes = refresh.scopes.clone();
        self.refresh.retain(|_, refresh| refresh.ends > now);
        Ok(self.refreshable_answer(&asked.client_id, scopes, now))
    }

    fn refreshable_answer(&mut self, client: &str, scopes: String, now: Timestamp) -> Value {
        let mut answer = self.answer(&scopes, now);
        answer["refresh_token"] = json!(self.issue_refresh(client, &scopes, now));
        answer
    }

    fn answer(&mut self, scopes: &str, now: Timestamp) -> Value {
        let seconds = self.token_seconds;
        json!({
            "access_token": self.issue(scopes, seconds, now),
            "token_type": "Bearer",
            "expires_in": seconds * TOLD_SHARE_OF_LIFE,
            "scope": scopes,
        })
    }
}

#[cfg(test)]
#[path = "grants_tests.rs"]
mod tests;
