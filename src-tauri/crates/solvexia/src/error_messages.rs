//! From an HTTP status or a lost connection to the error that is shown: its kind, whether an action
//! may have taken effect, and the sentence for the user. The wording of a status such as 403 is in
//! `own_message`; what is said behind SolveXia's own message, in `server_message_with_advice`.
//!
//! | response | error kind | effect of an action |
//! |---|---|---|
//! | nothing was sent | `Offline`, or `Keychain` where the proxy's password is not available | none |
//! | none, or too late | `Offline` | unknown |
//! | cut off, too long, unreadable or about another run | `BadAnswer` | unknown |
//! | 3xx, 407 | `BadAnswer` | unknown |
//! | 400, 411, 413, 415 | `Refused` | none |
//! | 401 | `SignedOut` | none |
//! | 401 to a read, though a token was just granted | `Server`: no sign-in would help | |
//! | 403 | `Forbidden` | none |
//! | 403 with a web page | `BadAnswer` | unknown: some proxies replace SolveXia's response |
//! | 404 | `NotFound` | none |
//! | 404 with a web page, to a read | `BadAnswer`: a proxy must not make a run look gone | |
//! | 405 | `NotAllowed` | none |
//! | 408, 429 | `Busy` | unknown, none |
//! | another 4xx | `Refused` | unknown |
//! | 5xx | `Server` | unknown |
//!
//! 404 and 405 to an action keep their meaning even with a web page: web servers answer so by
//! themselves where they do not know a call, and then the deprecated call is offered, once the run
//! could be read (docs/RULES.md, 12). An empty body changes no meaning.

use runwatch_core::error::{CallError, Effect, Trouble};

use crate::transport::{ExchangeError, HttpResponse, UnsentReason};
use crate::wire::{self, ErrorBody, Unreadable};

/// The call that an error is about.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CallContext<'a> {
    pub host: &'a str,
    pub purpose: Purpose,
}

/// Whether the call is a read or an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    Read,
    /// What is looked at before it is done again, where nobody knows whether it took effect.
    Act(ScopeState, &'static str),
}

