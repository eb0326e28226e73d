use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Instant;

use runwatch_core::ids::AccountId;
use runwatch_core::secret::SecretKind;
use secrecy::ExposeSecret;
use secrecy::zeroize::Zeroizing;

use super::*;

/// Far longer than any step of a test takes, and far shorter than a test may take.
const SHORT: Duration = Duration::from_millis(150);

type BlockingLock = tokio::sync::Mutex<()>;

/// A store that blocks while the lock is held.
struct BlockedStore {
    entries: MemoryStore,
    lock: Arc<BlockingLock>,
    at_unlock: bool,
}

impl EntryStore for BlockedStore {
    fn unlock(&mut self) -> Result<(), VaultError> {
        if self.at_unlock {
            drop(self.lock.blocking_lock());
        }
        Ok(())
    }
    fn write(&mut self, name: &str, bytes: &[u8]) -> Result<(), VaultError> {
        drop(self.lock.blocking_lock());
        self.entries.write(name, bytes)
    }
    fn read(&mut self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError> {
        self.entries.read(name)
    }
    fn delete(&mut self, name: &str) -> Result<bool, VaultError> {
        self.entries.delete(name)
    }
    fn names(&mut self) -> Result<Vec<String>, VaultError> {
        self.entries.names()
    }
}

fn blocked(at_unlock: bool) -> (Keychain, Arc<BlockingLock>) {
    let lock = Arc::new(BlockingLock::default());
    let theirs = Arc::clone(&lock);
    let keychain = Keychain::with(SHORT, move || BlockedStore {
        entries: MemoryStore::default(),
        lock: Arc::clone(&theirs),
        at_unlock,
    });
    (keychain.unwrap(), lock)
}

fn name(account: &str) -> SecretName {
    SecretName::of(&AccountId(account.into()), SecretKind::RefreshToken)
}

async fn shown(keychain: &Keychain, account: &str) -> Option<String> {
    let secret = keychain.read(&name(account)).await.unwrap();
    secret.map(|secret| secret.expose_secret().to_owned())
}

/// Calls until the keychain thread is free again.
async fn recovered(keychain: &Keychain) {
    let back = async {
        while keychain.names().await.is_err() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), back)
        .await
        .unwrap();
}

#[tokio::test]
async fn a_secret_is_kept_replaced_listed_and_forgotten() {
    let keychain = Keychain::in_memory().unwrap();
    assert_eq!(shown(&keychain, "a").await, None);
    keychain.keep(&name("a"), "one".into()).await.unwrap();
    keychain.keep(&name("a"), "two ä".into()).await.unwrap();
    keychain.keep(&name("b"), "b".into()).await.unwrap();
    assert_eq!(shown(&keychain, "a").await.as_deref(), Some("two ä"));
    assert_eq!(
        keychain.names().await.unwrap(),
        [name("a").entry(), name("b").entry()]
    );
    keychain.forget(&name("a")).await.unwrap();
    keychain.forget(&name("a")).await.unwrap();
    assert_eq!(shown(&keychain, "a").await, None);
    assert_eq!(keychain.forget_all().await, Ok(1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_keychain_that_waits_for_its_password_is_told_as_locked_and_used_when_it_is_back() {
    let (keychain, lock) = blocked(true);
    let shut = lock.lock().await;
    let first = keychain.read(&name("a")).await;
    assert_eq!(first.unwrap_err(), VaultError::Locked);
    // At once, without waiting behind the first one.
    let asked = Instant::now();
    for _ in 0..20 {
        let next = keychain.keep(&name("a"), "late".into()).await;
        assert_eq!(next.unwrap_err(), VaultError::Locked);
    }
    assert!(asked.elapsed() < 10 * SHORT, "{:?}", asked.elapsed());
    drop(shut);
    recovered(&keychain).await;
    assert_eq!(
        shown(&keychain, "a").await,
        None,
        "what was refused is not done"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_keychain_that_says_nothing_is_told_as_unavailable_and_what_was_begun_is_done() {
    let (keychain, lock) = blocked(false);
    let shut = lock.lock().await;
    let (begun, other) = (name("a"), name("b"));
    let first = keychain.keep(&begun, "begun".into());
    let second = keychain.keep(&other, "never begun".into());
    let (first, second) = tokio::join!(first, second);
    for vault_error in [first, second] {
        assert_eq!(vault_error.unwrap_err(), os::keychain_timeout_error());
    }
    drop(shut);
    recovered(&keychain).await;
    assert_eq!(shown(&keychain, "a").await.as_deref(), Some("begun"));
    assert_eq!(shown(&keychain, "b").await, None, "nobody waited for it");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_library_that_panics_does_not_take_the_keychain_with_it() {
    /// Panics at its first read.
    struct Panicking(Arc<AtomicBool>, MemoryStore);
    impl EntryStore for Panicking {
        fn write(&mut self, name: &str, bytes: &[u8]) -> Result<(), VaultError> {
            self.1.write(name, bytes)
        }
        fn read(&mut self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError> {
            assert!(self.0.swap(true, Ordering::SeqCst), "as a test wants it");
            self.1.read(name)
        }
        fn delete(&mut self, name: &str) -> Result<bool, VaultError> {
            self.1.delete(name)
        }
        fn names(&mut self) -> Result<Vec<String>, VaultError> {
            self.1.names()
        }
    }
    let (panicked, opened) = (Arc::default(), Arc::new(AtomicUsize::new(0)));
    let count = Arc::clone(&opened);
    let keychain = Keychain::with(DEADLINE, move || {
        count.fetch_add(1, Ordering::SeqCst);
        Panicking(Arc::clone(&panicked), MemoryStore::default())
    })
    .unwrap();
    let first = keychain.read(&name("a")).await;
    assert!(matches!(first, Err(VaultError::Unavailable(_))));
    keychain.keep(&name("a"), "kept".into()).await.unwrap();
    assert_eq!(opened.load(Ordering::SeqCst), 2, "opened anew");
}

#[tokio::test(flavor = "multi_thread")]
async fn many_callers_at_once_each_get_their_own() {
    let keychain = Keychain::in_memory().unwrap();
    let callers = (0..20).map(|number| {
        let keychain = keychain.clone();
        tokio::spawn(async move {
            let account = format!("account-{number}");
            for round in 0..20 {
                let text = format!("{account} {round} {}", "x".repeat(200 * round));
                let secret = SecretString::from(text.as_str());
                keychain.keep(&name(&account), secret).await.unwrap();
                assert_eq!(shown(&keychain, &account).await, Some(text));
            }
        })
    });
    for caller in callers.collect::<Vec<_>>() {
        caller.await.unwrap();
    }
}
