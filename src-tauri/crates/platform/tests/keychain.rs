//! What the app relies on from a keychain, tested on this computer's real one with
//! `RUNWATCH_REAL_KEYCHAIN=1` in the environment. Without it, the same cases run in memory. Needs
//! no window and no network; runs on Linux, Windows and macOS.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "clippy knows tests by their attribute, and their helpers have none"
)]

use std::io::{BufRead, BufReader, Lines};
use std::process::{Child, ChildStderr, Command, Stdio};
use std::time::Duration;

use runwatch_core::ids::AccountId;
use runwatch_core::ports::Vault;
use runwatch_core::secret::{SecretKind, SecretName};
use runwatch_platform::Keychain;
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Mutex;

const REAL: &str = "RUNWATCH_REAL_KEYCHAIN";
/// The service of the child process that is killed.
const SERVICE: &str = "RUNWATCH_TEST_SERVICE";

/// One case at a time: Wine's list of credentials breaks where another thread or process writes one
/// meanwhile.
static TURN: Mutex<()> = Mutex::const_new(());

fn real() -> bool {
    std::env::var(REAL).is_ok_and(|value| value == "1")
}

/// An empty keychain with a service name of this test.
async fn keychain(case: &str) -> Keychain {
    if !real() {
        println!("skipped the real keychain ({REAL} is not 1): {case} runs in memory");
        return Keychain::in_memory().unwrap();
    }
    println!("on the real keychain: {case}");
    let keychain = Keychain::new(service(case)).unwrap();
    keychain.forget_all().await.unwrap();
    keychain
}

fn service(case: &str) -> String {
    format!("app.runwatch.test.{}.{case}", std::process::id())
}

fn token(account: &str) -> SecretName {
    SecretName::of(&AccountId(account.into()), SecretKind::RefreshToken)
}

async fn read(keychain: &Keychain, name: &SecretName) -> Option<String> {
    let secret = keychain.read(name).await.unwrap();
    secret.map(|secret| secret.expose_secret().to_owned())
}

/// A text of about that many bytes, different for each number in each of its parts.
fn text(number: usize, bytes: usize) -> String {
    format!("{number:08}.").repeat(bytes.div_ceil(9))
}

#[tokio::test]
async fn secrets_of_any_length_and_letters_are_kept_replaced_and_forgotten() {
    let _turn = TURN.lock().await;
    let keychain = keychain("any-length").await;
    let name = token("7d1f");
    assert_eq!(read(&keychain, &name).await, None);
    for bytes in [9, 1_300, 2_560, 2_561, 6_000, 40_000, 5] {
        for text in [
            text(bytes, bytes),
            "Zoë’s 秘密 🦀 ".repeat(bytes.div_ceil(24)),
        ] {
            let secret = SecretString::from(text.as_str());
            keychain.keep(&name, secret).await.unwrap();
            assert_eq!(read(&keychain, &name).await, Some(text), "{bytes} bytes");
        }
    }
    keychain.forget(&name).await.unwrap();
    keychain.forget(&name).await.unwrap();
    assert_eq!(read(&keychain, &name).await, None);
    assert_eq!(keychain.forget_all().await, Ok(0), "no part is left");
}

#[tokio::test]
async fn forgetting_all_of_one_data_folder_leaves_every_other_one_alone() {
    let _turn = TURN.lock().await;
    let (ours, theirs) = (keychain("ours").await, keychain("ours.longer").await);
    for (keychain, text) in [(&ours, text(1, 6_000)), (&theirs, text(2, 6_000))] {
        for account in ["a", "b"] {
            let secret = SecretString::from(text.as_str());
            keychain.keep(&token(account), secret).await.unwrap();
        }
        let secret = SecretString::from("proxy");
        let proxy = SecretName::proxy_password();
        keychain.keep(&proxy, secret).await.unwrap();
    }
    let names = [
        token("a").entry(),
        token("b").entry(),
        SecretName::proxy_password().entry(),
    ];
    assert_eq!(ours.names().await.unwrap(), names);
    // Two secrets of a manifest and three parts, and a short one.
    assert_eq!(ours.forget_all().await, Ok(9));
    assert_eq!(ours.names().await.unwrap(), [""; 0]);
    assert_eq!(read(&ours, &token("a")).await, None);
    assert_eq!(theirs.names().await.unwrap(), names);
    assert_eq!(read(&theirs, &token("a")).await, Some(text(2, 6_000)));
    assert_eq!(theirs.forget_all().await, Ok(9));
}

