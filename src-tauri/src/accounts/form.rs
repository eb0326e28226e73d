//! What the sign-in form sent, read and checked before anything is sent anywhere.

use runwatch_contract::{AppError, ConnectRequest, ErrorCode};
use runwatch_core::account::{SignInMethod, USUAL_CALLBACK_PORT};
use runwatch_core::environment::{Environment, Trust};
use runwatch_core::ids::AccountId;
use runwatch_core::policy::Refusal;
use secrecy::{ExposeSecret, SecretString};

use crate::api::errors::ForPage;

/// Ports below need rights that a person does not have.
const LOWEST_PORT: u16 = 1024;

/// A filled form.
pub struct Form {
    /// The account that signs in again.
    pub again: Option<AccountId>,
    /// Where to.
    pub environment: Environment,
    /// How.
    pub credentials: FormCredentials,
}

/// How to sign in, with the secret for it.
pub enum FormCredentials {
    /// By the browser.
    Browser {
        /// The client id.
        id: String,
        /// The client secret.
        secret: SecretString,
        /// The port of the callback address.
        port: u16,
    },
    /// FormCredentials client credentials.
    Client {
        /// The client id.
        id: String,
        /// The client secret.
        secret: SecretString,
    },
    /// FormCredentials a pasted token.
    Token(SecretString),
}

impl FormCredentials {
    /// The method.
    pub fn method(&self) -> SignInMethod {
        match self {
            Self::Browser { .. } => SignInMethod::Browser,
            Self::Client { .. } => SignInMethod::Client,
            Self::Token(_) => SignInMethod::Token,
        }
    }

    /// The client id; empty for a token.
    pub fn client_id(&self) -> &str {
        match self {
            Self::Browser { id, .. } | Self::Client { id, .. } => id,
            Self::Token(_) => "",
        }
    }

    /// The port of the callback address.
    pub fn port(&self) -> Option<u16> {
        match self {
            Self::Browser { port, .. } => Some(*port),
            _ => None,
        }
    }
}

/// Reads the form; `refusal` says what the organisation's rules do not allow.
///
/// # Errors
/// That; what is missing or cannot be, in plain words; [`ErrorCode::ConfirmOrigin`] where the address is
/// neither SolveXia's nor this computer's and was not confirmed (docs/RULES.md, 20).
pub fn read(
    request: ConnectRequest,
    refusal: impl Fn(&Environment, SignInMethod) -> Option<Refusal>,
) -> Result<Form, AppError> {
    let environment = Environment::parse(&request.environment).map_err(|error| error.for_page())?;
    // Before anything is confirmed that would not be sent all the same.
    if let Some(why) = refusal(&environment, request.method) {
        return Err(why.for_page());
    }
    check_origin(&environment, request.confirmed_origin.as_deref())?;
    let credentials = match request.method {
        SignInMethod::Browser => FormCredentials::Browser {
            id: filled(request.client_id, "client id")?,
            secret: filled_secret(request.client_secret, "client secret")?,
            port: port(request.callback_port)?,
        },
        SignInMethod::Client => FormCredentials::Client {
            id: filled(request.client_id, "client id")?,
            secret: filled_secret(request.client_secret, "client secret")?,
        },
        SignInMethod::Token => {
            FormCredentials::Token(filled_secret(request.access_token, "access token")?)
        }
    };
    Ok(Form {
        again: request.account_id.map(AccountId),
        environment,
        credentials,
    })
}

/// A secret goes to an origin that the user knows, or not at all.
fn check_origin(environment: &Environment, confirmed: Option<&str>) -> Result<(), AppError> {
    let known = environment.trust() != Trust::Other;
    let said_yes = confirmed
        .and_then(|text| Environment::parse(text).ok())
        .as_ref()
        == Some(environment);
    if known || said_yes {
        return Ok(());
    }
    let origin = environment.origin();
    Err(AppError::new(
        ErrorCode::ConfirmOrigin,
        format!(
            "{origin} is not an address of SolveXia. Your sign-in secret would be sent there. \
             Go on only if your administrator gave you this address."
        ),
    ))
}

