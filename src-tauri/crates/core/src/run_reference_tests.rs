use super::*;

fn here() -> Environment {
    Environment::parse("app").unwrap()
}

fn parse(text: &str) -> Result<String, ReferenceError> {
    parse_run(text, &here()).map(|run| run.to_string())
}

fn found(text: &str) -> Vec<String> {
    let found = find_runs(text, &here()).unwrap_or_else(|error| panic!("{text}: {error}"));
    let word =
        |named: NamedRunId| format!("{}{}", named.run, if named.is_guess { "?" } else { "" });
    found.into_iter().map(word).collect()
}

#[test]
fn whatever_holds_one_id_names_that_run() {
    for text in [
        "pr-12",
        " pr-12 ",
        "\"pr-12\"",
        "(pr-12)",
        "[pr-12]",
        "pr-12,",
        "pr-12.",
        "'pr-12'",
        "“pr-12”",
        "Run pr-12",
        "Run: pr-12 (Payroll)",
        "pr\u{2013}12",
        "pr\u{2011}12",
        "\u{200b}pr-12\u{feff}",
        "PR-12",
        "Payroll 10/2026\tpr-12\tFinished\t2026-11-25 10:00",
        "https://app.solvexia.com/runs/pr-12",
        "(https://app.solvexia.com/runs/pr-12)",
        "https://app.solvexia.com/#/p-9/pr-12/steps?tab=1",
        "https://APP.solvexia.com/x?run=pr-12&again=pr-12",
        "app.solvexia.com/runs/pr-12",
        "see app.solvexia.com/runs/pr-12.",
    ] {
        assert_eq!(found(text), ["pr-12"], "{text}");
        assert_eq!(parse(text).as_deref(), Ok("pr-12"), "{text}");
    }
}

#[test]
fn an_address_that_a_mail_filter_wrapped_is_unwrapped() {
    let inner = "https%3A%2F%2Fapp.solvexia.com%2Fruns%2Fpr-12";
    for text in [
        format!(
            "https://eur01.safelinks.protection.outlook.com/?url={inner}&data=05%7C02&sdata=x%3D&reserved=0"
        ),
        format!("https://a.example/?u={}", inner.replace('%', "%25")),
        "https://urldefense.com/v3/__https://app.solvexia.com/runs/pr-12__;!!x$".to_owned(),
        "https://urldefense.com/v3/__https://app.solvexia.com?run=pr-12__;!!x$".to_owned(),
        "https://urldefense.proofpoint.com/v2/url?u=https-3A__app.solvexia.com_runs_pr-2D12&d=DwMF&c=pr_3".to_owned(),
        "https://urldefense.proofpoint.com/v2/url?u=https-3A__app.solvexia.com_-3Frun-3Dpr-2D12&d=DwMF".to_owned(),
    ] {
        assert_eq!(found(&text), ["pr-12"], "{text}");
    }
    let foreign = inner.replace("app.", "app.solvexia.com.");
    let text = format!("https://eur01.safelinks.protection.outlook.com/?url={foreign}");
    let error = find_runs(&text, &here()).unwrap_err();
    assert!(
        matches!(error, ReferenceError::OtherEnvironment { .. }),
        "{error}"
    );
}

#[test]
fn several_ids_are_read_in_their_order_each_once() {
    let all = ["pr-1", "pr-2", "pr-3"];
    for text in [
        "pr-1, pr-2,pr-3",
        "pr-1\npr-2\r\npr-3\n",
        "pr-1;pr-2|pr-3",
        "pr-1\tClose\npr-2\tPayroll, AU\npr-3\tTax",
        "pr-1 pr-2 pr-1 PR-3",
        "https://app.solvexia.com/pr-1/pr-2 and pr-3",
    ] {
        assert_eq!(found(text), all, "{text}");
    }
    assert_eq!(parse("pr-1, pr-2"), Err(ReferenceError::Several(2)));
}

#[test]
fn numbers_alone_are_offered_as_runs_and_among_other_words_they_are_none() {
    assert_eq!(found("114278"), ["pr-114278?"]);
    assert_eq!(found("114278, 114279"), ["pr-114278?", "pr-114279?"]);
    assert!(parse("114278").is_err(), "it has to be confirmed");
    assert!(find_runs("run 12", &here()).is_err());
    assert_eq!(found("12 pr-13"), ["pr-13"]);
}

#[test]
fn an_address_of_another_environment_is_refused_by_name() {
    let error = parse("https://sandbox.solvexia.com/runs/pr-12").unwrap_err();
    assert!(matches!(error, ReferenceError::OtherEnvironment { .. }));
    assert!(error.to_string().contains("sandbox.solvexia.com"));
    assert!(parse("http://app.solvexia.com/pr-12").is_err());
    assert!(matches!(parse("../12"), Err(ReferenceError::Id(_))));
    let here = Environment::parse("http://127.0.0.1:8080").unwrap();
    assert!(parse_run("127.0.0.1:8080/runs/pr-12", &here).is_ok());
}

#[test]
fn what_names_no_run_is_refused_in_words() {
    assert_eq!(
        parse("https://app.solvexia.com/home"),
        Err(ReferenceError::NoRun)
    );
    for text in ["", "  ", "\u{200b}", "payroll", "pr-", "ds-1", ", ;"] {
        assert!(
            matches!(parse(text), Err(ReferenceError::Id(_))),
            "{text:?}"
        );
    }
}

/// Which environment the ids beside it belong to, nobody can tell.
#[test]
fn a_text_with_a_run_of_another_environment_names_no_run_here() {
    for text in [
        "Run pr-12: https://sandbox.solvexia.com/runs/pr-12",
        "pr-12\tPayroll\thttps://sandbox.solvexia.com/runs/pr-12",
        "pr-12 https://sandbox.solvexia.com/runs/pr-13",
        "pr-12 on https://sandbox.solvexia.com/",
        "pr-12 https://solvexia.example.org/runs/pr-12",
    ] {
        let named = find_runs(text, &here());
        assert!(
            matches!(named, Err(ReferenceError::OtherEnvironment { .. })),
            "{text}: {named:?}"
        );
    }
    let beside = find_runs("pr-12 https://files.example.org/notes.docx", &here()).unwrap();
    assert_eq!(beside.len(), 1, "a document is no environment");
}
