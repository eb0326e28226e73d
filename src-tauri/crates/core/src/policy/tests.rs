use std::path::PathBuf;

use super::*;
use crate::account::SignInMethod;
use crate::environment::Environment;
use crate::network::{Network, Proxy};

const PATH: &str = if cfg!(windows) {
    r"C:\ProgramData\Firm\ca.pem"
} else {
    "/etc/firm/ca.pem"
};

fn environment(text: &str) -> Environment {
    Environment::parse(text).unwrap()
}

fn text(text: &str) -> RawValue {
    RawValue::Text(text.to_owned())
}

fn texts(all: &[&str]) -> RawValue {
    RawValue::List(all.iter().map(|&text| text.to_owned()).collect())
}

fn source(origin: Origin, values: &[(&str, RawValue)]) -> RawPolicy {
    let named = |(name, value): &(&str, RawValue)| ((*name).to_owned(), value.clone());
    RawPolicy {
        origin,
        place: "HERE".to_owned(),
        values: Ok(values.iter().map(named).collect()),
    }
}

fn of(values: &[(&str, RawValue)]) -> Policy {
    read(vec![source(Origin::MachinePolicy, values)])
}

fn preset(values: &[(&str, RawValue)]) -> Policy {
    read(vec![source(Origin::Preset, values)])
}

fn manual(address: &str, user: &str) -> Proxy {
    Proxy::Manual {
        address: address.to_owned(),
        user: user.to_owned(),
    }
}

fn through(proxy: Proxy) -> Network {
    Network {
        proxy,
        extra_ca: None,
    }
}

fn value<T: Clone>(given: &Option<Given<T>>) -> Option<T> {
    given.as_ref().map(|given| given.value.clone())
}

#[test]
fn every_setting_is_read_in_the_kind_that_the_manual_names() {
    let policy = of(&[
        ("Environment", text(" app ")),
        (
            "AllowedEnvironments",
            texts(&["app", "https://sx.firm.example"]),
        ),
        ("Proxy", text("proxy.firm.example:8080")),
        ("CertificateFile", text(PATH)),
        ("LaunchAtLogin", RawValue::Number(1)),
        ("HideNotificationDetails", RawValue::Flag(true)),
        ("NoPastedTokens", RawValue::Number(0)),
    ]);
    let allowed = vec![environment("app"), environment("https://sx.firm.example")];
    assert_eq!(value(&policy.environment), Some(environment("app")));
    assert_eq!(
        value(&policy.allowed_environments),
        Some(AllowedEnvironments::These(allowed))
    );
    assert_eq!(
        value(&policy.proxy),
        Some(manual("proxy.firm.example:8080", ""))
    );
    assert_eq!(value(&policy.certificate_file), Some(PathBuf::from(PATH)));
    assert_eq!(value(&policy.launch_at_login), Some(true));
    assert_eq!(value(&policy.hide_details), Some(true));
    assert_eq!(value(&policy.no_pasted_tokens), Some(false));
    assert_eq!(policy.problems, [""; 0]);
}

#[test]
fn an_installers_texts_are_read_and_its_empty_properties_set_nothing() {
    let policy = preset(&[
        ("Environment", text("")),
        ("AllowedEnvironments", text("app, sandbox")),
        ("Proxy", text("Direct")),
        ("CertificateFile", text("  ")),
        ("LaunchAtLogin", text("1")),
        ("HideNotificationDetails", text("")),
        ("NoPastedTokens", text("0")),
    ]);
    assert_eq!(policy.environment, None);
    let allowed = vec![environment("app"), environment("sandbox")];
    assert_eq!(
        value(&policy.allowed_environments),
        Some(AllowedEnvironments::These(allowed))
    );
    assert_eq!(value(&policy.proxy), Some(Proxy::Direct));
    assert_eq!(policy.certificate_file, None);
    assert_eq!(value(&policy.launch_at_login), Some(true));
    assert_eq!(policy.hide_details, None);
    assert!(!policy.forbids_pasted_tokens());
    assert_eq!(policy.problems, [""; 0]);
}

#[test]
fn the_computers_policy_comes_before_the_users_before_the_users_choice_before_the_preset() {
    let at = |origin, proxy: &str| source(origin, &[("Proxy", text(proxy))]);
    let machine = || at(Origin::MachinePolicy, "one:1");
    let user = || at(Origin::UserPolicy, "two:2");
    let installer = || at(Origin::Preset, "three:3");
    let chosen = || Some(through(manual("four:4", "")));
    let counts = |sources, chosen| read(sources).network(chosen).proxy;
    let all = vec![machine(), user(), installer()];
    assert_eq!(counts(all, chosen()), manual("one:1", ""));
    assert_eq!(
        counts(vec![user(), installer()], chosen()),
        manual("two:2", "")
    );
    assert_eq!(counts(vec![installer()], chosen()), manual("four:4", ""));
    assert_eq!(counts(vec![installer()], None), manual("three:3", ""));
    assert_eq!(counts(vec![], None), Proxy::System);
}

