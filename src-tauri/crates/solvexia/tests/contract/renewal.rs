//! Renewal by refresh tokens: none is lost, none is used twice, and none of someone else's is
//! overwritten.

use std::sync::Arc;
use std::time::Duration;

use runwatch_core::error::{Trouble, VaultError};
use runwatch_core::ports::SolveXia;
use serde_json::json;
use solvexia::Client;
use solvexia_sim::demo::DEMO_CLIENT_ID;
use solvexia_sim::{FaultKind, Rewrite, SimOptions};

use crate::entry::{Entry, Moment};
use crate::tokens::{empty, slowly, storm};
use crate::world::{World, by_browser, client_of, run, until, world, world_with};

const SCOPES: &str = "process_execute process_read";

/// A world whose client was signed in by the browser, once.
struct Signed {
    world: World,
    entry: Entry,
    client: Arc<Client>,
}

async fn signed() -> Signed {
    signed_in(world().await)
}

fn signed_in(world: World) -> Signed {
    let entry = Entry::holding(&world.sim.issue_refresh_token(DEMO_CLIENT_ID, SCOPES));
    let client = Arc::new(another(&world, &entry));
    Signed {
        world,
        entry,
        client,
    }
}

/// The same account in another process, or after a restart.
fn another(world: &World, entry: &Entry) -> Client {
    client_of(&world.sim.base_url(), by_browser(entry))
}

impl Signed {
    async fn read(&self) -> Result<(), Trouble> {
        let read = self.client.run_status(&run()).await;
        read.map(drop).map_err(|error| error.trouble)
    }

    async fn read_with_an_expired_token(&self) -> Result<(), Trouble> {
        self.world.sim.expire_tokens();
        self.read().await
    }

    /// The keychain fails between the server's answer and the write, and goes on to fail.
    async fn renew_without_keeping(&self) {
        self.entry.stop_at(Moment::Write);
        let client = Arc::clone(&self.client);
        let signing_in = tokio::spawn(async move { client.sign_in().await });
        self.entry.reached().await;
        self.entry.trouble(Some(VaultError::Locked));
        self.entry.go_on();
        signing_in.await.unwrap().unwrap();
    }

    fn kept_is_good(&self) -> bool {
        let kept = self.entry.token();
        kept.is_some_and(|kept| self.world.sim.accepts_refresh_token(&kept))
    }

    /// How the token endpoint answered, in turn.
    fn token_answers(&self) -> Vec<Option<u16>> {
        let requests = self.world.requests("/oauth/token");
        requests.iter().map(|request| request.status).collect()
    }
}

#[tokio::test]
async fn a_new_refresh_token_is_kept_before_the_access_token_is_used() {
    let signed = signed().await;
    signed.entry.stop_at(Moment::Kept);
    let client = Arc::clone(&signed.client);
    let reading = tokio::spawn(async move { client.run_status(&run()).await.map(drop) });
    signed.entry.reached().await;
    assert!(signed.kept_is_good());
    assert!(signed.world.requests("/runstatus").is_empty());
    signed.entry.go_on();
    reading.await.unwrap().unwrap();
    assert_eq!(signed.world.requests("/runstatus").len(), 1);
}

#[tokio::test]
async fn each_renewal_uses_the_token_that_is_kept_now() {
    let signed = signed().await;
    signed.read().await.unwrap();
    let other = another(&signed.world, &signed.entry);
    for _ in 0..3 {
        signed.world.sim.expire_tokens();
        other.sign_in().await.unwrap();
        other.run_status(&run()).await.unwrap();
        signed.read_with_an_expired_token().await.unwrap();
    }
    assert!(signed.token_answers().iter().all(|code| *code == Some(200)));
}

