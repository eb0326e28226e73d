//! What a set-up script (PAC) answers: the proxies to try for an address, in their order.

use std::fmt::{self, Debug, Display, Formatter};
use std::sync::Arc;

use async_trait::async_trait;
use thiserror::Error;
use url::Url;

use super::proxy_address::ProxyAddress;

/// Longer answers are cut: nobody waits for more proxies than these.
const MOST_CHOICES: usize = 6;

/// What the script answered for one address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScriptAnswer {
    /// Where the script is.
    pub script: ScriptPlace,
    /// What to try, in this order.
    pub choices: Vec<ProxyChoice>,
}

/// Where a script is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScriptPlace {
    /// At this address, as it may be shown.
    Address(String),
    /// Where the network says (WPAD).
    Network,
}

/// One part of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProxyChoice {
    /// No proxy.
    Direct,
    /// This proxy.
    Proxy(ProxyAddress),
    /// Another kind of proxy, such as SOCKS: in the script's words.
    Unsupported(String),
}

/// Why there is no answer although a script is set.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ScriptError {
    /// It is not there, or not to be had.
    #[error("{0}, which chooses this computer's proxy, could not be read.")]
    Unreadable(ScriptPlace),
    /// It has mistakes, or answers nothing that can be understood.
    #[error("{0}, which chooses this computer's proxy, does not work.")]
    Broken(ScriptPlace),
    /// It, or the network, takes too long.
    #[error("The set-up script that chooses this computer's proxy did not answer in time.")]
    Late,
    /// This system offers nothing that runs it.
    #[error("{0} chooses this computer's proxy; Runwatch does not run such scripts on Linux.")]
    Unsupported(ScriptPlace),
}

impl ScriptPlace {
    /// A script at this address. User, password and query are left out: they may be secrets.
    pub fn at(address: &str) -> Self {
        let shown = Url::parse(address.trim()).map(|mut url| {
            // This fails only for an address without a host, and such a one has no user.
            let _ = url.set_username("");
            let _ = url.set_password(None);
            url.set_query(None);
            url.set_fragment(None);
            url.to_string()
        });
        Self::Address(crate::ids::shorten(
            shown.as_deref().unwrap_or("(no address)"),
            120,
        ))
    }
}

impl Display for ScriptPlace {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Address(address) => write!(f, "The set-up script {address}"),
            Self::Network => f.write_str("The set-up script that your network offers (WPAD)"),
        }
    }
}

impl ScriptAnswer {
    /// Reads an answer as scripts and systems write it: `PROXY a:8080; DIRECT`, `a:8080;b:8080` or
    /// `http://a:8080`.
    ///
    /// # Errors
    /// [`ScriptError::Broken`] where nothing of it can be understood.
    pub fn read(script: ScriptPlace, text: &str) -> Result<Self, ScriptError> {
        let parts = text
            .split(';')
            .map(str::trim)
            .filter(|part| !part.is_empty());
        let choices: Vec<ProxyChoice> = parts.filter_map(choice).take(MOST_CHOICES).collect();
        if choices.is_empty() {
            return Err(ScriptError::Broken(script));
        }
        Ok(Self { script, choices })
    }

    /// What can be tried, in its order: a proxy, or none.
    pub fn usable(&self) -> impl Iterator<Item = Option<&ProxyAddress>> {
        self.choices.iter().filter_map(|choice| match choice {
            ProxyChoice::Direct => Some(None),
            ProxyChoice::Proxy(proxy) => Some(Some(proxy)),
            ProxyChoice::Unsupported(_) => None,
        })
    }

    /// The answer, as a script writes it.
    pub fn text(&self) -> String {
        let parts: Vec<String> = self.choices.iter().map(ToString::to_string).collect();
        parts.join("; ")
    }
}

