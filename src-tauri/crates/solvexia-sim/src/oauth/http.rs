//! `/oauth/token` and `/oauth/authorize`.

use axum::extract::{FromRequest, Query, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Form, Json, Router};
use serde::Deserialize;
use serde_json::json;
use url::Url;

use super::grants::Grants;
use super::page;
use super::wire::{AuthorizeRequest, Client, GrantError, TokenRequest};
use crate::world::Shared;

/// The routes below `/oauth`.
pub fn routes() -> Router<Shared> {
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

async fn token(State(sim): State<Shared>, request: Request) -> Result<Response, GrantError> {
    let asked = read_json_or_form(request)
        .await
        .ok_or(GrantError::InvalidRequest)?;
    let mut world = sim.world();
    let now = world.now();
    let answer = world.grants.token(&asked, now)?;
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
    State(sim): State<Shared>,
    Query(request): Query<AuthorizeRequest>,
) -> Result<Html<String>, Unanswerable> {
    let world = sim.world();
    let (client, back) = known_way_back(&world.grants, &request)?;
    match flaw(&request) {
        Some(flaw) => Err(Unanswerable::Elsewhere(answer_to(
            back,
            &request,
            Err(flaw),
        ))),
        None => Ok(Html(page::consent(client, &request))),
    }
}

#[derive(Debug, Deserialize)]
struct Decision {
    decision: String,
    #[serde(flatten)]
    request: AuthorizeRequest,
}

async fn take_decision(
    State(sim): State<Shared>,
    Form(Decision { decision, request }): Form<Decision>,
) -> Result<Redirect, Unanswerable> {
    let mut world = sim.world();
    let (_, back) = known_way_back(&world.grants, &request)?;
    let now = world.now();
    let outcome = match (flaw(&request), decision.as_str()) {
        (Some(flaw), _) => Err(flaw),
        (None, "allow") => world.grants.allow(request.clone(), now),
        (None, _) => Err(GrantError::AccessDenied),
    };
    Ok(answer_to(back, &request, outcome))
}

/// A question that is not answered with a consent page.
enum Unanswerable {
    /// The user is told; nobody else is.
    Here(&'static str),
    /// The client is told.
    Elsewhere(Redirect),
}

impl IntoResponse for Unanswerable {
    fn into_response(self) -> Response {
        match self {
            Self::Here(message) => {
                (StatusCode::BAD_REQUEST, Html(page::problem(message))).into_response()
            }
            Self::Elsewhere(redirect) => redirect.into_response(),
        }
    }
}

/// The client, and where its answer goes. Nothing is ever sent to an address that is not the
/// client's own.
fn known_way_back<'a>(
    grants: &'a Grants,
    request: &AuthorizeRequest,
) -> Result<(&'a Client, Url), Unanswerable> {
    let client = grants
        .client(&request.client_id)
        .ok_or(Unanswerable::Here("The application is not known."))?;
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
        .ok_or(Unanswerable::Here(
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

fn flaw(request: &AuthorizeRequest) -> Option<GrantError> {
    if request.response_type != "code" {
        return Some(GrantError::UnsupportedResponseType);
    }
    let method = request.code_challenge_method.as_deref();
    let is_s256 = request.code_challenge.is_none() || method == Some("S256");
    (!is_s256).then_some(GrantError::InvalidRequest)
}

fn answer_to(
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
