//! The exchanges with one environment: GET, POST and form POST.

use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use reqwest::header::{CONTENT_LENGTH, HeaderValue};
use reqwest::{RequestBuilder, Response};
use runwatch_core::clock_offset::ClockOffset;
use runwatch_core::environment::Environment;
use runwatch_core::error::CallError;
use runwatch_core::network::Route;
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

use super::exchange_error::{ExchangeError, UnsentReason};
use super::limits::Limits;
use super::proxy_lockout::ProxyLockout;
use super::response::{self, HttpResponse};
use super::ways::{Way, Ways};
use crate::url_path::UrlPath;

/// The HTTP connections of one account to its environment, and to no other.
#[derive(Debug)]
pub(crate) struct Transport {
    environment: Environment,
    limits: Limits,
    ways: Ways,
    /// The difference between SolveXia's clock and this computer's.
    clock: Mutex<ClockOffset>,
}

impl Transport {
    pub fn new(environment: Environment, route: &Route, limits: Limits) -> Result<Self, CallError> {
        Ok(Self {
            ways: Ways::new(environment.clone(), route, limits)?,
            clock: Mutex::default(),
            environment,
            limits,
        })
    }

    /// The same environment by another route.
    pub fn by_route(&self, route: &Route) -> Result<Self, CallError> {
        Self::new(self.environment.clone(), route, self.limits)
    }

    /// The host, for error messages.
    pub fn host(&self) -> &str {
        self.environment.host()
    }

    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// By how much SolveXia's clock is ahead; none before a response showed it.
    pub fn clock_ahead(&self) -> Option<SignedDuration> {
        let clock = self.clock.lock().unwrap_or_else(PoisonError::into_inner);
        clock.ahead()
    }

    /// Learns from JSON successes only: other responses may come from a proxy.
    fn learn_clock(&self, response: &HttpResponse) {
        let is_its_own = response.status.is_success() && response.is_json && !response.is_page;
        if let Some(dated) = response.dated.filter(|_| is_its_own) {
            let mut clock = self.clock.lock().unwrap_or_else(PoisonError::into_inner);
            clock.learn(dated);
        }
    }

    /// A GET with a token, for a response of at most `limit` bytes.
    pub async fn get(
        &self,
        path: &UrlPath,
        limit: usize,
        token: &SecretString,
    ) -> Result<HttpResponse, ExchangeError> {
        self.exchange_up_to(limit, "GET", path, |way| {
            let request = way.reads.get(path.url(&self.environment));
            request.bearer_auth(token.expose_secret())
        })
        .await
    }

    /// A GET without a token.
    pub async fn get_unsigned(&self, path: &UrlPath) -> Result<HttpResponse, ExchangeError> {
        self.exchange("GET", path, |way| {
            way.reads.get(path.url(&self.environment))
        })
        .await
    }

    /// A POST with a token. Without a body it sets `Content-Length: 0`, which reqwest leaves out
    /// and some web servers demand.
    pub async fn post(
        &self,
        path: &UrlPath,
        body: Option<&Value>,
        token: &SecretString,
    ) -> Result<HttpResponse, ExchangeError> {
        self.exchange("POST", path, |way| {
            let request = way.posts.post(path.url(&self.environment));
            let request = match body {
                Some(body) => request.json(body),
                None => request.header(CONTENT_LENGTH, HeaderValue::from_static("0")),
            };
            request.bearer_auth(token.expose_secret())
        })
        .await
    }

    /// The whole URL of a path.
    pub fn url(&self, path: &UrlPath) -> String {
        path.url(&self.environment)
    }

    /// A form POST without an Authorization header: for the token endpoint.
    pub async fn post_form(
        &self,
        path: &UrlPath,
        form: &[(&str, &str)],
    ) -> Result<HttpResponse, ExchangeError> {
        self.exchange("POST", path, |way| {
            way.posts.post(path.url(&self.environment)).form(form)
        })
        .await
    }

    /// The same on the connection that [`Self::warm`] keeps open, if there is one; on a new one
    /// where that was closed meanwhile.
    pub async fn post_form_on_warm(
        &self,
        path: &UrlPath,
        form: &[(&str, &str)],
    ) -> Result<HttpResponse, ExchangeError> {
        self.exchange("POST", path, |way| {
            way.reads.post(path.url(&self.environment)).form(form)
        })
        .await
    }

    /// Opens a connection, or keeps an open one from being closed as idle. Any response will do.
    pub async fn warm(&self) -> Result<(), ExchangeError> {
        let path = UrlPath::new("/", &[]);
        self.exchange("HEAD", &path, |way| {
            way.reads.head(path.url(&self.environment))
        })
        .await
        .map(drop)
    }

    /// Sends through a proxy that needs a password, as soon as its lockout permits it.
    async fn send_through_proxy(
        &self,
        lockout: &ProxyLockout,
        request: RequestBuilder,
    ) -> (Timestamp, Result<Response, ExchangeError>) {
        let permit = lockout.permit().await;
        let sent = Timestamp::now();
        if permit.is_none() {
            return (sent, Err(ExchangeError::Unsent(UnsentReason::ProxySignIn)));
        }
        let response = send(request).await;
        match &response {
            Ok(_) => lockout.accepted(),
            Err(ExchangeError::Unsent(UnsentReason::ProxySignIn)) => lockout.refused(),
            Err(_) => {}
        }
        (sent, response)
    }

    async fn exchange(
        &self,
        method: &'static str,
        path: &UrlPath,
        request: impl FnOnce(&Way) -> RequestBuilder,
    ) -> Result<HttpResponse, ExchangeError> {
        self.exchange_up_to(self.limits.one, method, path, request)
            .await
    }

    async fn exchange_up_to(
        &self,
        limit: usize,
        method: &'static str,
        path: &UrlPath,
        request: impl FnOnce(&Way) -> RequestBuilder,
    ) -> Result<HttpResponse, ExchangeError> {
        let way = self.ways.current().await?;
        let request = request(&way);
        let (sent, response) = match &way.lockout {
            _ if way.lacks_proxy_password => {
                let error = ExchangeError::Unsent(UnsentReason::ProxyPassword);
                (Timestamp::now(), Err(error))
            }
            Some(lockout) => self.send_through_proxy(lockout, request).await,
            None => (Timestamp::now(), send(request).await),
        };
        let result = match response {
            Ok(response) => response::receive(response, limit, sent).await,
            Err(error) => Err(error),
        };
        match &result {
            Ok(response) => {
                self.learn_clock(response);
                tracing::debug!(
                    method,
                    path = path.template(),
                    status = response.status.as_u16()
                );
            }
            Err(error) => {
                tracing::debug!(method, path = path.template(), ?error);
                if error.is_of_the_way() {
                    self.ways.failed(&way).await;
                }
            }
        }
        result
    }
}

async fn send(request: RequestBuilder) -> Result<Response, ExchangeError> {
    request.send().await.map_err(ExchangeError::while_sending)
}

#[cfg(test)]
mod tests;
