//! The words that notifications and page share, as they must stand in `ui/src/generated/contract.ts`.

use runwatch_core::outcome::Outcome;
use runwatch_core::words;

/// The outcomes in their order, each with its word.
pub(crate) fn typescript() -> String {
    let entry = |outcome: Outcome| {
        let (key, word) = (json(&outcome), json(&words::outcome(outcome)));
        format!("  {key}: {word},\n")
    };
    let entries: String = Outcome::ALL.map(entry).concat();
    format!(
        "\n/** The outcomes, what wants a look first, each in a word or two. */\n\
         export const outcomeWords: Record<Outcome, string> = {{\n{entries}}};\n"
    )
}

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
