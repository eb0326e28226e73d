//! How long the runs of a process take: what was learned, and reading earlier runs once to learn it.

mod backfill;
mod forecast;
pub(crate) mod learned;