#[test]
fn each_setting_has_the_origin_of_the_source_that_set_it() {
    let policy = read(vec![
        source(
            Origin::MachinePolicy,
            &[("LaunchAtLogin", RawValue::Number(0))],
        ),
        source(
            Origin::UserPolicy,
            &[("HideNotificationDetails", RawValue::Number(1))],
        ),
        source(
            Origin::Preset,
            &[
                ("LaunchAtLogin", RawValue::Number(1)),
                ("Environment", text("app")),
            ],
        ),
    ]);
    let launch = policy.launch_at_login.unwrap();
    assert_eq!(
        (launch.value, launch.origin),
        (false, Origin::MachinePolicy)
    );
    assert_eq!(policy.hide_details.unwrap().origin, Origin::UserPolicy);
    let environment = policy.environment.unwrap();
    assert!(environment.origin == Origin::Preset && !environment.is_fixed());
}

#[test]
fn a_value_of_the_wrong_kind_is_left_out_and_said_and_the_rest_counts() {
    for (name, wrong) in [
        ("Environment", RawValue::Number(5)),
        ("Environment", text("a b")),
        ("Proxy", RawValue::Flag(true)),
        ("Proxy", text("socks5://proxy:1080")),
        ("CertificateFile", text("ca.pem")),
        ("CertificateFile", text("%ProgramData%\\ca.pem")),
        ("LaunchAtLogin", RawValue::Number(2)),
        ("HideNotificationDetails", RawValue::Other),
        ("Environment", text(&"a".repeat(1_000_000))),
        ("CertificateFile", text(&"/".repeat(1_000_000))),
        ("Autostart", RawValue::Number(1)),
        (&"x".repeat(1_000_000), RawValue::Number(1)),
    ] {
        let policy = of(&[(name, wrong), ("LaunchAtLogin", RawValue::Number(0))]);
        let others = Policy {
            problems: Vec::new(),
            ..policy.clone()
        };
        assert_eq!(
            others,
            of(&[("LaunchAtLogin", RawValue::Number(0))]),
            "{policy:?}"
        );
        let [problem] = policy.problems.as_slice() else {
            panic!("one problem: {:?}", policy.problems)
        };
        assert!(
            problem.starts_with("HERE: ") && problem.len() < 300,
            "{problem}"
        );
    }
}

#[test]
fn a_password_in_a_policy_is_never_repeated() {
    let policy = of(&[
        ("Proxy", text("http://user:hunter2@proxy:8080")),
        ("Environment", text("https://user:hunter2@app.solvexia.com")),
        ("AllowedEnvironments", texts(&["user:hunter2@app"])),
    ]);
    assert_eq!(policy.problems.len(), 3);
    assert!(!format!("{policy:?}").contains("hunter2"));
}

#[test]
fn an_environment_that_is_not_allowed_is_refused_by_name_whoever_knows_it() {
    let policy = of(&[("AllowedEnvironments", texts(&["app", "a b"]))]);
    assert_eq!(policy.problems.len(), 1, "the rest of the list counts");
    let sandbox = environment("sandbox");
    let refused = policy.refusal(
        &sandbox,
        SignInMethod::Browser,
        std::slice::from_ref(&sandbox),
    );
    let words = crate::words::policy::refusal(&refused.unwrap());
    assert!(
        words.contains("Your organisation's rules do not allow")
            && words.contains("sandbox.solvexia.com")
            && words.contains("They allow app.solvexia.com."),
        "{words}"
    );
    for same in ["app", "https://app.solvexia.com/"] {
        assert_eq!(
            policy.refusal(&environment(same), SignInMethod::Token, &[]),
            None
        );
    }
    assert_eq!(of(&[]).refusal(&sandbox, SignInMethod::Token, &[]), None);
}

