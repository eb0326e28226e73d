//! The order of steps: numeric by part, with its gaps (docs/RULES.md, 5).

use std::collections::HashMap;
use std::fmt;

/// A place such as `1.10`, compared part by part: 1.2 comes before 1.10.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StepOrder(Vec<u32>);

impl StepOrder {
    /// Reads `1.2.10`; anything else is no place.
    pub fn parse(text: &str) -> Option<Self> {
        let parts: Result<Vec<u32>, _> = text.trim().split('.').map(str::parse).collect();
        parts.ok().filter(|parts| parts.len() <= 10).map(Self)
    }

    fn split(&self) -> (&[u32], u32) {
        self.0
            .split_last()
            .map_or((&[], 0), |(last, parent)| (parent, *last))
    }

    fn sibling(parent: &[u32], last: u32) -> Self {
        Self(parent.iter().copied().chain([last]).collect())
    }
}

impl fmt::Display for StepOrder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts: Vec<String> = self.0.iter().map(u32::to_string).collect();
        f.write_str(&parts.join("."))
    }
}

/// Places that the listed steps leave out, in order: `1.3`, or `1.3 – 1.5` for several in a row.
///
/// Only places among siblings are looked at; each level begins at 1.
pub fn gaps(listed: &[StepOrder]) -> Vec<String> {
    let mut places: Vec<&StepOrder> = listed.iter().collect();
    places.sort();
    places.dedup();
    let mut found = Vec::new();
    let mut latest: HashMap<&[u32], u32> = HashMap::new();
    for place in places {
        let (parent, last) = place.split();
        let from = latest
            .insert(parent, last)
            .map_or(1, |before| before.saturating_add(1));
        if from < last {
            let first = StepOrder::sibling(parent, from);
            let end = StepOrder::sibling(parent, last - 1);
            found.push(if from == last - 1 {
                first.to_string()
            } else {
                format!("{first} – {end}")
            });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(texts: &[&str]) -> Vec<StepOrder> {
        texts.iter().map(|t| StepOrder::parse(t).unwrap()).collect()
    }

    #[test]
    fn order_is_numeric_by_part() {
        let mut found = places(&["1.10", "2.1", "1.2", "1"]);
        found.sort();
        let words: Vec<String> = found.iter().map(StepOrder::to_string).collect();
        assert_eq!(words, ["1", "1.2", "1.10", "2.1"]);
    }

    /// docs/RULES.md, 5.
    #[test]
    fn a_gap_is_a_step_that_solvexia_does_not_list() {
        assert_eq!(gaps(&places(&["1.1", "1.2", "1.4", "2.1"])), ["1.3"]);
        assert_eq!(gaps(&places(&["1.2", "1.6"])), ["1.1", "1.3 – 1.5"]);
        assert!(gaps(&places(&["1.1", "1.2", "2.1"])).is_empty());
        assert!(gaps(&places(&["1", "1.1", "1.1.1", "1.2", "2"])).is_empty());
        assert_eq!(gaps(&places(&["1.1", "1.4000000"])).len(), 1);
    }

    #[test]
    fn what_is_no_place_has_no_order() {
        for text in ["", "a", "1.", "1..2", "-1", "1.b"] {
            assert_eq!(StepOrder::parse(text), None, "{text}");
        }
    }
}
