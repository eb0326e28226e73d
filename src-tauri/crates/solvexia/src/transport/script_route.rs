//! Which of the proxies that the computer's set-up script names is used: the first that is there.
//!
//! That is found out by a connection that carries nothing. So no request is ever sent a second time by
//! another proxy (docs/RULES.md, 9): each goes the way that was chosen before it.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use hyper::Uri;
use hyper_util::client::proxy::matcher::Matcher;
use runwatch_core::environment::{Environment, Trust};
use runwatch_core::network::{Proxy, ProxyAddress, Route, ScriptAnswer, ScriptError};
use tokio::net::TcpStream;
use url::Url;

/// How long a proxy may take to accept a connection where others could serve.
const PATIENCE: Duration = Duration::from_secs(4);

/// Whether a script counts for an environment. It stays so while the app runs.
pub(crate) fn counts(environment: &Environment, route: &Route) -> bool {
    environment.trust() != Trust::Loopback
        && route.network.proxy == Proxy::System
        && !is_set_by_variables(environment.origin())
}

/// What the script answers for an environment where it [`counts`]; none where no script is set.
pub(crate) async fn ask(
    environment: &Environment,
    route: &Route,
) -> Result<Option<Arc<ScriptAnswer>>, ScriptError> {
    route.proxy_script.ask(environment.origin()).await
}

/// Variables are set for programs on purpose: they come before the system's settings.
fn is_set_by_variables(origin: &str) -> bool {
    let origin = origin.parse::<Uri>().ok();
    origin.is_some_and(|origin| Matcher::from_env().intercept(&origin).is_some())
}

/// The choice among what an answer names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Chosen {
    /// The proxy, or none.
    pub proxy: Option<ProxyAddress>,
    /// What comes before it and is not there.
    pub passed_over: Vec<String>,
}

/// The first part of an answer that is there, or the very first where none is; none where an answer
/// names only what is not supported. What failed just before is tried last: it may accept connections
/// and lead nowhere.
pub(crate) async fn choose(
    answer: &ScriptAnswer,
    failed: Option<&Chosen>,
    environment: &Environment,
) -> Option<Chosen> {
    choose_by(answer, failed, &host_and_port(environment), &Tcp).await
}

async fn choose_by(
    answer: &ScriptAnswer,
    failed: Option<&Chosen>,
    direct: &str,
    reach: &impl Reach,
) -> Option<Chosen> {
    let mut usable: Vec<Option<&ProxyAddress>> = answer.usable().collect();
    usable.sort_by_key(|proxy| failed.is_some_and(|failed| failed.proxy.as_ref() == *proxy));
    let mut passed_over = Vec::new();
    for proxy in &usable {
        let place = proxy.map_or_else(|| direct.to_owned(), ProxyAddress::name);
        // With nothing else to try, the request itself finds out.
        let is_there = usable.len() == 1
            || tokio::time::timeout(PATIENCE, reach.reaches(&place))
                .await
                .unwrap_or(false);
        if is_there {
            return Some(Chosen {
                proxy: proxy.cloned(),
                passed_over,
            });
        }
        passed_over.push(place);
    }
    usable.first().map(|proxy| Chosen {
        proxy: proxy.cloned(),
        passed_over: Vec::new(),
    })
}

/// Whether something accepts connections.
#[async_trait]
trait Reach: Sync {
    async fn reaches(&self, host_and_port: &str) -> bool;
}

struct Tcp;

#[async_trait]
impl Reach for Tcp {
    async fn reaches(&self, host_and_port: &str) -> bool {
        TcpStream::connect(host_and_port).await.is_ok()
    }
}

/// Where an environment's own connection goes.
pub(crate) fn host_and_port(environment: &Environment) -> String {
    let url = Url::parse(environment.origin()).ok();
    let port = url.and_then(|url| url.port_or_known_default());
    let host = environment.host();
    match host.rsplit_once(':') {
        Some((_, port)) if port.bytes().all(|b| b.is_ascii_digit()) => host.to_owned(),
        _ => format!("{host}:{}", port.unwrap_or(443)),
    }
}

