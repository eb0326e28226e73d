//! A CONNECT request to a proxy that says why a proxy refuses; reqwest only says that it does.

use hyper::header::{
    HOST, HeaderMap, HeaderValue, PROXY_AUTHENTICATE, PROXY_AUTHORIZATION, USER_AGENT,
};
use hyper::{Request, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::task::JoinSet;

use crate::transport;

/// A connection, directly or through a tunnel.
pub trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}
impl<S: AsyncRead + AsyncWrite + Unpin + Send> Stream for S {}

/// Why a proxy opens no tunnel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TunnelFailure {
    /// It asks for a user and password, and got none.
    SignInMissing,
    /// It rejects the user and password.
    SignInRefused,
    /// It rejected them lately, so they were not sent again.
    SignInPaused,
    /// It asks for a Windows sign-in (NTLM or Kerberos).
    WindowsSignIn,
    /// It asks for a sign-in of another kind only.
    OtherSignIn(String),
    /// It responds with another status.
    Status(u16),
    /// It closed the connection.
    Closed,
    /// It does not speak HTTP.
    NotHttp,
}

/// Asks the proxy at the other end of `stream` for a connection to `host_and_port`.
pub async fn open(
    stream: Box<dyn Stream>,
    sign_in: Option<&HeaderValue>,
    host_and_port: &str,
) -> Result<Box<dyn Stream>, TunnelFailure> {
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream))
        .await
        .map_err(TunnelFailure::from)?;
    // The connection task ends with this function.
    let mut driver = JoinSet::new();
    driver.spawn(connection.with_upgrades());
    let mut request = Request::connect(host_and_port)
        .header(HOST, host_and_port)
        .header(USER_AGENT, transport::USER_AGENT);
    if let Some(sign_in) = sign_in {
        request = request.header(PROXY_AUTHORIZATION, sign_in);
    }
    let request = request
        .body(String::new())
        .map_err(|_| TunnelFailure::NotHttp)?;
    let response = sender.send_request(request).await?;
    match response.status() {
        // hyper-util, which makes the real connections, accepts only 200 too.
        StatusCode::OK => {
            let tunnel = hyper::upgrade::on(response).await?;
            Ok(Box::new(TokioIo::new(tunnel)))
        }
        StatusCode::PROXY_AUTHENTICATION_REQUIRED => {
            let kinds = kinds_of_sign_in(response.headers());
            Err(missing_sign_in(&kinds, sign_in.is_some()))
        }
        other => Err(TunnelFailure::Status(other.as_u16())),
    }
}

impl From<hyper::Error> for TunnelFailure {
    fn from(error: hyper::Error) -> Self {
        if error.is_parse() {
            Self::NotHttp
        } else {
            Self::Closed
        }
    }
}

/// A proxy that names no scheme is assumed to ask for Basic.
fn missing_sign_in(kinds: &[String], was_given: bool) -> TunnelFailure {
    let offers = |kind: &str| kinds.iter().any(|offered| offered == kind);
    if kinds.is_empty() || offers("basic") {
        if was_given {
            TunnelFailure::SignInRefused
        } else {
            TunnelFailure::SignInMissing
        }
    } else if offers("ntlm") || offers("negotiate") || offers("kerberos") {
        TunnelFailure::WindowsSignIn
    } else {
        TunnelFailure::OtherSignIn(runwatch_core::ids::shorten(&kinds[0], 20))
    }
}

/// The scheme of each challenge, in lower case. Challenges and their parameters are both separated
/// by commas; a part is a parameter where an equals sign follows its first word.
fn kinds_of_sign_in(headers: &HeaderMap) -> Vec<String> {
    let challenges = headers.get_all(PROXY_AUTHENTICATE).into_iter();
    challenges
        .filter_map(|value| value.to_str().ok())
        .flat_map(without_quoted)
        .filter_map(|part| {
            let part = part.trim();
            let end = part.find([' ', '=']).unwrap_or(part.len());
            let (word, rest) = part.split_at(end);
            let is_kind = !word.is_empty() && !rest.trim_start().starts_with('=');
            is_kind.then(|| word.to_ascii_lowercase())
        })
        .collect()
}

/// The parts between commas, without quoted text.
fn without_quoted(text: &str) -> Vec<String> {
    let bare: String = text.split('"').step_by(2).collect();
    bare.split(',').map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(lines: &[&'static str]) -> Vec<String> {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(PROXY_AUTHENTICATE, HeaderValue::from_static(line));
        }
        kinds_of_sign_in(&headers)
    }

    #[test]
    fn the_kinds_of_sign_in_are_read_from_lines_and_from_lists() {
        assert_eq!(kinds(&["Basic realm=\"x\""]), ["basic"]);
        assert_eq!(kinds(&["Negotiate", "NTLM"]), ["negotiate", "ntlm"]);
        assert_eq!(
            kinds(&["Negotiate, NTLM , Basic realm=\"a, NTLM \""]),
            ["negotiate", "ntlm", "basic"]
        );
        assert_eq!(
            kinds(&["Digest realm=\"x\", nonce=\"y\", qop = auth"]),
            ["digest"]
        );
        assert_eq!(kinds(&["NTLM TlRMTVNTUAAC=="]), ["ntlm"]);
        assert!(kinds(&["", ","]).is_empty());
    }

    #[test]
    fn a_sign_in_that_can_be_given_is_asked_for_before_one_that_cannot() {
        let wanted = |kinds: &[&str], was_given| {
            let kinds: Vec<String> = kinds.iter().map(|kind| (*kind).to_owned()).collect();
            missing_sign_in(&kinds, was_given)
        };
        assert_eq!(
            wanted(&["ntlm", "basic"], false),
            TunnelFailure::SignInMissing
        );
        assert_eq!(
            wanted(&["ntlm", "basic"], true),
            TunnelFailure::SignInRefused
        );
        assert_eq!(wanted(&[], false), TunnelFailure::SignInMissing);
        for kind in ["ntlm", "negotiate", "kerberos"] {
            assert_eq!(wanted(&[kind], true), TunnelFailure::WindowsSignIn);
        }
        assert_eq!(
            wanted(&["digest"], true),
            TunnelFailure::OtherSignIn("digest".into())
        );
    }
}
