//! Which account a filled sign-in form means: a known one that signs in again, or a new one.

use jiff::{SignedDuration, Timestamp};
use runwatch_close_files::sha256;
use runwatch_core::account::{Account, Colour, SignInMethod};
use runwatch_core::environment::Environment;
use runwatch_core::ids::AccountId;
use runwatch_engine::accounts::session::{Session, SignInState};

use crate::accounts::form::Form;

/// How long SolveXia's access tokens live, in seconds.
const TOKEN_SECONDS: i64 = 600;

const COLOURS: [Colour; 7] = [
    Colour::Blue,
    Colour::Amber,
    Colour::Green,
    Colour::Purple,
    Colour::Teal,
    Colour::Red,
    Colour::Grey,
];

/// The account that the form is about: the one that signs in again, or a new one.
pub fn account_of(sessions: &[Session], form: &Form, now: Timestamp) -> Account {
    let known = known(sessions, form);
    let method = form.credentials.method();
    Account {
        id: known.map_or_else(|| new_id(sessions, form), |known| known.id.clone()),
        label: known.map_or_else(
            || new_label(sessions, &form.environment, form.credentials.client_id()),
            |known| known.label.clone(),
        ),
        colour: known.map_or_else(|| new_colour(sessions), |known| known.colour),
        environment: form.environment.clone(),
        method,
        client_id: form.credentials.client_id().to_owned(),
        callback_port: form.credentials.port(),
        token_expires: (method == SignInMethod::Token).then(|| token_end(now)),
        signed_out: false,
        secrets_left: false,
    }
}

/// A new form that says the same as a known account means that account. In the browser two people
/// can use one application, and a token does not say whose it is: there, only an account that is not
/// signed in is taken for the same.
fn known<'a>(sessions: &'a [Session], form: &Form) -> Option<&'a Account> {
    let here = |session: &&Session| session.account.environment == form.environment;
    let again = |session: &&Session| Some(&session.account.id) == form.again.as_ref();
    let same = |session: &&Session| {
        let account = &session.account;
        let is_free =
            account.method == SignInMethod::Client || session.sign_in != SignInState::Ready;
        account.method == form.credentials.method()
            && account.client_id == form.credentials.client_id()
            && is_free
    };
    let mut all = sessions.iter().filter(here);
    let found = match &form.again {
        Some(_) => all.find(again),
        None => all.find(same),
    };
    found.map(|session| &session.account)
}

fn new_label(sessions: &[Session], environment: &Environment, client_id: &str) -> String {
    let host = environment.host();
    let is_taken = |label: &str| sessions.iter().any(|known| known.account.label == label);
    if !is_taken(host) {
        return host.to_owned();
    }
    let suffix = if client_id.is_empty() {
        "token"
    } else {
        client_id
    };
    let mut labels = std::iter::once(format!("{host} ({suffix})"))
        .chain((2..).map(|n| format!("{host} ({suffix}, {n})")));
    labels.find(|label| !is_taken(label)).unwrap_or_default()
}

/// One that no other account has, as long as there are any.
fn new_colour(sessions: &[Session]) -> Colour {
    let is_free = |colour: &Colour| !sessions.iter().any(|known| known.account.colour == *colour);
    COLOURS.into_iter().find(is_free).unwrap_or_default()
}

fn token_end(now: Timestamp) -> Timestamp {
    now.saturating_add(SignedDuration::from_secs(TOKEN_SECONDS))
        .unwrap_or(now)
}

/// The same for the same environment and client id: an account that was removed and is added again gets its plans
/// and its history back.
fn new_id(sessions: &[Session], form: &Form) -> AccountId {
    let identity = format!(
        "{} {}",
        form.environment.origin(),
        form.credentials.client_id()
    );
    let id = AccountId(sha256(identity.as_bytes())[..32].to_owned());
    let is_taken = sessions.iter().any(|known| known.account.id == id);
    match is_taken {
        true => AccountId(uuid::Uuid::new_v4().to_string()),
        false => id,
    }
}

