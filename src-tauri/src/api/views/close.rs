//! Plans and closes as the page shows them.

use jiff::SignedDuration;
use jiff::Timestamp;
use runwatch_contract::{
    AskedRun, BoardItem, BoardItemState, BoundRun, CloseBoard, CloseRow, ExpectedMoment,
    ForecastScore, OpenChoice, PlanProposal, PlanRow, ProposedFrom,
};
use runwatch_core::close::board::{Expectation, Foresight, ItemView, LatestStart};
use runwatch_core::close::item_state::ItemState;
use runwatch_core::close::kept::KeptClose;
use runwatch_core::close::plan::{Item, Plan, zone_name};
use runwatch_core::ids::ProcessId;
use runwatch_core::words;
use runwatch_engine::close::board::{Board, ItemOnBoard};
use runwatch_engine::close::{OpenChoice as Choice, Proposal};

use crate::app_state::AppState;
use crate::close::draft::{show, show_start};
use crate::close::reference::reference;

use crate::api::views::{count, millis};

/// A plan with its closes.
pub fn plan_row(app_state: &AppState, plan: &Plan) -> PlanRow {
    let closes = &app_state.engine.closes;
    let close_row = |kept: KeptClose| CloseRow {
        close: reference(&kept.id()),
        label: kept.close.period.label(),
        cut_off: kept.close.cut_off.as_millisecond(),
        state: closes
            .latest_board(&kept.id())
            .filter(|_| !kept.archived)
            .map(|board| board.view.state),
        archived: kept.archived,
    };
    let draft = plan.draft();
    PlanRow {
        plan: show(draft),
        account_is_gone: app_state.engine.accounts.get(&draft.account).is_none(),
        closes: closes
            .closes_of(&draft.id)
            .into_iter()
            .map(close_row)
            .collect(),
    }
}

/// A period that can be opened.
pub fn open_choice(choice: Choice) -> OpenChoice {
    let (cut_off, notes, problem) = match choice.close {
        Ok((cut_off, notes)) => (Some(cut_off.as_millisecond()), notes, None),
        Err(error) => (None, Vec::new(), Some(error.to_string())),
    };
    OpenChoice {
        close: reference(&choice.id),
        label: choice.period.label(),
        cut_off,
        notes: notes.iter().map(words::close::close_note).collect(),
        problem,
    }
}

/// A proposed plan; it is new, and so it has no id.
pub fn proposal(proposal: Proposal) -> PlanProposal {
    let mut plan = show(&proposal.draft);
    plan.plan_id = None;
    let seen = proposal.seen.into_iter().map(|seen| ProposedFrom {
        process_id: seen.process.to_string(),
        usual_seconds: seen.usual_seconds,
        usual_delay_seconds: seen.usual_delay,
        seen_in: count(seen.seen_in),
    });
    PlanProposal {
        plan,
        from_label: proposal.period.label(),
        seen: seen.collect(),
    }
}

/// A board.
pub fn board(board: &Board) -> CloseBoard {
    let (draft, kept) = (board.plan.draft(), &board.kept);
    let name_of = |process: &ProcessId| item_name(board, process);
    let foresight = &board.view.foresight;
    let expected = match foresight {
        Foresight::Expected(expected) => Some(expected),
        _ => None,
    };
    let moved = board.moved.iter().flatten();
    CloseBoard {
        close: reference(&kept.id()),
        seq: board.seq,
        made_at: board.made_at.as_millisecond(),
        seen_at: board.seen_at.map(Timestamp::as_millisecond),
        plan_name: draft.name.clone(),
        account_id: draft.account.0.clone(),
        zone: zone_name(&draft.zone).to_owned(),
        label: kept.close.period.label(),
        opens: kept.close.window.from.as_millisecond(),
        cut_off: kept.close.cut_off.as_millisecond(),
        archived: kept.archived,
        state: board.view.state,
        percent: expected.and_then(|expected| expected.percent),
        finish: expected.map(|expected| expectation(expected.finish)),
        slack_seconds: expected.map(|expected| seconds(expected.slack)),
        decided_by: expected.map_or_else(Vec::new, |expected| ids(&expected.decided_by)),
        blocked: match foresight {
            Foresight::Blocked(items) => ids(items),
            _ => Vec::new(),
        },
        cannot_tell: match foresight {
            Foresight::CannotTell(why) => Some(words::close::cannot_tell(why, name_of)),
            _ => None,
        },
        through: match foresight {
            Foresight::Done(at) => Some(at.as_millisecond()),
            _ => None,
        },
        earlier_closes: count(board.view.earlier_closes),
        score: ForecastScore {
            of: count(board.score.of),
            held: count(board.score.held),
            left_out: count(board.score.left_out),
        },
        items: items(board),
        notes: board.notes.iter().map(words::close::close_note).collect(),
        moved: moved
            .map(|moved| words::board::moved(moved, &draft.zone, name_of))
            .collect(),
    }
}

