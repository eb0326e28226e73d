//! Accounts as the page sees them, and what the sign-in form sends.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One signed-in (or signed-out, but remembered) identity in one SolveXia environment.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AccountView {
    /// Our own id of the account; every row and command names it.
    pub id: String,
    /// What the user calls it; the environment's host until renamed.
    pub label: String,
    /// The environment's origin, for example `https://app.solvexia.com`.
    pub origin: String,
    /// How it signs in.
    pub method: SignInMethod,
    /// Who acts, in words: the client id, or "access token".
    pub identity: String,
    /// Whether requests can be made now.
    pub state: AccountState,
    /// Where the secret is kept.
    pub keeping: Keeping,
    /// Why the secret is kept for this session only, in plain words.
    pub keeping_reason: Option<String>,
    /// When a pasted access token stops working (UTC ms); none where the account renews itself.
    #[ts(type = "number | null")]
    pub token_expires_at: Option<i64>,
    /// Whether this is the embedded simulated SolveXia with sample data.
    pub is_sample: bool,
}

/// Whether an account can make requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum AccountState {
    /// Signed in, and SolveXia answers.
    Ready,
    /// Signed in, but SolveXia cannot be reached at the moment.
    Offline,
    /// The secret has expired or was refused: the list stays in sight, with a banner that leads to
    /// the sign-in form.
    Expired,
    /// The user signed out, or the secret is gone: the sign-in form is shown.
    SignedOut,
}

/// Where an account's secret is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Keeping {
    /// In the operating system's keychain.
    Keychain,
    /// In memory alone; gone when the app ends.
    SessionOnly,
}

/// The ways to sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum SignInMethod {
    /// OAuth client credentials: renews itself.
    Client,
    /// A pasted access token: lasts about ten minutes.
    Token,
}

/// What the sign-in form sends, once. Its secrets are moved out at the border and never come back.
#[derive(Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ConnectRequest {
    /// A prefix (`app`) or a whole origin.
    pub environment: String,
    /// Which of the secrets below is meant.
    pub method: SignInMethod,
    /// For [`SignInMethod::Client`].
    pub client_id: Option<String>,
    /// For [`SignInMethod::Client`].
    pub client_secret: Option<String>,
    /// For [`SignInMethod::Token`].
    pub access_token: Option<String>,
    /// The user has confirmed an origin that is neither SolveXia's nor this computer's: the exact
    /// origin that the confirmation named.
    pub confirmed_origin: Option<String>,
}
