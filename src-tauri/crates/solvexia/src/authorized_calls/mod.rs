//! API calls with an access token: reads with retries, and actions that are sent exactly once.

mod action;
mod post_once;
mod read_with_retries;

use std::sync::Arc;

use jiff::SignedDuration;
use runwatch_core::error::CallError;
use serde_json::value::RawValue;

use crate::auth::TokenSource;
use crate::error_messages::{CallContext, Purpose};
use crate::transport::{HttpResponse, Transport};
use crate::wire::{self, Unreadable};

pub(crate) use action::Action;

/// Larger bodies are parsed on a blocking thread, so that they do not hold up async workers.
const LARGE_BODY: usize = 256 * 1024;

/// The API calls of one account. The endpoints are built on it.
pub(crate) struct AuthorizedCalls {
    transport: Arc<Transport>,
    tokens: TokenSource,
}

impl AuthorizedCalls {
    pub fn new(transport: Arc<Transport>, tokens: TokenSource) -> Self {
        Self { transport, tokens }
    }

    pub fn tokens(&self) -> &TokenSource {
        &self.tokens
    }

    pub fn transport(&self) -> &Transport {
        &self.transport
    }

    /// By how much SolveXia's clock is ahead; none before a response showed it.
    pub fn clock_ahead(&self) -> Option<SignedDuration> {
        self.transport.clock_ahead()
    }

    fn context(&self, purpose: Purpose) -> CallContext<'_> {
        CallContext {
            host: self.transport.host(),
            purpose,
        }
    }
}

/// The converted body of a success; an error for any other response.
async fn convert_response<T: Send + 'static>(
    response: HttpResponse,
    context: &CallContext<'_>,
    convert: impl FnOnce(&RawValue) -> Result<T, Unreadable> + Send + 'static,
) -> Result<T, CallError> {
    if !response.status.is_success() {
        return Err(context.error_response(&response));
    }
    let (is_page, is_large) = (response.is_page, response.body.len() > LARGE_BODY);
    // The response is kept until it is parsed: it holds the permit for large bodies.
    let parse = move || wire::json(&response.body).and_then(convert);
    let result = if is_large {
        let parsing = tokio::task::spawn_blocking(parse).await;
        parsing.unwrap_or(Err(Unreadable::NotJson))
    } else {
        parse()
    };
    result.map_err(|why| context.unreadable_response(is_page, &why))
}
