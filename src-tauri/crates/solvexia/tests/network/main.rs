//! The client on the networks of firms: behind proxies, and behind software that inspects TLS.
//!
//! A proxy on this computer leads every host that it is asked for to one server on this computer,
//! so that `https://app.solvexia.com` is tried whole, without a name being looked up.

#![expect(
    clippy::unwrap_used,
    reason = "clippy knows tests by their attribute, and their helpers have none"
)]

mod authority;
mod calls;
mod hops;
mod server_hops;
mod site;
mod system;
mod tunnels;
