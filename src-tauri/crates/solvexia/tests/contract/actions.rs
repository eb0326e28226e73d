//! Rule 9: whatever happens, an action is sent exactly once. Rule 11: what is known of its effect.

use runwatch_core::error::{Effect, Trouble};
use runwatch_core::ports::SolveXia;
use solvexia::Client;
use solvexia_sim::demo::DEMO_CLIENT_ID;
use solvexia_sim::{FaultKind, Rewrite, SimOptions};
use strum::VariantArray;

use crate::fake_keychain_entry::KeychainEntry;
use crate::test_server::{
    Action, TestServer, by_browser, by_token, client_of, run, test_server, test_server_with,
};

fn status(code: u16, after_effect: bool) -> FaultKind {
    FaultKind::Status {
        code,
        body: None,
        headers: Default::default(),
        after_effect,
    }
}

fn page(code: u16) -> FaultKind {
    FaultKind::Html {
        code,
        after_effect: true,
    }
}

fn empty(code: u16) -> FaultKind {
    FaultKind::Empty {
        code,
        after_effect: true,
    }
}

/// Every action under every fault.
#[tokio::test]
async fn rule_9_an_action_is_sent_once_whatever_the_answer() {
    use Effect::{None, Unknown};
    let server = test_server().await;
    for (fault, trouble, effect) in [
        (FaultKind::DropBefore, Trouble::Offline, Unknown),
        (FaultKind::DropAfter, Trouble::Offline, Unknown),
        (FaultKind::Truncated, Trouble::BadAnswer, Unknown),
        (
            FaultKind::Huge { bytes: 17 << 20 },
            Trouble::BadAnswer,
            Unknown,
        ),
        (page(200), Trouble::BadAnswer, Unknown),
        (page(403), Trouble::BadAnswer, Unknown),
        (page(404), Trouble::NotFound, None),
        (page(411), Trouble::Refused, None),
        (empty(200), Trouble::BadAnswer, Unknown),
        (empty(204), Trouble::BadAnswer, Unknown),
        (status(307, false), Trouble::BadAnswer, Unknown),
        (status(400, false), Trouble::Refused, None),
        (status(401, false), Trouble::SignedOut, None),
        (status(403, false), Trouble::Forbidden, None),
        (status(404, false), Trouble::NotFound, None),
        (status(405, false), Trouble::NotAllowed, None),
        (status(408, false), Trouble::Busy, Unknown),
        (status(500, true), Trouble::Server, Unknown),
        (status(502, false), Trouble::Server, Unknown),
        (
            FaultKind::RetryAfter {
                code: 429,
                seconds: 0,
            },
            Trouble::Busy,
            None,
        ),
        (
            FaultKind::RetryAfter {
                code: 503,
                seconds: 0,
            },
            Trouble::Server,
            Unknown,
        ),
    ] {
        for action in Action::VARIANTS {
            server.sim.clear_requests();
            server.fault(action.path(), fault.clone());
            let error = action.send(&server.client).await.unwrap_err();
            assert_eq!(
                (error.trouble, error.effect),
                (trouble, effect),
                "{action:?}, {fault:?}"
            );
            assert_eq!(
                server.requests(action.path()).len(),
                1,
                "{action:?}, {fault:?}"
            );
            server.sim.clear_faults();
        }
    }
}

#[tokio::test]
async fn an_action_whose_answer_was_lost_took_effect_once() {
    for fault in [
        FaultKind::DropAfter,
        FaultKind::Truncated,
        status(504, true),
        page(200),
    ] {
        let server = test_server().await;
        server.fault("/start", fault.clone());
        let error = server.client.start(&run()).await.unwrap_err();
        assert_eq!(error.effect, Effect::Unknown, "{fault:?}");
        assert_eq!(server.sim.start_count("pr-1"), 1, "{fault:?}");
    }
}

/// docs/RULES.md, 12.
#[tokio::test]
async fn an_answer_that_names_another_run_proves_nothing() {
    for action in [Action::Start, Action::StartDeprecated, Action::Restart] {
        let server = test_server().await;
        if action == Action::Restart {
            finish(&server).await;
        }
        let id = "pr-263".to_owned();
        server.fault(action.path(), FaultKind::Rewrite(Rewrite::OtherId { id }));
        let error = action.send(&server.client).await.unwrap_err();
        assert_eq!(
            (error.trouble, error.effect),
            (Trouble::BadAnswer, Effect::Unknown)
        );
        assert!(error.message.contains("pr-263"));
    }
}

async fn finish(server: &TestServer) {
    server.client.start(&run()).await.unwrap();
    server.sim.advance(60.0);
}

