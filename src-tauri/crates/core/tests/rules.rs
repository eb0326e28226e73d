//! Every rule of docs/RULES.md that is built has a test that names it.
#![expect(
    clippy::unwrap_used,
    reason = "clippy knows tests by their attribute, and their helpers have none"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..")
}

/// The rules by number; true for those that are built.
fn rules() -> BTreeMap<u32, bool> {
    let text = fs::read_to_string(root().join("docs/RULES.md")).unwrap();
    let rule = |line: &str| {
        let (number, words) = line.split_once(". ")?;
        Some((number.parse().ok()?, !words.starts_with("*(planned)*")))
    };
    text.lines().filter_map(rule).collect()
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_dir() && !["target", "node_modules", "dist", "gen"].contains(&&*name) {
            files(&path, found);
        } else if name.ends_with(".rs") || name.ends_with(".test.ts") {
            found.push(path);
        }
    }
}

/// The numbers that stand after `rule` or `rules` in the names of a file's tests, such as
/// `rules_9_and_10_…` in Rust and `rule 19: …` in TypeScript.
fn named(text: &str) -> BTreeSet<u32> {
    let mut numbers = BTreeSet::new();
    let is_name = |line: &&str| {
        let line = line.trim_start();
        ["fn rule", "async fn rule"]
            .iter()
            .any(|start| line.starts_with(start))
            || ["it('", "it.each", "test('", "describe('"]
                .iter()
                .any(|start| line.starts_with(start))
    };
    for line in text.lines().filter(is_name) {
        let words = line.split(|c: char| !c.is_ascii_alphanumeric());
        let mut after_rule = false;
        for word in words.filter(|word| !word.is_empty()) {
            match word.parse() {
                Ok(number) if after_rule => {
                    numbers.insert(number);
                }
                _ => {
                    after_rule = word == "rule" || word == "rules" || (after_rule && word == "and")
                }
            }
        }
    }
    numbers
}

#[test]
fn each_rule_that_is_built_has_a_test_that_names_it_and_no_test_names_a_rule_that_is_not_there() {
    let rules = rules();
    assert_eq!(
        rules.keys().copied().collect::<Vec<_>>(),
        (1..=28).collect::<Vec<_>>()
    );
    let mut found = Vec::new();
    for folder in ["src-tauri", "tests", "ui/src"] {
        files(&root().join(folder), &mut found);
    }
    let mut tested = BTreeSet::new();
    for path in found {
        tested.extend(named(&fs::read_to_string(path).unwrap()));
    }
    let is_built = |(number, built): (&u32, &bool)| built.then_some(*number);
    let built: BTreeSet<u32> = rules.iter().filter_map(is_built).collect();
    let without: Vec<_> = built.difference(&tested).collect();
    assert!(without.is_empty(), "no test names these rules: {without:?}");
    let strangers: Vec<_> = tested
        .iter()
        .filter(|number| !rules.contains_key(number))
        .collect();
    assert!(
        strangers.is_empty(),
        "tests name rules that are not there: {strangers:?}"
    );
}

#[test]
fn the_names_of_tests_are_understood() {
    let text = "async fn rules_9_and_10_no_row_no_post() {\n\
                fn rule_16_for_15_minutes() {\n\
                it('rule 19: clear it', async () => {\n\
                describe('an address (rule 20)', () => {\n\
                // rule 5 is no name\n";
    assert_eq!(named(text), BTreeSet::from([9, 10, 16, 19, 20]));
}
