//! The OAuth server: clients, codes and tokens, and the decisions about them.

use std::collections::{HashMap, VecDeque};

use jiff::Timestamp;
use serde_json::{Value, json};

use super::random_secrets;
use super::scopes;
use super::wire_types::{AuthorizeRequest, Client, GrantError, TokenRequest};
use crate::model::work_time::shifted;

/// Lifetime of a code.
const CODE_SECONDS: f64 = 5.0;
/// Lifetime of a refresh token: about six months.
const REFRESH_SECONDS: f64 = 182.0 * 24.0 * 3600.0;
/// The documented example says 599.1044945 for ten minutes: a float, a bit less than the true
/// lifetime.
const TOLD_SHARE_OF_LIFE: f64 = 599.104_494_5 / 600.0;
/// As long as real ones, so that the size limit of keychains shows in tests.
const ACCESS_TOKEN_BYTES: usize = 240;
const REFRESH_TOKEN_BYTES: usize = 1_050;
const CODE_BYTES: usize = 32;
/// Older ones are forgotten: a demo may run for weeks.
const MOST_ISSUED: usize = 1_000;

/// An issued access token.
#[derive(Debug, Clone)]
pub struct AccessGrant {
    scopes: String,
    ends: Timestamp,
}

impl AccessGrant {
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

/// The OAuth server.
#[derive(Debug)]
pub struct AuthorizationServer {
    clients: Vec<Client>,
    token_seconds: f64,
    grace_seconds: f64,
    access: HashMap<String, AccessGrant>,
    codes: HashMap<String, Code>,
    refresh: HashMap<String, Refresh>,
    /// All issued secrets, except the oldest.
    issued: VecDeque<String>,
}

impl AuthorizationServer {
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

    /// Adds a client, or replaces the one with its id.
    pub fn add_client(&mut self, client: Client) {
        self.clients.retain(|known| known.id != client.id);
        self.clients.push(client);
    }

    pub fn client(&self, id: &str) -> Option<&Client> {
        self.clients.iter().find(|client| client.id == id)
    }

    pub fn access(&self, token: &str) -> Option<&AccessGrant> {
        self.access.get(token)
    }

    /// Issues an access token.
    pub fn issue(&mut self, scopes: &str, seconds: f64, now: Timestamp) -> String {
        self.access
            .retain(|_, access| !access.has_expired(shifted(now, -3600.0)));
        let token = self.new_secret(ACCESS_TOKEN_BYTES);
        let access = AccessGrant {
            scopes: scopes.to_owned(),
            ends: shifted(now, seconds),
        };
        self.access.insert(token.clone(), access);
        token
    }

    /// All issued tokens and codes, oldest first.
    pub fn issued(&self) -> Vec<String> {
        self.issued.iter().cloned().collect()
    }

    fn new_secret(&mut self, bytes: usize) -> String {
        let secret = random_secrets::random(bytes);
        if self.issued.len() == MOST_ISSUED {
            self.issued.pop_front();
        }
        self.issued.push_back(secret.clone());
        secret
    }

    /// Expires all access tokens.
    pub fn expire_access(&mut self, now: Timestamp) {
        self.access
            .values_mut()
            .for_each(|access| access.ends = access.ends.min(now));
    }

    /// Issues a refresh token.
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

    /// Sets how long a refresh token can be used again after its first use. Invalid numbers are
    /// ignored.
    pub fn set_grace(&mut self, seconds: f64) {
        if seconds.is_finite() && seconds >= 0.0 {
            self.grace_seconds = seconds;
        }
    }

    /// Revokes all refresh tokens.
    pub fn revoke_refresh(&mut self) {
        self.refresh.clear();
    }

    /// The response of the token endpoint.
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

    /// Issues a code after the user has agreed.
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

    /// A code is used up by its first use, even a failed one.
    fn by_code(&mut self, asked: &TokenRequest, now: Timestamp) -> Result<Value, GrantError> {
        let code = asked.code.as_deref().ok_or(GrantError::InvalidRequest)?;
        let code = self.codes.remove(code).ok_or(GrantError::InvalidGrant)?;
        let is_verified = match (&code.request.code_challenge, &asked.code_verifier) {
            (None, _) => true,
            (Some(challenge), Some(verifier)) => random_secrets::verifies(verifier, challenge),
            (Some(_), None) => false,
        };
        let is_same = code.request.client_id == asked.client_id
            && code.request.redirect_uri == asked.redirect_uri;
        if code.ends <= now || !is_same || !is_verified {
            return Err(GrantError::InvalidGrant);
        }
        Ok(self.refreshable_answer(&asked.client_id, code.scopes, now))
    }

    /// A refresh token is used up by its first use, or shortly after it; the response brings the
    /// next one.
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
#[path = "authorization_server_tests.rs"]
mod tests;
