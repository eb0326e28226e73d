//! What every request passes before the endpoints: the request log, the web server's own rules
//! (`Content-Length`, paths in any case), fault injection and the `Date` header.

use std::convert::Infallible;

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Response};
use jiff::fmt::rfc2822::DateTimePrinter;
use tower::ServiceExt;

use crate::api::path_case;
use crate::fault_injection::{Dropped, respond_with};
use crate::request_log::RequestRecord;
use crate::server_state::SharedState;

/// Handles a request; the error drops its connection. Requests below `/sim` are neither logged nor
/// affected by faults.
pub async fn handle(
    shared: SharedState,
    routes: Router,
    request: Request,
) -> Result<Response, Dropped> {
    let path = request.uri().path().to_owned();
    if path.starts_with("/sim/") {
        return Ok(route(routes, request).await);
    }
    let (number, effects) = {
        let mut state = shared.lock();
        let record = record(&request, state.now());
        let number = state.requests.arrived(record);
        (
            number,
            state.faults.effects_on(request.method().as_str(), &path),
        )
    };
    let mut response = respond_with(effects, route(routes, request)).await?;
    let mut state = shared.lock();
    state.requests.answered(number, response.status().as_u16());
    set_date(response.headers_mut(), state.now());
    Ok(response)
}

/// Sets the `Date` header by the server's clock, unless a fault set it.
fn set_date(headers: &mut HeaderMap, now: jiff::Timestamp) {
    let text = DateTimePrinter::new().timestamp_to_rfc9110_string(&now);
    if let Ok(value) = text.map(HeaderValue::try_from)
        && let Ok(value) = value
    {
        headers.entry(header::DATE).or_insert(value);
    }
}

fn record(request: &Request, time: jiff::Timestamp) -> RequestRecord {
    let text = |name: HeaderName| {
        let value = request.headers().get(name)?;
        Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
    };
    RequestRecord {
        number: 0,
        time,
        method: request.method().to_string(),
        path: request.uri().path().to_owned(),
        query: request.uri().query().map(str::to_owned),
        has_authorization: request.headers().contains_key(header::AUTHORIZATION),
        content_length: text(header::CONTENT_LENGTH),
        content_type: text(header::CONTENT_TYPE),
        status: None,
    }
}

/// Applies the rules of the web server, and calls the endpoint.
async fn route(routes: Router, mut request: Request) -> Response {
    if request
        .uri()
        .path()
        .to_ascii_lowercase()
        .starts_with("/api/")
    {
        if lacks_length(&request) {
            return length_required();
        }
        lower_case_path(request.uri_mut());
    }
    routes
        .oneshot(request)
        .await
        .unwrap_or_else(|never: Infallible| match never {})
}

/// Like IIS, which refuses a POST with neither a length nor chunks.
fn lacks_length(request: &Request) -> bool {
    request.method() == Method::POST
        && !request.headers().contains_key(header::CONTENT_LENGTH)
        && !request.headers().contains_key(header::TRANSFER_ENCODING)
}

fn length_required() -> Response {
    let page = "<!DOCTYPE HTML><html><head><title>Length Required</title></head>\
                <body><h2>Length Required</h2><hr><p>HTTP Error 411. The request must be chunked \
                or have a content length.</p></body></html>";
    (StatusCode::LENGTH_REQUIRED, Html(page)).into_response()
}

fn lower_case_path(uri: &mut Uri) {
    let path = path_case::in_lower_case(uri.path());
    let lowered = match uri.query() {
        Some(query) => format!("{path}?{query}"),
        None => path,
    };
    if let Ok(lowered) = lowered.parse() {
        *uri = lowered;
    }
}
