//! The pages that the browser gets: small, without any external resource.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http_body_util::Full;
use hyper::body::Bytes;
use hyper::header::{self, HeaderName, HeaderValue};
use hyper::{Response, StatusCode};
use sha2::{Digest, Sha256};

use super::sign_in_error::SignInError;

/// A page for the browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ResponsePage {
    /// The sign-in worked.
    SignedIn,
    /// Redirects to SolveXia's page, with a cookie to come back with.
    GoTo {
        address: String,
        cookie: Option<String>,
    },
    /// Somebody else opened the address before.
    OpenedBefore,
    /// The user refused access.
    Refused,
    /// The server did not accept the code.
    NotAccepted,
    /// It failed otherwise; the app shows the reason.
    Failed,
    /// Not a response to the current request.
    NotOurs,
    /// It was answered before, or the app does not wait any more.
    Over,
    /// Another path.
    NotFound,
    /// Another method.
    OnlyGet,
    /// The Host header is not this computer.
    WrongHost,
}

const BACK: &str = "You can close this tab and go back to Runwatch.";
const AGAIN: &str = "Close this tab, go back to Runwatch and sign in again.";

const STYLE: &str = "\
:root{color-scheme:light dark;--ground:#f4f6f8;--surface:#fff;--line:#dfe4e9;--text:#15222c;\
--soft:#45545f;--accent:#17597a}\
@media(prefers-color-scheme:dark){:root{--ground:#11181e;--surface:#1a242c;--line:#2f3d48;\
--text:#e8eef2;--soft:#b3c0ca;--accent:#7cc4e8}}\
body{margin:0;min-height:100vh;display:grid;place-items:center;background:var(--ground);\
color:var(--text);font:16px/1.5 -apple-system,'Segoe UI',Inter,Cantarell,'Noto Sans',sans-serif}\
main{max-width:26rem;margin:24px;padding:32px;background:var(--surface);\
border:1px solid var(--line);border-radius:10px}\
p{margin:0;color:var(--soft)}\
.name{color:var(--accent);font-weight:600}\
h1{margin:8px 0;font-size:20px;line-height:28px}";

impl ResponsePage {
    fn status(&self) -> StatusCode {
        match self {
            Self::SignedIn | Self::Refused | Self::NotAccepted | Self::Failed => StatusCode::OK,
            Self::GoTo { .. } => StatusCode::SEE_OTHER,
            Self::NotOurs => StatusCode::BAD_REQUEST,
            Self::Over | Self::OpenedBefore => StatusCode::GONE,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::OnlyGet => StatusCode::METHOD_NOT_ALLOWED,
            Self::WrongHost => StatusCode::MISDIRECTED_REQUEST,
        }
    }

    /// Headline and next step.
    fn words(&self) -> (&'static str, &'static str) {
        match self {
            Self::SignedIn => ("You are signed in", BACK),
            Self::GoTo { .. } => ("One moment", "SolveXia's page opens."),
            Self::OpenedBefore => (
                "This sign-in was stopped",
                "Its address had been opened before, by another browser or by somebody else. Close this \
                 tab, go back to Runwatch and sign in again.",
            ),
            Self::Refused => (
                "Access was refused",
                "You are not signed in. To try again, go back to Runwatch.",
            ),
            Self::NotAccepted => ("SolveXia did not accept this answer", AGAIN),
            Self::Failed => (
                "You are not signed in",
                "Something went wrong between Runwatch and SolveXia. Go back to Runwatch, which \
                 says more.",
            ),
            Self::NotOurs => (
                "This does not belong to your sign-in",
                "Runwatch did not ask for it and goes on waiting for the true answer. If you were \
                 signing in, do it again from Runwatch; otherwise close this tab.",
            ),
            Self::Over => (
                "This sign-in is over",
                "It was answered already, or stopped. You can close this tab and go back to \
                 Runwatch.",
            ),
            Self::NotFound | Self::OnlyGet | Self::WrongHost => (
                "There is nothing here",
                "Runwatch is waiting for a sign-in at this address, and for nothing else.",
            ),
        }
    }

    pub fn into_response(self) -> Response<Full<Bytes>> {
        let mut response = Response::new(Full::new(Bytes::from(self.html())));
        *response.status_mut() = self.status();
        let policy = format!(
            "default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'; \
             frame-ancestors 'none'",
            STANDARD.encode(Sha256::digest(STYLE))
        );
        let mut add = |name: HeaderName, text: &str| {
            // All values are plain ASCII text.
            if let Ok(value) = HeaderValue::from_str(text) {
                response.headers_mut().insert(name, value);
            }
        };
        add(header::CONTENT_TYPE, "text/html; charset=utf-8");
        add(header::CACHE_CONTROL, "no-store");
        add(header::REFERRER_POLICY, "no-referrer");
        add(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
        add(header::CONTENT_SECURITY_POLICY, &policy);
        match &self {
            Self::GoTo { address, cookie } => {
                add(header::LOCATION, address);
                if let Some(cookie) = cookie {
                    add(header::SET_COOKIE, cookie);
                }
            }
            Self::OnlyGet => add(header::ALLOW, "GET"),
            _ => {}
        }
        response
    }

    fn html(&self) -> String {
        let (headline, next) = self.words();
        format!(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width\">\n\
             <title>{headline} – Runwatch</title>\n<style>{STYLE}</style>\n</head>\n\
             <body>\n<main>\n<p class=\"name\">Runwatch</p>\n<h1>{headline}</h1>\n<p>{next}</p>\n\
             </main>\n</body>\n</html>\n"
        )
    }
}

impl From<&SignInError> for ResponsePage {
    fn from(error: &SignInError) -> Self {
        match error {
            SignInError::Refused => Self::Refused,
            SignInError::NotAccepted { .. } => Self::NotAccepted,
            SignInError::Stopped | SignInError::TimedOut => Self::Over,
            SignInError::OpenedTwice => Self::OpenedBefore,
            SignInError::Call(_)
            | SignInError::PortTaken { .. }
            | SignInError::PortRefused { .. } => Self::Failed,
        }
    }
}