/// A mistake of IT's opens no way out, and stops no watch.
#[test]
fn a_rule_that_cannot_be_read_allows_the_environments_that_have_an_account_and_no_other() {
    let unreadable_source = read(vec![RawPolicy {
        values: Err("no JSON".to_owned()),
        ..source(Origin::MachinePolicy, &[])
    }]);
    for policy in [
        of(&[("AllowedEnvironments", RawValue::Number(1))]),
        of(&[("AllowedEnvironments", texts(&["a b"]))]),
        of(&[("AllowedEnvironments", text(&"a".repeat(1_000_000)))]),
        of(&[("AllowedEnvironments", texts(&["app"; 1000]))]),
        unreadable_source,
    ] {
        let known = [environment("app")];
        let refusal =
            |text: &str| policy.refusal(&environment(text), SignInMethod::Browser, &known);
        assert_eq!(refusal("app"), None);
        assert_eq!(refusal("sandbox"), Some(Refusal::UnreadableRule));
        assert!(!policy.problems.is_empty());
    }
}

#[test]
fn pasted_tokens_are_refused_where_they_are_forbidden_and_where_that_cannot_be_read() {
    let refused = |value| {
        let policy = of(&[("NoPastedTokens", value)]);
        let refusal = |method| policy.refusal(&environment("app"), method, &[]);
        assert_eq!(refusal(SignInMethod::Browser), None);
        assert_eq!(refusal(SignInMethod::Client), None);
        refusal(SignInMethod::Token) == Some(Refusal::PastedToken)
    };
    assert!(refused(RawValue::Number(1)));
    assert!(refused(text("yes")));
    assert!(refused(RawValue::Number(7)));
    assert!(!refused(RawValue::Number(0)));
}

#[test]
fn a_weaker_source_loosens_no_rule_that_a_stronger_one_has_and_that_cannot_be_read() {
    let policy = read(vec![
        source(Origin::MachinePolicy, &[("NoPastedTokens", text("oui"))]),
        source(
            Origin::UserPolicy,
            &[("NoPastedTokens", RawValue::Number(0))],
        ),
    ]);
    assert!(policy.forbids_pasted_tokens());
}

#[test]
fn rule_20_a_fixed_proxy_gets_the_sign_in_that_was_typed_for_it_and_no_other() {
    let policy = of(&[("Proxy", text("proxy:8080"))]);
    let elsewhere = policy.network(Some(through(manual("own:1", "reader"))));
    assert_eq!(elsewhere.proxy, manual("proxy:8080", ""));
    let same = policy.network(Some(through(manual("http://PROXY:8080/", "reader"))));
    assert!(same.proxy.has_password());
}

#[test]
fn what_is_fixed_leaves_the_users_own_choice_as_it_was() {
    let policy = of(&[
        ("Proxy", text("proxy:8080")),
        ("CertificateFile", text(PATH)),
    ]);
    let own = Network {
        proxy: manual("own:1", "reader"),
        extra_ca: Some("own.pem".into()),
    };
    let shown = policy.network(Some(own.clone()));
    assert_eq!(shown.extra_ca, Some(PATH.into()));
    assert_eq!(policy.kept(shown, Some(own.clone())), own);
    // A sign-in for the fixed proxy is kept with it.
    let signed_in = through(manual("proxy:8080", "reader"));
    let kept = policy.kept(signed_in.clone(), Some(own.clone()));
    assert_eq!(kept.proxy, signed_in.proxy);
    assert_eq!(kept.extra_ca, own.extra_ca);
}

#[test]
fn a_preset_counts_until_something_else_is_chosen_also_nothing() {
    let policy = preset(&[("CertificateFile", text(PATH)), ("Proxy", text("proxy:1"))]);
    assert_eq!(policy.network(None).extra_ca, Some(PATH.into()));
    let chosen = through(Proxy::System);
    assert_eq!(policy.network(Some(chosen.clone())), chosen);
    assert_eq!(policy.kept(chosen.clone(), None), chosen);
}

/// What `docs/ADMIN.md` describes and IT copies. The JSON is read where its source is.
#[test]
fn the_manual_and_the_templates_have_every_name_and_no_other() {
    fn between<'a>(text: &'a str, before: &str, after: &str) -> Vec<&'a str> {
        let found = text.split(before).skip(1);
        found.filter_map(|rest| rest.split(after).next()).collect()
    }
    let sorted = |mut names: Vec<&'static str>| {
        names.sort_unstable();
        names
    };
    let all = sorted(NAMES.to_vec());
    let admx = include_str!("../../../../../src-tauri/packaging/policy/Runwatch.admx");
    assert_eq!(sorted(between(admx, "valueName=\"", "\"")), all);
    let profile = include_str!("../../../../../src-tauri/packaging/policy/Runwatch.mobileconfig");
    let mut keys = between(profile, "<key>", "</key>");
    keys.retain(|key| !key.starts_with("Payload"));
    assert_eq!(sorted(keys), all);
    let manual = include_str!("../../../../../docs/ADMIN.md");
    assert_eq!(sorted(between(manual, "\n| `", "`")), all);
}
