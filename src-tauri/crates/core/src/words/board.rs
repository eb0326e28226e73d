//! What the board of a close says of its items, and of what a changed plan would move.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::close::item_state::{Block, ItemState, WhyUnknown};
use crate::close::open::Moved;
use crate::ids::ProcessId;
use crate::outcome::Outcome;
use crate::words::outcomes::outcome;
use crate::words::terms::name;

/// So many steps are named.
const NAMED: usize = 3;

/// Why an item does not go on, in a sentence; none where nothing is wrong with it. `left_out` are the names of
/// the steps that it left out.
pub fn why(state: &ItemState, left_out: &[String]) -> Option<String> {
    Some(match state {
        ItemState::Blocked(Block::Ended(Outcome::Warnings)) => {
            "It ended with warnings, which its plan does not let pass. Restart it, or allow warnings in the \
             plan."
                .to_owned()
        }
        ItemState::Blocked(Block::Ended(how)) => format!(
            "{}. What waits for it cannot start before it is done.",
            outcome(*how)
        ),
        ItemState::Blocked(Block::Skipped(steps)) => {
            let named: Vec<String> = left_out
                .iter()
                .take(NAMED)
                .map(|step| name(step, 80))
                .collect();
            let named = match named.is_empty() {
                true => format!("{} steps", steps.len()),
                false => named.join(", "),
            };
            format!(
                "It succeeded without what usually runs: {named}. If that is right, say that this run \
                 counts."
            )
        }
        ItemState::Asks => {
            "It is not clear which run counts for this close. Say which one.".to_owned()
        }
        ItemState::Unknown(WhyUnknown::ProcessGone) => {
            "SolveXia no longer has this process, or does not show it to you. Take it out of the plan, or ask \
             who looks after it."
                .to_owned()
        }
        ItemState::Unknown(WhyUnknown::Word(word)) => format!(
            "SolveXia calls its status {}, which Runwatch does not know.",
            name(word, 40)
        ),
        ItemState::WaitsForBlocked => {
            "Nothing is wrong with it: what it waits for is blocked.".to_owned()
        }
        _ => return None,
    })
}

/// What a changed plan would move in an open close, in a sentence.
pub fn moved<'a>(
    moved: &Moved,
    zone: &TimeZone,
    name_of: impl Fn(&ProcessId) -> &'a str,
) -> String {
    let time = |at: Timestamp| {
        let local = at.to_zoned_datetime(zone.clone());
        local.strftime("%a %-d %b %H:%M").to_string()
    };
    match moved {
        Moved::CutOff(from, to) => format!(
            "The plan’s cut-off is {} now; this close still goes by {}.",
            time(*to),
            time(*from)
        ),
        Moved::Item(process, from, to) => {
            let item = name(name_of(process), 80);
            match (from, to) {
                (Some(from), Some(to)) => format!(
                    "{item} is due {} by the plan now; this close still goes by {}.",
                    time(*to),
                    time(*from)
                ),
                (None, Some(to)) => {
                    format!(
                        "{item} is due {} by the plan now; in this close it has no time.",
                        time(*to)
                    )
                }
                (Some(from), None) => {
                    format!(
                        "{item} has no time in the plan now; in this close it is due {}.",
                        time(*from)
                    )
                }
                (None, None) => format!("{item} has no time."),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::close::test_support::{process, sydney};

    fn plain(text: &str) -> String {
        text.replace(['\u{2068}', '\u{2069}'], "")
    }

    #[test]
    fn what_is_wrong_with_an_item_is_said_and_nothing_where_nothing_is() {
        let skipped = ItemState::Blocked(Block::Skipped(Vec::new()));
        let said = why(&skipped, &["Match".to_owned(), "Post".to_owned()]).unwrap();
        assert!(
            plain(&said).contains("usually runs: Match, Post. If that is right, say that this run"),
            "{said}"
        );
        let failed = why(&ItemState::Blocked(Block::Ended(Outcome::Failed)), &[]).unwrap();
        assert!(
            failed.contains("cannot start before it is done"),
            "{failed}"
        );
        for fine in [
            ItemState::Waiting,
            ItemState::Ready,
            ItemState::Running(None),
        ] {
            assert_eq!(why(&fine, &[]), None, "{fine:?}");
        }
    }

    #[test]
    fn what_a_plan_would_move_is_said_in_its_zone() {
        let zone = TimeZone::get("Australia/Sydney").unwrap();
        let (from, to) = (sydney("2026-11-04T18:00"), sydney("2026-11-05T12:30"));
        let said = moved(&Moved::CutOff(from, to), &zone, |_| "");
        assert_eq!(
            said,
            "The plan’s cut-off is Thu 5 Nov 12:30 now; this close still goes by Wed 4 Nov 18:00."
        );
        let item = Moved::Item(process(1), None, Some(to));
        let said = moved(&item, &zone, |_| "Bank load");
        assert_eq!(
            plain(&said),
            "Bank load is due Thu 5 Nov 12:30 by the plan now; in this close it has no time."
        );
    }
}
