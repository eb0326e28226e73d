//! The local history of Runwatch in SQLite: one file a table.
