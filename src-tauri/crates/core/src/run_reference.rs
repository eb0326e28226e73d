//! What a person pastes to name a run: its id, or any address of it on the account's host.

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
    /// An address without a run id in it, or with several.
    #[error("That address names {0} runs; it must name exactly one (pr-…).")]
    NotOneRun(usize),
    /// An address of another environment.
    #[error("That address belongs to {theirs}, but you are signed in to {ours}.")]
    OtherEnvironment {
        /// The host in the address.
        theirs: String,
        /// The account's host.
        ours: String,
    },
}

/// Reads a run id, or an address on `here` that holds exactly one.
///
/// # Errors
/// [`ReferenceError`], in plain words.
pub fn parse_run(text: &str, here: &Environment) -> Result<RunId, ReferenceError> {
    let text = text.trim();
    let looks_like_host = text
        .split('/')
        .next()
        .is_some_and(|h| h.contains('.') && !h.starts_with('.'))
        && text.contains('/');
    let url = if text.contains("://") {
        Url::parse(text).ok()
    } else if looks_like_host {
        // Without its beginning it is taken for one of the same kind as the account's.
        let scheme = here.origin().split("://").next().unwrap_or("https");
        Url::parse(&format!("{scheme}://{text}")).ok()
    } else {
        None
    };
    let Some(url) = url.filter(Url::has_host) else {
        return Ok(RunId::parse(text)?);
    };
    let theirs = url.origin().ascii_serialization();
    if theirs != here.origin() {
        let theirs = theirs
            .split_once("://")
            .map_or(theirs.as_str(), |(_, host)| host);
        return Err(ReferenceError::OtherEnvironment {
            theirs: shorten(theirs, 80),
            ours: here.host().to_owned(),
        });
    }
    let mut found: Vec<RunId> = run_ids(&url[url::Position::BeforePath..]);
    found.sort();
    found.dedup();
    match found.pop() {
        Some(run) if found.is_empty() => Ok(run),
        rest => Err(ReferenceError::NotOneRun(
            found.len() + usize::from(rest.is_some()),
        )),
    }
}

fn run_ids(text: &str) -> Vec<RunId> {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'))
        .filter_map(|word| RunId::parse(word).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<String, ReferenceError> {
        let here = Environment::parse("app").unwrap();
        parse_run(text, &here).map(|run| run.to_string())
    }

    #[test]
    fn any_address_on_the_accounts_host_with_one_run_id_will_do() {
        for text in [
            "pr-12",
            " pr-12 ",
            "https://app.solvexia.com/runs/pr-12",
            "https://app.solvexia.com/#/p-9/pr-12/steps?tab=1",
            "https://APP.solvexia.com/x?run=pr-12&again=pr-12",
            "app.solvexia.com/runs/pr-12",
        ] {
            assert_eq!(parse(text).as_deref(), Ok("pr-12"), "{text}");
        }
    }

    #[test]
    fn an_address_of_another_environment_is_refused_by_name() {
        let error = parse("https://sandbox.solvexia.com/runs/pr-12").unwrap_err();
        assert!(matches!(error, ReferenceError::OtherEnvironment { .. }));
        assert!(error.to_string().contains("sandbox.solvexia.com"));
        assert!(parse("http://app.solvexia.com/pr-12").is_err());
        assert!(matches!(parse("../pr-12"), Err(ReferenceError::Id(_))));
        let here = Environment::parse("http://127.0.0.1:8080").unwrap();
        assert!(parse_run("127.0.0.1:8080/runs/pr-12", &here).is_ok());
    }

    #[test]
    fn an_address_must_name_exactly_one_run() {
        assert_eq!(
            parse("https://app.solvexia.com/home"),
            Err(ReferenceError::NotOneRun(0))
        );
        assert_eq!(
            parse("https://app.solvexia.com/pr-1/pr-2"),
            Err(ReferenceError::NotOneRun(2))
        );
        assert!(matches!(parse("run 12"), Err(ReferenceError::Id(_))));
    }
}