/// Whether the token has the OAuth scope that an action needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ScopeState {
    Granted,
    /// The server named the granted scopes, and this one is missing.
    Missing(&'static str),
    /// The server did not name the granted scopes.
    Unknown(&'static str),
}

/// Fits reads of the scheduler, which are repeated, and reads that the user asked for.
const READ_ADVICE: &str =
    "Try again in a moment; runs in your list are asked for again by themselves.";
const FOREIGN_PAGE: &str =
    "Something between you and SolveXia answered instead, such as a proxy's page.";

impl CallContext<'_> {
    fn is_action(&self) -> bool {
        self.purpose != Purpose::Read
    }

    fn advice(&self) -> String {
        match self.purpose {
            Purpose::Read => READ_ADVICE.to_owned(),
            Purpose::Act(_, look_at) => format!(
                "Whether it took effect is not known yet: look at {look_at} before you do it again."
            ),
        }
    }

    /// The error of an exchange without a whole response.
    pub fn exchange_failed(&self, error: ExchangeError) -> CallError {
        let host = self.host;
        let (trouble, what) = match error {
            ExchangeError::Unsent(why) => return self.not_sent(why),
            ExchangeError::Dropped => (
                Trouble::Offline,
                format!("The connection to SolveXia at {host} was lost before it answered."),
            ),
            ExchangeError::TooSlow => (
                Trouble::Offline,
                format!("SolveXia at {host} did not answer in time."),
            ),
            ExchangeError::CutOff => (
                Trouble::BadAnswer,
                format!("The answer of {host} was cut off on its way."),
            ),
            ExchangeError::TooLong => (
                Trouble::BadAnswer,
                format!("The answer of {host} is too long to be SolveXia's."),
            ),
        };
        self.error(trouble, self.with_advice(&what), Effect::Unknown)
    }

    fn not_sent(&self, why: UnsentReason) -> CallError {
        let host = self.host;
        let next = if self.is_action() {
            "Nothing was sent; try again once the connection works."
        } else {
            READ_ADVICE
        };
        let message = match why {
            UnsentReason::NoName => format!(
                "The address {host} is not known on your network. Check your network and the \
                 environment's name. {next}"
            ),
            UnsentReason::Unsafe => format!(
                "No secure connection to {host} can be made: its certificate is not trusted on \
                 this computer, or something between inspects the traffic. “Check connection” in \
                 “Proxy and connection” says what is wrong with it, and what to do. {next}"
            ),
            UnsentReason::NoConnection => {
                format!("SolveXia at {host} cannot be reached. Check your network. {next}")
            }
            UnsentReason::NoProxy => format!(
                "The proxy on the way to {host} cannot be reached. Check your network, and the \
                 proxy in “Proxy and connection”. {next}"
            ),
            UnsentReason::ProxySignIn => format!(
                "The proxy on the way to {host} asks for a sign-in, or does not accept the one that \
                 is set. “Check connection” in “Proxy and connection” says which. {next}"
            ),
            UnsentReason::ProxyRefused => format!(
                "The proxy on the way to {host} does not lead there. “Check connection” in \
                 “Proxy and connection” says more; your IT department can mend it. {next}"
            ),
            UnsentReason::ProxyPassword => {
                let message = format!(
                    "This computer's keychain is locked or not available, so the password of the \
                     proxy on the way to {host} cannot be read. Unlock it and try again, or type \
                     the password in “Proxy and connection”. Nothing was sent."
                );
                return self.error(Trouble::Keychain, message, Effect::None);
            }
        };
        self.error(Trouble::Offline, message, Effect::None)
    }

    /// The error of a success with an unusable body.
    pub fn unreadable_response(&self, is_page: bool, why: &Unreadable) -> CallError {
        let what = if is_page {
            FOREIGN_PAGE.to_owned()
        } else {
            format!(
                "The answer of {} is not what was asked for: {why}.",
                self.host
            )
        };
        self.error(Trouble::BadAnswer, self.with_advice(&what), Effect::Unknown)
    }

    /// The error of a response that is no success.
    pub fn error_response(&self, response: &HttpResponse) -> CallError {
        let code = response.status.as_u16();
        let (trouble, effect) = self.classify(code, response.is_page);
        let ErrorBody {
            message,
            support_id,
        } = wire::error_body(&response.body);
        let told = match message {
            Some(theirs) => self.server_message_with_advice(trouble, theirs),
            None => self.own_message(trouble, code, response.is_page),
        };
        CallError {
            support_id,
            retry_after: response.retry_after,
            ..self.error(trouble, told, effect)
        }
    }

    /// The error of a 401 to a token that was granted just before.
    pub fn new_token_refused(&self, response: &HttpResponse) -> CallError {
        let host = self.host;
        let theirs = wire::error_body(&response.body).message;
        let theirs = theirs.map_or_else(|| ".".to_owned(), |message| format!(": “{message}”"));
        let message = format!(
            "SolveXia at {host} signs Runwatch in and then refuses what it asks (401). Runwatch keeps \
             trying and goes on by itself. If it lasts, tell your SolveXia administrator{theirs}"
        );
        CallError {
            message,
            trouble: Trouble::Server,
            ..self.error_response(response)
        }
    }

    fn classify(&self, code: u16, is_page: bool) -> (Trouble, Effect) {
        match code {
            403 if is_page => (Trouble::BadAnswer, Effect::Unknown),
            404 if is_page && !self.is_action() => (Trouble::BadAnswer, Effect::None),
            400 | 411 | 413 | 415 => (Trouble::Refused, Effect::None),
            401 => (Trouble::SignedOut, Effect::None),
            403 => (Trouble::Forbidden, Effect::None),
            404 => (Trouble::NotFound, Effect::None),
            405 => (Trouble::NotAllowed, Effect::None),
            408 => (Trouble::Busy, Effect::Unknown),
            429 => (Trouble::Busy, Effect::None),
            300..=399 | 407 => (Trouble::BadAnswer, Effect::Unknown),
            400..=499 => (Trouble::Refused, Effect::Unknown),
            500..=599 => (Trouble::Server, Effect::Unknown),
            _ => (Trouble::BadAnswer, Effect::Unknown),
        }
    }

    /// SolveXia's own message, with advice on what to do.
    fn server_message_with_advice(&self, trouble: Trouble, theirs: String) -> String {
        match (trouble, self.purpose) {
            (Trouble::SignedOut, _) => format!("{theirs} Sign in again."),
            (Trouble::Forbidden, Purpose::Act(right, _)) => match right.advice() {
                Some(advice) => format!("{theirs} {advice}"),
                None => theirs,
            },
            _ => theirs,
        }
    }

    fn own_message(&self, trouble: Trouble, code: u16, is_page: bool) -> String {
        let host = self.host;
        match trouble {
            Trouble::BadAnswer if (300..400).contains(&code) => self.with_advice(&format!(
                "{host} points to another address, which Runwatch does not follow, so that your \
                 sign-in stays where you gave it. Check the environment's name."
            )),
            Trouble::BadAnswer if is_page || code == 407 => self.with_advice(FOREIGN_PAGE),
            Trouble::BadAnswer => self.with_advice(&format!(
                "The answer of {host} ({code}) is none of SolveXia's."
            )),
            Trouble::Refused => format!(
                "SolveXia did not take the request ({code}) and gave no reason. If it happens \
                 again, tell your SolveXia administrator."
            ),
            Trouble::SignedOut => {
                "SolveXia does not accept your sign-in any more. Sign in again.".to_owned()
            }
            Trouble::Forbidden => match self.purpose {
                Purpose::Act(right, _) => format!(
                    "SolveXia does not allow this. {}",
                    right.advice().unwrap_or_else(|| {
                        "Ask your SolveXia administrator for access.".to_owned()
                    })
                ),
                Purpose::Read => "SolveXia does not let you see this. Ask your SolveXia \
                                  administrator for access, and for the right “process_read” for \
                                  the application that you signed in with."
                    .to_owned(),
            },
            Trouble::NotFound => "SolveXia does not have it, or not any more. Check the id, and \
                                  that you are signed in to the right environment."
                .to_owned(),
            Trouble::NotAllowed => {
                "SolveXia does not offer this call here. Nothing was done.".to_owned()
            }
            Trouble::Busy => self.with_wait("SolveXia is busy", code),
            Trouble::Server => self.with_wait("SolveXia has a problem of its own", code),
            // Errors without a response are worded above.
            Trouble::Offline | Trouble::Keychain | Trouble::Policy => {
                format!("SolveXia at {host} cannot be reached.")
            }
        }
    }

    fn with_wait(&self, what: &str, code: u16) -> String {
        if self.is_action() && code == 429 {
            return format!("{what} ({code}), and nothing was done. Try again in a minute.");
        }
        self.with_advice(&format!("{what} ({code})."))
    }

    fn with_advice(&self, what: &str) -> String {
        format!("{what} {}", self.advice())
    }

    fn error(&self, trouble: Trouble, message: String, effect: Effect) -> CallError {
        let effect = if self.is_action() {
            effect
        } else {
            Effect::None
        };
        CallError {
            effect,
            ..CallError::unsent(trouble, message)
        }
    }
}

impl ScopeState {
    /// The advice for a 403 that may come from a missing scope.
    fn advice(self) -> Option<String> {
        let (beginning, right) = match self {
            Self::Granted => return None,
            Self::Missing(right) => ("The", right),
            Self::Unknown(right) => ("Probably the", right),
        };
        Some(format!(
            "{beginning} application that you signed in with lacks the right “{right}”: an \
             administrator adds it in SolveXia's API portal; then sign in again."
        ))
    }
}

#[cfg(test)]
mod tests;
