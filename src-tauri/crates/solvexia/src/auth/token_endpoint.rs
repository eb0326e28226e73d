//! `POST /oauth/token`: a token, or the reason why there is none.

use runwatch_core::error::{CallError, Trouble};
use secrecy::{ExposeSecret, SecretString};

use super::pasted_token::is_token;
use super::sleep_aware_instant::SleepAwareInstant;
use super::token_lifetime::TokenLifetime;
use crate::error_messages::{CallContext, Purpose};
use crate::transport::{ExchangeError, HttpResponse, Transport};
use crate::url_path::UrlPath;
use crate::wire::{self, Fields};

/// The scopes to ask for, in this order. Where an application may have fewer, some servers grant
/// fewer and others refuse the request. The last request names none and gets the default.
pub(crate) const SCOPES: [Option<&str>; 3] = [
    Some("process process_execute process_read"),
    Some("process_execute process_read"),
    None,
];

/// An application of SolveXia's API portal. Holds a secret, and so cannot be printed.
#[derive(Clone)]
pub(crate) struct OAuthApplication {
    pub id: String,
    pub secret: SecretString,
}

/// The code that the browser brought, and the PKCE verifier that belongs to it.
pub(crate) struct AuthorizationCode {
    pub code: SecretString,
    pub verifier: SecretString,
    pub callback: String,
}

/// A granted access token.
pub(crate) struct TokenResponse {
    pub token: SecretString,
    pub lifetime: TokenLifetime,
    /// The granted scopes, where the response names them.
    pub scopes: Option<Vec<String>>,
    /// The refresh token. There is none with client credentials.
    pub refresh: Option<SecretString>,
}

/// Why there is no token.
#[derive(Debug)]
pub(crate) enum TokenError {
    /// The code or refresh token is not valid, or not any more (`invalid_grant`).
    InvalidGrant,
    /// More scopes were requested than the application has (`invalid_scope`).
    InvalidScope,
    /// The client id and its secret are wrong (`invalid_client`).
    InvalidClient,
    /// A reason without an OAuth error code: one of the above, or a temporary problem.
    Unclear(CallError),
    /// A temporary problem, such as a lost connection.
    Call(CallError),
}

/// Asks for a token with a client id and its secret.
pub(crate) async fn request_with_client_credentials(
    transport: &Transport,
    application: &OAuthApplication,
    scope: Option<&str>,
) -> Result<TokenResponse, TokenError> {
    let mut form = form(application, "client_credentials");
    form.extend(scope.map(|scope| ("scope", scope)));
    let asked_at = SleepAwareInstant::now();
    let response = transport.post_form(&path(), &form).await;
    read(transport.host(), response, asked_at)
}

/// Asks for a token with a refresh token, which cannot be used again once the server has answered.
pub(crate) async fn request_with_refresh_token(
    transport: &Transport,
    application: &OAuthApplication,
    token: &SecretString,
) -> Result<TokenResponse, TokenError> {
    let mut form = form(application, "refresh_token");
    form.push(("refresh_token", token.expose_secret()));
    let asked_at = SleepAwareInstant::now();
    let response = transport.post_form(&path(), &form).await;
    read(transport.host(), response, asked_at)
}

/// Asks for the first token of a browser sign-in, on a connection that was opened before.
pub(crate) async fn request_with_code(
    transport: &Transport,
    application: &OAuthApplication,
    code: &AuthorizationCode,
) -> Result<TokenResponse, TokenError> {
    let mut form = form(application, "authorization_code");
    form.extend([
        ("code", code.code.expose_secret()),
        ("code_verifier", code.verifier.expose_secret()),
        ("redirect_uri", code.callback.as_str()),
    ]);
    let asked_at = SleepAwareInstant::now();
    let response = transport.post_form_on_warm(&path(), &form).await;
    read(transport.host(), response, asked_at)
}

fn path() -> UrlPath {
    UrlPath::new("/oauth/token", &[])
}

fn form<'a>(
    application: &'a OAuthApplication,
    grant_type: &'static str,
) -> Vec<(&'static str, &'a str)> {
    vec![
        ("grant_type", grant_type),
        ("client_id", &application.id),
        ("client_secret", application.secret.expose_secret()),
    ]
}

