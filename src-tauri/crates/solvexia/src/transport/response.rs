//! A whole response, read in chunks up to a size limit.

use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use reqwest::header::{AGE, CONTENT_TYPE, DATE, HeaderMap, RETRY_AFTER};
use reqwest::{Response, StatusCode};
use runwatch_core::clock_offset::Dated;
use tokio::sync::{Semaphore, SemaphorePermit};

use super::exchange_error::ExchangeError;

/// A longer `Retry-After` is cut to this.
const LONGEST_WAIT: Duration = Duration::from_secs(60 * 60);
/// Bytes that are read of an error's response. SolveXia's have some hundred; a longer one is another
/// server's page, of which the beginning tells enough.
const LONGEST_ERROR: usize = 64 * 1024;
/// A response of more bytes than that is a large one.
const LARGE: usize = 256 * 1024;
/// Large responses that are in memory at the same time, of all accounts together; others wait, within
/// their deadline. Each is as large as a list may be.
static LARGE_ONES: Semaphore = Semaphore::const_new(2);

/// A whole response.
#[derive(Debug)]
pub(crate) struct HttpResponse {
    pub status: StatusCode,
    /// The wait that the server asks for (`Retry-After`).
    pub retry_after: Option<Duration>,
    /// Whether it is a web page, which SolveXia's API never sends: a proxy did.
    pub is_page: bool,
    /// Whether its content type is JSON.
    pub is_json: bool,
    /// The server's time, unless the response comes from a cache.
    pub dated: Option<Dated>,
    pub body: Vec<u8>,
    /// A large response's place among the large ones, as long as it is in memory.
    pub _place: Option<SemaphorePermit<'static>>,
}

/// Receives the response to a request; `sent` is when that was sent.
pub async fn receive(
    mut response: Response,
    limit: usize,
    sent: Timestamp,
) -> Result<HttpResponse, ExchangeError> {
    let answered = Timestamp::now();
    let is_error = !response.status().is_success();
    let told = response.content_length().unwrap_or(0);
    if told > limit as u64 && !is_error {
        return Err(ExchangeError::TooLong);
    }
    let (mut body, mut place) = (Vec::new(), None);
    while let Some(piece) = response
        .chunk()
        .await
        .map_err(ExchangeError::while_receiving)?
    {
        let length = body.len() + piece.len();
        if is_error && length > LONGEST_ERROR {
            body.extend_from_slice(&piece[..LONGEST_ERROR - body.len()]);
            break;
        }
        if length > limit {
            return Err(ExchangeError::TooLong);
        }
        if length > LARGE && place.is_none() {
            // The semaphore is never closed, so `acquire` always gives a permit in the end.
            place = LARGE_ONES.acquire().await.ok();
            // Reserved at once: growing in steps would hold the body twice while it is copied.
            body.reserve_exact(limit - body.len());
        }
        body.extend_from_slice(&piece);
    }
    let headers = response.headers();
    Ok(HttpResponse {
        status: response.status(),
        retry_after: retry_after(headers, SystemTime::now()),
        is_page: says_page(headers) || looks_like_page(&body),
        is_json: kind(headers).is_some_and(|kind| kind.contains("json")),
        dated: date(headers)
            .and_then(|date| Timestamp::try_from(date).ok())
            .map(|date| Dated {
                date,
                sent,
                answered,
            }),
        body,
        _place: place,
    })
}

fn kind(headers: &HeaderMap) -> Option<String> {
    let kind = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    Some(kind.trim_start().to_ascii_lowercase())
}

fn says_page(headers: &HeaderMap) -> bool {
    kind(headers)
        .is_some_and(|kind| kind.starts_with("text/html") || kind.starts_with("application/xhtml"))
}

/// The `Date` header. A response with an `Age` header comes from a cache, so its date is old.
fn date(headers: &HeaderMap) -> Option<SystemTime> {
    if headers.contains_key(AGE) {
        return None;
    }
    httpdate::parse_http_date(headers.get(DATE)?.to_str().ok()?).ok()
}

fn looks_like_page(body: &[u8]) -> bool {
    body.trim_ascii_start().starts_with(b"<")
}

/// `Retry-After`: seconds, or a date by the server's own clock.
fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    let wait = match text.parse() {
        Ok(seconds) => Duration::from_secs(seconds),
        Err(_) => httpdate::parse_http_date(text)
            .ok()?
            .duration_since(date(headers).unwrap_or(now))
            .unwrap_or_default(),
    };
    Some(wait.min(LONGEST_WAIT))
}

#[cfg(test)]
mod tests {
    use super::*;
    use reqwest::header::HeaderValue;

    fn wait(text: &str) -> Option<Duration> {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, HeaderValue::from_str(text).unwrap());
        // 1994-11-06 08:49:07 UTC.
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_747);
        retry_after(&headers, now)
    }

    #[test]
    fn the_wait_is_in_seconds_or_until_a_date() {
        assert_eq!(wait("7"), Some(Duration::from_secs(7)));
        assert_eq!(
            wait("Sun, 06 Nov 1994 08:49:37 GMT"),
            Some(Duration::from_secs(30))
        );
        assert_eq!(wait("Sun, 06 Nov 1994 08:00:00 GMT"), Some(Duration::ZERO));
    }

    #[test]
    fn a_wait_until_a_date_goes_by_the_servers_clock() {
        let mut headers = HeaderMap::new();
        let date = |text: &'static str| HeaderValue::from_static(text);
        headers.insert(RETRY_AFTER, date("Sun, 06 Nov 1994 08:49:37 GMT"));
        headers.insert(DATE, date("Sun, 06 Nov 1994 08:49:30 GMT"));
        let now = SystemTime::now();
        assert_eq!(retry_after(&headers, now), Some(Duration::from_secs(7)));
    }

    #[test]
    fn the_time_of_an_answer_out_of_a_cache_is_not_believed() {
        let mut headers = HeaderMap::new();
        assert_eq!(date(&headers), None);
        headers.insert(DATE, HeaderValue::from_static("yesterday"));
        assert_eq!(date(&headers), None);
        let text = HeaderValue::from_static("Sun, 06 Nov 1994 08:49:37 GMT");
        headers.insert(DATE, text);
        let told = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
        assert_eq!(date(&headers), Some(told));
        headers.insert(AGE, HeaderValue::from_static("0"));
        assert_eq!(date(&headers), None);
    }

    #[test]
    fn no_server_can_ask_for_more_than_an_hour() {
        assert_eq!(wait("99999999999"), Some(LONGEST_WAIT));
        assert_eq!(wait("Sat, 06 Nov 2094 08:49:37 GMT"), Some(LONGEST_WAIT));
    }

    #[test]
    fn another_text_asks_for_nothing() {
        for text in ["", "soon", "-1", "1.5"] {
            assert_eq!(wait(text), None, "{text}");
        }
    }

    #[test]
    fn a_page_is_known_by_its_kind_or_by_its_first_sign() {
        assert!(looks_like_page(b"\r\n <!DOCTYPE html>"));
        assert!(!looks_like_page(b"{\"message\":\"<b>\"}"));
        let mut headers = HeaderMap::new();
        headers.insert(
            CONTENT_TYPE,
            HeaderValue::from_static("Text/HTML; charset=x"),
        );
        assert!(says_page(&headers));
    }
}
