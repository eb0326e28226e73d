//! Remembered accounts, signed in again with what the keychain holds.

use std::sync::Arc;
use std::time::Duration;

use runwatch_core::account::{Account, Method};
use runwatch_core::credentials::Credentials;
use runwatch_core::error::VaultError;
use runwatch_core::ids::AccountId;
use runwatch_core::ports::Vault;
use runwatch_core::secret::{SecretKind, SecretName};
use runwatch_engine::accounts::session::Session;

use super::{client, given_secret, leave};
use crate::network;
use crate::world::World;

/// Right after the start of the computer, the keychain may come later than Runwatch.
const LATE: [Duration; 3] = [
    Duration::from_secs(10),
    Duration::from_secs(30),
    Duration::from_secs(90),
];
/// Then it is tried so often: each time the system may ask for its password.
const SELDOM: Duration = Duration::from_secs(600);

/// Signs all remembered accounts in, at the start of the app, and deletes what sign-outs left; never
/// ends, as a keychain that fails is tried again.
pub async fn restore(world: &Arc<World>) {
    for session in world.engine.accounts.all() {
        sign_in(world, session.account).await;
    }
    for pause in LATE.into_iter().chain(std::iter::repeat(SELDOM)) {
        tokio::time::sleep(pause).await;
        ask_again(world, |session| session.api.is_none()).await;
    }
}

/// Tries again to read a keychain that was locked, or not there.
pub async fn unlock(world: &Arc<World>) {
    let needs_it = |session: &Session| session.sign_in.is_unread() || session.account.secrets_left;
    ask_again(world, needs_it).await;
}

/// The proxy's password comes first: without it no account gets anywhere.
async fn ask_again(world: &Arc<World>, which: impl Fn(&Session) -> bool) {
    world.vault.retry().await;
    network::read_password(world).await;
    for session in world.engine.accounts.all().into_iter().filter(which) {
        sign_in(world, session.account).await;
    }
}

/// Sends all accounts that can make requests another way to SolveXia. The keychain is not asked: it may
/// be locked by now, and they are signed in.
pub fn change_way(world: &World) {
    let way = world.way();
    for session in world.engine.accounts.all() {
        let Some(api) = session.api.filter(|_| !has_ended(world, &session.account)) else {
            continue;
        };
        match api.by_way(&way) {
            Ok(api) => world.engine.set_session(session.account, Some(api)),
            Err(error) => tracing::error!(%error, "no client could be made"),
        }
    }
}

fn has_ended(world: &World, account: &Account) -> bool {
    let now = world.engine.now();
    account.token_expires.is_some_and(|end| end <= now)
}

async fn sign_in(world: &Arc<World>, account: Account) {
    if account.signed_out {
        return leave::delete_left(world, &account.id).await;
    }
    if has_ended(world, &account) {
        return forget_token(world, &account.id).await;
    }
    let credentials = credentials(world, &account).await;
    // The keychain takes its time, in which the user may have done something else.
    let Some(account) = unless_changed(world, account) else {
        return;
    };
    match credentials {
        Ok(Some(credentials)) => match client(&account.environment, credentials, &world.way()) {
            Ok(api) => {
                forget_when_expired(world, &account);
                world.engine.set_session(account, Some(api));
            }
            Err(error) => tracing::error!(error = error.message, "no client could be made"),
        },
        Ok(None) => {
            tracing::warn!("the keychain holds no secret for a remembered account");
            world.engine.set_session(account, None);
        }
        Err(error) => {
            tracing::warn!(%error, "the keychain could not be read");
            world.engine.set_unread(account, &error);
        }
    }
}

/// The account by its latest name; none once it was signed out, signed in anew or removed.
fn unless_changed(world: &World, account: Account) -> Option<Account> {
    let now = world.engine.accounts.get(&account.id)?.account;
    let renamed = Account {
        label: now.label.clone(),
        colour: now.colour,
        ..account
    };
    (renamed == now).then_some(now)
}

/// What the keychain holds for an account; none where something is missing.
pub async fn credentials(
    world: &World,
    account: &Account,
) -> Result<Option<Credentials>, VaultError> {
    let read = async |kind| world.vault.read(&SecretName::of(&account.id, kind)).await;
    let Some(secret) = read(given_secret(account.method)).await? else {
        return Ok(None);
    };
    let id = account.client_id.clone();
    Ok(match account.method {
        Method::Browser => read(SecretKind::RefreshToken)
            .await?
            .map(|_| Credentials::Browser {
                id,
                secret,
                refresh: world.open_refresh(account),
            }),
        Method::Client => Some(Credentials::Client { id, secret }),
        Method::Token => Some(Credentials::Token { token: secret }),
    })
}

/// A pasted token is kept in the keychain until it expires, and no longer.
pub fn forget_when_expired(world: &Arc<World>, account: &Account) {
    let Some(end) = account.token_expires else {
        return;
    };
    let (world, id) = (Arc::clone(world), account.id.clone());
    let left = end.duration_since(world.engine.now()).unsigned_abs();
    tauri::async_runtime::spawn(async move {
        tokio::time::sleep(left).await;
        // A newer token may have come meanwhile.
        let is_same = |account: &Account| account.token_expires == Some(end);
        if world
            .engine
            .accounts
            .get(&id)
            .is_some_and(|session| is_same(&session.account))
        {
            forget_token(&world, &id).await;
        }
    });
}

async fn forget_token(world: &World, id: &AccountId) {
    let name = SecretName::of(id, SecretKind::AccessToken);
    if let Err(error) = world.vault.forget(&name).await {
        tracing::warn!(%error, "an expired token could not be taken out of the keychain");
    }
}

#[cfg(test)]
mod tests {
    use runwatch_engine::accounts::session::SignInState;

    use super::*;
    use crate::testing::{Computer, account};

    #[tokio::test]
    async fn a_keychain_that_is_not_there_is_no_sign_out_and_is_used_once_it_comes() {
        let computer = Computer::new();
        let world = computer.start().await;
        let id = account().id;
        let secret = SecretName::of(&id, SecretKind::ClientSecret);
        world.vault.keep(&secret, "secret".into()).await.unwrap();
        world.engine.set_session(account(), None);
        computer
            .keychain
            .fail(Some(VaultError::Unavailable("none is running".into())));
        sign_in(&world, account()).await;
        let standing = || world.engine.accounts.get(&id).unwrap().sign_in;
        assert_eq!(standing(), SignInState::NoKeychain);
        computer.keychain.fail(None);
        unlock(&world).await;
        assert_eq!(standing(), SignInState::Ready);
    }

    #[tokio::test]
    async fn accounts_go_another_way_and_stay_signed_in_though_the_keychain_is_locked() {
        solvexia::install_tls();
        let computer = Computer::new();
        computer.keychain.fail(Some(VaultError::Locked));
        let world = computer.start().await;
        let account = account();
        let credentials = Credentials::Client {
            id: "desk".into(),
            secret: "secret".into(),
        };
        let first = client(&account.environment, credentials, &world.way()).unwrap();
        world
            .engine
            .set_session(account.clone(), Some(Arc::clone(&first)));
        change_way(&world);
        let session = world.engine.accounts.get(&account.id).unwrap();
        let now = session.api.unwrap();
        assert!(!Arc::ptr_eq(&first, &now), "it goes the old way still");
        assert_eq!(session.sign_in, SignInState::Ready);
    }
}
