//! Where an account lives: an origin, and how far it is to be trusted (docs/RULES.md, 20).

use std::net::IpAddr;

use thiserror::Error;
use url::{Host, Url};

/// An origin that an account signs in to, such as `https://app.solvexia.com`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Environment {
    origin: String,
}

/// How far an origin is to be trusted with a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trust {
    /// `https://*.solvexia.com`.
    SolveXia,
    /// This computer.
    Loopback,
    /// Anything else: the user must confirm it by name.
    Other,
}

/// Why a text names no environment.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum EnvironmentError {
    /// Nothing, or blanks alone.
    #[error("Type your environment first: the part before .solvexia.com, such as “app”.")]
    Empty,
    /// Neither a prefix nor an address.
    #[error(
        "“{0}” is not an environment. Type the part before .solvexia.com, such as “app”, \
         or a whole address that begins with https://."
    )]
    Malformed(String),
    /// `user:password@host`. The text is not repeated: it may hold a password.
    #[error(
        "Leave user and password out of the environment's address: Runwatch never sends them. Type \
         the part before .solvexia.com alone, such as “app”."
    )]
    SignIn,
    /// Plain http to another computer.
    #[error("“{0}” is not encrypted. Use an address that begins with https://.")]
    Plain(String),
}

impl Environment {
    /// Reads what a person types: a prefix (`app`), a host below solvexia.com, or an origin.
    ///
    /// # Errors
    /// [`EnvironmentError`], in plain words.
    pub fn parse(text: &str) -> Result<Self, EnvironmentError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(EnvironmentError::Empty);
        }
        // First, so that no other error can repeat a password.
        if text.contains('@') {
            return Err(EnvironmentError::SignIn);
        }
        let malformed = || EnvironmentError::Malformed(crate::ids::shorten(text, 60));
        let lower = text.to_ascii_lowercase();
        let address = if is_prefix(&lower) {
            format!("https://{lower}.solvexia.com")
        } else if lower.contains("://") {
            text.to_owned()
        } else if lower
            .split('/')
            .next()
            .is_some_and(|host| host.ends_with(".solvexia.com"))
        {
            format!("https://{text}")
        } else {
            return Err(malformed());
        };
        let url = Url::parse(&address).map_err(|_| malformed())?;
        if url.host().is_none() || !matches!(url.scheme(), "http" | "https") {
            return Err(malformed());
        }
        let origin = url.origin().ascii_serialization();
        let environment = Self { origin };
        if url.scheme() == "http" && environment.trust() != Trust::Loopback {
            return Err(EnvironmentError::Plain(environment.origin));
        }
        Ok(environment)
    }

    /// An origin as it was stored. It is not checked again: what may be sent to it is asked of
    /// [`Self::trust`].
    pub fn stored(origin: String) -> Self {
        Self { origin }
    }

    /// The origin, without a slash at its end.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The host, with its port where that is not the usual one.
    pub fn host(&self) -> &str {
        self.origin
            .split_once("://")
            .map_or(self.origin.as_str(), |(_, host)| host)
    }

    /// How far it is to be trusted with a secret.
    pub fn trust(&self) -> Trust {
        let Ok(url) = Url::parse(&self.origin) else {
            return Trust::Other;
        };
        match url.host() {
            Some(Host::Ipv4(ip)) if IpAddr::V4(ip).is_loopback() => Trust::Loopback,
            Some(Host::Ipv6(ip)) if IpAddr::V6(ip).is_loopback() => Trust::Loopback,
            Some(Host::Domain("localhost")) => Trust::Loopback,
            Some(Host::Domain(host))
                if url.scheme() == "https"
                    && url.port().is_none()
                    && host
                        .strip_suffix(".solvexia.com")
                        .is_some_and(|p| !p.is_empty()) =>
            {
                Trust::SolveXia
            }
            _ => Trust::Other,
        }
    }
}

fn is_prefix(text: &str) -> bool {
    text != "localhost"
        && text
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origin(text: &str) -> Result<String, EnvironmentError> {
        Environment::parse(text).map(|e| e.origin().to_owned())
    }

    #[test]
    fn a_prefix_a_host_and_an_origin_name_the_same_environment() {
        for text in [
            "app",
            " App ",
            "app.solvexia.com",
            "https://app.solvexia.com/",
            "https://app.solvexia.com:443/x?y",
        ] {
            assert_eq!(origin(text).unwrap(), "https://app.solvexia.com", "{text}");
        }
    }

    #[test]
    fn plain_http_is_for_this_computer_alone() {
        assert_eq!(
            origin("http://127.0.0.1:8080/").unwrap(),
            "http://127.0.0.1:8080"
        );
        assert!(origin("http://localhost:1").is_ok());
        assert!(origin("http://[::1]:1").is_ok());
        assert!(matches!(
            origin("http://app.solvexia.com"),
            Err(EnvironmentError::Plain(_))
        ));
        assert!(matches!(
            origin("http://127.0.0.1.evil.example"),
            Err(EnvironmentError::Plain(_))
        ));
    }

    /// docs/RULES.md, 20.
    #[test]
    fn only_solvexia_and_this_computer_are_trusted_unasked() {
        let trust = |text: &str| Environment::parse(text).unwrap().trust();
        assert_eq!(trust("app"), Trust::SolveXia);
        assert_eq!(trust("http://127.0.0.1:9"), Trust::Loopback);
        for other in [
            "https://app.solvexia.com.evil.example",
            "https://evilsolvexia.com",
            "https://solvexia.com",
            "https://app.solvexia.com:8443",
        ] {
            assert_eq!(trust(other), Trust::Other, "{other}");
        }
    }

    /// Also where the rest of the address is broken.
    #[test]
    fn a_password_in_the_address_is_refused_and_never_repeated() {
        for text in [
            "https://user:hunter2@app.solvexia.com",
            "user:hunter2@app.solvexia.com",
            "http://user:hunter2@app.example.com",
            "https://user:hun/ter2@app:99999 x",
            "hunter2@app",
        ] {
            let error = origin(text).unwrap_err();
            assert_eq!(error, EnvironmentError::SignIn, "{text}");
            assert!(!format!("{error}{error:?}").contains("ter2"));
        }
    }

    #[test]
    fn what_is_no_environment_is_refused_in_words() {
        for text in [
            "a b",
            "app/evil",
            "ftp://app.solvexia.com",
            "app.example.com",
            "https://",
            "ä",
        ] {
            assert!(
                matches!(origin(text), Err(EnvironmentError::Malformed(_))),
                "{text}"
            );
        }
        assert_eq!(origin(" "), Err(EnvironmentError::Empty));
    }
}
