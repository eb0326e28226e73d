//! Sign-in in the system's browser: OAuth authorization code with `state` and PKCE.
//!
//! A code is valid for five seconds, so everything slow is done before: the port is taken, the HTTP
//! client is built, and its connection is kept open while the user reads SolveXia's page. The
//! exchange is then the first thing done with a code.

mod authorization_request;
mod begin_address;
mod callback_listener;
mod random_text;
mod response_page;
mod sign_in_error;
#[cfg(test)]
mod tests;

use std::convert::Infallible;
use std::sync::Arc;
use std::time::{Duration, Instant};

use runwatch_core::account::callback_address;
use runwatch_core::environment::Environment;
use runwatch_core::error::Trouble;
use runwatch_core::network::Route;
use runwatch_core::ports::RefreshTokens;
use secrecy::SecretString;

pub use begin_address::BeginAddress;
pub use sign_in_error::SignInError;

use crate::auth::{
    AuthorizationCode, OAuthApplication, RefreshTokenRotation, TokenError, TokenResponse,
    TokenSource, not_accepted, request_with_code,
};
use crate::client::Client;
use crate::error_messages::{CallContext, Purpose};
use crate::transport::{ExchangeError, Limits, Transport};
use authorization_request::AuthorizationRequest;
use begin_address::{Cookie, Visit};
use callback_listener::{
    AuthorizationResult, Brought, BrowserRequest, CallbackListener, WaitingBrowser, free_port,
};
use response_page::ResponsePage;

/// How long to wait for the browser.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(5 * 60);
/// Shorter than the idle time after which servers, and our client, close a connection.
const KEEP_WARM_INTERVAL: Duration = Duration::from_secs(20);
const CODE_LIFETIME: Duration = Duration::from_secs(5);

/// A sign-in that waits for the browser. It holds the callback port.
pub struct BrowserSignIn {
    transport: Arc<Transport>,
    application: OAuthApplication,
    callback: CallbackListener,
    begin: BeginAddress,
    /// Of the browser that began last.
    cookie: Cookie,
    authorization: AuthorizationRequest,
    timeout: Duration,
}

impl BrowserSignIn {
    /// Takes the port of the callback address, and connects to SolveXia. Port 0 takes a free one,
    /// for servers that compare the address without it.
    ///
    /// # Errors
    /// When the port cannot be had, or SolveXia cannot be reached.
    pub async fn prepare(
        environment: Environment,
        client_id: &str,
        client_secret: SecretString,
        port: u16,
        route: &Route,
    ) -> Result<Self, SignInError> {
        let transport = Arc::new(Transport::new(environment, route, Limits::default())?);
        let callback = CallbackListener::open(port)
            .await
            .map_err(|error| SignInError::of_port(port, &error, free_port()))?;
        // Any other error may not occur again at the exchange.
        if let Err(lost @ ExchangeError::Unsent(_)) = transport.warm().await {
            callback.close().await;
            return Err(call_context(&transport).exchange_failed(lost).into());
        }
        let authorization =
            AuthorizationRequest::new(&transport, client_id, callback_address(callback.port()));
        Ok(Self {
            transport,
            application: OAuthApplication {
                id: client_id.to_owned(),
                secret: client_secret,
            },
            begin: BeginAddress::new(callback.port()),
            cookie: Cookie::default(),
            callback,
            authorization,
            timeout: ANSWER_TIMEOUT,
        })
    }

    /// Where the browser begins.
    pub fn begin(&self) -> &BeginAddress {
        &self.begin
    }

    /// Waits for the browser's response, for five minutes at most, and signs in with it. The first
    /// refresh token is saved in `refresh`; if that fails, the client holds it and tries to save it
    /// again. Ends at once when `stop` does.
    ///
    /// # Errors
    /// [`SignInError`]. The port is free again then.
    pub async fn finish(
        mut self,
        refresh: Arc<dyn RefreshTokens>,
        stop: impl Future<Output = ()>,
    ) -> Result<Client, SignInError> {
        let granted = tokio::select! {
            granted = self.granted() => granted,
            () = stop => Err(SignInError::Stopped),
        };
        let (grant, first, browser) = match granted {
            Ok(granted) => granted,
            Err(error) => {
                self.callback.close().await;
                return Err(error);
            }
        };
        let rotation = RefreshTokenRotation::new(self.application, refresh);
        rotation.begin(first).await;
        browser.show(ResponsePage::SignedIn);
        self.callback.keep_answering();
        let tokens = TokenSource::signed_in(Arc::clone(&self.transport), rotation, grant);
        Ok(Client::over(self.transport, tokens))
    }

