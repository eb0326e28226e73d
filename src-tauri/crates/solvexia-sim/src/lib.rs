//! A simulated SolveXia: a library for tests and the demo, a binary for people.
//!
//! It is written from SolveXia's documentation alone and shares no code with the client, so that
//! the two can contradict each other. It responds as the documented examples do, inconsistencies
//! included; rarer behaviour is set with [`Fault`]s.
//!
//! ```no_run
//! # async fn example() -> std::io::Result<()> {
//! use solvexia_sim::{RunSeed, Sim, SimOptions, StepSeed};
//!
//! let sim = Sim::start(SimOptions::empty()).await?;
//! sim.set_speed(0.0);
//! sim.seed_run(RunSeed::new("pr-1", vec![StepSeed::new("1.1", "Load", 30.0)]));
//! let token = sim.issue_token("process_read process_execute", 600.0);
//! // … the client starts the run at `sim.base_url()` with `token` …
//! sim.advance(60.0);
//! assert_eq!(sim.start_count("pr-1"), 1);
//! # drop(token); Ok(())
//! # }
//! ```
//!
//! Time: a run progresses by *work*, and [`SimHandle::set_speed`] sets how much of it a second
//! brings. At speed 0 nothing moves except by [`SimHandle::advance`], so tests need not wait. Dates
//! are true wall-clock UTC unless [`SimHandle::set_clock`] sets this server's clock.
//!
//! # `/sim`
//!
//! What [`SimHandle`] does in-process is done over HTTP below `/sim`, without a token, in JSON
//! whose fields are those of the types named here:
//!
//! | call | body | answer |
//! |---|---|---|
//! | `GET /sim/state` | | `{speed, processes: [{id, name}], runs: [`[`RunState`]`]}` |
//! | `POST /sim/processes` | [`ProcessSeed`] | `{id}` |
//! | `POST /sim/runs` | [`RunSeed`] | [`RunState`] |
//! | `GET /sim/runs/{id}` | | [`RunState`] |
//! | `POST /sim/runs/{id}` | [`RunPatch`] | |
//! | `DELETE /sim/runs/{id}` | | |
//! | `POST /sim/speed` | `{factor}` | |
//! | `POST /sim/advance` | `{seconds}` | |
//! | `POST /sim/clock` | `{clock_ahead}`: seconds, negative where the server's clock is behind | |
//! | `POST /sim/zone` | `{minutes}`: of the dates of runs, which name no zone, ahead of UTC | |
//! | `GET`, `POST`, `DELETE /sim/faults` | [`Fault`] for `POST` | [`Fault`]s for `GET` |
//! | `POST /sim/clients` | [`Client`] | |
//! | `POST /sim/tokens` | `{scope, seconds}` | `{access_token}` |
//! | `POST /sim/tokens/expire` | none, or `{refresh: true}` to revoke refresh tokens too | |
//! | `POST /sim/tokens/grace` | `{seconds}`: a used refresh token works so long again | |
//! | `GET`, `DELETE /sim/requests` | | [`RequestRecord`]s for `GET` |
//! | `POST /sim/reset` | | |

mod api;
mod catalogue;
mod control_api;
pub mod demo;
mod fault_injection;
mod faults;
mod http_server;
mod middleware;
mod model;
mod oauth;
mod options;
mod request_log;
mod server_log;
mod server_state;
mod sim_handle;

pub use faults::{Fault, FaultKind, Rewrite};
pub use model::action_counts::ActionCounts;
pub use model::patches::{RunPatch, StepPatch};
pub use model::run_state::{RunState, StepState};
pub use model::seeds::{AfterFailure, Ending, ProcessSeed, RunPlan, RunSeed, StepKind, StepSeed};
pub use model::status::{RunStatus, StepStatus};
pub use oauth::Client;
pub use options::{Seed, SimOptions};
pub use request_log::RequestRecord;
pub use sim_handle::{Sim, SimHandle};