#[cfg(test)]
mod tests {
    use std::future::pending;
    use std::sync::Mutex;

    use runwatch_core::network::ScriptPlace;
    use tokio::time::Instant;

    use super::*;

    /// Places of which some are there, some refuse, and some say nothing.
    #[derive(Default)]
    struct Places {
        there: &'static [&'static str],
        silent: &'static [&'static str],
        tried: Mutex<Vec<String>>,
    }

    #[async_trait]
    impl Reach for Places {
        async fn reaches(&self, place: &str) -> bool {
            self.tried.lock().unwrap().push(place.to_owned());
            if self.silent.contains(&place) {
                pending::<()>().await;
            }
            self.there.contains(&place)
        }
    }

    async fn chosen(text: &str, places: &Places) -> Option<String> {
        let answer = ScriptAnswer::read(ScriptPlace::Network, text).unwrap();
        let chosen = choose_by(&answer, None, "app.solvexia.com:443", places).await?;
        Some(chosen.proxy.map_or("direct".into(), |proxy| proxy.url()))
    }

    #[tokio::test(start_paused = true)]
    async fn the_first_that_is_there_is_used_in_the_scripts_order() {
        for (there, expected) in [
            (&["a:1", "b:2"][..], "http://a:1"),
            (&["b:2"], "https://b:2"),
            (&["app.solvexia.com:443"], "direct"),
            (&[], "http://a:1"),
        ] {
            let places = Places {
                there,
                ..Places::default()
            };
            let text = "PROXY a:1; SOCKS s:3; HTTPS b:2; DIRECT";
            assert_eq!(chosen(text, &places).await.as_deref(), Some(expected));
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_proxy_that_says_nothing_is_passed_over_in_time() {
        let places = Places {
            there: &["b:2"],
            silent: &["a:1"],
            ..Places::default()
        };
        let before = Instant::now();
        let text = "PROXY a:1; PROXY b:2";
        assert_eq!(chosen(text, &places).await.as_deref(), Some("http://b:2"));
        assert_eq!(before.elapsed(), PATIENCE);
    }

    #[tokio::test(start_paused = true)]
    async fn a_single_choice_is_taken_without_a_try() {
        let places = Places::default();
        assert_eq!(chosen("DIRECT", &places).await.as_deref(), Some("direct"));
        let text = "SOCKS s:3; PROXY a:1";
        assert_eq!(chosen(text, &places).await.as_deref(), Some("http://a:1"));
        assert_eq!(chosen("SOCKS s:3", &places).await, None);
        assert!(places.tried.lock().unwrap().is_empty());
    }

    #[tokio::test(start_paused = true)]
    async fn what_failed_just_before_is_tried_last() {
        let places = Places {
            there: &["a:1", "b:2"],
            ..Places::default()
        };
        let answer = ScriptAnswer::read(ScriptPlace::Network, "PROXY a:1; PROXY b:2").unwrap();
        let first = choose_by(&answer, None, "", &places).await;
        let second = choose_by(&answer, first.as_ref(), "", &places).await;
        let third = choose_by(&answer, second.as_ref(), "", &places).await;
        assert_eq!(second.unwrap().proxy.unwrap().name(), "b:2");
        assert_eq!(third, first);
    }

    #[test]
    fn a_direct_connection_is_tried_at_the_environments_own_port() {
        for (environment, place) in [
            ("app", "app.solvexia.com:443"),
            (
                "https://solvexia.firm.example:8443",
                "solvexia.firm.example:8443",
            ),
            ("https://[fd00::1]", "[fd00::1]:443"),
        ] {
            let environment = Environment::parse(environment).unwrap();
            assert_eq!(host_and_port(&environment), place);
        }
    }
}