    /// The first token, its refresh token, and the browser that waits for its page.
    async fn granted(
        &mut self,
    ) -> Result<(TokenResponse, SecretString, WaitingBrowser), SignInError> {
        let waiting = tokio::time::timeout(self.timeout, self.answered());
        let (code, browser) = waiting.await.map_err(|_| SignInError::TimedOut)??;
        match self.exchange(&code).await {
            Ok((grant, first)) => Ok((grant, first, browser)),
            Err(error) => {
                browser.show(ResponsePage::from(&error));
                Err(error)
            }
        }
    }

    /// The response to our request. Requests of others do not end the wait.
    async fn answered(&mut self) -> Result<(AuthorizationCode, WaitingBrowser), SignInError> {
        loop {
            let request = tokio::select! {
                request = self.callback.next() => request,
                never = keep_warm(&self.transport) => match never {},
            };
            let BrowserRequest {
                brought,
                cookie,
                browser,
            } = request;
            let is_its_browser = self.cookie.is(cookie.as_deref());
            let (state, result) = match brought {
                Brought::Begin(name) => {
                    let page = self.begun(&name, is_its_browser);
                    browser.show(page.as_ref().map_or_else(ResponsePage::from, Clone::clone));
                    page?;
                    continue;
                }
                Brought::Answer { state, result } => (state, result),
            };
            if !is_its_browser || !self.authorization.matches_state(&state) {
                browser.show(ResponsePage::NotOurs);
                continue;
            }
            let word = match result {
                AuthorizationResult::Code(code) => {
                    return Ok((self.authorization.code(code), browser));
                }
                AuthorizationResult::Error(word) => word,
            };
            if word == "invalid_scope" && self.authorization.narrow_scope(&self.transport) {
                browser.show(self.to_solvexia(None));
                continue;
            }
            let error = SignInError::refused(self.transport.host(), &word);
            browser.show(ResponsePage::from(&error));
            return Err(error);
        }
    }

    /// The page for a browser that begins.
    fn begun(&mut self, name: &str, is_its_browser: bool) -> Result<ResponsePage, SignInError> {
        match self.begin.visit(name) {
            Visit::First => {
                let cookie = self
                    .cookie
                    .renew(self.callback.port(), self.timeout.as_secs());
                Ok(self.to_solvexia(Some(cookie)))
            }
            Visit::Again if is_its_browser => Ok(self.to_solvexia(None)),
            Visit::Again => Err(SignInError::OpenedTwice),
            Visit::Unknown => Ok(ResponsePage::NotFound),
        }
    }

    fn to_solvexia(&self, cookie: Option<String>) -> ResponsePage {
        ResponsePage::GoTo {
            address: self.authorization.address().to_owned(),
            cookie,
        }
    }

    async fn exchange(
        &self,
        code: &AuthorizationCode,
    ) -> Result<(TokenResponse, SecretString), SignInError> {
        let since = Instant::now();
        let mut granted = request_with_code(&self.transport, &self.application, code).await;
        // The server may have closed the warm connection at that moment. Repeating is harmless: if
        // the server did accept the code, its response is lost anyway.
        let was_lost = matches!(
            &granted,
            Err(TokenError::Call(error)) if error.trouble == Trouble::Offline
        );
        if was_lost && since.elapsed() < CODE_LIFETIME {
            granted = request_with_code(&self.transport, &self.application, code).await;
        }
        let mut grant = granted.map_err(|denied| match denied {
            TokenError::Call(error) => SignInError::Call(error),
            TokenError::InvalidClient => not_accepted(self.transport.host()).into(),
            TokenError::InvalidGrant | TokenError::InvalidScope | TokenError::Unclear(_)
                if was_lost =>
            {
                SignInError::answer_lost(self.transport.host())
            }
            TokenError::InvalidGrant | TokenError::InvalidScope | TokenError::Unclear(_) => {
                SignInError::NotAccepted {
                    port: self.callback.port(),
                }
            }
        })?;
        match grant.refresh.take() {
            Some(first) => Ok((grant, first)),
            None => Err(SignInError::cannot_renew(self.transport.host())),
        }
    }
}

/// Errors are ignored: the next round opens a new connection.
async fn keep_warm(transport: &Transport) -> Infallible {
    loop {
        tokio::time::sleep(KEEP_WARM_INTERVAL).await;
        let _ = transport.warm().await;
    }
}

fn call_context(transport: &Transport) -> CallContext<'_> {
    CallContext {
        host: transport.host(),
        purpose: Purpose::Read,
    }
}
