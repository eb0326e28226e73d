//! The close board: plans, the closes that are open, and what is told of them. What is decided of a close is
//! decided in `runwatch_core::close`; here its facts are brought together, and what follows is written down.
//! Nothing here starts, restarts or cancels anything.

mod age;
pub mod board;
pub(crate) mod candidates;
pub(crate) mod capture;
pub(crate) mod closes;
mod doubtful;
mod earlier_runs;
pub(crate) mod error;
mod facts;
mod find_runs;
mod found_runs;
mod make_board;
mod news;
mod notes;
mod opening;
mod past;
mod plans;
mod process_history;
mod read_bound;
pub mod record;
mod record_listed;
mod refresh;
mod refresh_loop;
mod runs_of_items;
mod start_check;

pub use closes::Closes;
pub use error::CloseError;
pub use opening::OpenChoice;
pub use plans::{Proposal, ProposedFrom};
