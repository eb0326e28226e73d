//! The real window, driven as its user would: one module a subject. One program, so that it is linked
//! once; `.config/nextest.toml` says how many of its tests run side by side.
#![cfg(target_os = "linux")]

mod actions;
mod addresses;
mod bad_input;
mod badge;
mod browser;
mod check;
mod choices;
mod clock;
mod close_board;
mod closing;
mod command_line;
mod date_zone;
mod dead_page;
mod desktop;
mod first_run;
mod hardening;
mod inbox;
mod insight;
mod keyboard;
mod kills;
mod launch_at_login;
mod main_job;
mod month_end;
mod no_history;
mod no_keychain;
mod offline;
mod picker;
mod place;
mod real_keychain;
mod recorded_session;
mod renewal_kills;
mod restart;
mod secrets;
mod sign_in;
mod unshown;
