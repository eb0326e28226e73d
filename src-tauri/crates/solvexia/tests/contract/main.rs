//! The client against the simulated SolveXia, which was written from the documentation alone.

#![expect(
    clippy::unwrap_used,
    reason = "clippy knows tests by their attribute, and their helpers have none"
)]

mod access_tokens;
mod actions;
mod browser_sign_in;
mod calls;
mod fake_keychain_entry;
mod hostile_servers;
mod kills_during_renewal;
mod loopback_without_proxy;
mod read_faults;
mod refresh_token_renewal;
mod server_clock;
mod test_server;