fn port(chosen: Option<u16>) -> Result<u16, AppError> {
    let port = chosen.unwrap_or(USUAL_CALLBACK_PORT);
    if port >= LOWEST_PORT {
        return Ok(port);
    }
    let message = format!(
        "{port} cannot be the port of the callback URL. Choose a number from {LOWEST_PORT} to 65535."
    );
    Err(AppError::new(ErrorCode::BadId, message))
}

fn filled(field: Option<String>, what: &str) -> Result<String, AppError> {
    field
        .map(|text| text.trim().to_owned())
        .filter(|text| !text.is_empty())
        .ok_or_else(|| missing(what))
}

fn filled_secret(field: Option<SecretString>, what: &str) -> Result<SecretString, AppError> {
    field
        .map(|secret| SecretString::from(secret.expose_secret().trim()))
        .filter(|secret| !secret.expose_secret().is_empty())
        .ok_or_else(|| missing(what))
}

fn missing(what: &str) -> AppError {
    AppError::new(ErrorCode::BadId, format!("Type the {what} first."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(environment: &str, method: SignInMethod) -> ConnectRequest {
        ConnectRequest {
            account_id: None,
            environment: environment.into(),
            method,
            client_id: Some(" id ".into()),
            client_secret: Some(SecretString::from(" secret\n")),
            callback_port: None,
            access_token: None,
            confirmed_origin: None,
        }
    }

    fn code(request: ConnectRequest) -> Option<ErrorCode> {
        read(request, |_, _| None).err().map(|error| error.code)
    }

    #[test]
    fn blanks_around_what_was_pasted_do_not_matter() {
        let form = read(request("app", SignInMethod::Client), |_, _| None).unwrap();
        let FormCredentials::Client { id, secret } = form.credentials else {
            panic!("client credentials were asked for")
        };
        assert_eq!((id.as_str(), secret.expose_secret()), ("id", "secret"));
    }

    #[test]
    fn rule_20_a_strange_address_is_confirmed_by_name_or_gets_no_secret() {
        let strange = || request("https://sx.example.com", SignInMethod::Client);
        assert_eq!(code(strange()), Some(ErrorCode::ConfirmOrigin));
        let other = ConnectRequest {
            confirmed_origin: Some("https://other.example.com".into()),
            ..strange()
        };
        assert_eq!(code(other), Some(ErrorCode::ConfirmOrigin));
        let confirmed = ConnectRequest {
            confirmed_origin: Some("https://sx.example.com/".into()),
            ..strange()
        };
        assert_eq!(code(confirmed), None);
    }

    #[test]
    fn what_the_organisation_does_not_allow_is_refused_before_anything_is_confirmed() {
        let strange = request("https://sx.example.com", SignInMethod::Client);
        let refused = read(strange, |_, _| Some(Refusal::UnreadableRule));
        assert_eq!(refused.err().unwrap().code, ErrorCode::Policy);
    }

    #[test]
    fn a_port_that_only_the_system_may_use_is_refused() {
        let with = |port| ConnectRequest {
            callback_port: port,
            ..request("app", SignInMethod::Browser)
        };
        assert_eq!(code(with(Some(80))), Some(ErrorCode::BadId));
        assert_eq!(
            read(with(None), |_, _| None).unwrap().credentials.port(),
            Some(USUAL_CALLBACK_PORT)
        );
        assert_eq!(
            read(with(Some(4321)), |_, _| None)
                .unwrap()
                .credentials
                .port(),
            Some(4321)
        );
    }

    #[test]
    fn a_form_without_its_secret_is_not_sent() {
        assert_eq!(
            code(request("app", SignInMethod::Token)),
            Some(ErrorCode::BadId)
        );
        assert_eq!(
            code(request(" ", SignInMethod::Client)),
            Some(ErrorCode::BadId)
        );
    }
}
