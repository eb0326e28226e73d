//! `/oauth/token` and `/oauth/authorize`.

use axum::extract::{FromRequest, Query, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Form, Json, Router};
use serde::Deserialize;
use serde_json::json;
use url::Url;

use super::authorization_server::AuthorizationServer;
use super::consent_page;
use super::wire_types::{AuthorizeRequest, Client, GrantError, TokenRequest};
use crate::server_state::SharedState;

/// The routes below `/oauth`.
pub fn routes() -> Router<SharedState> {
    Router::new()
        .route("/token", post(token))
        .route("/authorize", get(ask_user).post(take_decision))
}

impl IntoResponse for GrantError {
    fn into_response(self) -> Response {
        let code = match self {
            Self::InvalidClient => StatusCode::UNAUTHORIZED,
            _ => StatusCode::BAD_REQUEST,
        };
        (code, Json(json!({ "error": self.to_string() }))).into_response()
    }
}

async fn token(
    State(shared): State<SharedState>,
    request: Request,
) -> Result<Response, GrantError> {
    let asked = read_json_or_form(request)
        .await
        .ok_or(GrantError::InvalidRequest)?;
    let mut state = shared.lock();
    let now = state.now();
    let answer = state.oauth.token(&asked, now)?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(answer)).into_response())
}

async fn read_json_or_form(request: Request) -> Option<TokenRequest> {
    let content_type = request.headers().get(header::CONTENT_TYPE)?.to_str().ok()?;
    if content_type.starts_with("application/json") {
        Json::from_request(request, &())
            .await
            .ok()
            .map(|Json(asked)| asked)
    } else {
        Form::from_request(request, &())
            .await
            .ok()
            .map(|Form(asked)| asked)
    }
}

async fn ask_user(
    State(shared): State<SharedState>,
    Query(request): Query<AuthorizeRequest>,
) -> Result<Html<String>, AuthorizeError> {
    let state = shared.lock();
    let (client, back) = client_and_redirect(&state.oauth, &request)?;
    match invalid_parameter(&request) {
        Some(invalid_parameter) => Err(AuthorizeError::SentToClient(redirect_with(
            back,
            &request,
            Err(invalid_parameter),
        ))),
        None => Ok(Html(consent_page::consent(client, &request))),
    }
}

#[derive(Debug, Deserialize)]
struct Decision {
    decision: String,
    #[serde(flatten)]
    request: AuthorizeRequest,
}

async fn take_decision(
    State(shared): State<SharedState>,
    Form(Decision { decision, request }): Form<Decision>,
) -> Result<Redirect, AuthorizeError> {
    let mut state = shared.lock();
    let (_, back) = client_and_redirect(&state.oauth, &request)?;
    let now = state.now();
    let outcome = match (invalid_parameter(&request), decision.as_str()) {
        (Some(invalid_parameter), _) => Err(invalid_parameter),
        (None, "allow") => state.oauth.allow(request.clone(), now),
        (None, _) => Err(GrantError::AccessDenied),
    };
    Ok(redirect_with(back, &request, outcome))
}

/// An authorization request that gets no consent page.
enum AuthorizeError {
    /// An error page for the user. The client gets nothing.
    ShownToUser(&'static str),
    /// A redirect to the client.
    SentToClient(Redirect),
}

impl IntoResponse for AuthorizeError {
    fn into_response(self) -> Response {
        match self {
            Self::ShownToUser(message) => (
                StatusCode::BAD_REQUEST,
                Html(consent_page::error_page(message)),
            )
                .into_response(),
            Self::SentToClient(redirect) => redirect.into_response(),
        }
    }
}

/// The client and its redirect address. Nothing is ever sent to another address than the client's
/// own.
fn client_and_redirect<'a>(
    oauth: &'a AuthorizationServer,
    request: &AuthorizeRequest,
) -> Result<(&'a Client, Url), AuthorizeError> {
    let client = oauth
        .client(&request.client_id)
        .ok_or(AuthorizeError::ShownToUser("The application is not known."))?;
    let wanted = request
        .redirect_uri
        .as_ref()
        .or(client.callback_url.as_ref());
    let back = wanted
        .and_then(|address| Url::parse(address).ok())
        .filter(
            |address| match (&client.callback_url, &request.redirect_uri) {
                (Some(own), Some(sent)) => own == sent,
                (Some(_), None) => true,
                (None, _) => is_loopback(address),
            },
        )
        .ok_or(AuthorizeError::ShownToUser(
            "The address to return to is not the callback URL of the application.",
        ))?;
    Ok((client, back))
}

fn is_loopback(address: &Url) -> bool {
    matches!(
        address.host_str(),
        Some("127.0.0.1" | "localhost" | "[::1]")
    )
}

fn invalid_parameter(request: &AuthorizeRequest) -> Option<GrantError> {
    if request.response_type != "code" {
        return Some(GrantError::UnsupportedResponseType);
    }
    let method = request.code_challenge_method.as_deref();
    let is_s256 = request.code_challenge.is_none() || method == Some("S256");
    (!is_s256).then_some(GrantError::InvalidRequest)
}

fn redirect_with(
    mut back: Url,
    request: &AuthorizeRequest,
    outcome: Result<String, GrantError>,
) -> Redirect {
    match outcome {
        Ok(code) => back.query_pairs_mut().append_pair("code", &code),
        Err(error) => back
            .query_pairs_mut()
            .append_pair("error", &error.to_string()),
    };
    if let Some(state) = &request.state {
        back.query_pairs_mut().append_pair("state", state);
    }
    Redirect::to(back.as_str())
}
