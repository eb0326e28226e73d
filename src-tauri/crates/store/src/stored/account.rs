//! An account.

use jiff::Timestamp;
use runwatch_core::account::{Account, Colour, SignInMethod};
use runwatch_core::environment::Environment;
use runwatch_core::ids::AccountId;
use serde::{Deserialize, Serialize};

use super::Stored;

#[derive(Serialize, Deserialize)]
pub struct AccountForm {
    id: String,
    label: String,
    colour: Option<String>,
    environment: String,
    method: String,
    client_id: String,
    callback_port: Option<u16>,
    token_expires: Option<Timestamp>,
    signed_out: bool,
    #[serde(default)]
    secrets_left: bool,
}

impl Stored for Account {
    type Form = AccountForm;

    fn to_form(&self) -> AccountForm {
        AccountForm {
            id: self.id.0.clone(),
            label: self.label.clone(),
            colour: Some(self.colour.to_form()),
            environment: self.environment.origin().to_owned(),
            method: self.method.to_form(),
            client_id: self.client_id.clone(),
            callback_port: self.callback_port,
            token_expires: self.token_expires,
            signed_out: self.signed_out,
            secrets_left: self.secrets_left,
        }
    }

    fn from_form(form: AccountForm) -> rusqlite::Result<Self> {
        // A colour is no reason to lose an account.
        let colour = form.colour.map(Colour::from_form);
        Ok(Self {
            id: AccountId(form.id),
            label: form.label,
            colour: colour.and_then(Result::ok).unwrap_or_default(),
            environment: Environment::stored(form.environment),
            method: SignInMethod::from_form(form.method)?,
            client_id: form.client_id,
            callback_port: form.callback_port,
            token_expires: form.token_expires,
            signed_out: form.signed_out,
            secrets_left: form.secrets_left,
        })
    }
}