fn items(board: &Board) -> Vec<BoardItem> {
    let items = board.plan.items().iter().zip(&board.view.items);
    items
        .zip(&board.items)
        .map(|((item, view), more)| board_item(board, item, view, more))
        .collect()
}

fn board_item(board: &Board, item: &Item, view: &ItemView, more: &ItemOnBoard) -> BoardItem {
    let run = more.run.as_ref();
    let told = &board.kept.told.did_not_start;
    BoardItem {
        process_id: item.process.to_string(),
        name: item.name.clone(),
        optional: item.optional,
        start: show_start(&item.start),
        due: board
            .kept
            .close
            .due
            .get(&item.process)
            .map(|due| due.at.as_millisecond()),
        did_not_start: view.state.is_to_come() && told.contains(&item.process),
        waits_for: ids(&item.waits_for),
        state: state(&view.state),
        reason: words::board::why(&view.state, &more.left_out),
        outcome: run.and_then(|run| run.outcome),
        run: run.map(|run| BoundRun {
            run_id: run.run.to_string(),
            name: run.name.clone(),
            by: run.by,
            is_listed: run.is_listed,
        }),
        started: millis(run.and_then(|run| run.started)),
        ended: millis(run.and_then(|run| run.ended)),
        starts: millis(view.starts),
        ends: view.ends.map(expectation),
        latest_start: match view.latest_start {
            Some(LatestStart::By(at)) => millis(Some(at)),
            Some(LatestStart::TooLate) | None => None,
        },
        too_late: view.latest_start == Some(LatestStart::TooLate),
        learned_from: count(view.runs),
        asks: more.asks.iter().map(asked).collect(),
    }
}

fn asked(run: &runwatch_engine::close::board::AskedRun) -> AskedRun {
    AskedRun {
        run_id: run.run.to_string(),
        name: run.name.clone(),
        created: millis(run.created),
        started: millis(run.started),
    }
}

fn state(state: &ItemState) -> BoardItemState {
    match state {
        ItemState::Waiting => BoardItemState::Waiting,
        ItemState::WaitsForBlocked => BoardItemState::WaitsForBlocked,
        ItemState::Ready => BoardItemState::Ready,
        ItemState::Starting => BoardItemState::Starting,
        ItemState::Running(_) => BoardItemState::Running,
        ItemState::Ending => BoardItemState::Ending,
        ItemState::Done(..) => BoardItemState::Done,
        ItemState::Blocked(_) => BoardItemState::Blocked,
        ItemState::Asks => BoardItemState::Asks,
        ItemState::Unknown(_) => BoardItemState::Unknown,
    }
}

fn item_name<'a>(board: &'a Board, process: &ProcessId) -> &'a str {
    let item = board.plan.item(process);
    item.map_or("a process", |item| &item.name)
}

fn expectation(expected: Expectation) -> ExpectedMoment {
    ExpectedMoment {
        early: expected.early.as_millisecond(),
        middle: expected.middle.as_millisecond(),
        late: expected.late.as_millisecond(),
    }
}

fn ids(processes: &[ProcessId]) -> Vec<String> {
    processes.iter().map(ToString::to_string).collect()
}

fn seconds(span: SignedDuration) -> f64 {
    span.as_secs_f64()
}
