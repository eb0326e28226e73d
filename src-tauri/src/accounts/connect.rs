//! From a filled form to a signed-in account.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use runwatch_contract::{AccountView, AppError, ConnectRequest};
use runwatch_core::account::{Account, Colour, Method};
use runwatch_core::credentials::Credentials;
use runwatch_core::environment::Environment;
use runwatch_core::ids::AccountId;
use runwatch_core::ports::{SolveXia, Vault};
use runwatch_core::secret::{SecretKind, SecretName};
use runwatch_engine::accounts::session::{Session, SignInState};
use secrecy::SecretString;
use solvexia::SignInError;
use tokio_util::sync::CancellationToken;

use super::form::{self, Form, With};
use super::{browser, client, finish, given_secret, leave};
use crate::errors::ForPage;
use crate::network;
use crate::world::World;

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

/// Signs in with what the form sent, and remembers the account.
pub async fn connect(world: &Arc<World>, request: ConnectRequest) -> Result<AccountView, AppError> {
    let form = form::read(request)?;
    let account = account(&world.engine.accounts.all(), &form, world.engine.now());
    // From here on it can be stopped.
    let stop = world.sign_in.begin(&account);
    let _over = stop.clone().drop_guard();
    stop.run_until_cancelled(network::read_password(world))
        .await
        .ok_or_else(|| SignInError::Stopped.for_page())?;
    match form.with {
        With::Browser { id, secret, port } => {
            browser::sign_in(world, &stop, account, (id, secret), port).await
        }
        With::Client { id, secret } => {
            let credentials = Credentials::Client {
                id,
                secret: secret.clone(),
            };
            at_once(world, &stop, account, credentials, secret).await
        }
        With::Token(token) => {
            let credentials = Credentials::Token {
                token: token.clone(),
            };
            at_once(world, &stop, account, credentials, token).await
        }
    }
}

/// Signs in with a secret that is there already.
async fn at_once(
    world: &Arc<World>,
    stop: &CancellationToken,
    account: Account,
    credentials: Credentials,
    secret: SecretString,
) -> Result<AccountView, AppError> {
    let api = client(&account.environment, credentials, &world.way())?;
    let signed_in = stop.run_until_cancelled(api.sign_in()).await;
    signed_in
        .ok_or_else(|| SignInError::Stopped.for_page())?
        .map_err(|error| error.for_page())?;
    settle(world, stop, account, api, Some(secret)).await
}

/// Keeps and remembers what signed in, unless it was stopped meanwhile; a secret that is kept already is
/// not given.
pub(super) async fn settle(
    world: &Arc<World>,
    stop: &CancellationToken,
    account: Account,
    api: Arc<dyn SolveXia>,
    secret: Option<SecretString>,
) -> Result<AccountView, AppError> {
    let _turn = world.keeping.lock().await;
    let mut is_kept = secret.is_none();
    if let Some(secret) = secret.filter(|_| !stop.is_cancelled()) {
        remember(world, &account).await;
        keep(world, &account, secret).await;
        is_kept = true;
    }
    // The keychain takes its time, in which it may have been stopped.
    if stop.is_cancelled() {
        if is_kept {
            take_back(world, &account.id).await;
        }
        return Err(SignInError::Stopped.for_page());
    }
    forget_others(world, &account).await;
    finish(world, account, api).await
}

/// What a sign-in had kept when it was stopped goes again: nobody may be signed in by it, neither now
/// nor at the next start. Where an account was signed in before, the new secret has taken the place of
/// the old one, and stays.
async fn take_back(world: &Arc<World>, id: &AccountId) {
    // What fails here was logged; secrets that are left are tried again.
    match world.engine.accounts.get(id) {
        Some(known) if !known.account.signed_out => {}
        Some(_) => {
            let _ = world.engine.sign_out(id).await;
            let _ = leave::delete_secrets(world, id).await;
        }
        None => {
            let _ = leave::delete_secrets(world, id).await;
            if let Err(error) = world.engine.history.store().remove_account(id, true).await {
                tracing::warn!(%error, "an account whose sign-in was stopped is still remembered");
            }
        }
    }
}

/// Writes the account down before its secret: what is listed can be removed again.
pub(super) async fn remember(world: &World, account: &Account) {
    if let Err(error) = world
        .engine
        .history
        .store()
        .save_account(account.clone())
        .await
    {
        tracing::warn!(%error, "an account could not be remembered");
    }
}

/// Keeps a secret in the keychain, or for this session (`world.session_only` says why).
pub(super) async fn keep(world: &World, account: &Account, secret: SecretString) {
    let kind = given_secret(account.method);
    let name = SecretName::of(&account.id, kind).at(&account.place());
    // The vault has logged it, and remembers why.
    let _ = world.vault.keep(&name, secret).await;
}

/// Secrets of another way to sign in are of no use any more.
async fn forget_others(world: &World, account: &Account) {
    let is_used = |kind: &SecretKind| match kind {
        SecretKind::RefreshToken => account.method == Method::Browser,
        kind => *kind == given_secret(account.method),
    };
    let all = SecretKind::OF_AN_ACCOUNT.into_iter();
    for kind in all.filter(|kind| !is_used(kind)) {
        if let Err(error) = world.vault.forget(&SecretName::of(&account.id, kind)).await {
            tracing::warn!(%error, "a secret that is not used any more could not be deleted");
        }
    }
}

/// The account that the form is about: the one that signs in again, or a new one.
fn account(sessions: &[Session], form: &Form, now: Timestamp) -> Account {
    let known = known(sessions, form);
    let method = form.with.method();
    Account {
        id: known.map_or_else(new_id, |known| known.id.clone()),
        label: known.map_or_else(
            || new_label(sessions, &form.environment, form.with.client_id()),
            |known| known.label.clone(),
        ),
        colour: known.map_or_else(|| new_colour(sessions), |known| known.colour),
        environment: form.environment.clone(),
        method,
        client_id: form.with.client_id().to_owned(),
        callback_port: form.with.port(),
        token_expires: (method == Method::Token).then(|| token_end(now)),
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
        let is_free = account.method == Method::Client || session.sign_in != SignInState::Ready;
        account.method == form.with.method()
            && account.client_id == form.with.client_id()
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

fn new_id() -> AccountId {
    AccountId(uuid::Uuid::new_v4().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(environment: &str, again: Option<&str>, with: With) -> Form {
        Form {
            again: again.map(|id| AccountId(id.into())),
            environment: Environment::parse(environment).unwrap(),
            with,
        }
    }

    fn by_client(id: &str) -> With {
        With::Client {
            id: id.into(),
            secret: SecretString::from("s"),
        }
    }

    fn by_browser(id: &str) -> With {
        With::Browser {
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
        account(sessions, form, Timestamp::UNIX_EPOCH)
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
        let token = With::Token(SecretString::from("t"));
        assert_eq!(first(&sessions, &form("app", again, token)).id, one.id);
        let elsewhere = first(&sessions, &form("sandbox", again, by_client("a")));
        assert_ne!(elsewhere.id, one.id, "its runs are of another environment");
    }

    #[test]
    fn a_second_token_is_another_account_while_the_first_is_good() {
        let token = || With::Token(SecretString::from("t"));
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
}
