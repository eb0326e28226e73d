//! The ways to one environment: the one that is set, or that of the computer's set-up script.

use std::sync::Arc;

use reqwest::Client;
use runwatch_core::environment::Environment;
use runwatch_core::error::CallError;
use runwatch_core::network::{Route, ScriptAnswer};
use tokio::sync::Mutex;

use super::exchange_error::{ExchangeError, UnsentReason};
use super::limits::Limits;
use super::proxy_lockout::ProxyLockout;
use super::script_route::{self, Chosen};
use super::{http_clients, proxy};

/// The clients for one proxy, or for none.
#[derive(Debug)]
pub(super) struct Way {
    pub reads: Client,
    pub posts: Client,
    /// Set where the proxy needs a password.
    pub lockout: Option<Arc<ProxyLockout>>,
    /// While the proxy's password cannot be read from the keychain, nothing is sent.
    pub lacks_proxy_password: bool,
}

impl Way {
    fn new(environment: &Environment, route: &Route, limits: &Limits) -> Result<Self, CallError> {
        let proxy_connection = proxy::for_environment(environment, route).ok().flatten();
        Ok(Self {
            reads: http_clients::for_reads(environment, route, limits)?,
            posts: http_clients::for_posts(environment, route, limits)?,
            lockout: proxy_connection.as_ref().and_then(ProxyLockout::of),
            lacks_proxy_password: proxy_connection.is_some() && route.unread_password().is_some(),
        })
    }
}

/// The way of an account's requests, which may change with the network.
#[derive(Debug)]
pub(super) struct Ways {
    environment: Environment,
    route: Route,
    limits: Limits,
    asks_script: bool,
    /// Taken where no set-up script answers.
    as_set: Arc<Way>,
    /// Held while a proxy is chosen, so that all requests wait for the same choice.
    by_script: Mutex<ByScript>,
}

#[derive(Debug, Default)]
struct ByScript {
    current: Option<Current>,
    /// What could not be reached lately.
    failed: Option<Chosen>,
}

#[derive(Debug)]
struct Current {
    answer: Arc<ScriptAnswer>,
    chosen: Chosen,
    way: Arc<Way>,
}

impl Ways {
    pub fn new(environment: Environment, route: &Route, limits: Limits) -> Result<Self, CallError> {
        Ok(Self {
            as_set: Arc::new(Way::new(&environment, route, &limits)?),
            asks_script: script_route::counts(&environment, route),
            route: route.clone(),
            by_script: Mutex::default(),
            environment,
            limits,
        })
    }

    /// The way of the next request: chosen before it, and the only one that it takes.
    pub async fn current(&self) -> Result<Arc<Way>, ExchangeError> {
        if !self.asks_script {
            return Ok(Arc::clone(&self.as_set));
        }
        // A script that gives no answer is as good as none; “Check connection” tells of it.
        let answer = script_route::ask(&self.environment, &self.route).await;
        let Some(answer) = answer.ok().flatten() else {
            return Ok(Arc::clone(&self.as_set));
        };
        let mut by_script = self.by_script.lock().await;
        if let Some(current) = &by_script.current
            && Arc::ptr_eq(&current.answer, &answer)
        {
            return Ok(Arc::clone(&current.way));
        }
        let chosen = script_route::choose(&answer, by_script.failed.as_ref(), &self.environment)
            .await
            .ok_or(ExchangeError::Unsent(UnsentReason::ProxyRefused))?;
        let way = Arc::new(self.by(&chosen).map_err(ExchangeError::Unsent)?);
        by_script.current = Some(Current {
            answer,
            chosen,
            way: Arc::clone(&way),
        });
        Ok(way)
    }

    fn by(&self, chosen: &Chosen) -> Result<Way, UnsentReason> {
        let route = self.route.by(chosen.proxy.as_ref());
        Way::new(&self.environment, &route, &self.limits).map_err(|_| UnsentReason::NoConnection)
    }

    /// A request could not be sent this way: the next one chooses anew.
    pub async fn failed(&self, way: &Arc<Way>) {
        let mut by_script = self.by_script.lock().await;
        if let Some(failed) = by_script
            .current
            .take_if(|current| Arc::ptr_eq(&current.way, way))
        {
            by_script.failed = Some(failed.chosen);
        }
    }
}
