//! One HTTP exchange: a request out, a whole answer in, under deadlines and a limit of size.
//!
//! Nothing is repeated here. Reads that are worth a repetition get it from `crate::api`; posts
//! never do.

mod answer;
mod clients;
pub(crate) mod lockout;
mod lost;
pub(crate) mod proxy;
pub(crate) mod roots;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use reqwest::header::{CONTENT_LENGTH, HeaderValue};
use reqwest::{Client, RequestBuilder, Response};
use runwatch_core::clock_offset::ClockOffset;
use runwatch_core::environment::Environment;
use runwatch_core::error::CallError;
use runwatch_core::network::Route;
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

pub(crate) use answer::Answer;
pub(crate) use clients::USER_AGENT;
pub use clients::install_tls;
pub(crate) use lost::{Lost, Unsent};
pub use roots::{CaFileError, check_ca_file};

use crate::path::Path;
use lockout::Lockout;

/// How long things may take, and how large they may become.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// For name, connection and TLS together.
    pub connect: Duration,
    /// Without a single byte.
    pub silence: Duration,
    /// For all of it.
    pub whole: Duration,
    /// Of an answer, unpacked, in bytes.
    pub body: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            silence: Duration::from_secs(30),
            whole: Duration::from_secs(60),
            body: 16 * 1024 * 1024,
        }
    }
}

/// The way to one environment, and to no other.
#[derive(Debug)]
pub(crate) struct Transport {
    environment: Environment,
    limits: Limits,
    reads: Client,
    posts: Client,
    /// Where the proxy is signed in to.
    lockout: Option<Arc<Lockout>>,
    /// Nothing is sent while the proxy's password could not be read.
    waits_for_password: bool,
    /// How SolveXia's clock and this computer's differ.
    clock: Mutex<ClockOffset>,
}

impl Transport {
    pub fn new(environment: Environment, way: &Route, limits: Limits) -> Result<Self, CallError> {
        let via = proxy::on_the_way(&environment, way).ok().flatten();
        Ok(Self {
            reads: clients::for_reads(&environment, way, &limits)?,
            posts: clients::for_posts(&environment, way, &limits)?,
            lockout: via.as_ref().and_then(Lockout::of),
            waits_for_password: via.is_some() && way.unread_password().is_some(),
            clock: Mutex::default(),
            environment,
            limits,
        })
    }

    /// To the same place by another way.
    pub fn by_route(&self, way: &Route) -> Result<Self, CallError> {
        Self::new(self.environment.clone(), way, self.limits)
    }

    /// The host, for sentences.
    pub fn host(&self) -> &str {
        self.environment.host()
    }

    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// By how much SolveXia's clock is ahead; none before an answer showed it.
    pub fn clock_ahead(&self) -> Option<SignedDuration> {
        let clock = self.clock.lock().unwrap_or_else(PoisonError::into_inner);
        clock.ahead()
    }

    /// Only SolveXia itself knows what time it is there: not what answers in its place.
    fn learn_clock(&self, answer: &Answer) {
        let is_its_own = answer.status.is_success() && answer.is_json && !answer.is_page;
        if let Some(dated) = answer.dated.filter(|_| is_its_own) {
            let mut clock = self.clock.lock().unwrap_or_else(PoisonError::into_inner);
            clock.learn(dated);
        }
    }

    /// Reads.
    pub async fn get(&self, path: &Path, token: &SecretString) -> Result<Answer, Lost> {
        let request = self.reads.get(path.url(&self.environment));
        self.exchange("GET", path, request.bearer_auth(token.expose_secret()))
            .await
    }

    /// Reads without saying who asks.
    pub async fn get_unsigned(&self, path: &Path) -> Result<Answer, Lost> {
        let request = self.reads.get(path.url(&self.environment));
        self.exchange("GET", path, request).await
    }

    /// Acts. Without a body the length is said to be 0 all the same: web servers refuse a POST
    /// that does not say it, and reqwest leaves it out.
    pub async fn post(
        &self,
        path: &Path,
        body: Option<&Value>,
        token: &SecretString,
    ) -> Result<Answer, Lost> {
        let request = self.posts.post(path.url(&self.environment));
        let request = match body {
            Some(body) => request.json(body),
            None => request.header(CONTENT_LENGTH, HeaderValue::from_static("0")),
        };
        self.exchange("POST", path, request.bearer_auth(token.expose_secret()))
            .await
    }

    /// The whole address of a path.
    pub fn url(&self, path: &Path) -> String {
        path.url(&self.environment)
    }

    /// Sends a form without any authorization of its own: to the token endpoint.
    pub async fn post_form(&self, path: &Path, form: &[(&str, &str)]) -> Result<Answer, Lost> {
        let request = self.posts.post(path.url(&self.environment)).form(form);
        self.exchange("POST", path, request).await
    }

    /// The same on a connection that [`Self::warm`] left open, if there is one. Should that turn
    /// out to be dead before anything went over it, another one is made.
    pub async fn post_form_on_warm(
        &self,
        path: &Path,
        form: &[(&str, &str)],
    ) -> Result<Answer, Lost> {
        let request = self.reads.post(path.url(&self.environment)).form(form);
        self.exchange("POST", path, request).await
    }

    /// Opens a connection, or keeps an open one from being closed as idle. Any answer will do.
    pub async fn warm(&self) -> Result<(), Lost> {
        let path = Path::new("/", &[]);
        let request = self.reads.head(path.url(&self.environment));
        self.exchange("HEAD", &path, request).await.map(drop)
    }

    /// Sends through a proxy that is signed in to, once its password may be shown.
    async fn through(
        &self,
        lockout: &Lockout,
        request: RequestBuilder,
    ) -> (Timestamp, Result<Response, Lost>) {
        let leave = lockout.leave().await;
        let sent = Timestamp::now();
        if leave.is_none() {
            return (sent, Err(Lost::Unsent(Unsent::ProxySignIn)));
        }
        let response = send(request).await;
        match &response {
            Ok(_) => lockout.accepted(),
            Err(Lost::Unsent(Unsent::ProxySignIn)) => lockout.refused(),
            Err(_) => {}
        }
        (sent, response)
    }

    async fn exchange(
        &self,
        method: &'static str,
        path: &Path,
        request: RequestBuilder,
    ) -> Result<Answer, Lost> {
        let (sent, response) = match &self.lockout {
            _ if self.waits_for_password => {
                let lost = Lost::Unsent(Unsent::ProxyPassword);
                (Timestamp::now(), Err(lost))
            }
            Some(lockout) => self.through(lockout, request).await,
            None => (Timestamp::now(), send(request).await),
        };
        let result = match response {
            Ok(response) => answer::receive(response, self.limits.body, sent).await,
            Err(lost) => Err(lost),
        };
        match &result {
            Ok(answer) => {
                self.learn_clock(answer);
                tracing::debug!(
                    method,
                    path = path.template(),
                    status = answer.status.as_u16()
                );
            }
            Err(lost) => tracing::debug!(method, path = path.template(), ?lost),
        }
        result
    }
}

async fn send(request: RequestBuilder) -> Result<Response, Lost> {
    request.send().await.map_err(Lost::at_sending)
}

#[cfg(test)]
mod tests;
