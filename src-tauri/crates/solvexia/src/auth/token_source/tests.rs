use std::sync::atomic::{AtomicUsize, Ordering};

use async_trait::async_trait;
use futures::future::join_all;
use runwatch_core::environment::Environment;
use runwatch_core::error::VaultError;
use runwatch_core::ports::RefreshTokens;
use secrecy::ExposeSecret;
use solvexia_sim::demo::{DEMO_CLIENT_ID, DEMO_CLIENT_SECRET};
use solvexia_sim::{Fault, FaultKind, ProcessSeed, Sim, SimHandle, SimOptions};

use super::super::sleep_aware_instant::SleepAwareInstant;
use super::*;
use crate::authorized_calls::AuthorizedCalls;
use crate::url_path::UrlPath;

/// A source whose server is not running, with a ten-minute token of this age.
fn with_token_of_age(seconds: u64) -> TokenSource {
    let unused = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let origin = format!("http://{}", unused.local_addr().unwrap());
    let nowhere = Environment::parse(&origin).unwrap();
    let transport =
        Arc::new(Transport::new(nowhere, &Default::default(), Default::default()).unwrap());
    let credentials = Credentials::Client {
        id: "id".into(),
        secret: "secret".into(),
    };
    let source = TokenSource::new(credentials, transport).unwrap();
    if let TokenSource::Renewing(renewing) = &source {
        let since = SleepAwareInstant::ago(Duration::from_secs(seconds));
        renewing.state().token = Some(Arc::new(Token {
            secret: "old".into(),
            lifetime: Some(TokenLifetime::new(since, Some(600.0))),
            attempt: 1,
        }));
    }
    source
}

#[tokio::test]
async fn a_token_is_used_to_its_end_while_it_cannot_be_renewed() {
    for age in [0, 539, 560] {
        let token = with_token_of_age(age).for_read().await.ok();
        let secret = token.map(|token| token.secret.expose_secret().to_owned());
        assert_eq!(secret.as_deref(), Some("old"), "{age} s");
    }
    let ended = with_token_of_age(595).for_read().await.err().unwrap();
    assert_eq!(ended.trouble, Trouble::Offline);
}

#[tokio::test]
async fn a_token_that_was_refused_is_not_used_again() {
    let source = with_token_of_age(0);
    let refused = source.for_read().await.ok().unwrap();
    let other = source.replacement_for(&refused).await.unwrap();
    assert_eq!(other.err().unwrap().trouble, Trouble::Offline);
}

/// A keychain's entry that counts what is written to it.
struct Entry {
    token: Mutex<SecretString>,
    writes: AtomicUsize,
}

#[async_trait]
impl RefreshTokens for Entry {
    async fn read(&self) -> Result<Option<SecretString>, VaultError> {
        Ok(Some(self.token.lock().unwrap().clone()))
    }

    async fn keep(&self, token: SecretString) -> Result<(), VaultError> {
        self.writes.fetch_add(1, Ordering::SeqCst);
        *self.token.lock().unwrap() = token;
        Ok(())
    }

    async fn turn(&self) -> Box<dyn Send> {
        Box::new(())
    }
}

/// An account that is signed in to a simulated SolveXia, and has read there.
struct Account {
    sim: SimHandle,
    calls: AuthorizedCalls,
    entry: Arc<Entry>,
}

impl Account {
    async fn sign_in(in_the_browser: bool) -> Self {
        let sim = Sim::start(SimOptions::empty()).await.unwrap();
        sim.set_speed(0.0);
        sim.seed_process(ProcessSeed {
            id: Some("p-1".into()),
            ..ProcessSeed::default()
        });
        let first = sim.issue_refresh_token(DEMO_CLIENT_ID, "process_read");
        let entry = Arc::new(Entry {
            token: Mutex::new(first.as_str().into()),
            writes: AtomicUsize::default(),
        });
        let (id, secret) = (DEMO_CLIENT_ID.to_owned(), DEMO_CLIENT_SECRET.into());
        let refresh = Arc::clone(&entry) as Arc<dyn RefreshTokens>;
        let credentials = match in_the_browser {
            true => Credentials::Browser {
                id,
                secret,
                refresh,
            },
            false => Credentials::Client { id, secret },
        };
        let origin = Environment::parse(&sim.base_url()).unwrap();
        let transport = Transport::new(origin, &Default::default(), Default::default());
        let transport = Arc::new(transport.unwrap());
        let tokens = TokenSource::new(credentials, Arc::clone(&transport)).unwrap();
        let calls = AuthorizedCalls::new(transport, tokens);
        let account = Self { sim, calls, entry };
        account.read("/api/v1/processes").await.unwrap();
        account
    }

