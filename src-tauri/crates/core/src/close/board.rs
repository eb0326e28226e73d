//! What the board of a close shows: how each item stands, and whether all will be through by the cut-off.

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use ts_rs::TS;

use crate::close::draws::{Band, Drawn};
use crate::close::earlier_closes::earlier_closes;
use crate::close::item_state::{ItemFacts, ItemState, ItemStates, item_states};
use crate::close::learned::Learned;
use crate::close::open::Close;
use crate::close::plan::Plan;
use crate::close::scene::Scene;
use crate::duration_sample::DurationSample;
use crate::ids::{ProcessId, RunId};

/// Below this chance the close is at risk, in percent; an alarm clears above it.
pub const AT_RISK: u8 = 60;
/// Below this chance it is expected late.
pub const EXPECTED_LATE: u8 = 35;
/// An item decides where it holds the close up in so many of the draws.
const DECIDES: f64 = 0.25;

/// What is known of a close.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// Its items' runs.
    pub items: ItemFacts<'a>,
    /// Complete runs of its processes, from any time.
    pub samples: &'a [DurationSample],
    /// Runs that stood for items of other closes.
    pub counted: &'a [RunId],
    /// Its account is no longer here.
    pub account_is_gone: bool,
    /// Since when it has been seen to be through (UTC): as good as SolveXia's date of an end where there is none.
    pub seen_through: Option<Timestamp>,
}

/// How a close stands (`data-state`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum BoardState {
    /// It will be through by the cut-off, as far as can be told.
    OnTrack,
    /// It may not.
    AtRisk,
    /// It will hardly.
    ExpectedLate,
    /// The cut-off has passed.
    Late,
    /// Something has to be restarted or decided first.
    Blocked,
    /// Nobody can tell.
    Unknown,
    /// All is through.
    Done,
}

/// The board of a close.
#[derive(Debug, Clone, PartialEq)]
pub struct BoardView {
    /// How it stands.
    pub state: BoardState,
    /// What is foreseen, always “if nothing fails”.
    pub foresight: Foresight,
    /// Its items, in the plan's order.
    pub items: Vec<ItemView>,
    /// Items that were started before what they wait for was through, by the places of both.
    pub early: Vec<(usize, usize)>,
    /// Earlier closes that all this rests on.
    pub earlier_closes: usize,
}

/// What is foreseen of a close.
#[derive(Debug, Clone, PartialEq)]
pub enum Foresight {
    /// When it is through.
    Expected(Expected),
    /// Nothing, as these did not pass their gates.
    Blocked(Vec<ProcessId>),
    /// Nothing, and why.
    CannotTell(CannotTell),
    /// It is through, since then.
    Done(Timestamp),
}

/// Why nothing is foreseen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CannotTell {
    /// Its account was removed.
    AccountGone,
    /// Its cut-off has passed, or nothing was seen of it yet, while SolveXia could not be asked.
    NotSeen,
    /// Of these nobody has seen or estimated how long they take.
    NoHistory(Vec<ProcessId>),
    /// Of these nobody knows how they stand.
    Unclear(Vec<ProcessId>),
}

/// When a close is through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected {
    /// The chance of being through by the cut-off: 5 to 95, in steps of five; none past the cut-off.
    pub percent: Option<u8>,
    /// When it is through.
    pub finish: Expectation,
    /// The cut-off less the late end of the finish.
    pub slack: SignedDuration,
    /// The items that decide it, the most decisive first.
    pub decided_by: Vec<ProcessId>,
}

/// A moment that nobody knows yet (UTC).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expectation {
    /// One in ten is earlier.
    pub early: Timestamp,
    /// As likely earlier as later.
    pub middle: Timestamp,
    /// One in ten is later.
    pub late: Timestamp,
}

/// By when an item must be started, or started once more, for the close to make its cut-off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LatestStart {
    /// Started by then (UTC), it makes it in nine of ten cases.
    By(Timestamp),
    /// However early it is started, the close hardly makes it: what goes beside it takes too long.
    TooLate,
}

impl LatestStart {
    /// What is left of it now.
    pub fn from_now(self, now: Timestamp) -> Self {
        match self {
            Self::By(at) if at > now => self,
            Self::By(_) | Self::TooLate => Self::TooLate,
        }
    }
}

