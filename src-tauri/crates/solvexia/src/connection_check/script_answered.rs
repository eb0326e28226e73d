//! What the computer's set-up script (PAC) answered, in the words of a check.

use std::sync::Arc;

use runwatch_core::environment::Environment;
use runwatch_core::network::{Route, ScriptAnswer, ScriptError};

use crate::transport::script_route::{self, Chosen};

/// What the script answered.
pub enum ScriptAnswered {
    /// There is none, or it does not count here.
    NotAsked,
    /// This; nothing is chosen where it names only what is not supported.
    Answer(Arc<ScriptAnswer>, Option<Chosen>),
    /// Nothing.
    Failed(ScriptError),
}

impl ScriptAnswered {
    /// Asks it, and chooses as every request does.
    pub async fn ask(environment: &Environment, route: &Route) -> Self {
        if !script_route::counts(environment, route) {
            return Self::NotAsked;
        }
        match script_route::ask(environment, route).await {
            Ok(None) => Self::NotAsked,
            Ok(Some(answer)) => {
                let chosen = script_route::choose(&answer, None, environment).await;
                Self::Answer(answer, chosen)
            }
            Err(error) => Self::Failed(error),
        }
    }

    /// The route that it chose; else the one that is set.
    pub fn route(&self, as_set: &Route) -> Route {
        match self {
            Self::Answer(_, Some(chosen)) => as_set.by(chosen.proxy.as_ref()),
            Self::NotAsked | Self::Answer(_, None) | Self::Failed(_) => as_set.clone(),
        }
    }

    /// Why no part of its answer can be used.
    pub fn leads_nowhere(&self) -> Option<String> {
        let Self::Answer(answer, None) = self else {
            return None;
        };
        Some(format!(
            "{} Runwatch supports HTTP proxies alone. Ask your IT department for the address of one, \
             and set it in “Proxy and connection”.",
            said(answer)
        ))
    }

    /// What is said of the proxy that is used, with what chose it.
    pub fn with_answer(&self, words: String) -> String {
        match self {
            Self::NotAsked | Self::Answer(_, None) => words,
            Self::Answer(answer, Some(chosen)) => {
                format!("{}{} {words}", said(answer), passed_over(chosen))
            }
            Self::Failed(error) => format!("{error} Runwatch goes on without it. {words}"),
        }
    }

    /// What is said where no proxy is used.
    pub fn without_proxy(&self, words: &str) -> String {
        match self {
            Self::Answer(..) => self.with_answer("So no proxy is used.".to_owned()),
            Self::NotAsked | Self::Failed(_) => self.with_answer(words.to_owned()),
        }
    }

    /// What is said of a later hop that fails, where the script may be the cause.
    pub fn with_failure(&self, words: String) -> String {
        match self {
            Self::Failed(error) => format!("{words} {error}"),
            Self::NotAsked | Self::Answer(..) => words,
        }
    }
}

fn said(answer: &ScriptAnswer) -> String {
    format!("{} answers “{}”.", answer.script, answer.text())
}

fn passed_over(chosen: &Chosen) -> String {
    match chosen.passed_over.as_slice() {
        [] => String::new(),
        [one] => format!(" {one} cannot be reached."),
        several => format!(" {} cannot be reached.", several.join(" and ")),
    }
}

#[cfg(test)]
mod tests {
    use runwatch_core::network::ScriptPlace;

    use super::*;

    #[test]
    fn where_no_proxy_is_used_it_is_said_who_wished_so() {
        let answer = ScriptAnswer::read(ScriptPlace::Network, "PROXY a:1; DIRECT").unwrap();
        let chosen = Chosen {
            proxy: None,
            passed_over: vec!["a:1".to_owned()],
        };
        assert_eq!(
            ScriptAnswered::Answer(Arc::new(answer), Some(chosen)).without_proxy("As set."),
            "The set-up script that your network offers (WPAD) answers “PROXY a:1; DIRECT”. a:1 \
             cannot be reached. So no proxy is used."
        );
        assert_eq!(
            ScriptAnswered::Failed(ScriptError::Late).without_proxy("As set."),
            "The set-up script that chooses this computer's proxy did not answer in time. Runwatch \
             goes on without it. As set."
        );
        assert_eq!(ScriptAnswered::NotAsked.without_proxy("As set."), "As set.");
    }
}