    async fn read(&self, path: &'static str) -> Result<(), CallError> {
        self.calls.read(UrlPath::new(path, &[]), |_| Ok(())).await
    }

    /// Fifty reads each few seconds; how often they asked for a token in three minutes.
    async fn storm(&self, paths: [&'static str; 2]) -> usize {
        self.sim.clear_requests();
        for _ in 0..36 {
            let reads = (0..50).map(|n| self.read(paths[n % 2]));
            let answers = join_all(reads).await;
            assert!(answers.iter().any(Result::is_err));
            self.pass(5);
        }
        self.renewals()
    }

    fn refuse(&self, path: &str) {
        let rejection = FaultKind::Empty {
            code: 401,
            after_effect: false,
        };
        self.sim.add_fault(Fault::on(path, rejection));
    }

    fn pass(&self, seconds: u64) {
        if let TokenSource::Renewing(source) = self.calls.tokens() {
            source.age(Duration::from_secs(seconds));
        }
    }

    fn renewals(&self) -> usize {
        let requests = self.sim.requests();
        let renewals = requests.iter().filter(|r| r.path == "/oauth/token");
        renewals.count()
    }
}

const PROCESSES: &str = "/api/v1/processes";
const PROCESS: &str = "/api/v1/processes/p-1";

/// At once, 1 and 5 seconds after the last time, and then each 30 seconds.
const IN_THREE_MINUTES: usize = 8;

#[tokio::test]
async fn a_storm_of_refusals_over_minutes_renews_seldom_and_is_over_with_the_first_answer() {
    for in_the_browser in [false, true] {
        let account = Account::sign_in(in_the_browser).await;
        account.refuse("/api/v1/");
        let renewals = account.storm([PROCESSES, PROCESS]).await;
        assert_eq!(
            renewals, IN_THREE_MINUTES,
            "in the browser: {in_the_browser}"
        );
        let told = account.read(PROCESS).await.unwrap_err();
        assert_eq!(told.trouble, Trouble::Server);
        assert!(
            told.message.contains("signs Runwatch in and then refuses"),
            "{}",
            told.message
        );
        let writes = account.entry.writes.load(Ordering::SeqCst);
        let rotations = IN_THREE_MINUTES + 1;
        assert_eq!(writes, if in_the_browser { rotations } else { 0 });

        // The token in hand is good again.
        account.sim.clear_faults();
        account.pass(10);
        account.read(PROCESS).await.unwrap();
        assert_eq!(account.renewals(), IN_THREE_MINUTES);
        account.sim.expire_tokens();
        account.read(PROCESS).await.unwrap();
        assert_eq!(account.renewals(), IN_THREE_MINUTES + 1);
    }
}

#[tokio::test]
async fn a_server_that_refuses_one_thing_and_answers_the_rest_is_no_reason_to_renew_each_time() {
    let account = Account::sign_in(true).await;
    account.refuse(PROCESS);
    let renewals = account.storm([PROCESSES, PROCESS]).await;
    assert_eq!(renewals, IN_THREE_MINUTES);
    account.read(PROCESSES).await.unwrap();
}

#[tokio::test]
async fn after_a_storm_a_token_that_has_run_out_is_replaced_soon_or_when_somebody_asks() {
    for somebody_asks in [false, true] {
        let account = Account::sign_in(false).await;
        account.refuse("/api/v1/");
        account.storm([PROCESSES, PROCESS]).await;
        account.sim.clear_faults();
        account.sim.expire_tokens();
        account.read(PROCESS).await.unwrap_err();
        match somebody_asks {
            true => account.calls.tokens().try_again().await,
            false => account.pass(30),
        }
        account.read(PROCESS).await.unwrap();
    }
}
