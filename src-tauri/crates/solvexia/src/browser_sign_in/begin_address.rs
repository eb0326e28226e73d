//! The address that the browser is opened with: on this computer, and good for one visit.
//!
//! Other users of a computer may read what its programs were started with. Were that SolveXia's sign-in
//! page with this sign-in's `state`, they could finish the sign-in themselves, and the user would be signed
//! in as somebody else. So the browser gets there by a redirect, and a cookie with it; without that cookie
//! no answer counts.
//!
//! The cookie is `SameSite=Lax`: it must come back when SolveXia's page leads the browser here, which
//! `Strict` forbids, and with nothing that a page loads by itself. Its name has the port, because browsers
//! keep one set of cookies for all ports of a host.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use subtle::ConstantTimeEq;

use super::random_text::random;

/// Where the browser begins a sign-in.
#[derive(Clone)]
pub struct BeginAddress {
    port: u16,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    unvisited: Option<String>,
    visited: Vec<String>,
}

/// A visit of an address like this.
#[derive(Debug, PartialEq, Eq)]
pub enum Visit {
    /// The first one.
    First,
    /// Somebody was there before.
    Again,
    /// It was never given away.
    Unknown,
}

impl BeginAddress {
    pub(super) fn new(port: u16) -> Self {
        Self {
            port,
            state: Arc::default(),
        }
    }

    /// The address to open: another one after each visit, for whoever wants another browser.
    pub fn get(&self) -> String {
        let mut state = self.state();
        let name = state.unvisited.get_or_insert_with(random::<16>);
        format!("http://127.0.0.1:{}{PATH}{name}", self.port)
    }

    pub(super) fn visit(&self, name: &str) -> Visit {
        let mut state = self.state();
        if state.visited.iter().any(|known| is_same(known, name)) {
            return Visit::Again;
        }
        match state.unvisited.take_if(|known| is_same(known, name)) {
            Some(known) => {
                state.visited.push(known);
                Visit::First
            }
            None => Visit::Unknown,
        }
    }

    /// A poisoned lock is used on: no write here leaves the state half-changed.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Before the name of the visit.
pub(super) const PATH: &str = "/begin/";

/// The cookie of the browser that began.
#[derive(Default)]
pub(super) struct Cookie(Option<String>);

impl Cookie {
    /// A new one, as a header sets it: no script can read it, and it ends with the sign-in.
    pub fn renew(&mut self, port: u16, seconds: u64) -> String {
        let value = self.0.insert(random::<16>());
        format!(
            "{}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax",
            name(port)
        )
    }

    /// Whether a browser brought it.
    pub fn is(&self, brought: Option<&str>) -> bool {
        let pair = self.0.as_deref().zip(brought);
        pair.is_some_and(|(own, brought)| is_same(own, brought))
    }
}

/// This sign-in's cookie among those of a request.
pub(super) fn cookie_of(header: &str, port: u16) -> Option<&str> {
    let name = name(port);
    let mut pairs = header
        .split(';')
        .filter_map(|pair| pair.trim().split_once('='));
    pairs
        .find(|(known, _)| *known == name)
        .map(|(_, value)| value)
}

fn name(port: u16) -> String {
    format!("runwatch-sign-in-{port}")
}

/// Compares in constant time.
fn is_same(one: &str, other: &str) -> bool {
    one.as_bytes().ct_eq(other.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_the_same_until_it_is_visited_and_good_for_one_visit() {
        let address = BeginAddress::new(8400);
        let first = address.get();
        assert_eq!(address.get(), first);
        let name = first.strip_prefix("http://127.0.0.1:8400/begin/").unwrap();
        assert!(name.len() >= 22, "128 bits");
        assert_eq!(address.visit("guess"), Visit::Unknown);
        assert_eq!(address.visit(name), Visit::First);
        assert_eq!(address.visit(name), Visit::Again);
        assert_ne!(address.get(), first);
        assert_eq!(address.visit(name), Visit::Again);
    }

    #[test]
    fn a_cookie_is_known_among_others_by_its_port() {
        let header = "a=b; runwatch-sign-in-1=x; runwatch-sign-in-8400=y=z";
        assert_eq!(cookie_of(header, 8400), Some("y=z"));
        assert_eq!(cookie_of(header, 84), None);
        let mut cookie = Cookie::default();
        assert!(!cookie.is(None) && !cookie.is(Some("")));
        let set = cookie.renew(8400, 300);
        let value = cookie_of(set.split(';').next().unwrap(), 8400);
        assert!(cookie.is(value) && !cookie.is(Some("guess")));
        assert!(set.ends_with("; Path=/; Max-Age=300; HttpOnly; SameSite=Lax"));
    }
}