fn read(
    host: &str,
    response: Result<HttpResponse, ExchangeError>,
    asked_at: SleepAwareInstant,
) -> Result<TokenResponse, TokenError> {
    let response =
        response.map_err(|error| TokenError::Call(call_context(host).exchange_failed(error)))?;
    if !response.status.is_success() {
        return Err(denied(host, &response));
    }
    let fields = wire::json(&response.body).and_then(Fields::of);
    let Ok(fields) = fields else {
        return Err(TokenError::Call(not_solvexias(host)));
    };
    let Some(token) = fields.text("access_token").filter(|text| is_token(text)) else {
        return Err(TokenError::Call(not_solvexias(host)));
    };
    Ok(TokenResponse {
        token: SecretString::from(token),
        lifetime: TokenLifetime::new(asked_at, fields.number("expires_in")),
        scopes: fields.text("scope").as_deref().map(words),
        refresh: fields
            .text("refresh_token")
            .filter(|token| !token.is_empty())
            .map(SecretString::from),
    })
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

/// Classifies an error response. SolveXia does not document its error responses, so only the error
/// codes of OAuth count as certain. Any other reason with 400 or 401 is unclear; a 403 or a
/// response without a reason may come from a gateway and must not sign anyone out. None of them is
/// about a run: a 404 here must not look like a missing run.
fn denied(host: &str, response: &HttpResponse) -> TokenError {
    let code = response.status.as_u16();
    match (code, reason(response).as_str()) {
        (_, "invalid_scope") => TokenError::InvalidScope,
        (_, "invalid_grant") => TokenError::InvalidGrant,
        (_, "invalid_client" | "unauthorized_client") => TokenError::InvalidClient,
        (_, "temporarily_unavailable" | "server_error" | "slow_down") => {
            TokenError::Call(not_now(host, response))
        }
        (400 | 401 | 403, _) if response.is_page => TokenError::Call(not_solvexias(host)),
        (400 | 401, _) if gives_reason(response) => TokenError::Unclear(refused(host, response)),
        (403, _) if gives_reason(response) => TokenError::Call(refused(host, response)),
        (400 | 401 | 403, _) => TokenError::Call(without_reason(host, code)),
        (408 | 429 | 500..=599, _) => TokenError::Call(call_context(host).error_response(response)),
        _ => TokenError::Call(not_solvexias(host)),
    }
}

/// The OAuth error code; empty where there is none.
fn reason(response: &HttpResponse) -> String {
    let fields = wire::json(&response.body).and_then(Fields::of).ok();
    let word = fields.and_then(|fields| fields.text("error"));
    word.unwrap_or_default()
}

/// Both OAuth and SolveXia send error reasons as a JSON object.
fn gives_reason(response: &HttpResponse) -> bool {
    wire::json(&response.body).and_then(Fields::of).is_ok()
}

pub(crate) fn not_accepted(host: &str) -> CallError {
    let message = format!(
        "SolveXia at {host} did not accept this client id and secret. Check both in SolveXia's \
         API portal, and that they belong to this environment; then sign in again."
    );
    CallError::unsent(Trouble::SignedOut, message)
}

fn not_now(host: &str, response: &HttpResponse) -> CallError {
    let message = format!(
        "SolveXia at {host} cannot sign anyone in at the moment. Try again in a moment; accounts \
         in your list are signed in again by themselves."
    );
    with_theirs(response, CallError::unsent(Trouble::Server, message))
}

fn refused(host: &str, response: &HttpResponse) -> CallError {
    let code = response.status.as_u16();
    let theirs = wire::error_body(&response.body).message;
    let theirs = theirs.map_or_else(|| ".".to_owned(), |message| format!(": “{message}”"));
    let message = format!(
        "{host} refused the sign-in ({code}){theirs} Runwatch tries again by itself. If it goes \
         on, sign in again; your list and watches are kept."
    );
    with_theirs(response, CallError::unsent(Trouble::Server, message))
}

/// Adds the support id and the wait from the response.
fn with_theirs(response: &HttpResponse, error: CallError) -> CallError {
    CallError {
        support_id: wire::error_body(&response.body).support_id,
        retry_after: response.retry_after,
        ..error
    }
}

fn not_solvexias(host: &str) -> CallError {
    let message = format!(
        "What {host} answered to the sign-in is not SolveXia's. Check the environment's name, and \
         whether a proxy stands between."
    );
    CallError::unsent(Trouble::BadAnswer, message)
}

fn without_reason(host: &str, code: u16) -> CallError {
    let message = format!(
        "The sign-in at {host} was refused without a reason ({code}), as a gateway or firewall on \
         the way does it. Try again in a moment; accounts in your list are signed in again by \
         themselves. If it goes on, ask your IT department."
    );
    CallError::unsent(Trouble::BadAnswer, message)
}

/// A token request never affects a run, so its errors are worded like those of a read.
fn call_context(host: &str) -> CallContext<'_> {
    CallContext {
        host,
        purpose: Purpose::Read,
    }
}
