//! Accounts as they are remembered: everything but their secrets.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::environment::Environment;
use crate::ids::{AccountId, shorten};

/// The port of the callback address unless the user chooses another one. Below the ports that
/// systems hand out by themselves, and used by nothing that is widely known.
pub const USUAL_CALLBACK_PORT: u16 = 38417;

/// Windows shows no more than about 500 letters of an entry's name.
const LONGEST_ID: usize = 60;

/// Where the browser brings its answer to. SolveXia compares the whole text, so it is the same
/// here, in the form, and in SolveXia's API portal.
pub fn callback_address(port: u16) -> String {
    format!("http://127.0.0.1:{port}/callback")
}

/// How an account signs in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum SignInMethod {
    /// OAuth authorization code by the system's browser; renews itself by refresh tokens.
    Browser,
    /// OAuth client credentials; renews itself.
    Client,
    /// A pasted access token; about ten minutes.
    Token,
}

/// The mark by which an account is told from the others at a glance, beside its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "colours are called what they are")]
pub enum Colour {
    #[default]
    Blue,
    Teal,
    Green,
    Amber,
    Red,
    Purple,
    Grey,
}

/// One identity in one environment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Our own id.
    pub id: AccountId,
    /// What the user calls it.
    pub label: String,
    /// Its mark.
    pub colour: Colour,
    /// Where it lives. Its secret is never sent anywhere else (docs/RULES.md, 20).
    pub environment: Environment,
    /// How it signs in.
    pub method: SignInMethod,
    /// The client id; empty for a pasted token.
    pub client_id: String,
    /// The port of the callback address, for [`SignInMethod::Browser`].
    pub callback_port: Option<u16>,
    /// When a pasted token stops working, as far as is known (UTC).
    pub token_expires: Option<Timestamp>,
    /// The user signed out: nothing is asked until the next sign-in.
    pub signed_out: bool,
    /// Signed out, and its secrets may still be in the keychain: they are to be deleted.
    pub secrets_left: bool,
}

impl Account {
    /// Who acts, in words.
    pub fn identity(&self) -> &str {
        match self.method {
            SignInMethod::Browser | SignInMethod::Client => &self.client_id,
            SignInMethod::Token => "access token",
        }
    }

    /// Where its secrets are good and whose they are, told from any other account's.
    pub fn place(&self) -> String {
        let (host, label, id) = (self.environment.host(), &self.label, &self.client_id);
        let place = if label.contains(host) {
            label.clone()
        } else {
            format!("{host} ({label})")
        };
        if place.contains(id) {
            place
        } else {
            format!("{place}, client id {}", shorten(id, LONGEST_ID))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(label: &str, client_id: &str) -> String {
        let account = Account {
            id: AccountId("a".into()),
            label: label.into(),
            colour: Colour::Blue,
            environment: Environment::parse("app").unwrap(),
            method: SignInMethod::Client,
            client_id: client_id.into(),
            callback_port: None,
            token_expires: None,
            signed_out: false,
            secrets_left: false,
        };
        account.place()
    }

    #[test]
    fn accounts_on_one_host_are_told_apart_in_a_keychain_viewer() {
        for (label, id, shown) in [
            (
                "app.solvexia.com",
                "desk",
                "app.solvexia.com, client id desk",
            ),
            ("app.solvexia.com (uk)", "uk", "app.solvexia.com (uk)"),
            (
                "Payroll",
                "desk",
                "app.solvexia.com (Payroll), client id desk",
            ),
            ("app.solvexia.com (token)", "", "app.solvexia.com (token)"),
        ] {
            assert_eq!(place(label, id), shown);
        }
    }
}