#[tokio::test]
async fn an_answer_without_a_new_refresh_token_keeps_the_old_one() {
    let signed = signed().await;
    signed.world.sim.set_refresh_grace(60.0);
    signed.world.fault(
        "/oauth/token",
        FaultKind::Told(Rewrite::RemoveField {
            field: "refresh_token".into(),
        }),
    );
    let before = signed.entry.token();
    for _ in 0..3 {
        signed.read_with_an_expired_token().await.unwrap();
    }
    assert_eq!(signed.entry.token(), before);
    assert_eq!(signed.entry.writes(), 0);
}

#[tokio::test]
async fn a_token_that_cannot_be_kept_is_held_and_used_next() {
    let signed = signed().await;
    let kept = signed.entry.token();
    signed.renew_without_keeping().await;
    assert_eq!(signed.entry.token(), kept);
    // The server has gone on: the held one alone can renew, even while nothing can be read.
    for _ in 0..3 {
        signed.read_with_an_expired_token().await.unwrap();
    }
    signed.entry.trouble(None);
    signed.read_with_an_expired_token().await.unwrap();
    assert!(signed.kept_is_good(), "it is kept at the next need");
    assert!(signed.token_answers().iter().all(|code| *code == Some(200)));
}

#[tokio::test]
async fn a_token_that_could_not_be_kept_is_kept_soon_without_any_need() {
    let signed = signed().await;
    signed.renew_without_keeping().await;
    assert!(!signed.kept_is_good());
    signed.entry.trouble(None);
    until(|| signed.kept_is_good()).await;
    assert_eq!(signed.world.token_requests(), 1);
}

/// Otherwise the token of the other process, which the server now expects, would be lost.
#[tokio::test]
async fn a_held_token_never_overwrites_what_another_process_kept() {
    let signed = signed().await;
    signed.renew_without_keeping().await;
    let newer = signed.world.sim.issue_refresh_token(DEMO_CLIENT_ID, SCOPES);
    signed.entry.put(&newer);
    signed.entry.trouble(None);
    signed.read_with_an_expired_token().await.unwrap();
    assert!(
        !signed.world.sim.accepts_refresh_token(&newer),
        "it was used"
    );
    assert!(signed.kept_is_good());
    another(&signed.world, &signed.entry)
        .sign_in()
        .await
        .unwrap();
}

#[tokio::test]
async fn an_account_that_was_removed_meanwhile_leaves_no_token_behind() {
    let signed = signed().await;
    signed.entry.stop_at(Moment::Read(2));
    let client = Arc::clone(&signed.client);
    let signing_in = tokio::spawn(async move { client.sign_in().await });
    // The server has answered; the token is about to be kept.
    signed.entry.reached().await;
    signed.entry.remove();
    signed.entry.go_on();
    signing_in.await.unwrap().unwrap();
    assert_eq!(signed.entry.token(), None);
    let gone = signed.read_with_an_expired_token().await;
    assert_eq!(gone, Err(Trouble::SignedOut));
    assert_eq!(signed.entry.token(), None);
}

#[tokio::test]
async fn a_refused_token_is_looked_up_again_before_anyone_is_signed_out() {
    let signed = signed().await;
    // Another process rotates, and has not written yet.
    let elsewhere = Entry::holding(&signed.entry.token().unwrap());
    another(&signed.world, &elsewhere).sign_in().await.unwrap();
    let client = Arc::clone(&signed.client);
    let reading = tokio::spawn(async move { client.run_status(&run()).await.map(drop) });
    until(|| signed.token_answers() == [Some(200), Some(400)]).await;
    signed.entry.put(&elsewhere.token().unwrap());
    reading.await.unwrap().unwrap();
    assert!(signed.kept_is_good());
}

#[tokio::test]
async fn a_sign_in_that_the_server_ended_is_told_plainly_and_nothing_is_deleted() {
    let signed = signed().await;
    let kept = signed.entry.token();
    signed.world.sim.revoke_refresh_tokens();
    let error = signed.client.sign_in().await.unwrap_err();
    assert_eq!(error.trouble, Trouble::SignedOut);
    assert!(
        error
            .message
            .ends_with("Sign in again in the browser; your list and watches are kept."),
        "{}",
        error.message
    );
    assert_eq!(signed.world.token_requests(), 1);
    assert_eq!(signed.entry.token(), kept);
}

