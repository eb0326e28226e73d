//! What stands before the endpoints: the request log, the web server's own refusals, and faults.

use std::convert::Infallible;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Response};
use futures::stream;
use jiff::fmt::rfc2822::DateTimePrinter;
use serde_json::Value;
use tower::ServiceExt;

use crate::api::{ApiError, paths};
use crate::faults::{FaultKind, Mishap, Rewrite};
use crate::records::RequestRecord;
use crate::rewrite;
use crate::world::Shared;

/// No answer of ours is larger.
const LARGEST_ANSWER: usize = 16 * 1024 * 1024;
const CHUNK: usize = 64 * 1024;

/// The connection is to be closed without an answer.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("the connection was dropped on purpose")]
pub struct Dropped;

/// Answers a request, or has its connection dropped. What is below `/sim` is neither logged nor
/// hit by faults.
pub async fn pass(sim: Shared, routes: Router, request: Request) -> Result<Response, Dropped> {
    let path = request.uri().path().to_owned();
    if path.starts_with("/sim/") {
        return Ok(run(routes, request).await);
    }
    let (number, mishap) = {
        let mut world = sim.world();
        let record = record(&request, world.now());
        let number = world.requests.arrived(record);
        (
            number,
            world.faults.strike(request.method().as_str(), &path),
        )
    };
    let mut answer = answer_with(mishap, routes, request).await?;
    let mut world = sim.world();
    world.requests.answered(number, answer.status().as_u16());
    date(answer.headers_mut(), world.now());
    Ok(answer)
}

/// Says what time it is by the server's clock, unless a fault says something else.
fn date(headers: &mut HeaderMap, now: jiff::Timestamp) {
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

async fn answer_with(
    mishap: Mishap,
    routes: Router,
    request: Request,
) -> Result<Response, Dropped> {
    wait(mishap.delay_before_ms).await;
    let answer = match mishap.instead {
        None => run(routes, request).await,
        Some(FaultKind::DropBefore) => return Err(Dropped),
        Some(FaultKind::DropAfter) => {
            run(routes, request).await;
            wait(mishap.delay_after_ms).await;
            return Err(Dropped);
        }
        Some(FaultKind::Truncated) => truncated(run(routes, request).await).await,
        Some(instead) => {
            if takes_effect(&instead) {
                run(routes, request).await;
            }
            in_place_of_the_true_one(instead)
        }
    };
    let answer = retold(&mishap.rewrites, answer).await;
    wait(mishap.delay_after_ms).await;
    Ok(answer)
}

async fn wait(ms: u64) {
    if ms > 0 {
        tokio::time::sleep(Duration::from_millis(ms)).await;
    }
}

async fn run(routes: Router, mut request: Request) -> Response {
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

/// Web servers such as IIS refuse a POST that says neither how long it is nor that it is chunked.
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
    let path = paths::in_lower_case(uri.path());
    let lowered = match uri.query() {
        Some(query) => format!("{path}?{query}"),
        None => path,
    };
    if let Ok(lowered) = lowered.parse() {
        *uri = lowered;
    }
}

fn takes_effect(fault: &FaultKind) -> bool {
    matches!(
        fault,
        FaultKind::Status {
            after_effect: true,
            ..
        } | FaultKind::Html {
            after_effect: true,
            ..
        } | FaultKind::Empty {
            after_effect: true,
            ..
        }
    )
}

fn in_place_of_the_true_one(fault: FaultKind) -> Response {
    match fault {
        FaultKind::Status {
            code,
            body,
            headers,
            ..
        } => {
            let mut answer = with_body(status(code), body);
            for (name, value) in headers {
                add_header(answer.headers_mut(), &name, &value);
            }
            answer
        }
        FaultKind::Html { code, .. } => (
            status(code),
            Html("<!DOCTYPE html><html><body><h1>Gateway</h1></body></html>"),
        )
            .into_response(),
        FaultKind::Empty { code, .. } => status(code).into_response(),
        FaultKind::RetryAfter { code, seconds } => {
            let mut answer = with_body(status(code), None);
            add_header(
                answer.headers_mut(),
                header::RETRY_AFTER.as_str(),
                &seconds.to_string(),
            );
            answer
        }
        FaultKind::Huge { bytes } => huge(bytes),
        _ => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

fn with_body(code: StatusCode, body: Option<Value>) -> Response {
    match body {
        None => {
            ApiError::new(code, "The simulated server was told to answer this.").into_response()
        }
        Some(Value::String(text)) => (code, text).into_response(),
        Some(json) => (code, axum::Json(json)).into_response(),
    }
}

fn status(code: u16) -> StatusCode {
    StatusCode::from_u16(code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

fn add_header(headers: &mut HeaderMap, name: &str, value: &str) {
    if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), HeaderValue::from_str(value)) {
        headers.insert(name, value);
    }
}

/// JSON that never comes to its point.
fn huge(bytes: u64) -> Response {
    let head = Bytes::from_static(b"{\"id\":\"");
    let filler = Bytes::from(vec![b'a'; CHUNK]);
    let chunks = stream::unfold((0, head), move |(sent, chunk)| {
        let filler = filler.clone();
        async move {
            let left = bytes.checked_sub(sent).filter(|left| *left > 0)?;
            let chunk = chunk.slice(..chunk.len().min(usize::try_from(left).unwrap_or(CHUNK)));
            let sent = sent + chunk.len() as u64;
            Some((Ok::<_, Infallible>(chunk), (sent, filler)))
        }
    });
    (
        [(header::CONTENT_TYPE, "application/json")],
        Body::from_stream(chunks),
    )
        .into_response()
}

/// The first half of an answer that announced its whole length.
async fn truncated(answer: Response) -> Response {
    let (mut parts, body) = answer.into_parts();
    let whole = to_bytes(body, LARGEST_ANSWER).await.unwrap_or_default();
    parts
        .headers
        .insert(header::CONTENT_LENGTH, HeaderValue::from(whole.len()));
    let half = whole.slice(..whole.len() / 2);
    let pieces = stream::unfold(Some(half), |piece| async move {
        match piece {
            Some(half) => Some((Ok(half), None)),
            None => {
                // Lets the first half leave before the connection breaks.
                tokio::time::sleep(Duration::from_millis(5)).await;
                Some((Err(Dropped), None))
            }
        }
    });
    Response::from_parts(parts, Body::from_stream(pieces))
}

async fn retold(rewrites: &[Rewrite], answer: Response) -> Response {
    if rewrites.is_empty() || !answer.status().is_success() {
        return answer;
    }
    let (mut parts, body) = answer.into_parts();
    let whole = to_bytes(body, LARGEST_ANSWER).await.unwrap_or_default();
    let Ok(mut json) = serde_json::from_slice::<Value>(&whole) else {
        return Response::from_parts(parts, Body::from(whole));
    };
    rewrites
        .iter()
        .for_each(|each| rewrite::apply(each, &mut json));
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(json.to_string()))
}
