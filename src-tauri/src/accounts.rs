//! Signing in and out: from the form to the keychain and the engine (`rules.md`, 19 and 20).

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use runwatch_contract::{AccountView, AppError, ConnectRequest, ErrorCode, SignInMethod};
use runwatch_core::account::{Account, Credentials, Method};
use runwatch_core::environment::{Environment, Trust};
use runwatch_core::ids::AccountId;
use runwatch_core::network::Way;
use runwatch_core::ports::SolveXia;
use runwatch_core::secret::{SecretKind, SecretName};
use secrecy::{ExposeSecret, SecretString};

use crate::errors::ForPage;
use crate::world::World;

/// How long SolveXia's access tokens live, in seconds.
const TOKEN_SECONDS: i64 = 600;

/// Signs in with what the form sent, and remembers the account.
pub async fn connect(world: &Arc<World>, request: ConnectRequest) -> Result<AccountView, AppError> {
    let environment = Environment::parse(&request.environment).map_err(|error| error.for_page())?;
    check_origin(&environment, request.confirmed_origin.as_deref())?;
    let (credentials, client_id, secret) = credentials(request)?;
    let method = match credentials {
        Credentials::Browser { .. } => Method::Browser,
        Credentials::Client { .. } => Method::Client,
        Credentials::Token { .. } => Method::Token,
    };
    let api = client(&environment, credentials, &Way::default())?;
    api.sign_in().await.map_err(|error| error.for_page())?;
    let now = world.engine.now();
    let known = world
        .engine
        .sessions()
        .into_iter()
        .map(|session| session.account)
        .find(|known| {
            known.environment == environment
                && known.method == method
                && known.client_id == client_id
        });
    let account = Account {
        id: known.as_ref().map_or_else(new_id, |known| known.id.clone()),
        colour: known
            .as_ref()
            .map_or_else(Default::default, |known| known.colour),
        label: known.map_or_else(|| environment.host().to_owned(), |known| known.label),
        environment,
        method,
        client_id,
        callback_port: None,
        token_expires: (method == Method::Token).then(|| token_end(now)),
        signed_out: false,
    };
    // The account first: a secret without one could never be found again to be deleted.
    let reason = match world.engine.store().save_account(account.clone()).await {
        Ok(()) => world
            .vault
            .keep(&secret_name(&account), secret)
            .await
            .err()
            .map(|e| session_only(&e)),
        Err(error) => Some(session_only(&error)),
    };
    world.keep_reason(&account.id, reason);
    finish(world, account, api).await
}

/// Makes an account known to the engine and the history.
pub async fn finish(
    world: &Arc<World>,
    account: Account,
    api: Arc<dyn SolveXia>,
) -> Result<AccountView, AppError> {
    if let Err(error) = world.engine.store().save_account(account.clone()).await {
        // Signed in all the same; the account is not remembered, as nothing is at the moment.
        tracing::warn!(%error, "an account could not be remembered");
    }
    let id = account.id.clone();
    forget_when_expired(world, &account);
    world.engine.set_session(account, Some(api));
    let session = world
        .engine
        .session(&id)
        .ok_or_else(|| AppError::new(ErrorCode::Internal, "Signing in did not work. Try again."))?;
    Ok(world.account_view(&session))
}

/// Signs out: reading stops, the secret is deleted, the list is kept.
pub async fn sign_out(world: &Arc<World>, id: &str) -> Result<(), AppError> {
    let account = world.account(id)?;
    let signed_out = Account {
        signed_out: true,
        ..account.clone()
    };
    // First nothing reads any more, then the secret goes.
    world.engine.set_session(signed_out.clone(), None);
    world.keep_reason(&account.id, None);
    let forgotten = world.vault.forget(&secret_name(&account)).await;
    world
        .engine
        .store()
        .save_account(signed_out)
        .await
        .map_err(|error| error.for_page())?;
    forgotten.map_err(|error| {
        let advice =
            "You are signed out here, but delete Runwatch's entry in the keychain yourself.";
        AppError::new(ErrorCode::Keychain, format!("{error} {advice}"))
    })
}

