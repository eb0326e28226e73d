//! SolveXia's documentation writes both `processruns` and `processRuns`, so case is ignored here,
//! except in ids.

const WORDS: &[&str] = &[
    "api",
    "v1",
    "processruns",
    "start",
    "cancel",
    "runstatus",
    "steps",
    "restartfromhere",
    "requests",
    "processes",
    "properties",
    "files",
    "metadata",
    "logs",
];

/// The path with its words, not its ids, in lower case.
pub fn in_lower_case(path: &str) -> String {
    let lowered: Vec<String> = path.split('/').map(lowered_word).collect();
    lowered.join("/")
}

fn lowered_word(segment: &str) -> String {
    let lowered = segment.to_ascii_lowercase();
    if WORDS.contains(&lowered.as_str()) {
        lowered
    } else {
        segment.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::in_lower_case;

    #[test]
    fn words_lose_their_case_and_ids_keep_it() {
        assert_eq!(
            in_lower_case("/API/v1/processRuns/pr-A/Steps"),
            "/api/v1/processruns/pr-A/steps"
        );
    }
}
