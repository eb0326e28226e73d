//! What secrets are called in the keychain. The secrets themselves are `SecretString`s, which refuse
//! to be printed and are wiped when they are dropped.

use crate::ids::AccountId;

/// What a secret is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SecretKind {
    /// The secret of the account's application in SolveXia's API portal.
    ClientSecret,
    /// The latest refresh token of a browser sign-in.
    RefreshToken,
    /// A pasted access token, until it expires.
    AccessToken,
    /// The password for the proxy; it belongs to no account.
    ProxyPassword,
}

impl SecretKind {
    /// All that an account can have.
    pub const OF_AN_ACCOUNT: [Self; 3] =
        [Self::ClientSecret, Self::RefreshToken, Self::AccessToken];

    /// Its name in a keychain entry, which stays the same for ever.
    pub fn word(self) -> &'static str {
        match self {
            Self::ClientSecret => "client-secret",
            Self::RefreshToken => "refresh-token",
            Self::AccessToken => "access-token",
            Self::ProxyPassword => "proxy-password",
        }
    }
}

/// One secret of one account, or of the app.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SecretName {
    account: Option<AccountId>,
    kind: SecretKind,
}

impl SecretName {
    /// A secret of an account.
    pub fn of(account: &AccountId, kind: SecretKind) -> Self {
        Self {
            account: Some(account.clone()),
            kind,
        }
    }

    /// The proxy's password, which all accounts share.
    pub fn proxy_password() -> Self {
        Self {
            account: None,
            kind: SecretKind::ProxyPassword,
        }
    }

    /// What it is.
    pub fn kind(&self) -> SecretKind {
        self.kind
    }

    /// The entry's name: `ACCOUNT/client-secret`, `proxy-password`.
    pub fn entry(&self) -> String {
        match &self.account {
            Some(account) => format!("{}/{}", account.0, self.kind.word()),
            None => self.kind.word().to_owned(),
        }
    }
}
