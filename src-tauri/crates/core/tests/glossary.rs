//! What docs/GLOSSARY.md names is there, by this name and in this file.
#![expect(
    clippy::unwrap_used,
    reason = "clippy knows tests by their attribute, and their helpers have none"
)]

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..")
}

/// What stands in `backticks`.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// The code of `core/run.rs`, for instance, or of a file of the page (`ui/src/…`).
fn code(place: &str) -> String {
    let (first, file) = place.split_once('/').unwrap();
    let path = match first {
        "ui" => root().join(place),
        a_crate => root()
            .join("src-tauri/crates")
            .join(a_crate)
            .join("src")
            .join(file),
    };
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// What is wrong with a row, if anything: each name is declared in one of the files beside it.
fn missing(row: &str) -> Option<String> {
    let last = row.trim_end_matches(['|', ' ']).rsplit('|').next().unwrap();
    let (places, names): (Vec<_>, Vec<_>) =
        quoted(last).partition(|one| [".rs", ".ts"].iter().any(|end| one.ends_with(end)));
    if places.is_empty() || names.is_empty() {
        return Some(format!("a name and its file are missing: {row}"));
    }
    let code: String = places.into_iter().map(code).collect();
    let words: Vec<&str> = code
        .split(|c: char| !c.is_alphanumeric() && c != '_')
        .filter(|word| !word.is_empty())
        .collect();
    let keywords = [
        "struct",
        "class",
        "interface",
        "enum",
        "trait",
        "type",
        "fn",
        "const",
        "impl",
        "macro_rules",
    ];
    let is_declared = |name: &str| {
        let by_keyword = words
            .windows(2)
            .any(|pair| keywords.contains(&pair[0]) && pair[1] == name);
        // A macro of ours declares types at the beginning of a line.
        by_keyword || code.lines().any(|line| line.trim_start().starts_with(name))
    };
    let is_there = |name: &&str| {
        let (first, part) = name.split_once("::").unwrap_or((name, name));
        is_declared(first) && words.contains(&part)
    };
    let name = names.into_iter().find(|name| !is_there(name))?;
    Some(format!("`{name}` is not declared there: {row}"))
}

#[test]
fn each_word_of_the_glossary_stands_for_something_that_is_there() {
    let text = fs::read_to_string(root().join("docs/GLOSSARY.md")).unwrap();
    let rows: Vec<&str> = text
        .lines()
        .filter(|line| line.starts_with("| "))
        .skip(1)
        .collect();
    assert!(rows.len() > 30, "the table is not where it was");
    let wrong: Vec<String> = rows.into_iter().filter_map(missing).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
