//! The evidence pack of a close: what an auditor asks for, as files that a spreadsheet opens.
//!
//! [`Evidence`] holds rows as they were kept; [`files`] makes of them one CSV file a table, one page to
//! print, and a manifest with the SHA-256 of each. The manifest shows that files belong together and were not
//! damaged since; whoever can change a file can write a new manifest, and so it proves no more than that.

mod html;
mod rows;

use crate::csv_text;
use crate::sha256::sha256;

pub use rows::{
    ActionRow, AlarmRow, DayOffRow, Evidence, ExceptionRow, ExpectedRow, ForecastRow, Header,
    ListedRunRow, RunRow, StepRow, UnreadRow,
};

/// The manifest's name, in the form that `sha256sum --check` reads.
pub const MANIFEST: &str = "manifest-sha256.txt";

/// One file of a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackFile {
    /// Its name, without a folder.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// The files of a pack, the manifest last.
///
/// # Errors
/// Those of the CSV writer. It writes into memory, where none is expected.
pub fn files(evidence: &Evidence) -> Result<Vec<PackFile>, csv::Error> {
    let tables = evidence.tables()?;
    let mut files = Vec::new();
    for table in &tables {
        files.push(PackFile {
            name: format!("{}.csv", table.name),
            bytes: csv_text::write(table)?,
        });
    }
    files.push(PackFile {
        name: "evidence.html".to_owned(),
        bytes: html::page(&evidence.header.title(), &tables).into_bytes(),
    });
    files.push(manifest(&files));
    Ok(files)
}

fn manifest(files: &[PackFile]) -> PackFile {
    let line = |file: &PackFile| format!("{}  {}\n", sha256(&file.bytes), file.name);
    PackFile {
        name: MANIFEST.to_owned(),
        bytes: files.iter().map(line).collect::<String>().into_bytes(),
    }
}

#[cfg(test)]
#[path = "evidence_tests.rs"]
mod tests;
