//! The ids of the demo that tests and scripts rely on.

/// The client that [`crate::SimOptions::default`] lets in.
pub const DEMO_CLIENT_ID: &str = "runwatch-demo";
/// Its secret, which protects nothing but sample data.
pub const DEMO_CLIENT_SECRET: &str = "sample-data-only";

/// Waits; once started it succeeds within about 20 seconds. Its order has a gap at 1.3.
pub const DEMO_QUICK_RUN: &str = "pr-20001";
/// The action step of [`DEMO_QUICK_RUN`] at 1.3, which no list names.
pub const DEMO_HIDDEN_STEP: &str = "as-2000103";
/// Waits; once started its middle step fails after about 15 seconds.
pub const DEMO_FAILING_RUN: &str = "pr-20002";
/// The step of [`DEMO_FAILING_RUN`] that fails the first time and succeeds from then on.
pub const DEMO_FAILING_STEP: &str = "ds-2000203";
/// Waits; once started it ends within about 25 seconds, with a warning.
pub const DEMO_WARNING_RUN: &str = "pr-20003";
/// Waits; once started it takes about a quarter of an hour: time enough to cancel it.
pub const DEMO_LONG_RUN: &str = "pr-20004";
/// Runs again and again.
pub const DEMO_LIVE_RUN: &str = "pr-20005";
/// Ended with a failed step whose message tells what is missing.
pub const DEMO_FAILED_RUN: &str = "pr-20006";
/// Ended in success.
pub const DEMO_SUCCEEDED_RUN: &str = "pr-20007";
/// Ended with a warning.
pub const DEMO_WARNED_RUN: &str = "pr-20008";
/// Was cancelled.
pub const DEMO_CANCELLED_RUN: &str = "pr-20009";
/// Was timed out.
pub const DEMO_TIMED_OUT_RUN: &str = "pr-20010";
/// Has a very long name; waits.
pub const DEMO_LONG_NAME_RUN: &str = "pr-20011";
/// A process with more than 40 runs.
pub const DEMO_BUSY_PROCESS: &str = "p-10011";
/// A file that a run was given.
pub const DEMO_FILE: &str = "f-30001";
