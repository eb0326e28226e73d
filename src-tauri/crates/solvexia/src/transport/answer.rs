//! A whole answer, read piece by piece up to a limit.

use std::time::{Duration, SystemTime};

use reqwest::header::{CONTENT_TYPE, HeaderMap, RETRY_AFTER};
use reqwest::{Response, StatusCode};

use super::Lost;

/// A server may not silence the app for longer than this.
const LONGEST_WAIT: Duration = Duration::from_secs(60 * 60);

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub status: StatusCode,
    /// How long the server asks to wait.
    pub retry_after: Option<Duration>,
    /// Whether it is a web page: SolveXia's API sends none, so something else did.
    pub is_page: bool,
    pub body: Vec<u8>,
}

pub async fn receive(mut response: Response, limit: usize) -> Result<Answer, Lost> {
    let told = response.content_length().unwrap_or(0);
    if told > limit as u64 {
        return Err(Lost::TooLong);
    }
    let mut body = Vec::new();
    while let Some(piece) = response.chunk().await.map_err(Lost::at_receiving)? {
        if body.len() + piece.len() > limit {
            return Err(Lost::TooLong);
        }
        body.extend_from_slice(&piece);
    }
    let headers = response.headers();
    Ok(Answer {
        status: response.status(),
        retry_after: retry_after(headers, SystemTime::now()),
        is_page: says_page(headers) || looks_like_page(&body),
        body,
    })
}

fn says_page(headers: &HeaderMap) -> bool {
    let kind = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    kind.is_some_and(|kind| {
        let kind = kind.trim_start().to_ascii_lowercase();
        kind.starts_with("text/html") || kind.starts_with("application/xhtml")
    })
}

fn looks_like_page(body: &[u8]) -> bool {
    body.trim_ascii_start().starts_with(b"<")
}

/// Seconds, or a date.
fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    let wait = match text.parse() {
        Ok(seconds) => Duration::from_secs(seconds),
        Err(_) => httpdate::parse_http_date(text)
            .ok()?
            .duration_since(now)
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
