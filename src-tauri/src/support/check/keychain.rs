//! The keychain: whether it keeps what it is given.

use runwatch_core::error::VaultError;
use runwatch_core::ids::AccountId;
use runwatch_core::ports::Vault;
use runwatch_core::secret::{SecretKind, SecretName};
use runwatch_platform::Keychain;
use secrecy::{ExposeSecret, SecretString};

use crate::support::check::report::{Line, missing, ok};

/// Writes, reads and removes an entry of this data folder.
pub async fn check(vault: Result<&Keychain, &VaultError>) -> Line {
    let tried = match vault {
        Ok(vault) => keep_read_forget(vault).await,
        Err(error) => Err(error.clone()),
    };
    match tried {
        Ok(()) => ok("Keychain: a test entry was written, read and removed"),
        Err(error) => missing(format!(
            "Keychain: {error} You can sign in all the same, each time that Runwatch starts."
        )),
    }
}

async fn keep_read_forget(vault: &Keychain) -> Result<(), VaultError> {
    // Of its own, as two may check at the same time.
    let id = uuid::Uuid::new_v4().to_string();
    let name = SecretName::of(&AccountId(format!("check-{id}")), SecretKind::AccessToken);
    let secret = SecretString::from(id);
    vault.keep(&name, secret.clone()).await?;
    let kept = vault.read(&name).await;
    vault.forget(&name).await?;
    match kept? {
        Some(kept) if kept.expose_secret() == secret.expose_secret() => Ok(()),
        _ => Err(VaultError::Unfaithful),
    }
}