/// Signs remembered accounts in again with what the keychain holds.
pub async fn restore(world: &Arc<World>) {
    let accounts = world.engine.store().accounts().await.unwrap_or_default();
    for account in &accounts {
        world.engine.set_session(account.clone(), None);
    }
    for account in accounts.into_iter().filter(|account| !account.signed_out) {
        if account
            .token_expires
            .is_some_and(|end| end <= world.engine.now())
        {
            forget_token(world, &account).await;
            continue;
        }
        match world.vault.read(&secret_name(&account)).await {
            Ok(Some(secret)) => match client(
                &account.environment,
                stored(&account, secret),
                &Way::default(),
            ) {
                Ok(api) => {
                    forget_when_expired(world, &account);
                    world.engine.set_session(account, Some(api));
                }
                Err(error) => tracing::error!(error = error.message, "no client could be made"),
            },
            Ok(None) => tracing::warn!("the keychain holds no secret for a remembered account"),
            Err(error) => {
                tracing::warn!(%error, "the keychain could not be read");
                world.keep_reason(&account.id, Some(error.to_string()));
                world.engine.set_session(account, None);
            }
        }
    }
}

fn secret_name(account: &Account) -> SecretName {
    let kind = match account.method {
        Method::Browser | Method::Client => SecretKind::ClientSecret,
        Method::Token => SecretKind::AccessToken,
    };
    SecretName::of(&account.id, kind)
}

fn stored(account: &Account, secret: SecretString) -> Credentials {
    match account.method {
        Method::Browser | Method::Client => Credentials::Client {
            id: account.client_id.clone(),
            secret,
        },
        Method::Token => Credentials::Token { token: secret },
    }
}

/// A way to SolveXia.
pub fn client(
    environment: &Environment,
    with: Credentials,
    way: &Way,
) -> Result<Arc<dyn SolveXia>, AppError> {
    let client =
        solvexia::Client::new(environment.clone(), with, way).map_err(|error| error.for_page())?;
    Ok(Arc::new(client))
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

fn credentials(request: ConnectRequest) -> Result<(Credentials, String, SecretString), AppError> {
    match request.method {
        SignInMethod::Browser | SignInMethod::Client => {
            let id = filled(request.client_id, "client id")?;
            let secret = filled_secret(request.client_secret, "client secret")?;
            let credentials = Credentials::Client {
                id: id.clone(),
                secret: secret.clone(),
            };
            Ok((credentials, id, secret))
        }
        SignInMethod::Token => {
            let token = filled_secret(request.access_token, "access token")?;
            let credentials = Credentials::Token {
                token: token.clone(),
            };
            Ok((credentials, String::new(), token))
        }
    }
}

fn filled(field: Option<String>, what: &str) -> Result<String, AppError> {
    field
        .map(|text| text.trim().to_owned())
        .filter(|text| !text.is_empty())
        .ok_or_else(|| AppError::new(ErrorCode::BadId, format!("Type the {what} first.")))
}

fn filled_secret(field: Option<SecretString>, what: &str) -> Result<SecretString, AppError> {
    field
        .map(|secret| SecretString::from(secret.expose_secret().trim()))
        .filter(|secret| !secret.expose_secret().is_empty())
        .ok_or_else(|| AppError::new(ErrorCode::BadId, format!("Type the {what} first.")))
}

fn token_end(now: Timestamp) -> Timestamp {
    now.saturating_add(SignedDuration::from_secs(TOKEN_SECONDS))
        .unwrap_or(now)
}

/// A pasted token is kept in the keychain until it expires, and no longer.
fn forget_when_expired(world: &Arc<World>, account: &Account) {
    let Some(end) = account.token_expires else {
        return;
    };
    let (world, id) = (Arc::clone(world), account.id.clone());
    let left = end.duration_since(world.engine.now()).unsigned_abs();
    tauri::async_runtime::spawn(async move {
        tokio::time::sleep(left).await;
        // A newer token may have come meanwhile.
        if let Some(session) = world.engine.session(&id)
            && session.account.token_expires == Some(end)
        {
            forget_token(&world, &session.account).await;
        }
    });
}

async fn forget_token(world: &World, account: &Account) {
    if let Err(error) = world.vault.forget(&secret_name(account)).await {
        tracing::warn!(%error, "an expired token could not be taken out of the keychain");
    }
}

fn new_id() -> AccountId {
    AccountId(uuid::Uuid::new_v4().to_string())
}

fn session_only(error: &impl std::fmt::Display) -> String {
    format!("{error} You stay signed in until Runwatch is closed, and sign in again next time.")
}
