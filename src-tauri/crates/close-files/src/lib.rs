//! What the close board reads from files and writes into them, as text and bytes alone: whoever calls reads
//! and writes the files.

pub mod evidence;
pub mod ics;
