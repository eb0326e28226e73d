use std::time::Duration;

use reqwest::StatusCode;
use runwatch_core::error::{CallError, Effect, Trouble};

use super::*;

const READ: Purpose = Purpose::Read;
const ACT: Purpose = Purpose::Act(ScopeState::Unknown("process_execute"), "the run's status");

fn call_context(purpose: Purpose) -> CallContext<'static> {
    CallContext {
        host: "app.solvexia.com",
        purpose,
    }
}

fn answer(code: u16, body: &str) -> HttpResponse {
    HttpResponse {
        status: StatusCode::from_u16(code).unwrap(),
        retry_after: None,
        is_page: body.starts_with('<'),
        is_json: false,
        dated: None,
        body: body.into(),
        _place: None,
    }
}

fn refused(purpose: Purpose, code: u16, body: &str) -> CallError {
    call_context(purpose).error_response(&answer(code, body))
}

/// docs/RULES.md, 11.
#[test]
fn what_a_status_means_and_whether_an_action_may_have_taken_effect() {
    use Effect::{None, Unknown};
    for (code, trouble, effect) in [
        (302, Trouble::BadAnswer, Unknown),
        (400, Trouble::Refused, None),
        (401, Trouble::SignedOut, None),
        (403, Trouble::Forbidden, None),
        (404, Trouble::NotFound, None),
        (405, Trouble::NotAllowed, None),
        (407, Trouble::BadAnswer, Unknown),
        (408, Trouble::Busy, Unknown),
        (409, Trouble::Refused, Unknown),
        (411, Trouble::Refused, None),
        (413, Trouble::Refused, None),
        (415, Trouble::Refused, None),
        (429, Trouble::Busy, None),
        (500, Trouble::Server, Unknown),
        (503, Trouble::Server, Unknown),
    ] {
        for body in ["", r#"{"message": "Theirs.", "supportId": "s-1"}"#] {
            let error = refused(ACT, code, body);
            assert_eq!((error.trouble, error.effect), (trouble, effect), "{code}");
            let error = refused(READ, code, body);
            assert_eq!((error.trouble, error.effect), (trouble, None), "{code}");
        }
    }
}

#[test]
fn a_proxys_page_does_not_make_a_run_look_gone_or_forbidden() {
    for code in [403, 404] {
        let error = refused(READ, code, "<html>Blocked</html>");
        assert_eq!(error.trouble, Trouble::BadAnswer, "{code}");
        assert!(error.message.contains("Something between you and SolveXia"));
        assert!(!error.message.contains("Blocked"));
    }
    let error = refused(ACT, 403, "<html>Blocked</html>");
    assert_eq!(
        (error.trouble, error.effect),
        (Trouble::BadAnswer, Effect::Unknown)
    );
}

/// docs/RULES.md, 12.
#[test]
fn a_web_servers_own_page_still_says_that_it_does_not_know_the_call() {
    for (code, trouble) in [
        (404, Trouble::NotFound),
        (405, Trouble::NotAllowed),
        (411, Trouble::Refused),
    ] {
        let error = refused(ACT, code, "<!DOCTYPE html><h1>No</h1>");
        assert_eq!(
            (error.trouble, error.effect),
            (trouble, Effect::None),
            "{code}"
        );
    }
}

#[test]
fn solvexias_message_and_support_id_are_handed_on() {
    let body = r#"{"message": "The run is locked.", "supportId": "5f1c-88"}"#;
    let error = refused(ACT, 400, body);
    assert_eq!(error.message, "The run is locked.");
    assert_eq!(error.support_id.as_deref(), Some("5f1c-88"));
}

#[test]
fn a_forbidden_action_says_which_right_is_missing_and_where_it_is_added() {
    let told = |right, body| refused(Purpose::Act(right, "the run's status"), 403, body).message;
    for body in ["", r#"{"message": "No access."}"#] {
        let lacking = told(ScopeState::Missing("process_execute"), body);
        assert!(
            lacking.contains(
                "The application that you signed in with lacks the right “process_execute”"
            ),
            "{lacking}"
        );
        let unknown = told(ScopeState::Unknown("process_execute"), body);
        assert!(unknown.contains("Probably the application"), "{unknown}");
        for message in [lacking, unknown] {
            assert!(message.contains("an administrator adds it in SolveXia's API portal"));
        }
        let granted = told(ScopeState::Granted, body);
        assert!(!granted.contains("process_execute"), "{granted}");
    }
}

#[test]
fn the_wait_that_the_server_asks_for_is_handed_on() {
    let wait = Some(Duration::from_secs(40));
    let busy = HttpResponse {
        retry_after: wait,
        ..answer(429, "")
    };
    assert_eq!(call_context(READ).error_response(&busy).retry_after, wait);
}

#[test]
fn what_was_not_sent_has_no_effect_and_what_was_lost_may_have() {
    for why in [
        UnsentReason::NoName,
        UnsentReason::Unsafe,
        UnsentReason::NoConnection,
    ] {
        let error = call_context(ACT).exchange_failed(ExchangeError::Unsent(why));
        assert_eq!(
            (error.trouble, error.effect),
            (Trouble::Offline, Effect::None)
        );
        assert!(error.message.contains("Nothing was sent"));
    }
    for (lost, trouble) in [
        (ExchangeError::Dropped, Trouble::Offline),
        (ExchangeError::TooSlow, Trouble::Offline),
        (ExchangeError::CutOff, Trouble::BadAnswer),
        (ExchangeError::TooLong, Trouble::BadAnswer),
    ] {
        let error = call_context(ACT).exchange_failed(lost);
        assert_eq!((error.trouble, error.effect), (trouble, Effect::Unknown));
        assert!(error.message.contains("not known yet"));
        assert_eq!(
            call_context(READ).exchange_failed(lost).effect,
            Effect::None
        );
    }
}

#[test]
fn an_unreadable_success_is_no_success() {
    let other = Unreadable::Other {
        requested: "pr-1".into(),
        named: "pr-263".into(),
    };
    let error = call_context(ACT).unreadable_response(false, &other);
    assert_eq!(
        (error.trouble, error.effect),
        (Trouble::BadAnswer, Effect::Unknown)
    );
    assert!(error.message.contains("“pr-263”"));
    let page = call_context(READ).unreadable_response(true, &Unreadable::NotJson);
    assert!(page.message.contains("a proxy's page"));
}

/// A message must make sense without knowledge of HTTP: it ends as a sentence, and is not one long
/// line of code.
#[test]
fn every_trouble_is_told_in_sentences() {
    for purpose in [READ, ACT] {
        for code in (300..=599).filter(|code| StatusCode::from_u16(*code).is_ok()) {
            for body in ["", "<html>", "plain text with https://x/?token=1"] {
                let message = refused(purpose, code, body).message;
                assert!(message.ends_with('.'), "{code}: {message}");
                assert!(
                    !message.contains("  ") && !message.contains("token=1"),
                    "{message}"
                );
            }
        }
    }
}
