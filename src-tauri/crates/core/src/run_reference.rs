//! What a person pastes to name runs: ids, addresses of them on the account's host, a sentence or a row of a
//! spreadsheet with such in it.

use percent_encoding::percent_decode_str;
use thiserror::Error;
use url::Url;

use crate::environment::Environment;
use crate::ids::{IdError, RunId, shorten};

/// Why a text names no run of this environment.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ReferenceError {
    /// Neither id nor address.
    #[error("{0} Paste a run id, or the address of the run in SolveXia.")]
    Id(#[from] IdError),
    /// An address without a run id in it.
    #[error("That address names no run. It must hold a run id (pr-…).")]
    NoRun,
    /// More than one run, where one is asked for.
    #[error("That names {0} runs; name one (pr-…).")]
    Several(usize),
    /// An address of another environment.
    #[error("That address belongs to {theirs}, but you are signed in to {ours}.")]
    OtherEnvironment {
        /// The host in the address.
        theirs: String,
        /// The account's host.
        ours: String,
    },
}

/// A run that a text names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedRunId {
    /// The run.
    pub run: RunId,
    /// There is only a number: that it means this run has to be confirmed.
    pub is_guess: bool,
}

/// How often an address may be wrapped in another one: mail filters wrap what was wrapped before.
const WRAPPED: usize = 4;

/// Reads the one run that a text names.
///
/// # Errors
/// [`ReferenceError`], in plain words.
pub fn parse_run(text: &str, here: &Environment) -> Result<RunId, ReferenceError> {
    let mut found = find_runs(text, here)?;
    match found.pop() {
        Some(only) if found.is_empty() && !only.is_guess => Ok(only.run),
        Some(_) if !found.is_empty() => Err(ReferenceError::Several(found.len() + 1)),
        _ => Err(RunId::parse(text)
            .err()
            .map_or(ReferenceError::NoRun, Into::into)),
    }
}

/// Reads all runs that a text names, in its order, each once. Numbers alone are taken for runs where there
/// is nothing else.
///
/// # Errors
/// [`ReferenceError`] where it names none, in plain words.
pub fn find_runs(text: &str, here: &Environment) -> Result<Vec<NamedRunId>, ReferenceError> {
    let text = plain(text);
    let mut found: Vec<RunId> = Vec::new();
    let mut trouble = None;
    for word in text.split(is_between).filter(|word| !word.is_empty()) {
        match runs_of_word(word, here) {
            Ok(runs) => found.extend(runs),
            Err(error) => trouble = trouble.or(Some(error)),
        }
    }
    let guesses = || numbers(&text).unwrap_or_default();
    let is_guess = found.is_empty() && trouble.is_none();
    let runs = if is_guess { guesses() } else { found };
    let mut named: Vec<NamedRunId> = Vec::new();
    for run in runs {
        if !named.iter().any(|known| known.run == run) {
            named.push(NamedRunId { run, is_guess });
        }
    }
    match (named.is_empty(), trouble) {
        (false, _) => Ok(named),
        (true, Some(error)) => Err(error),
        (true, None) => Err(RunId::parse(&text)
            .err()
            .map_or(ReferenceError::NoRun, Into::into)),
    }
}

/// The text without what nobody sees, and with the hyphens that ids have: word processors put others.
fn plain(text: &str) -> String {
    let is_unseen = |c: &char| matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
    let hyphen = |c: char| match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => '-',
        other => other,
    };
    let seen = text.chars().filter(|c| !is_unseen(c));
    seen.map(hyphen).collect::<String>().trim().to_owned()
}

/// What stands between two words: no id and no address holds it unescaped.
fn is_between(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            ',' | ';' | '|' | '"' | '<' | '>' | '“' | '”' | '„' | '«' | '»' | '‘' | '’'
        )
}

/// The runs of one word: an address, or ids with something around them.
fn runs_of_word(word: &str, here: &Environment) -> Result<Vec<RunId>, ReferenceError> {
    let Some(url) = address(word, here) else {
        return Ok(run_ids(word));
    };
    let theirs = url.origin().ascii_serialization();
    let ours = match theirs == here.origin() {
        true => Some(url[url::Position::BeforePath..].to_owned()),
        false => unwrapped(&url, here),
    };
    let Some(ours) = ours else {
        let host = theirs
            .split_once("://")
            .map_or(theirs.as_str(), |(_, host)| host);
        return Err(ReferenceError::OtherEnvironment {
            theirs: shorten(host, 80),
            ours: here.host().to_owned(),
        });
    };
    match run_ids(&ours) {
        runs if runs.is_empty() => Err(ReferenceError::NoRun),
        runs => Ok(runs),
    }
}

fn address(word: &str, here: &Environment) -> Option<Url> {
    let word = word.trim_matches(|c| matches!(c, '(' | ')' | '[' | ']' | '{' | '}' | '\'' | '.'));
    let looks_like_host = word
        .split('/')
        .next()
        .is_some_and(|host| host.contains('.') && !host.starts_with('.'))
        && word.contains('/');
    let url = if word.contains("://") {
        Url::parse(word).ok()
    } else if looks_like_host {
        // Without its beginning it is taken for one of the same kind as the account's.
        let scheme = here.origin().split("://").next().unwrap_or("https");
        Url::parse(&format!("{scheme}://{word}")).ok()
    } else {
        None
    };
    url.filter(Url::has_host)
}

/// The part of an address of ours that a mail filter has put into one of its own.
fn unwrapped(url: &Url, here: &Environment) -> Option<String> {
    let mut text = url[url::Position::BeforePath..].to_owned();
    for _ in 0..WRAPPED {
        let lower = text.to_ascii_lowercase();
        if let Some(at) = lower.find(&format!("{}/", here.origin())) {
            return Some(text[at + here.origin().len()..].to_owned());
        }
        text = percent_decode_str(&text).decode_utf8().ok()?.into_owned();
    }
    None
}

fn run_ids(text: &str) -> Vec<RunId> {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'))
        // A mail filter puts these around the address that it wraps.
        .filter_map(|word| RunId::parse(word.trim_matches('_')).ok())
        .collect()
}

/// The runs of these numbers, where the text holds nothing else.
fn numbers(text: &str) -> Option<Vec<RunId>> {
    let is_number =
        |word: &str| (1..=18).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit());
    let run = |word: &str| {
        RunId::parse(&format!("pr-{word}"))
            .ok()
            .filter(|_| is_number(word))
    };
    text.split(is_between)
        .filter(|word| !word.is_empty())
        .map(run)
        .collect()
}

#[cfg(test)]
mod tests {
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
}
