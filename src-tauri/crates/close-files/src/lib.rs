//! What is read from files and written into them, as text and bytes alone: calendars, the evidence pack of a
//! close, the table of Activity. Whoever calls reads and writes the files.

pub mod activity;
mod csv_text;
pub mod evidence;
pub mod ics;
mod sha256;
mod table;

pub use sha256::sha256;