#[tokio::test]
async fn a_wrong_secret_is_not_taken_for_an_ended_sign_in() {
    let signed = signed().await;
    signed.world.sim.add_client(solvexia_sim::Client::new(
        DEMO_CLIENT_ID,
        "made anew in the portal",
    ));
    let error = signed.client.sign_in().await.unwrap_err();
    assert_eq!(error.trouble, Trouble::SignedOut);
    assert!(error.message.contains("client id and secret"));
    assert!(signed.kept_is_good());
}

/// Whether the server has rotated or not: its answer alone tells.
#[tokio::test]
async fn a_lost_answer_gives_no_token_up() {
    for (fault, trouble) in [
        (FaultKind::DropBefore, Trouble::Offline),
        (FaultKind::DropAfter, Trouble::Offline),
        (FaultKind::Truncated, Trouble::BadAnswer),
        (empty(500), Trouble::Server),
        (empty(408), Trouble::Busy),
        (
            FaultKind::Empty {
                code: 503,
                after_effect: true,
            },
            Trouble::Server,
        ),
        (
            FaultKind::Html {
                code: 403,
                after_effect: false,
            },
            Trouble::BadAnswer,
        ),
        (
            FaultKind::RetryAfter {
                code: 429,
                seconds: 30,
            },
            Trouble::Busy,
        ),
    ] {
        let signed = signed().await;
        signed.world.sim.set_refresh_grace(60.0);
        let kept = signed.entry.token();
        signed.world.fault("/oauth/token", fault.clone());
        assert_eq!(signed.read().await, Err(trouble), "{fault:?}");
        assert_eq!(signed.world.token_requests(), 1, "{fault:?}");
        assert_eq!(signed.entry.token(), kept);
        signed.world.sim.clear_faults();
        assert_eq!(signed.read().await, Ok(()), "{fault:?}");
    }
}

#[tokio::test]
async fn a_keychain_that_cannot_be_read_is_no_sign_out() {
    let signed = signed().await;
    for trouble in [VaultError::Locked, VaultError::Unavailable("gone".into())] {
        signed.entry.trouble(Some(trouble.clone()));
        let error = signed.client.sign_in().await.unwrap_err();
        assert_eq!(error.trouble, Trouble::Keychain);
        assert!(error.message.starts_with(&trouble.to_string()));
    }
    assert_eq!(signed.world.token_requests(), 0);
    signed.entry.trouble(None);
    signed.read().await.unwrap();
}

/// The server's refusal, and then a keychain that locks itself: what it holds is not known.
#[tokio::test]
async fn a_keychain_that_locks_itself_in_the_middle_is_no_sign_out() {
    let signed = signed().await;
    signed.world.sim.revoke_refresh_tokens();
    signed.entry.stop_at(Moment::Read(2));
    let client = Arc::clone(&signed.client);
    let signing_in = tokio::spawn(async move { client.sign_in().await });
    signed.entry.reached().await;
    signed.entry.trouble(Some(VaultError::Locked));
    signed.entry.go_on();
    let error = signing_in.await.unwrap().unwrap_err();
    assert_eq!(error.trouble, Trouble::Keychain);
}

#[tokio::test]
async fn fifty_reads_with_an_expired_token_use_one_refresh_token() {
    let signed = signed().await;
    signed.read().await.unwrap();
    signed.world.sim.expire_tokens();
    signed.world.fault("/oauth/token", slowly());
    let answers = storm(Arc::clone(&signed.client)).await;
    assert!(answers.iter().all(Result::is_ok));
    assert_eq!(signed.token_answers(), [Some(200), Some(200)]);
}

