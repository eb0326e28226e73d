//! Calls with a token: reads, which are patient, and actions, which are sent exactly once.

use std::sync::Arc;
use std::time::Duration;

use jiff::SignedDuration;
use reqwest::StatusCode;
use runwatch_core::error::CallError;
use serde_json::Value;

use crate::auth::TokenSource;
use crate::path::Path;
use crate::transport::{Answer, Lost, Transport};
use crate::trouble::{Asked, Purpose, Right};
use crate::wire::{self, Unreadable};

/// How often a read is repeated before its trouble is handed on.
const MOST_REPETITIONS: u32 = 2;
/// A server that asks for a longer wait is obeyed by the caller, not here.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);
/// Reading larger bodies takes long enough to hold up other work on an async thread.
const LARGE_BODY: usize = 256 * 1024;

/// SolveXia for one account, below the single calls.
pub(crate) struct Api {
    transport: Arc<Transport>,
    tokens: TokenSource,
}

impl Api {
    pub fn new(transport: Arc<Transport>, tokens: TokenSource) -> Self {
        Self { transport, tokens }
    }

    pub fn tokens(&self) -> &TokenSource {
        &self.tokens
    }

    pub fn transport(&self) -> &Transport {
        &self.transport
    }

    /// The host, for sentences.
    pub fn host(&self) -> &str {
        self.transport.host()
    }

    /// By how much SolveXia's clock is ahead; none before an answer showed it.
    pub fn clock_ahead(&self) -> Option<SignedDuration> {
        self.transport.clock_ahead()
    }

    /// A read. All its tries together take no longer than one exchange may.
    pub async fn read<T: Send + 'static>(
        &self,
        path: Path,
        convert: impl FnOnce(Value) -> Result<T, Unreadable> + Send + 'static,
    ) -> Result<T, CallError> {
        let asked = self.asked(Purpose::Read);
        let patiently = self.answer_to_read(&path, &asked);
        let answer = tokio::time::timeout(self.transport.limits().whole, patiently)
            .await
            .unwrap_or_else(|_| Err(asked.lost(Lost::TooSlow)))?;
        converted(answer, &asked, convert).await
    }

    async fn answer_to_read(&self, path: &Path, asked: &Asked<'_>) -> Result<Answer, CallError> {
        let mut token = self.tokens.for_read().await?;
        let mut repetitions = 0;
        let mut was_refused = false;
        loop {
            let result = self.transport.get(path, &token.secret).await;
            match &result {
                Ok(answer) if answer.status == StatusCode::UNAUTHORIZED && self.tokens.renews() => {
                    let other = match was_refused {
                        true => None,
                        false => self.tokens.in_place_of(&token).await,
                    };
                    token = other.ok_or_else(|| asked.refused_a_new_token(answer))??;
                    was_refused = true;
                    continue;
                }
                Ok(answer) if answer.status.is_success() => self.tokens.was_taken(was_refused),
                _ => {}
            }
            match pause_before_repetition(&result, repetitions) {
                Some(pause) => tokio::time::sleep(jittered(pause)).await,
                None => return result.map_err(|lost| asked.lost(lost)),
            }
            repetitions += 1;
        }
    }

    /// An action: one POST, whatever the answer (docs/RULES.md, 9). A token may be got before it.
    pub async fn act<T: Send + 'static>(
        &self,
        path: Path,
        body: Option<Value>,
        right: &'static str,
        convert: impl FnOnce(Value) -> Result<T, Unreadable> + Send + 'static,
    ) -> Result<T, CallError> {
        let token = self.tokens.for_action().await?;
        let asked = self.asked(Purpose::Act(self.standing_of(right)));
        let result = self
            .transport
            .post(&path, body.as_ref(), &token.secret)
            .await;
        let answer = result.map_err(|lost| asked.lost(lost))?;
        converted(answer, &asked, convert).await
    }

    fn standing_of(&self, right: &'static str) -> Right {
        match self.tokens.granted_scopes() {
            None => Right::Unknown(right),
            Some(granted) if granted.iter().any(|scope| scope == right) => Right::Granted,
            Some(_) => Right::Lacking(right),
        }
    }

    fn asked(&self, purpose: Purpose) -> Asked<'_> {
        Asked {
            host: self.host(),
            purpose,
        }
    }
}

/// How long to wait before a read is repeated; none where that does not help, or not so soon.
/// An answer that took too long, or was cut off or too long, would likely be so again.
fn pause_before_repetition(result: &Result<Answer, Lost>, repetitions: u32) -> Option<Duration> {
    if repetitions >= MOST_REPETITIONS {
        return None;
    }
    let usual = Duration::from_millis(300) * 3u32.pow(repetitions);
    let pause = match result {
        Ok(answer) if answer.status.is_server_error() => answer.retry_after.unwrap_or(usual),
        Ok(answer) if answer.status == StatusCode::TOO_MANY_REQUESTS => answer.retry_after?,
        Err(Lost::Unsent(_) | Lost::Dropped) => usual,
        Ok(_) | Err(_) => return None,
    };
    (pause <= LONGEST_PAUSE).then_some(pause)
}

/// Longer by up to a half, so that many who were turned away together do not come back together.
fn jittered(pause: Duration) -> Duration {
    pause.mul_f64(rand::random_range(1.0..1.5))
}

async fn converted<T: Send + 'static>(
    answer: Answer,
    asked: &Asked<'_>,
    convert: impl FnOnce(Value) -> Result<T, Unreadable> + Send + 'static,
) -> Result<T, CallError> {
    if !answer.status.is_success() {
        return Err(asked.refused(&answer));
    }
    let Answer { body, is_page, .. } = answer;
    let is_large = body.len() > LARGE_BODY;
    let read = move || wire::json(&body).and_then(convert);
    let result = if is_large {
        let reading = tokio::task::spawn_blocking(read).await;
        reading.unwrap_or(Err(Unreadable::NotJson))
    } else {
        read()
    };
    result.map_err(|why| asked.unreadable(is_page, &why))
}