#[tokio::test]
async fn actions_without_a_body_say_that_their_length_is_0() {
    let server = test_server().await;
    server.client.start(&run()).await.unwrap();
    server.client.cancel(&run()).await.unwrap();
    Action::Restart.send(&server.client).await.unwrap();
    server
        .client
        .create_run(&crate::test_server::process(), "")
        .await
        .unwrap();
    for action in [
        Action::Start,
        Action::Cancel,
        Action::Restart,
        Action::Create,
    ] {
        let sent = server.requests(action.path());
        assert_eq!(sent[0].content_length.as_deref(), Some("0"), "{action:?}");
        assert_eq!(sent[0].content_type, None, "{action:?}");
    }
}

#[tokio::test]
async fn what_solvexia_refuses_is_told_in_its_words() {
    let server = test_server().await;
    server.client.start(&run()).await.unwrap();
    let error = server.client.start(&run()).await.unwrap_err();
    assert_eq!(
        (error.trouble, error.effect),
        (Trouble::Refused, Effect::None)
    );
    assert_eq!(error.message, "The process run is already running.");
    assert!(error.support_id.is_some());
}

#[tokio::test]
async fn a_lost_answer_says_what_to_look_at_before_it_is_done_again() {
    for action in Action::VARIANTS {
        let server = test_server().await;
        server.fault(action.path(), FaultKind::DropAfter);
        let error = action.send(&server.client).await.unwrap_err();
        // There is no run yet whose status could be looked at.
        let look_at = match action {
            Action::Create => "look at the runs of its process before",
            _ => "look at the run's status before",
        };
        assert!(error.message.contains(look_at), "{action:?}: {error}");
    }
}

#[tokio::test]
async fn a_token_that_may_only_read_is_told_which_right_is_missing() {
    let server = test_server().await;
    let token = server.sim.issue_token("process_read", 600.0);
    let refresh = KeychainEntry::holding(
        &server
            .sim
            .issue_refresh_token(DEMO_CLIENT_ID, "process_read"),
    );
    // The scopes of a pasted token are not known.
    for (credentials, beginning) in [
        (by_token(&token), "Probably the application"),
        (by_browser(&refresh), "The application"),
    ] {
        let reader = client_of(&server.sim.base_url(), credentials);
        is_told_which_right_is_missing(&reader, beginning).await;
    }
    assert_eq!(server.sim.start_count("pr-1"), 0);
}

async fn is_told_which_right_is_missing(reader: &Client, beginning: &str) {
    for action in Action::VARIANTS {
        let error = action.send(reader).await.unwrap_err();
        assert_eq!(
            (error.trouble, error.effect),
            (Trouble::Forbidden, Effect::None)
        );
        let right = if *action == Action::Create {
            "“process”"
        } else {
            "“process_execute”"
        };
        assert!(error.message.contains(right), "{}", error.message);
        assert!(error.message.contains(beginning), "{}", error.message);
        assert!(error.message.contains("API portal"), "{}", error.message);
    }
}

/// docs/RULES.md, 9: no renewal-and-repeat.
#[tokio::test]
async fn an_action_that_meets_an_expired_token_is_not_repeated() {
    let server = test_server().await;
    server.client.run_status(&run()).await.unwrap();
    server.sim.expire_tokens();
    let error = server.client.start(&run()).await.unwrap_err();
    assert_eq!(
        (error.trouble, error.effect),
        (Trouble::SignedOut, Effect::None)
    );
    assert_eq!(server.requests("/start").len(), 1);
    assert_eq!(server.token_requests(), 1);
    // The read before the next action renews.
    server.client.run_status(&run()).await.unwrap();
    server.client.start(&run()).await.unwrap();
}

#[tokio::test]
async fn an_action_is_not_sent_with_a_token_that_is_about_to_end() {
    let options = SimOptions {
        token_seconds: 8.0,
        ..SimOptions::empty()
    };
    let server = test_server_with(options).await;
    server.client.run_status(&run()).await.unwrap();
    server.client.start(&run()).await.unwrap();
    let paths: Vec<String> = server.sim.requests().into_iter().map(|r| r.path).collect();
    let start = paths
        .iter()
        .position(|path| path.ends_with("/start"))
        .unwrap();
    assert_eq!(paths[start - 1], "/oauth/token");
}

#[tokio::test]
async fn an_action_without_a_token_is_not_sent() {
    let server = test_server().await;
    server.fault("/oauth/token", status(500, false));
    for action in Action::VARIANTS {
        let error = action.send(&server.client).await.unwrap_err();
        assert_eq!(
            (error.trouble, error.effect),
            (Trouble::Server, Effect::None)
        );
        assert!(server.requests(action.path()).is_empty(), "{action:?}");
    }
}

#[tokio::test]
async fn an_action_on_a_server_that_is_gone_was_not_sent() {
    let server = test_server().await;
    let token = server.sim.issue_token("process_execute", 600.0);
    let client: Client = client_of(&server.sim.base_url(), by_token(&token));
    server.sim.shutdown().await;
    for action in Action::VARIANTS {
        let error = action.send(&client).await.unwrap_err();
        assert_eq!(
            (error.trouble, error.effect),
            (Trouble::Offline, Effect::None),
            "{action:?}"
        );
    }
}
