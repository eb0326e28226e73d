//! What IT sets arrives, whichever system it is set on.

use runwatch_core::network::Proxy;
use runwatch_core::policy::{AllowedEnvironments, Policy, RawValue, read};

use super::current::policy::tests::set;

fn text(text: &str) -> RawValue {
    RawValue::Text(text.to_owned())
}

fn policy(values: &[(&str, RawValue)]) -> Policy {
    read(vec![set(values)])
}

#[test]
fn every_setting_arrives_as_it_was_set() {
    let file = std::env::temp_dir().join("ca ä.pem");
    let list = RawValue::List(vec!["app".to_owned(), "sandbox".to_owned()]);
    let policy = policy(&[
        ("Environment", text("app")),
        ("AllowedEnvironments", list),
        ("Proxy", text("proxy.firm.example:8080")),
        ("CertificateFile", text(file.to_str().unwrap())),
        ("LaunchAtLogin", RawValue::Number(0)),
        ("HideNotificationDetails", RawValue::Number(1)),
        ("NoPastedTokens", RawValue::Flag(true)),
    ]);
    assert_eq!(policy.problems, [""; 0]);
    let host = policy.environment.unwrap().value.host().to_owned();
    assert_eq!(host, "app.solvexia.com");
    let AllowedEnvironments::These(allowed) = policy.allowed_environments.unwrap().value else {
        panic!("it can be read")
    };
    assert_eq!(allowed.len(), 2);
    assert!(matches!(policy.proxy.unwrap().value, Proxy::Manual { .. }));
    assert_eq!(policy.certificate_file.unwrap().value, file);
    assert!(!policy.launch_at_login.unwrap().value);
    assert!(policy.hide_details.unwrap().value);
    assert!(policy.no_pasted_tokens.unwrap().value);
}

#[test]
fn what_cannot_be_read_is_said_and_the_rest_arrives() {
    let policy = policy(&[
        ("Proxy", RawValue::Other),
        ("AllowedEnvironments", RawValue::Number(1)),
        ("Unheard", text("of")),
        ("LaunchAtLogin", text("1")),
        ("Environment", text("")),
    ]);
    assert_eq!(policy.problems.len(), 3, "{:?}", policy.problems);
    assert_eq!((policy.proxy, policy.environment), (None, None));
    let allowed = policy.allowed_environments.unwrap().value;
    assert_eq!(allowed, AllowedEnvironments::Unreadable);
    assert!(policy.launch_at_login.unwrap().value);
}
