//! Actions: one POST each, whatever is answered (docs/RULES.md, 9): a write is never sent again. There is
//! no retry here; nor is there one above, in `engine/src/actions/execute.rs`, or below: the HTTP client
//! for POSTs (`transport/http_clients.rs`, `for_posts`) is kept from sending again by itself.

use runwatch_core::error::CallError;
use serde_json::Value;
use serde_json::value::RawValue;

use super::action::Action;
use super::{AuthorizedCalls, convert_response};
use crate::error_messages::{Purpose, ScopeState};
use crate::url_path::UrlPath;
use crate::wire::Unreadable;

impl AuthorizedCalls {
    /// Sends one POST, with a token that may be renewed before it.
    pub async fn post_once<T: Send + 'static>(
        &self,
        path: UrlPath,
        body: Option<Value>,
        action: Action,
        convert: impl FnOnce(&RawValue) -> Result<T, Unreadable> + Send + 'static,
    ) -> Result<T, CallError> {
        let token = self.tokens.for_action().await?;
        let context = self.context(Purpose::Act(self.scope_state(action.scope), action.look_at));
        let response = self
            .transport
            .post(&path, body.as_ref(), &token.secret)
            .await
            .map_err(|error| context.exchange_failed(error))?;
        convert_response(response, &context, convert).await
    }

    fn scope_state(&self, scope: &'static str) -> ScopeState {
        match self.tokens.granted_scopes() {
            None => ScopeState::Unknown(scope),
            Some(granted) if granted.iter().any(|one| one == scope) => ScopeState::Granted,
            Some(_) => ScopeState::Missing(scope),
        }
    }
}
