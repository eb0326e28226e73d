//! A client of the SolveXia public API: tolerant on the wire, strict in its types.
//!
//! [`Client`] is SolveXia for one account and implements [`runwatch_core::ports::SolveXia`]. Paths
//! are below `/api/v1`, except those of the sign-in.
//!
//! | call | function | where |
//! |---|---|---|
//! | `GET /processruns/{runId}` | `run` | `endpoints::runs::get` |
//! | `GET /processruns/{runId}/runstatus` | `run_status` | `endpoints::runs::status` |
//! | `GET /processruns/{runId}/steps` | `run_steps` | `endpoints::runs::steps` |
//! | `GET /processruns/{runId}/steps/{stepId}/runstatus` | `step_status` | `endpoints::runs::step_status` |
//! | `POST /processruns/{runId}/start` | `start` | `endpoints::actions::start` |
//! | `POST /requests`, `ProcessRun_StartRq` | `start_deprecated` | `endpoints::actions::start_deprecated` |
//! | `POST /processruns/{runId}/cancel` | `cancel` | `endpoints::actions::cancel` |
//! | `POST /requests`, `ProcessRun_CancelRq` | `cancel_deprecated` | `endpoints::actions::cancel_deprecated` |
//! | `POST /processruns/{runId}/steps/{stepId}/restartfromhere` | `restart_from` | `endpoints::actions::restart_from` |
//! | `GET /processes` | `processes` | `endpoints::processes::list` |
//! | `GET /processes/{processId}` | `process` | `endpoints::processes::get` |
//! | `GET /processes/{processId}/processruns` | `process_runs` | `endpoints::processes::runs` |
//! | `GET /processes/{processId}/steps` | `process_steps` | `endpoints::processes::steps` |
//! | `POST /processes/{processId}/processruns` | `create_run` | `endpoints::processes::create_run` |
//! | `POST /oauth/token` | `sign_in`, and before any other call | `auth` |
//! | `GET /oauth/authorize`, in the browser | [`BrowserSignIn`] | `browser_sign_in` |
//!
//! A call goes from its function in `endpoints` to `authorized_calls` (token, retries of reads),
//! from there to `transport` (one exchange under deadlines), and back through `wire` (parsing) or
//! `error_messages` (what is shown when it fails).
//!
//! [`check_connection()`] tries the steps of a connection one by one, and says which fails.

mod auth;
mod authorized_calls;
mod browser_sign_in;
mod client;
mod connection_check;
mod endpoints {
    //! One function for each call of the API, in a file for each kind of thing that it is about. To add
    //! one: docs/ARCHITECTURE.md, “To add an endpoint”.
    pub(crate) mod actions;
    pub(crate) mod processes;
    pub(crate) mod runs;
}
mod error_messages;
mod transport;
mod url_path;
mod wire;

pub use browser_sign_in::{BeginAddress, BrowserSignIn, SignInError};
pub use client::Client;
pub use connection_check::check_connection;
pub use transport::{CaFileError, ScriptCache, check_ca_file, install_tls};
