//! Fault injection: replaces, delays, changes or cuts off responses, or drops connections.

use std::convert::Infallible;
use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use futures::stream;
use serde_json::Value;

use crate::api::ApiError;
use crate::faults::{FaultEffects, FaultKind, Rewrite, rewrite};

/// No response of ours is larger.
const LARGEST_RESPONSE: usize = 16 * 1024 * 1024;
const CHUNK: usize = 64 * 1024;

/// The connection is closed without a response.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("the connection was dropped on purpose")]
pub struct Dropped;

/// Responds as the faults say. `respond` does what the request asks for; it is not run where the
/// request is to take no effect.
pub async fn respond_with(
    effects: FaultEffects,
    respond: impl Future<Output = Response>,
) -> Result<Response, Dropped> {
    wait(effects.delay_before_ms).await;
    let response = match effects.replacement {
        None => respond.await,
        Some(FaultKind::DropBefore) => return Err(Dropped),
        Some(FaultKind::DropAfter) => {
            respond.await;
            wait(effects.delay_after_ms).await;
            return Err(Dropped);
        }
        Some(FaultKind::Truncated) => truncated(respond.await).await,
        Some(replacement) => {
            if takes_effect(&replacement) {
                respond.await;
            }
            replacement_response(replacement)
        }
    };
    let response = rewritten(&effects.rewrites, response).await;
    wait(effects.delay_after_ms).await;
    Ok(response)
}

async fn wait(ms: u64) {
    if ms > 0 {
        tokio::time::sleep(Duration::from_millis(ms)).await;
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

fn replacement_response(fault: FaultKind) -> Response {
    match fault {
        FaultKind::Status {
            code,
            body,
            headers,
            ..
        } => {
            let mut response = with_body(status(code), body);
            for (name, value) in headers {
                add_header(response.headers_mut(), &name, &value);
            }
            response
        }
        FaultKind::Html { code, .. } => (
            status(code),
            Html("<!DOCTYPE html><html><body><h1>Gateway</h1></body></html>"),
        )
            .into_response(),
        FaultKind::Empty { code, .. } => status(code).into_response(),
        FaultKind::RetryAfter { code, seconds } => {
            let mut response = with_body(status(code), None);
            add_header(
                response.headers_mut(),
                header::RETRY_AFTER.as_str(),
                &seconds.to_string(),
            );
            response
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

/// JSON whose first text does not end.
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

/// The first half of a response that announced its whole length.
async fn truncated(response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    let whole = to_bytes(body, LARGEST_RESPONSE).await.unwrap_or_default();
    parts
        .headers
        .insert(header::CONTENT_LENGTH, HeaderValue::from(whole.len()));
    let half = whole.slice(..whole.len() / 2);
    let pieces = stream::unfold(Some(half), |piece| async move {
        match piece {
            Some(half) => Some((Ok(half), None)),
            None => {
                // Lets the first half be sent before the connection breaks.
                tokio::time::sleep(Duration::from_millis(5)).await;
                Some((Err(Dropped), None))
            }
        }
    });
    Response::from_parts(parts, Body::from_stream(pieces))
}

async fn rewritten(rewrites: &[Rewrite], response: Response) -> Response {
    if rewrites.is_empty() || !response.status().is_success() {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let whole = to_bytes(body, LARGEST_RESPONSE).await.unwrap_or_default();
    let Ok(mut json) = serde_json::from_slice::<Value>(&whole) else {
        return Response::from_parts(parts, Body::from(whole));
    };
    rewrites.iter().for_each(|rule| rewrite(rule, &mut json));
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(json.to_string()))
}
