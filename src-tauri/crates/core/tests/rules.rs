//! Every rule of docs/RULES.md has a test that names it.
#![expect(
    clippy::unwrap_used,
    reason = "clippy knows tests by their attribute, and their helpers have none"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..")
}

/// The rules' numbers in their order.
fn rules() -> Vec<u32> {
    let text = fs::read_to_string(root().join("docs/RULES.md")).unwrap();
    let number = |line: &str| line.split_once(". ")?.0.parse().ok();
    text.lines().filter_map(number).collect()
}

/// The files with tests below `folder`, without this one, whose samples name rules too.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_dir() {
            if !["target", "node_modules", "dist", "gen"].contains(&&*name) {
                files(&path, found);
            }
        } else if (name.ends_with(".rs") || name.ends_with(".test.ts"))
            && !path.ends_with("core/tests/rules.rs")
        {
            found.push(path);
        }
    }
}

/// The names of a file's tests that run: functions below `#[test]`, and what stands in `it('…')` or `describe('…')`.
fn test_names(text: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let (mut is_test, mut is_left_out) = (false, false);
    for line in text.lines().map(str::trim_start) {
        let function = line.strip_prefix("async ").unwrap_or(line);
        if line.starts_with("#[") {
            // `#[test]`, `#[tokio::test]`, `#[tokio::test(start_paused = true)]`
            is_test |= line.contains("test]") || line.contains("test(");
            is_left_out |= line.starts_with("#[ignore");
        } else if let Some(name) = function.strip_prefix("fn ") {
            names.extend((is_test && !is_left_out).then_some(name));
            (is_test, is_left_out) = (false, false);
        } else if ["it(", "it.", "test(", "test.", "describe(", "describe."]
            .iter()
            .any(|start| line.starts_with(start))
        {
            let is_left_out = line.contains(".skip") || line.contains(".todo");
            names.extend((!is_left_out).then_some(line));
        }
    }
    names
}

/// The one number after `rule`, those after `rules`, in the names of a file's tests.
fn named(text: &str) -> BTreeSet<u32> {
    let mut numbers = BTreeSet::new();
    for name in test_names(text) {
        let mut words = name
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|word| !word.is_empty() && *word != "and");
        while let Some(word) = words.next() {
            let most = match word {
                "rule" => 1,
                "rules" => usize::MAX,
                _ => continue,
            };
            numbers.extend(
                words
                    .clone()
                    .map_while(|word| word.parse::<u32>().ok())
                    .take(most),
            );
        }
    }
    numbers
}

#[test]
fn each_rule_has_a_test_that_names_it_and_no_test_names_a_rule_that_is_not_there() {
    let numbers = rules();
    // The contract's 28 at least, each once and none left out: others refer to them by number.
    assert!(numbers.len() >= 28, "rules are missing: {numbers:?}");
    assert_eq!(numbers, (1..).take(numbers.len()).collect::<Vec<_>>());

    let mut found = Vec::new();
    for folder in ["src-tauri", "tests", "ui/src"] {
        files(&root().join(folder), &mut found);
    }
    let mut tested = BTreeSet::new();
    for path in found {
        tested.extend(named(&fs::read_to_string(path).unwrap()));
    }
    let without: Vec<_> = numbers.iter().filter(|one| !tested.contains(one)).collect();
    assert!(without.is_empty(), "no test names these rules: {without:?}");
    let strangers: Vec<_> = tested.iter().filter(|one| !numbers.contains(one)).collect();
    assert!(
        strangers.is_empty(),
        "tests name rules that are not there: {strangers:?}"
    );
}

#[test]
fn the_names_of_tests_are_understood() {
    let text = "#[tokio::test(start_paused = true)]\n\
                #[expect(clippy::unwrap_used, reason = \"rule_1\")]\n\
                async fn rules_9_and_10_no_row_no_post() {\n\
                #[test]\n\
                fn rule_16_for_15_minutes() {\n\
                #[test]\n\
                fn rule_2_4_steps_are_named() {\n\
                #[test]\n\
                #[ignore = \"slow\"]\n\
                fn rule_6_does_not_run() {\n\
                it.skip('rule 7 does not run', () => {\n\
                #[test]\n\
                fn rules_13_14_hold() {\n\
                fn rule_3_helps() {\n\
                it('rule 19: clear it', async () => {\n\
                describe('an address (rule 20)', () => {\n\
                // rule 5 is no name\n";
    assert_eq!(named(text), BTreeSet::from([2, 9, 10, 13, 14, 16, 19, 20]));
}