#[tokio::test(flavor = "multi_thread")]
async fn many_callers_at_once_each_get_their_own() {
    let _turn = TURN.lock().await;
    let keychain = keychain("many-callers").await;
    let callers = (0..8).map(|number| {
        let keychain = keychain.clone();
        tokio::spawn(async move {
            let name = token(&format!("account-{number}"));
            for round in 0..4 {
                let text = text(number * 10 + round, 1_500 * round + 9);
                let secret = SecretString::from(text.as_str());
                keychain.keep(&name, secret).await.unwrap();
                assert_eq!(read(&keychain, &name).await, Some(text));
            }
        })
    });
    for caller in callers.collect::<Vec<_>>() {
        caller.await.unwrap();
    }
    assert_eq!(keychain.names().await.unwrap().len(), 8);
    keychain.forget_all().await.unwrap();
}

/// Kills a process while it stores secrets, again and again: the old or the new secret is there,
/// whole, and later ones can be stored.
#[tokio::test]
async fn killed_while_it_keeps_a_secret_it_leaves_the_old_one_or_the_new_one() {
    let _turn = TURN.lock().await;
    if !real() {
        println!("skipped (what is in memory dies with its process): {REAL} is not 1");
        return;
    }
    let keychain = keychain("killed").await;
    let name = token("killed");
    for round in 0..20 {
        let (mut child, mut lines) = keeping_child(&service("killed"));
        let mut last = kept(&mut lines);
        for _ in 0..round % 4 {
            last = kept(&mut lines);
        }
        // At another moment in each round.
        std::thread::sleep(Duration::from_micros(700 * round));
        child.kill().unwrap();
        child.wait().unwrap();
        let rest: Vec<_> = lines.map_while(Result::ok).collect();
        last = rest
            .iter()
            .rev()
            .find_map(|line| number(line))
            .unwrap_or(last);

        let found = read(&keychain, &name).await.unwrap();
        let whole = [last, last + 1].map(|number| text(number, length(number)));
        assert!(
            whole.contains(&found),
            "after {last}: {} bytes",
            found.len()
        );
        keychain.keep(&name, "after".into()).await.unwrap();
        assert_eq!(read(&keychain, &name).await.as_deref(), Some("after"));
    }
    keychain.forget(&name).await.unwrap();
    assert_eq!(keychain.forget_all().await, Ok(0), "no part is left");
}

/// Short and long ones by turns.
fn length(number: usize) -> usize {
    [9, 6_000, 2_700, 9, 12_000][number % 5]
}

fn keeping_child(service: &str) -> (Child, Lines<BufReader<ChildStderr>>) {
    let module = module_path!().split_once("::").map(|(_, module)| module);
    let test = module.map_or_else(String::new, |module| format!("{module}::"));
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "--nocapture"])
        .arg(format!("{test}keeps_until_it_is_killed"))
        .env(SERVICE, service)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stderr.take().unwrap()).lines();
    (child, lines)
}

/// The number of the next secret that the child reports as stored.
fn kept(lines: &mut Lines<BufReader<ChildStderr>>) -> usize {
    lines
        .map_while(Result::ok)
        .find_map(|line| number(&line))
        .expect("the child ended by itself")
}

fn number(line: &str) -> Option<usize> {
    line.strip_prefix("kept ")?.parse().ok()
}

/// Not a test: the process that the one above kills.
#[tokio::test]
#[ignore = "runs for ever: it is started, and killed, by another test"]
async fn keeps_until_it_is_killed() {
    let Ok(service) = std::env::var(SERVICE) else {
        return;
    };
    let keychain = Keychain::new(service).unwrap();
    for number in 0.. {
        let secret = SecretString::from(text(number, length(number)).as_str());
        keychain.keep(&token("killed"), secret).await.unwrap();
        eprintln!("kept {number}");
    }
}
