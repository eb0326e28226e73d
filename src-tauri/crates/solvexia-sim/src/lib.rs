//! A simulated SolveXia: a library for tests and the demo, a binary for people.
//!
//! It is written from SolveXia's documentation alone, and shares no code with the client, so that
//! the two can contradict each other. It answers as the documented examples do, inconsistencies
//! included; what is rarer is asked for through [`Fault`]s.
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
//! Time: a run moves by *work*, and [`SimHandle::set_speed`] says how much of it a second brings.
//! At speed 0 nothing moves except by [`SimHandle::advance`], which is how tests do without
//! waiting. Dates are wall-clock UTC, true unless [`SimHandle::set_clock`] sets this server's clock.
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
//! | `POST /sim/clock` | `{ahead}`: seconds, negative where the server's clock is behind | |
//! | `GET`, `POST`, `DELETE /sim/faults` | [`Fault`] for `POST` | [`Fault`]s for `GET` |
//! | `POST /sim/clients` | [`Client`] | |
//! | `POST /sim/tokens` | `{scope, seconds}` | `{access_token}` |
//! | `POST /sim/tokens/expire` | none, or `{refresh: true}` to revoke refresh tokens too | |
//! | `POST /sim/tokens/grace` | `{seconds}`: a used refresh token works so long again | |
//! | `GET`, `DELETE /sim/requests` | | [`RequestRecord`]s for `GET` |
//! | `POST /sim/reset` | | |

mod api;
mod catalogue;
mod control;
pub mod demo;
mod faults;
mod gate;
mod handle;
mod model;
mod oauth;
mod records;
mod rewrite;
mod server;
mod world;

pub use faults::{Fault, FaultKind, Rewrite};
pub use handle::{Seed, Sim, SimHandle, SimOptions};
pub use model::patch::{RunPatch, StepPatch};
pub use model::seed::{AfterFailure, Ending, ProcessSeed, RunPlan, RunSeed, StepKind, StepSeed};
pub use model::state::{ActionCounts, RunState, StepState};
pub use model::status::{RunStatus, StepStatus};
pub use oauth::Client;
pub use records::RequestRecord;
