//! CSV as Excel opens it: UTF-8 with its mark, lines that end as on Windows, and no text that would run as a
//! formula.

use csv::{Terminator, WriterBuilder};

use crate::table::Table;

/// By this Excel knows UTF-8.
const MARK: &[u8] = "\u{FEFF}".as_bytes();
/// What a formula begins with, the wide forms of Asian keyboards included.
const FORMULA: &[char] = &['=', '+', '-', '@', '＝', '＋', '－', '＠'];
/// What some spreadsheets take for the beginning of one at the beginning of a cell.
const ALMOST: &[char] = &['\t', '\r', '\n', '|', '%'];
/// Where a spreadsheet of another country, or one that is told so, begins a new cell.
const SEPARATORS: &[char] = &[';', '\t', '\n', '\r'];

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
/// not, gets an apostrophe; so does what follows another separator in it. Plain numbers stay numbers.
pub(crate) fn harmless(cell: &str) -> String {
    let mut parts = cell.split_inclusive(SEPARATORS);
    let first = parts.next().unwrap_or_default();
    let mark = |is_wanted: bool| if is_wanted { "'" } else { "" };
    let almost = begins_with(cell, ALMOST);
    let mut text = format!("{}{first}", mark(almost || is_formula(cell)));
    for part in parts {
        text += mark(is_formula(part));
        text += part;
    }
    text
}

fn is_formula(text: &str) -> bool {
    let is_number = text.trim().trim_end_matches(SEPARATORS).parse::<f64>();
    begins_with(text, FORMULA) && !is_number.is_ok_and(f64::is_finite)
}

fn begins_with(text: &str, signs: &[char]) -> bool {
    text.trim_start_matches([' ', '\u{A0}', '"'])
        .starts_with(signs)
}
