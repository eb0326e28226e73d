//! The board of a close, with all that is shown of it.

use jiff::Timestamp;
use runwatch_core::close::binding::BoundBy;
use runwatch_core::close::board::{BoardView, Foresight};
use runwatch_core::close::item_state::ItemState;
use runwatch_core::close::kept::KeptClose;
use runwatch_core::close::open::{CloseNote, Moved};
use runwatch_core::close::plan::Plan;
use runwatch_core::close::score::Score;
use runwatch_core::ids::RunId;
use runwatch_core::outcome::Outcome;

/// A close as it stands at one moment.
#[derive(Debug, Clone, PartialEq)]
pub struct Board {
    /// Its plan.
    pub plan: Plan,
    /// The close, with what has come of it.
    pub kept: KeptClose,
    /// How it stands, and what is foreseen.
    pub view: BoardView,
    /// More of its items, by their places.
    pub items: Vec<ItemOnBoard>,
    /// How right the last forecasts of its plan were.
    pub score: Score,
    /// What to know of its times.
    pub notes: Vec<CloseNote>,
    /// What the plan as it is now would move; none where it has no such close any more.
    pub moved: Option<Vec<Moved>>,
    /// When this was worked out (UTC).
    pub made_at: Timestamp,
    /// When it last showed what SolveXia shows (UTC); none where that was not yet so in this session.
    pub seen_at: Option<Timestamp>,
    /// Which one it is: a newer one has a higher number.
    pub seq: i64,
}

/// What is shown of an item beside what the board's view says.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ItemOnBoard {
    /// The run that stands for it.
    pub run: Option<RunOfItem>,
    /// Runs of which its owner must say which one counts.
    pub asks: Vec<AskedRun>,
    /// The names of the steps that it left out and that usually run.
    pub left_out: Vec<String>,
}

/// The run that stands for an item, by this computer's clock.
#[derive(Debug, Clone, PartialEq)]
pub struct RunOfItem {
    /// The run.
    pub run: RunId,
    /// Its name.
    pub name: String,
    /// What bound it.
    pub by: BoundBy,
    /// It is in the list.
    pub is_listed: bool,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// When it started (UTC).
    pub started: Option<Timestamp>,
    /// When it ended (UTC).
    pub ended: Option<Timestamp>,
}

/// A run that may be meant, by this computer's clock.
#[derive(Debug, Clone, PartialEq)]
pub struct AskedRun {
    /// The run.
    pub run: RunId,
    /// Its name.
    pub name: String,
    /// When it was created (UTC).
    pub created: Option<Timestamp>,
    /// When it started (UTC).
    pub started: Option<Timestamp>,
}

impl Board {
    /// Whether it shows what SolveXia shows: what was not read lately is no news.
    pub fn is_up_to_date(&self) -> bool {
        self.seen_at == Some(self.made_at)
    }

    /// Whether an item that it needs did not pass its gate.
    pub(crate) fn is_blocked(&self) -> bool {
        let mut items = self.plan.items().iter().zip(&self.view.items);
        items.any(|(item, view)| !item.optional && matches!(view.state, ItemState::Blocked(_)))
    }

    /// Since when it is through; none while it is not.
    pub(crate) fn through(&self) -> Option<Timestamp> {
        match self.view.foresight {
            Foresight::Done(at) => Some(at),
            _ => None,
        }
    }
}
