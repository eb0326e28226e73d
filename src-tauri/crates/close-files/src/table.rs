//! A table that is saved as a file: what each cell says, as text.

use std::ops::RangeInclusive;

use jiff::Timestamp;

/// Cells with the names of their columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Table {
    pub(crate) name: &'static str,
    pub(crate) columns: &'static [&'static str],
    pub(crate) rows: Vec<Vec<String>>,
}

/// What can stand in a cell.
pub(crate) trait Cell {
    fn cell(&self) -> String;
}

macro_rules! shown_as_it_is {
    ($($type:ty),*) => {
        $(impl Cell for $type {
            fn cell(&self) -> String {
                self.to_string()
            }
        })*
    };
}

shown_as_it_is!(u8, u32, f64);

/// What isolates a name from the text around it is for screens: in a cell it would only be in the way.
const ISOLATES: RangeInclusive<char> = '\u{2066}'..='\u{2069}';

impl Cell for String {
    fn cell(&self) -> String {
        self.replace(|one| ISOLATES.contains(&one), "")
    }
}

impl Cell for Timestamp {
    fn cell(&self) -> String {
        format!("{self:.3}")
    }
}

impl Cell for bool {
    fn cell(&self) -> String {
        if *self { "yes" } else { "no" }.to_owned()
    }
}

impl<T: Cell> Cell for Option<T> {
    fn cell(&self) -> String {
        self.as_ref().map_or_else(String::new, Cell::cell)
    }
}

/// Declares a row with the names of its columns, in their order.
macro_rules! row {
    ($(#[$doc:meta])* $name:ident, $table:literal { $($(#[$field_doc:meta])* $field:ident: $type:ty = $column:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Default)]
        pub struct $name { $($(#[$field_doc])* pub $field: $type),* }

        impl $name {
            fn table(rows: &[Self]) -> Table {
                let cells = |row: &Self| vec![$(row.$field.cell()),*];
                Table { name: $table, columns: &[$($column),*], rows: rows.iter().map(cells).collect() }
            }
        }
    };
}

pub(crate) use row;
