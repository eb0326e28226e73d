//! Reads (GET): retried after connection errors, 5xx and a 429 that asks for a few seconds, and once with a
//! new token after 401. Below, the HTTP client for reads may send again on another connection
//! (`transport/http_clients.rs`, `for_reads`); above, the scheduler polls again (`engine/src/scheduler`).

use std::time::Duration;

use reqwest::StatusCode;
use runwatch_core::error::CallError;
use serde_json::value::RawValue;

use super::{AuthorizedCalls, convert_response};
use crate::error_messages::{CallContext, Purpose};
use crate::transport::{ExchangeError, HttpResponse};
use crate::url_path::UrlPath;
use crate::wire::Unreadable;

/// How often a read is retried before its error is returned.
const MOST_RETRIES: u32 = 2;
/// Where the server asks for a longer wait, the error is returned and the caller waits.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

impl AuthorizedCalls {
    /// A read of one thing. All its tries together take no longer than one exchange may.
    pub async fn read<T: Send + 'static>(
        &self,
        path: UrlPath,
        convert: impl FnOnce(&RawValue) -> Result<T, Unreadable> + Send + 'static,
    ) -> Result<T, CallError> {
        self.read_up_to(self.transport.limits().one, path, convert)
            .await
    }

    /// The same for a list, which may be much larger.
    pub async fn read_list<T: Send + 'static>(
        &self,
        path: UrlPath,
        convert: impl FnOnce(&RawValue) -> Result<T, Unreadable> + Send + 'static,
    ) -> Result<T, CallError> {
        self.read_up_to(self.transport.limits().list, path, convert)
            .await
    }

    async fn read_up_to<T: Send + 'static>(
        &self,
        limit: usize,
        path: UrlPath,
        convert: impl FnOnce(&RawValue) -> Result<T, Unreadable> + Send + 'static,
    ) -> Result<T, CallError> {
        let context = self.context(Purpose::Read);
        let tries = self.get_with_retries(&path, limit, &context);
        let response = tokio::time::timeout(self.transport.limits().whole, tries)
            .await
            .unwrap_or_else(|_| Err(context.exchange_failed(ExchangeError::TooSlow)))?;
        convert_response(response, &context, convert).await
    }

    async fn get_with_retries(
        &self,
        path: &UrlPath,
        limit: usize,
        context: &CallContext<'_>,
    ) -> Result<HttpResponse, CallError> {
        let mut token = self.tokens.for_read().await?;
        let mut retries = 0;
        let mut was_replaced = false;
        loop {
            let result = self.transport.get(path, limit, &token.secret).await;
            match &result {
                Ok(response)
                    if response.status == StatusCode::UNAUTHORIZED && self.tokens.renews() =>
                {
                    let other = match was_replaced {
                        true => None,
                        false => self.tokens.replacement_for(&token).await,
                    };
                    token = other.ok_or_else(|| context.new_token_refused(response))??;
                    was_replaced = true;
                    continue;
                }
                Ok(response) if response.status.is_success() => self.tokens.accepted(was_replaced),
                _ => {}
            }
            match pause_before_retry(&result, retries) {
                Some(pause) => tokio::time::sleep(jittered(pause)).await,
                None => return result.map_err(|error| context.exchange_failed(error)),
            }
            retries += 1;
        }
    }
}

/// How long to wait before a retry; none where a retry does not help, or not that soon. Timeouts
/// and truncated or oversized responses are not retried: they would likely happen again.
fn pause_before_retry(
    result: &Result<HttpResponse, ExchangeError>,
    retries: u32,
) -> Option<Duration> {
    if retries >= MOST_RETRIES {
        return None;
    }
    let usual = Duration::from_millis(300) * 3u32.pow(retries);
    let pause = match result {
        Ok(response) if response.status.is_server_error() => response.retry_after.unwrap_or(usual),
        Ok(response) if response.status == StatusCode::TOO_MANY_REQUESTS => response.retry_after?,
        Err(ExchangeError::Unsent(_) | ExchangeError::Dropped) => usual,
        Ok(_) | Err(_) => return None,
    };
    (pause <= LONGEST_PAUSE).then_some(pause)
}

/// Up to half as long again, so that many clients do not retry at the same moment.
fn jittered(pause: Duration) -> Duration {
    pause.mul_f64(rand::random_range(1.0..1.5))
}
