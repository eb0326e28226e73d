//! Accounts as the page sees them, and what the sign-in form sends.

use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::notifications::Muted;
use runwatch_core::account::{Colour, SignInMethod};

/// One signed-in (or signed-out, but remembered) identity in one SolveXia environment.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AccountView {
    /// Our own id of the account; every row and command names it.
    pub id: String,
    /// What the user calls it; the environment's host until renamed.
    pub label: String,
    /// Its mark beside the label.
    pub colour: Colour,
    /// The environment's origin, for example `https://app.solvexia.com`.
    pub origin: String,
    /// How it signs in.
    pub method: SignInMethod,
    /// Who acts, in words: the client id, or "access token".
    pub identity: String,
    /// Whether requests can be made now.
    pub state: AccountState,
    /// The organisation's rule that does not allow it, in a sentence; none where none does.
    pub not_allowed: Option<String>,
    /// Where the secret is kept.
    pub keeping: Keeping,
    /// Why the secret is kept for this session only, in plain words.
    pub keeping_reason: Option<String>,
    /// When a pasted access token stops working (UTC ms); none where the account renews itself.
    pub token_expires_at: Option<i64>,
    /// What SolveXia lets it do (`process_read`, `process_execute`, …); none where it never said.
    pub scopes: Option<Vec<String>>,
    /// Why it can neither start, cancel nor restart, in words; none where it can, as far as is known.
    pub read_only: Option<String>,
    /// How far this computer's clock is off, in a sentence; none while it is off by less than a minute.
    pub clock_off: Option<String>,
    /// In which zone its SolveXia writes dates that name none, and how that is known, in a sentence;
    /// none where it is not known yet.
    pub date_zone: Option<String>,
    /// The port of the callback address, for [`SignInMethod::Browser`].
    pub callback_port: Option<u16>,
    /// The desktop shows nothing of its runs; none where it does.
    pub muted: Option<Muted>,
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
    /// The keychain that holds its secret is locked: nothing is lost, and a button tries again.
    Locked,
    /// The keychain that holds its secret cannot be reached: it is tried again by itself and by a
    /// button, and signing in anew is good for this session.
    NoKeychain,
    /// The user signed out, or the secret is gone: the sign-in form is shown.
    SignedOut,
    /// The organisation's rules do not allow it: nothing is asked, and its list is kept.
    NotAllowed,
}

/// Where an account's secret is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Keeping {
    /// In the operating system's keychain.
    Keychain,
    /// In memory alone; gone when the app ends.
    SessionOnly,
    /// None could be read: there is none, or the keychain does not hand it out.
    Unread,
    /// Signed out, but the keychain may still hold it, until it can be deleted there.
    Left,
    /// Signed out, and deleted.
    Deleted,
}

/// What the sign-in form sends, once. Its secrets are wiped when it is dropped, and never come back.
#[derive(Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ConnectRequest {
    /// The account that signs in again; none for a new one.
    pub account_id: Option<String>,
    /// A prefix (`app`) or a whole origin.
    pub environment: String,
    /// Which of the secrets below is meant.
    pub method: SignInMethod,
    /// For [`SignInMethod::Browser`] and [`SignInMethod::Client`].
    pub client_id: Option<String>,
    /// For [`SignInMethod::Browser`] and [`SignInMethod::Client`].
    #[ts(type = "string | null")]
    pub client_secret: Option<SecretString>,
    /// For [`SignInMethod::Browser`].
    pub callback_port: Option<u16>,
    /// For [`SignInMethod::Token`].
    #[ts(type = "string | null")]
    pub access_token: Option<SecretString>,
    /// The user has confirmed an origin that is neither SolveXia's nor this computer's: the exact
    /// origin that the confirmation named.
    pub confirmed_origin: Option<String>,
}
