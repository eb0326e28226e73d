//! The words and the usual settings that backend and page share, as they must stand in
//! `ui/src/generated/contract.ts`.

use runwatch_core::action::ActionResult;
use runwatch_core::outcome::Outcome;
use runwatch_core::settings::notification_toggles::NotificationToggles;
use runwatch_core::settings::page_settings::PageSettings;
use runwatch_core::words;
use strum::VariantArray;

pub(crate) fn typescript() -> String {
    let outcomes = Outcome::ALL.map(|outcome| entry(&outcome, words::outcome(outcome)));
    let result = |result: &ActionResult| entry(result, words::activity::result(*result));
    let results: Vec<String> = ActionResult::VARIANTS.iter().map(result).collect();
    format!(
        "\n/** The outcomes, what wants a look first, each in a word or two. */\n\
         export const outcomeWords: Record<Outcome, string> = {{\n{}}};\n\
         \n/** What is known of an action's effect, in a word or three. */\n\
         export const actionResultWords: Record<ActionResult, string> = {{\n{}}};\n\
         \n/** What is on or off as long as nobody chose otherwise. */\n\
         export const usualSwitches: NotificationToggles = {};\n\
         \n/** How the page is as long as nobody chose otherwise. */\n\
         export const usualPageSettings: PageSettings = {};\n",
        outcomes.concat(),
        results.concat(),
        json(&NotificationToggles::default()),
        json(&PageSettings::default()),
    )
}

fn entry(key: &impl serde::Serialize, word: &str) -> String {
    format!("  {}: {},\n", json(key), json(&word))
}

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
