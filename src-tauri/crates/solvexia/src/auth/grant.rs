//! `POST /oauth/token`: one token, or a sentence why there is none.

use runwatch_core::error::{CallError, Trouble};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

use super::lease::{Lease, Moment};
use super::pasted::is_token;
use crate::path::Path;
use crate::transport::{Answer, Transport};
use crate::trouble::{Asked, Purpose};
use crate::wire;

/// What is asked for, the fullest first. Where an application may have less, some servers grant
/// less and others refuse the whole request. At last nothing is asked, which gives what is usual.
const SCOPES: [&str; 2] = [
    "process process_execute process_read",
    "process_execute process_read",
];

/// A granted token.
pub struct Grant {
    pub token: SecretString,
    pub lease: Lease,
    /// What it allows, where the answer says it.
    pub scopes: Option<Vec<String>>,
}

/// Asks for a token with a client id and its secret.
pub async fn with_client(
    transport: &Transport,
    id: &str,
    secret: &SecretString,
) -> Result<Grant, CallError> {
    let mut scopes = SCOPES.into_iter();
    loop {
        let scope = scopes.next();
        let asked_at = Moment::now();
        let answer = ask(transport, id, secret, scope).await?;
        if answer.status.is_success() {
            return read(transport.host(), &answer, asked_at);
        }
        let reason = reason(&answer);
        if scope.is_none() || reason != "invalid_scope" {
            return Err(refused(transport.host(), &answer, &reason));
        }
    }
}

async fn ask(
    transport: &Transport,
    id: &str,
    secret: &SecretString,
    scope: Option<&str>,
) -> Result<Answer, CallError> {
    let mut form = vec![
        ("grant_type", "client_credentials"),
        ("client_id", id),
        ("client_secret", secret.expose_secret()),
    ];
    form.extend(scope.map(|scope| ("scope", scope)));
    let path = Path::new("/oauth/token", &[]);
    let answer = transport.post_form(&path, &form).await;
    answer.map_err(|lost| asked(transport.host()).lost(lost))
}

fn read(host: &str, answer: &Answer, asked_at: Moment) -> Result<Grant, CallError> {
    let body = wire::json(&answer.body).unwrap_or_default();
    let token = body.get("access_token").and_then(Value::as_str);
    let Some(token) = token.filter(|token| is_token(token)) else {
        return Err(not_solvexias(host));
    };
    Ok(Grant {
        token: SecretString::from(token),
        lease: Lease::new(asked_at, seconds(body.get("expires_in"))),
        scopes: body.get("scope").and_then(Value::as_str).map(words),
    })
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

/// SolveXia writes 599.1044945 where others write a whole number.
fn seconds(told: Option<&Value>) -> Option<f64> {
    match told? {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// The word by which OAuth tells refusals apart; empty where there is none.
fn reason(answer: &Answer) -> String {
    let body = wire::json(&answer.body).unwrap_or_default();
    let word = body.get("error").and_then(Value::as_str);
    word.unwrap_or_default().to_owned()
}

/// What is told of a refusal. It is trouble with the account and never with the run that happened
/// to be asked for, so that a 404 here must not look like a missing run.
fn refused(host: &str, answer: &Answer, reason: &str) -> CallError {
    let code = answer.status.as_u16();
    match (code, reason) {
        (_, "invalid_client" | "invalid_grant" | "unauthorized_client") => not_accepted(host),
        (400 | 401 | 403, _) if !answer.is_page => not_accepted(host),
        (408 | 429 | 500..=599, _) => asked(host).refused(answer),
        _ => not_solvexias(host),
    }
}

fn not_accepted(host: &str) -> CallError {
    let message = format!(
        "SolveXia at {host} did not accept this client id and secret. Check both in SolveXia's \
         API portal, and that they belong to this environment; then sign in again."
    );
    CallError::unsent(Trouble::SignedOut, message)
}

fn not_solvexias(host: &str) -> CallError {
    let message = format!(
        "What {host} answered to the sign-in is not SolveXia's. Check the environment's name, and \
         whether a proxy stands between."
    );
    CallError::unsent(Trouble::BadAnswer, message)
}

/// A token call has no effect on any run: its errors read like those of a read.
fn asked(host: &str) -> Asked<'_> {
    Asked {
        host,
        purpose: Purpose::Read,
    }
}