/// One item on the board.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemView {
    /// Its process.
    pub process: ProcessId,
    /// How it stands.
    pub state: ItemState,
    /// When it is expected to start, as likely earlier as later: while it is to come.
    pub starts: Option<Timestamp>,
    /// When it is expected to end: while it is not over.
    pub ends: Option<Expectation>,
    /// By when it must start: of what is to come or to be restarted. None where nobody can say.
    pub latest_start: Option<LatestStart>,
    /// Complete earlier runs that its length rests on; 0 for an estimate, or where nothing is known.
    pub runs: usize,
}

/// The board of a close at this moment: the one call that the board, its alarms and its score need.
pub fn forecast(plan: &Plan, close: &Close, facts: Facts, now: Timestamp) -> BoardView {
    let due = |process: &ProcessId| close.due.get(process).map(|due| due.at);
    let ItemStates { states, early } = item_states(plan, facts.items, due, now);
    let earlier = earlier_closes(plan, close, facts.samples, facts.counted);
    let learned = Learned::of(plan, &earlier);
    let scene = Scene::set(plan, close, &states, &earlier, &learned, facts.items, now);
    let (foresight, drawn) = match foreseen_without_draws(&scene, facts) {
        Some(foresight) => (foresight, None),
        None => {
            let drawn = scene.draw();
            (foresee(&scene, &drawn), Some(drawn))
        }
    };
    let item = |place: usize| item_view(&scene, drawn.as_ref(), place);
    BoardView {
        state: board_state(&foresight, &scene, facts.items.asks),
        items: (0..states.len()).map(item).collect(),
        early,
        foresight,
        earlier_closes: earlier.len(),
    }
}

/// What needs no draws: nothing can be told, or all is through.
fn foreseen_without_draws(scene: &Scene, facts: Facts) -> Option<Foresight> {
    if facts.account_is_gone {
        return Some(Foresight::CannotTell(CannotTell::AccountGone));
    }
    // What is known to be stuck is said, whatever else nobody knows.
    let blocked = scene.required(|_, state| matches!(state, ItemState::Blocked(_)));
    let or_blocked = |unknown: CannotTell| match blocked.is_empty() {
        true => Foresight::CannotTell(unknown),
        false => Foresight::Blocked(blocked.clone()),
    };
    let unclear =
        scene.required(|_, state| matches!(state, ItemState::Asks | ItemState::Unknown(_)));
    if !unclear.is_empty() {
        return Some(or_blocked(CannotTell::Unclear(unclear)));
    }
    let open = scene.required(|_, state| !state.is_done());
    if open.is_empty() {
        return Some(Foresight::Done(scene.through_since(facts.seen_through)));
    }
    let lacks_length = |place: usize, state: &ItemState| {
        let is_over = state.is_done() || *state == ItemState::Ending;
        !is_over && scene.learned.items[place].duration.is_none()
    };
    let unheard = scene.required(lacks_length);
    (!unheard.is_empty()).then(|| or_blocked(CannotTell::NoHistory(unheard)))
}

fn foresee(scene: &Scene, drawn: &Drawn) -> Foresight {
    let blocked = scene.required(|_, state| matches!(state, ItemState::Blocked(_)));
    if !blocked.is_empty() {
        return Foresight::Blocked(blocked);
    }
    let cut_off = scene.close.cut_off;
    let finish = expectation(drawn.finish_band(), scene.now);
    let chance = drawn.chance_by(scene.seconds_until(cut_off));
    Foresight::Expected(Expected {
        percent: (cut_off > scene.now).then(|| said_percent(chance)),
        slack: cut_off.duration_since(finish.late),
        finish,
        decided_by: decisive(scene, drawn),
    })
}

/// A chance as it is said: in steps of five, and never as certain as 0 or 100.
fn said_percent(chance: f64) -> u8 {
    let steps = (chance * 20.0).round().clamp(1.0, 19.0);
    steps as u8 * 5
}

fn decisive(scene: &Scene, drawn: &Drawn) -> Vec<ProcessId> {
    // Of many side by side, none decides alone: those that do most often are said.
    let most = drawn.decides.iter().copied().fold(0.0, f64::max);
    let least = DECIDES.min(most).max(f64::MIN_POSITIVE);
    let mut places: Vec<usize> = (0..drawn.decides.len())
        .filter(|place| drawn.decides[*place] >= least)
        .collect();
    places.sort_by(|a, b| drawn.decides[*b].total_cmp(&drawn.decides[*a]));
    let process = |place: usize| scene.plan.items()[place].process.clone();
    places.into_iter().map(process).collect()
}