#[tokio::test]
async fn a_storm_of_refusals_renews_once() {
    let signed = signed().await;
    signed.read().await.unwrap();
    let refusals = solvexia_sim::Fault::on("/runstatus", empty(401)).times(50);
    signed.world.sim.add_fault(refusals);
    signed.world.fault("/oauth/token", slowly());
    let answers = storm(Arc::clone(&signed.client)).await;
    assert!(answers.iter().all(Result::is_ok));
    assert_eq!(signed.token_answers(), [Some(200), Some(200)]);
}

#[tokio::test]
async fn a_rotation_is_kept_although_its_caller_is_gone() {
    let signed = signed().await;
    let before = signed.entry.token();
    signed.world.fault("/oauth/token", slowly());
    let left = tokio::time::timeout(Duration::from_millis(50), signed.client.sign_in()).await;
    assert!(left.is_err(), "the token came sooner than it can");
    until(|| signed.entry.token() != before).await;
    signed.read().await.unwrap();
    assert_eq!(signed.world.token_requests(), 1);
}

#[tokio::test]
async fn a_token_that_ends_between_two_polls_is_renewed_without_being_noticed() {
    let signed = signed_in(
        world_with(SimOptions {
            token_seconds: 0.5,
            ..SimOptions::empty()
        })
        .await,
    );
    let polling = async {
        while signed.world.token_requests() < 4 {
            signed.read().await.unwrap();
        }
    };
    tokio::time::timeout(Duration::from_secs(20), polling)
        .await
        .unwrap();
    assert!(signed.kept_is_good());
}

#[tokio::test]
async fn an_odd_life_of_a_renewed_token_is_no_reason_to_rotate_again_and_again() {
    for expires_in in [
        json!("599.1"),
        json!("NaN"),
        json!(-5),
        json!(0),
        json!(1e308),
        json!(null),
    ] {
        let signed = signed().await;
        let told = Rewrite::SetField {
            field: "expires_in".into(),
            value: expires_in.clone(),
        };
        signed.world.fault("/oauth/token", FaultKind::Told(told));
        for _ in 0..3 {
            signed.read().await.unwrap();
        }
        assert_eq!(signed.world.token_requests(), 1, "{expires_in}");
    }
}

#[tokio::test]
async fn the_rights_that_a_renewal_does_not_repeat_have_not_changed() {
    let signed = signed().await;
    signed.read().await.unwrap();
    let granted = signed.client.scopes();
    assert!(granted.is_some());
    let silent = Rewrite::RemoveField {
        field: "scope".into(),
    };
    signed.world.fault("/oauth/token", FaultKind::Told(silent));
    signed.read_with_an_expired_token().await.unwrap();
    assert_eq!(signed.client.scopes(), granted);
}

/// `rules.md`, 20.
#[tokio::test]
async fn rule_20_a_redirect_carries_neither_bearer_nor_refresh_token_away() {
    let elsewhere = world().await;
    let signed = signed().await;
    signed.read().await.unwrap();
    let away = |code, path: &str| {
        let location = format!("{}{path}", elsewhere.sim.base_url());
        FaultKind::Status {
            code,
            body: None,
            headers: [("location".to_owned(), location)].into(),
            after_effect: false,
        }
    };
    for code in [301, 302, 303, 307, 308] {
        signed
            .world
            .fault("/runstatus", away(code, "/api/v1/processes"));
        assert_eq!(signed.read().await, Err(Trouble::BadAnswer), "{code}");
        signed.world.sim.clear_faults();
        signed
            .world
            .fault("/oauth/token", away(code, "/oauth/token"));
        let renewal = signed.read_with_an_expired_token().await;
        assert_eq!(renewal, Err(Trouble::BadAnswer), "{code}");
        signed.world.sim.clear_faults();
    }
    assert!(elsewhere.sim.requests().is_empty());
    assert!(signed.kept_is_good());
}
