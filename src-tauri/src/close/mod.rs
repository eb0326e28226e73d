//! The close board's way to the page and to files: what is typed is read, and what is kept is written out.

pub mod calendar_file;
pub mod draft;
pub mod evidence;
mod evidence_exceptions;
mod evidence_runs;
pub mod reference;
