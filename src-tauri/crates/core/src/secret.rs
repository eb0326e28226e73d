//! What secrets are called in the keychain. The secrets themselves are `SecretString`s, which refuse
//! to be printed and are wiped when they are dropped.

use std::hash::{Hash, Hasher};

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
#[derive(Debug, Clone)]
pub struct SecretName {
    account: Option<AccountId>,
    kind: SecretKind,
    /// No part of the name: two that differ in this alone are the same.
    place: Option<String>,
}

impl SecretName {
    /// A secret of an account.
    pub fn of(account: &AccountId, kind: SecretKind) -> Self {
        Self {
            account: Some(account.clone()),
            kind,
            place: None,
        }
    }

    /// Says where it is good ([`Account::place`](crate::account::Account::place)), for people who look
    /// into the keychain.
    pub fn at(self, place: &str) -> Self {
        Self {
            place: Some(place.to_owned()),
            ..self
        }
    }

    /// The proxy's password, which all accounts share.
    pub fn proxy_password() -> Self {
        Self {
            account: None,
            kind: SecretKind::ProxyPassword,
            place: None,
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

    /// What a keychain viewer shows: `Runwatch: client secret of app.solvexia.com, client id desk`.
    pub fn label(&self) -> String {
        let kind = self.kind.word().replace('-', " ");
        match &self.place {
            Some(place) => format!("Runwatch: {kind} of {place}"),
            None => format!("Runwatch: {kind}"),
        }
    }
}

impl PartialEq for SecretName {
    fn eq(&self, other: &Self) -> bool {
        (&self.account, self.kind) == (&other.account, other.kind)
    }
}

impl Eq for SecretName {}

impl Hash for SecretName {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.account, self.kind).hash(state);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_keychain_viewer_shows_what_a_secret_is_and_where_it_is_good() {
        let name = SecretName::of(&AccountId("7d1f".into()), SecretKind::ClientSecret);
        let shown = name.clone().at("app.solvexia.com");
        assert_eq!(shown.label(), "Runwatch: client secret of app.solvexia.com");
        assert_eq!((&shown, shown.entry()), (&name, name.entry()));
        assert_eq!(
            SecretName::proxy_password().label(),
            "Runwatch: proxy password"
        );
    }
}