#[cfg(test)]
mod tests {
    use secrecy::SecretString;

    use super::*;
    use crate::accounts::form::FormCredentials;

    fn form(environment: &str, again: Option<&str>, credentials: FormCredentials) -> Form {
        Form {
            again: again.map(|id| AccountId(id.into())),
            environment: Environment::parse(environment).unwrap(),
            credentials,
        }
    }

    fn by_client(id: &str) -> FormCredentials {
        FormCredentials::Client {
            id: id.into(),
            secret: SecretString::from("s"),
        }
    }

    fn by_browser(id: &str) -> FormCredentials {
        FormCredentials::Browser {
            id: id.into(),
            secret: SecretString::from("s"),
            port: 4321,
        }
    }

    fn session(account: Account, standing: SignInState) -> Session {
        Session {
            sign_in: standing,
            ..Session::new(account, None)
        }
    }

    fn first(sessions: &[Session], form: &Form) -> Account {
        account_of(sessions, form, Timestamp::UNIX_EPOCH)
    }

    #[test]
    fn the_same_form_again_is_the_same_account_and_another_identity_a_new_one() {
        let one = first(&[], &form("app", None, by_client("a")));
        let sessions = [session(one.clone(), SignInState::Ready)];
        assert_eq!(
            first(&sessions, &form("app", None, by_client("a"))).id,
            one.id
        );
        let other = first(&sessions, &form("app", None, by_client("b")));
        assert_ne!(other.id, one.id);
        assert_ne!(
            other.label, one.label,
            "two names that cannot be told apart"
        );
        assert_ne!(other.colour, one.colour);
        let sandbox = first(&sessions, &form("sandbox", None, by_client("a")));
        assert_ne!(sandbox.id, one.id);
    }

    #[test]
    fn signing_in_again_may_change_the_method_but_never_the_environment() {
        let one = first(&[], &form("app", None, by_client("a")));
        let sessions = [session(one.clone(), SignInState::SignedOut)];
        let again = Some(one.id.0.as_str());
        let token = FormCredentials::Token(SecretString::from("t"));
        assert_eq!(first(&sessions, &form("app", again, token)).id, one.id);
        let elsewhere = first(&sessions, &form("sandbox", again, by_client("a")));
        assert_ne!(elsewhere.id, one.id, "its runs are of another environment");
    }

    #[test]
    fn a_second_token_is_another_account_while_the_first_is_good() {
        let token = || FormCredentials::Token(SecretString::from("t"));
        let one = first(&[], &form("app", None, token()));
        let going = [session(one.clone(), SignInState::Ready)];
        assert_ne!(first(&going, &form("app", None, token())).id, one.id);
        let over = [session(one.clone(), SignInState::SignedOut)];
        assert_eq!(first(&over, &form("app", None, token())).id, one.id);
    }

    #[test]
    fn two_people_may_use_one_application_in_the_browser() {
        let one = first(&[], &form("app", None, by_browser("a")));
        let going = [session(one.clone(), SignInState::Ready)];
        assert_ne!(
            first(&going, &form("app", None, by_browser("a"))).id,
            one.id
        );
        let out = [session(one.clone(), SignInState::SignedOut)];
        assert_eq!(first(&out, &form("app", None, by_browser("a"))).id, one.id);
    }

    /// The board says of a plan whose account was removed that it can be added again.
    #[test]
    fn an_account_that_was_removed_is_the_same_when_it_is_added_again() {
        let one = first(&[], &form("app", None, by_client("a")));
        let again = first(&[], &form("app", None, by_client("a")));
        assert_eq!(again.id, one.id);
        for other in [
            form("sandbox", None, by_client("a")),
            form("app", None, by_client("b")),
        ] {
            assert_ne!(first(&[], &other).id, one.id);
        }
    }
}
