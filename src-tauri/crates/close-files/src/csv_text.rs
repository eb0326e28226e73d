//! CSV as Excel opens it: UTF-8 with its mark, lines that end as on Windows, and no text that would run as a
//! formula.

use csv::{Terminator, WriterBuilder};

use crate::table::Table;

/// By this Excel knows UTF-8.
const MARK: &[u8] = "\u{FEFF}".as_bytes();
/// What a formula begins with, the wide forms of Asian keyboards included.
const FORMULA: &[char] = &[
    '=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\n', '|', '%',
];

pub(crate) fn write(table: &Table) -> Result<Vec<u8>, csv::Error> {
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer(MARK.to_vec());
    writer.write_record(table.columns)?;
    for row in &table.rows {
        writer.write_record(row.iter().map(|cell| harmless(cell)))?;
    }
    writer
        .into_inner()
        .map_err(|error| error.into_error().into())
}

/// A text that a spreadsheet shows and never computes: what begins like a formula, blanks before it or
/// not, gets an apostrophe. Plain numbers stay numbers.
pub(crate) fn harmless(cell: &str) -> String {
    let begins = cell
        .trim_start_matches([' ', '\u{A0}'])
        .starts_with(FORMULA);
    let is_number = cell.parse::<f64>().is_ok_and(f64::is_finite);
    match begins && !is_number {
        true => format!("'{cell}"),
        false => cell.to_owned(),
    }
}
