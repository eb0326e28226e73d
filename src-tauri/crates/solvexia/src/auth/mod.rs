//! OAuth access tokens: where they come from, how long they are used, how they are renewed.
//!
//! [`TokenSource`] hands tokens out and renews them; [`token_endpoint`] asks SolveXia for them. To
//! add a way to sign in, add a request there and a `RenewalMethod` in `token_source`.

mod client_credentials;
mod pasted_token;
mod refresh_token_rotation;
mod rejected_secrets;
mod renewal_backoff;
mod sleep_aware_instant;
mod token_endpoint;
mod token_lifetime;
mod token_source;

pub(crate) use refresh_token_rotation::RefreshTokenRotation;
pub(crate) use token_endpoint::{
    AuthorizationCode, OAuthApplication, SCOPES, TokenError, TokenResponse, not_accepted,
    request_with_code,
};
pub(crate) use token_source::TokenSource;