fn item_view(scene: &Scene, drawn: Option<&Drawn>, place: usize) -> ItemView {
    let state = &scene.states[place];
    let has_length = scene.learned.items[place].duration.is_some();
    let drawn = drawn.filter(|_| has_length);
    let is_restarted = matches!(state, ItemState::Blocked(_));
    let has_end = !state.is_done() && !state.is_stuck();
    let moment = |seconds: f64| later(scene.now, seconds);
    let start = |drawn: &Drawn| moment(drawn.starts[place]);
    let end = |drawn: &Drawn| expectation(drawn.ends[place], scene.now);
    let starts_later = state.is_to_come() && has_end;
    ItemView {
        process: scene.plan.items()[place].process.clone(),
        state: state.clone(),
        starts: drawn.filter(|_| starts_later).map(start),
        ends: drawn.filter(|_| has_end).map(end),
        latest_start: drawn
            .filter(|_| state.is_to_come() || is_restarted)
            .map(|drawn| latest_start(drawn.latest_starts[place], scene.now)),
        runs: scene.learned.items[place].runs,
    }
}

impl BoardView {
    /// What can be said while SolveXia cannot be asked: what was through or stuck when it was last seen. Whether
    /// the rest made a cut-off that has passed meanwhile, nobody knows.
    pub fn unseen(self, is_foreseen: bool) -> Self {
        let stays = matches!(
            self.foresight,
            Foresight::Done(_)
                | Foresight::Blocked(_)
                | Foresight::CannotTell(CannotTell::AccountGone)
        );
        let state = match self.state {
            BoardState::Late if !is_foreseen => BoardState::Unknown,
            state => state,
        };
        if is_foreseen || stays {
            return Self { state, ..self };
        }
        Self {
            state: BoardState::Unknown,
            foresight: Foresight::CannotTell(CannotTell::NotSeen),
            ..self
        }
    }
}

fn latest_start(seconds: f64, now: Timestamp) -> LatestStart {
    match seconds.is_finite() {
        true => LatestStart::By(later(now, seconds)),
        false => LatestStart::TooLate,
    }
}

fn board_state(foresight: &Foresight, scene: &Scene, asks: &[ProcessId]) -> BoardState {
    // What may have been through in time, as nobody knows yet how it stands, makes nothing late.
    let is_open = |place: usize, state: &ItemState| match state {
        ItemState::Done(..) | ItemState::Ending | ItemState::Asks | ItemState::Unknown(_) => false,
        ItemState::Waiting
        | ItemState::WaitsForBlocked
        | ItemState::Ready
        | ItemState::Starting
        | ItemState::Running(_) => true,
        // Another run may have made up for it.
        ItemState::Blocked(_) => !asks.contains(&scene.plan.items()[place].process),
    };
    let is_late = scene.now >= scene.close.cut_off && !scene.required(is_open).is_empty();
    match foresight {
        Foresight::Done(_) => BoardState::Done,
        Foresight::CannotTell(CannotTell::AccountGone) => BoardState::Unknown,
        _ if is_late => BoardState::Late,
        Foresight::Blocked(_) => BoardState::Blocked,
        Foresight::CannotTell(_) => BoardState::Unknown,
        Foresight::Expected(expected) => match expected.percent {
            None => BoardState::Unknown,
            Some(percent) if percent < EXPECTED_LATE => BoardState::ExpectedLate,
            Some(percent) if percent < AT_RISK => BoardState::AtRisk,
            Some(_) => BoardState::OnTrack,
        },
    }
}

fn expectation(band: Band, now: Timestamp) -> Expectation {
    Expectation {
        early: later(now, band.early),
        middle: later(now, band.middle),
        late: later(now, band.late),
    }
}

/// So many seconds later; what no calendar reaches is cut there.
fn later(now: Timestamp, seconds: f64) -> Timestamp {
    let end = if seconds < 0.0 {
        Timestamp::MIN
    } else {
        Timestamp::MAX
    };
    let by = SignedDuration::try_from_secs_f64(seconds);
    by.ok()
        .and_then(|by| now.checked_add(by).ok())
        .unwrap_or(end)
}

#[cfg(test)]
#[path = "board_tests.rs"]
mod tests;
