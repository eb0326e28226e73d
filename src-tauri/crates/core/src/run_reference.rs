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
            // Ids beside it may be of that environment, too.
            Err(Elsewhere::Runs(error)) => return Err(error),
            Err(Elsewhere::Other(error)) => trouble = trouble.or(Some(error)),
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

/// Why an address names no run here.
enum Elsewhere {
    /// It is one of runs of another environment.
    Runs(ReferenceError),
    /// It is one of something else.
    Other(ReferenceError),
}

/// The runs of one word: an address, or ids with something around them.
fn runs_of_word(word: &str, here: &Environment) -> Result<Vec<RunId>, Elsewhere> {
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
        let error = ReferenceError::OtherEnvironment {
            theirs: shorten(host, 80),
            ours: here.host().to_owned(),
        };
        let is_sibling = domain(host) == domain(here.host());
        return Err(match is_sibling || !run_ids(url.path()).is_empty() {
            true => Elsewhere::Runs(error),
            false => Elsewhere::Other(error),
        });
    };
    match run_ids(&ours) {
        runs if runs.is_empty() => Err(Elsewhere::Other(ReferenceError::NoRun)),
        runs => Ok(runs),
    }
}

/// The last two names of a host: environments of one SolveXia share them.
fn domain(host: &str) -> Option<(&str, &str)> {
    let (rest, top) = host.rsplit_once('.')?;
    Some((rest.rsplit('.').next()?, top))
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
    let mut text = proofpoint(url).unwrap_or_else(|| url[url::Position::BeforePath..].to_owned());
    for _ in 0..WRAPPED {
        let lower = text.to_ascii_lowercase();
        let after = |(at, origin): (usize, &str)| &text[at + origin.len()..];
        let mut found = lower.match_indices(here.origin()).map(after);
        if let Some(rest) = found.find(|rest| rest.starts_with(['/', '?', '#'])) {
            return Some(rest.to_owned());
        }
        text = percent_decode_str(&text).decode_utf8().ok()?.into_owned();
    }
    None
}

/// What Proofpoint's second form holds, which has signs of its own for `%` and `/`.
fn proofpoint(url: &Url) -> Option<String> {
    let is_theirs = url.host_str() == Some("urldefense.proofpoint.com") && url.path() == "/v2/url";
    let (_, inner) = url
        .query_pairs()
        .find(|(name, _)| is_theirs && name == "u")?;
    Some(inner.replace('-', "%").replace('_', "/"))
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
#[path = "run_reference_tests.rs"]
mod tests;
