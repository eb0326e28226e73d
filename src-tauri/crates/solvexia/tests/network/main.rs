//! The client in firms' networks: behind proxies, and behind software that inspects TLS.
//!
//! A proxy on this computer connects every host to one server on this computer, so that the whole
//! of `https://app.solvexia.com` is tested without DNS.

#![expect(
    clippy::unwrap_used,
    reason = "clippy knows tests by their attribute, and their helpers have none"
)]

mod calls_through_proxies;
mod certificate_authority;
mod check_name_and_proxy;
mod check_tls_and_server;
mod fake_proxy;
mod set_up_scripts;
mod system_settings;
mod test_server;
