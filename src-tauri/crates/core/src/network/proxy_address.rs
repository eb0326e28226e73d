//! Where a proxy is: what a person types, made whole. Holds no secret.

use thiserror::Error;
use url::Url;

/// A proxy's address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProxyAddress {
    is_encrypted: bool,
    host: String,
    port: u16,
}

/// Why a text is no address of a proxy.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ProxyError {
    /// Nothing, or blanks alone.
    #[error(
        "Type the proxy's address first, such as proxy.firm.example:8080. Your IT department \
         knows it."
    )]
    Empty,
    /// Not an address.
    #[error("“{0}” is not the address of a proxy. Type one such as proxy.firm.example:8080.")]
    Malformed(String),
    /// A host alone.
    #[error("“{0}” lacks the proxy's port. Type both, such as proxy.firm.example:8080.")]
    NoPort(String),
    /// Another kind of proxy.
    #[error(
        "A proxy of the kind “{0}” is not supported. Ask your IT department for an HTTP proxy, \
         such as proxy.firm.example:8080."
    )]
    Kind(String),
    /// More than scheme, host and port.
    #[error(
        "A proxy's address ends with its port, such as proxy.firm.example:8080. A set-up script \
         (PAC) is not set here: set it in this computer's settings, and choose “As this computer is \
         set”."
    )]
    Path,
    /// `user:password@host`. The text is not repeated: it may hold a password.
    #[error(
        "Leave user and password out of the proxy's address, and type them into their own fields: \
         there the password is kept safely."
    )]
    SignIn,
}

impl ProxyAddress {
    /// Reads `host:port`, or a whole address that begins with `http://` or `https://`.
    ///
    /// # Errors
    /// [`ProxyError`], in plain words.
    pub fn parse(text: &str) -> Result<Self, ProxyError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(ProxyError::Empty);
        }
        // First, so that no other error can repeat a password.
        if text.contains('@') {
            return Err(ProxyError::SignIn);
        }
        let scheme = text.split_once("://").map(|(scheme, _)| scheme);
        let address = match scheme.map(str::to_ascii_lowercase).as_deref() {
            Some("http" | "https") => text.to_owned(),
            Some(other) => return Err(ProxyError::Kind(crate::ids::shorten(other, 20))),
            None => format!("http://{text}"),
        };
        let malformed = || ProxyError::Malformed(crate::ids::shorten(text, 60));
        let url = Url::parse(&address).map_err(|_| malformed())?;
        let (host, port) = url
            .host_str()
            .zip(url.port_or_known_default().filter(|port| *port != 0))
            .ok_or_else(malformed)?;
        if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
            return Err(ProxyError::Path);
        }
        // With a scheme, a missing port is the usual one; of a bare host nobody knows it.
        if scheme.is_none() && !ends_with_port(text) {
            return Err(ProxyError::NoPort(crate::ids::shorten(text, 60)));
        }
        Ok(Self {
            is_encrypted: url.scheme() == "https",
            host: host.to_owned(),
            port,
        })
    }

    /// Whether the proxy itself is spoken to through TLS.
    pub fn is_encrypted(&self) -> bool {
        self.is_encrypted
    }

    /// The host; an IPv6 address in brackets.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The port.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Host and port, for sentences.
    pub fn name(&self) -> String {
        format!("{}:{}", self.host, self.port)
    }

    /// The whole address.
    pub fn url(&self) -> String {
        let scheme = if self.is_encrypted { "https" } else { "http" };
        format!("{scheme}://{}", self.name())
    }
}

fn ends_with_port(text: &str) -> bool {
    let port = text
        .trim_end_matches('/')
        .rsplit_once(':')
        .map(|(_, port)| port);
    port.is_some_and(|port| !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Result<String, ProxyError> {
        ProxyAddress::parse(text).map(|address| address.url())
    }

    #[test]
    fn host_and_port_or_a_whole_address_name_a_proxy() {
        for (text, whole) in [
            ("proxy.firm.example:8080", "http://proxy.firm.example:8080"),
            (" Proxy.Firm.Example:80 ", "http://proxy.firm.example:80"),
            ("10.1.2.3:3128/", "http://10.1.2.3:3128"),
            ("[fd00::1]:3128", "http://[fd00::1]:3128"),
            ("http://proxy:8080/", "http://proxy:8080"),
            ("http://proxy", "http://proxy:80"),
            ("HTTPS://proxy", "https://proxy:443"),
            ("https://proxy:8443", "https://proxy:8443"),
        ] {
            assert_eq!(url(text).unwrap(), whole, "{text}");
        }
    }

    #[test]
    fn a_host_alone_lacks_its_port() {
        for text in ["proxy", "proxy.firm.example/", "10.1.2.3", "[fd00::1]"] {
            assert!(matches!(url(text), Err(ProxyError::NoPort(_))), "{text}");
        }
    }

    #[test]
    fn another_kind_of_proxy_is_refused_by_its_name() {
        for text in ["socks5://proxy:1080", "SOCKS4A://p:1", "ftp://proxy:21"] {
            let error = url(text).unwrap_err();
            let kind = text.split(':').next().unwrap().to_ascii_lowercase();
            assert_eq!(error, ProxyError::Kind(kind));
        }
    }

    #[test]
    fn a_script_or_a_path_is_no_proxy() {
        for text in [
            "http://wpad.firm.example/proxy.pac",
            "proxy:8080/x",
            "proxy:8080?x",
            "proxy:8080#x",
        ] {
            assert_eq!(url(text), Err(ProxyError::Path), "{text}");
        }
    }

    /// Also where the rest of the address is broken.
    #[test]
    fn a_password_in_the_address_is_refused_and_never_repeated() {
        for text in [
            "http://user:hunter2@proxy:8080",
            "user:hunter2@proxy:8080",
            "socks5://user:hunter2@proxy:1",
            "user:hunter2@proxy:99999 x",
        ] {
            let error = url(text).unwrap_err();
            assert_eq!(error, ProxyError::SignIn, "{text}");
            assert!(!format!("{error}{error:?}").contains("hunter2"));
        }
    }

    #[test]
    fn what_is_no_address_is_refused_in_words() {
        for text in [
            "pro xy:8080",
            "proxy:99999",
            "proxy:0",
            "proxy:x",
            "http://",
            ":8080",
        ] {
            assert!(matches!(url(text), Err(ProxyError::Malformed(_))), "{text}");
        }
        assert_eq!(url(" "), Err(ProxyError::Empty));
    }
}
