//! What IT sets arrives, whichever source it is set in.

use runwatch_core::network::Proxy;
use runwatch_core::policy::{AllowedEnvironments, Policy, RawPolicy, RawValue, read};

use crate::profile_policy;

/// One of the three.
struct Source {
    /// What is read after IT has set these values there.
    set: fn(&[(&str, RawValue)]) -> RawPolicy,
    /// It lists all names that it holds, so that one that is no setting is said.
    lists_names: bool,
}

/// This system's own, but for a profile, which a person alone can install; what one holds is read everywhere.
const SOURCES: &[Source] = &[
    #[cfg(any(target_os = "linux", windows))]
    Source {
        set: super::current::policy::tests::set,
        lists_names: true,
    },
    Source {
        set: profile_policy::tests::set,
        lists_names: false,
    },
];

fn text(text: &str) -> RawValue {
    RawValue::Text(text.to_owned())
}

/// The policy of each source.
fn policies<'a>(
    values: &'a [(&str, RawValue)],
) -> impl Iterator<Item = (&'static Source, Policy)> + 'a {
    SOURCES
        .iter()
        .map(|source| (source, read(vec![(source.set)(values)])))
}

#[test]
fn every_setting_arrives_as_it_was_set() {
    let file = std::env::temp_dir().join("ca ä.pem");
    let list = RawValue::List(vec!["app".to_owned(), "sandbox".to_owned()]);
    let values = [
        ("Environment", text("app")),
        ("AllowedEnvironments", list),
        ("Proxy", text("proxy.firm.example:8080")),
        ("CertificateFile", text(file.to_str().unwrap())),
        ("LaunchAtLogin", RawValue::Number(0)),
        ("HideNotificationDetails", RawValue::Number(1)),
        ("NoPastedTokens", RawValue::Flag(true)),
    ];
    for (_, policy) in policies(&values) {
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
}

#[test]
fn what_cannot_be_read_is_said_and_the_rest_arrives() {
    let values = [
        ("Proxy", RawValue::Other),
        ("AllowedEnvironments", RawValue::Number(1)),
        ("Unheard", text("of")),
        ("LaunchAtLogin", text("1")),
        ("Environment", text("")),
    ];
    for (source, policy) in policies(&values) {
        let said = if source.lists_names { 3 } else { 2 };
        assert_eq!(policy.problems.len(), said, "{:?}", policy.problems);
        assert_eq!((policy.proxy, policy.environment), (None, None));
        let allowed = policy.allowed_environments.unwrap().value;
        assert_eq!(allowed, AllowedEnvironments::Unreadable);
        assert!(policy.launch_at_login.unwrap().value);
    }
}
