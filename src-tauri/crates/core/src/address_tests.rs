use super::*;
use crate::account::{Colour, SignInMethod};
use crate::environment::Environment;
use crate::ids::AccountId;

fn run() -> RunId {
    RunId::parse("pr-12").unwrap()
}

fn account(id: &str, environment: &str) -> Account {
    Account {
        id: AccountId(id.into()),
        label: format!("{id} of {environment}"),
        colour: Colour::Blue,
        environment: Environment::parse(environment).unwrap(),
        method: SignInMethod::Client,
        client_id: "desk".into(),
        callback_port: None,
        token_expires: None,
        signed_out: false,
        secrets_left: false,
    }
}

#[test]
fn an_address_that_a_notification_carries_leads_back_to_what_it_was_about() {
    for target in [
        ClickTarget::Run(RunKey {
            account: AccountId("7d1f-e2/ä “x”".into()),
            run: RunId::parse("pr-a.b~c_1").unwrap(),
        }),
        ClickTarget::Close(CloseId {
            plan: PlanId("3f2a-1/ä".into()),
            last: "2026-10-31".parse().unwrap(),
        }),
        ClickTarget::Start(
            CloseId {
                plan: PlanId("3f2a-1/ä".into()),
                last: "2026-10-31".parse().unwrap(),
            },
            ProcessId::parse("p-a.b~c_1").unwrap(),
        ),
        ClickTarget::Inbox(951),
    ] {
        let address = Address::from(&target);
        let text = address.to_string();
        assert!(text.is_ascii() && text.len() < 200, "{text}");
        assert_eq!(Address::parse(&text), Ok(address.clone()), "{text}");
        assert_eq!(Address::parse(&format!("{text}#81")), Ok(address));
    }
}

#[test]
fn an_address_that_a_person_wrote_is_read() {
    let expected = Address::Run {
        place: "app.solvexia.com".into(),
        run: run(),
    };
    for text in [
        "runwatch://run/app.solvexia.com/pr-12",
        "RUNWATCH://run/app.solvexia.com/PR-12/",
    ] {
        assert_eq!(Address::parse(text), Ok(expected.clone()), "{text}");
    }
    assert_eq!(
        Address::parse("runwatch://inbox/"),
        Ok(Address::Inbox(None))
    );
}

#[test]
fn what_shows_nothing_is_refused_in_words() {
    for text in [
        "",
        "runwatch:",
        "runwatch://",
        "runwatch:run/a/pr-1",
        "runwatch://run",
        "runwatch://run/pr-1",
        "runwatch://run//pr-1",
        "runwatch://run/a/pr-1/start",
        "runwatch://run/a/pr-1?start",
        "runwatch://run/a/ds-1",
        "runwatch://run/%00/pr-1",
        "runwatch://run/%ff/pr-1",
        "runwatch://start/a/pr-1",
        "runwatch://close/p",
        "runwatch://close/p/2026-13-01",
        "runwatch://close//2026-10-31",
        "runwatch://close/p/2026-10-31/start",
        "runwatch://close/p/2026-10-31/start/pr-1",
        "runwatch://close/p/2026-10-31/go/p-1",
        "runwatch://close/%00/2026-10-31",
        "runwatch://inbox/x",
        "runwatch://inbox/1/2",
        "https://app.solvexia.com/pr-1",
        "äöü",
    ] {
        let error = Address::parse(text).unwrap_err();
        assert!(matches!(error, AddressError::Unknown(_)), "{text}: {error}");
        assert!(error.to_string().contains("nothing was opened"), "{error}");
    }
}

#[test]
fn an_address_that_is_quoted_turns_no_sentence_round() {
    let is_plain = |error: AddressError| !error.to_string().contains('\u{202E}');
    assert!(is_plain(
        Address::parse("runwatch://open/\u{202E}gnp").unwrap_err()
    ));
    let Ok(Address::Run { place, run }) = Address::parse("runwatch://run/%E2%80%AEmoc/pr-1") else {
        panic!("it is an address of a run");
    };
    let error = Address::find_run(&place, &run, &[], |_| true).unwrap_err();
    assert!(is_plain(error));
}

#[test]
fn an_address_of_100_000_characters_is_refused_before_it_is_read() {
    let address = format!("runwatch://run/app/pr-{}", "1".repeat(100_000));
    let error = Address::parse(&address).unwrap_err();
    assert_eq!(error, AddressError::TooLong);
    assert!(error.to_string().len() < 200, "it is not repeated");
}

#[test]
fn a_run_is_found_by_account_or_environment_and_only_where_it_is_listed() {
    let accounts = [account("a", "app"), account("b", "app"), account("c", "uk")];
    let find = |place: &str, listed: &[&str]| {
        let is_listed = |key: &RunKey| listed.contains(&key.account.0.as_str());
        Address::find_run(place, &run(), &accounts, is_listed).map(|key| key.account.0)
    };
    assert_eq!(find("b", &["a", "b"]).as_deref(), Ok("b"));
    assert_eq!(find("App.SolveXia.com", &["b", "c"]).as_deref(), Ok("b"));
    let not_listed = find("uk.solvexia.com", &["a"]).unwrap_err();
    assert!(matches!(not_listed, AddressError::NotListed { .. }));
    for foreign in ["sandbox.solvexia.com", "d"] {
        let error = find(foreign, &["a", "b", "c"]).unwrap_err();
        assert!(error.to_string().contains(foreign), "{error}");
    }
}