/// None where a part says nothing, such as a proxy without its address.
fn choice(part: &str) -> Option<ProxyChoice> {
    let (kind, address) = part
        .split_once("://")
        .or_else(|| part.split_once(char::is_whitespace))
        .unwrap_or((part, ""));
    let (scheme, address) = match kind.to_ascii_lowercase().as_str() {
        "direct" => return Some(ProxyChoice::Direct),
        "proxy" | "http" => ("http", address),
        "https" => ("https", address),
        // Windows writes addresses alone.
        _ if address.is_empty() => ("http", part),
        _ => return Some(ProxyChoice::Unsupported(crate::ids::shorten(part, 60))),
    };
    let proxy = ProxyAddress::parse(&format!("{scheme}://{}", address.trim()));
    proxy.ok().map(ProxyChoice::Proxy)
}

impl Display for ProxyChoice {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Direct => f.write_str("DIRECT"),
            Self::Proxy(proxy) if proxy.is_encrypted() => write!(f, "HTTPS {}", proxy.name()),
            Self::Proxy(proxy) => write!(f, "PROXY {}", proxy.name()),
            Self::Unsupported(text) => f.write_str(text),
        }
    }
}

/// The set-up script (PAC) by which a computer chooses its proxies.
#[async_trait]
pub trait ProxyScript: Send + Sync + Debug {
    /// What it answers for an origin, such as `https://app.solvexia.com`; none where none is set.
    ///
    /// # Errors
    /// [`ScriptError`], when one is set and gives no answer.
    async fn ask(&self, origin: &str) -> Result<Option<Arc<ScriptAnswer>>, ScriptError>;

    /// Forgets earlier answers: the network may be another one.
    fn forget(&self) {}
}

/// A computer without a set-up script.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoScript;

#[async_trait]
impl ProxyScript for NoScript {
    async fn ask(&self, _origin: &str) -> Result<Option<Arc<ScriptAnswer>>, ScriptError> {
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        let answer = ScriptAnswer::read(ScriptPlace::Network, text).ok()?;
        Some(answer.text())
    }

    #[test]
    fn an_answer_keeps_its_order_in_every_systems_spelling() {
        for (text, understood) in [
            ("DIRECT", "DIRECT"),
            (
                "PROXY a.firm:8080; HTTPS b.firm:8443;SOCKS5 s:1080; DIRECT",
                "PROXY a.firm:8080; HTTPS b.firm:8443; SOCKS5 s:1080; DIRECT",
            ),
            (
                "a.firm:8080;b.firm:80",
                "PROXY a.firm:8080; PROXY b.firm:80",
            ),
            ("http://a:8080;direct://", "PROXY a:8080; DIRECT"),
            (" proxy  [fd00::1]:3128 ;", "PROXY [fd00::1]:3128"),
            ("PROXY a;b", "PROXY a:80; PROXY b:80"),
            ("PROXY ; PROXY b:1", "PROXY b:1"),
        ] {
            assert_eq!(read(text).as_deref(), Some(understood), "{text}");
        }
    }

    #[test]
    fn an_answer_that_nobody_understands_is_none() {
        for text in ["", ";", "PROXY", "PROXY a:99999", "PROXY a/b:1", "http://"] {
            assert_eq!(read(text), None, "{text}");
        }
        let only_socks = ScriptAnswer::read(ScriptPlace::Network, "SOCKS s:1080").unwrap();
        assert_eq!(only_socks.usable().count(), 0);
    }

    #[test]
    fn an_answer_without_end_is_cut() {
        let answer = ScriptAnswer::read(ScriptPlace::Network, &"PROXY a:1;".repeat(10_000));
        assert_eq!(answer.unwrap().choices.len(), MOST_CHOICES);
    }

    #[test]
    fn where_a_script_is_holds_no_secret() {
        let place = ScriptPlace::at("http://user:hunter2@pac.firm.example/proxy.pac?key=hunter2#x");
        let shown = place.to_string();
        assert_eq!(shown, "The set-up script http://pac.firm.example/proxy.pac");
        assert!(!ScriptPlace::at("hunter2").to_string().contains("hunter2"));
    }
}
