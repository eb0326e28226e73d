//! Actions whose answer was lost: what their run shows of them by now (`rules.md`, 11).

use jiff::Timestamp;
use runwatch_core::action::{Action, ActionResult, Deed};
use runwatch_core::attempt::{Course, PROVING_SECONDS, Phase, seconds_between};
use runwatch_core::status::RunStatus;
use runwatch_core::story::{Telling, ToldKind, Write};
use runwatch_core::words::{self, Note};

use crate::cell::{Cell, OpenAction};
use crate::engine::{Engine, Event};

impl Engine {
    /// Says of actions without an answer what their run shows by now.
    pub(crate) async fn resolve_actions(&self, cell: &Cell) {
        let state = cell.state();
        // While an action is under way, its own answer comes first.
        let (false, Some(course)) = (state.busy, state.run.course) else {
            return;
        };
        for open in state.open_actions {
            if let Some(found) = found_out(&open.action, &course, self.now()) {
                self.resolve(cell, open, found).await;
            }
        }
    }

    async fn resolve(&self, cell: &Cell, open: OpenAction, found: (ActionResult, String)) {
        let (result, message) = found;
        let action = Action {
            result,
            message,
            answered: Some(self.now()),
            ..open.action
        };
        let note = note(&action);
        let telling = Telling {
            kind: ToldKind::Action,
            account: action.key.account.clone(),
            run: Some(action.key.run.clone()),
            mark: action.id,
            outcome: None,
            title: note.title,
            body: note.body,
            at: self.now(),
            away: true,
        };
        let tellings: Vec<Telling> = open.tell.then_some(telling).into_iter().collect();
        let with = Write {
            action: Some(action.clone()),
            tell: tellings.clone(),
            ..Write::default()
        };
        let known = |state: &mut crate::cell::CellState| {
            state
                .open_actions
                .retain(|open| open.action.id != action.id);
        };
        let written = self.save(cell, with, known).await;
        self.emit(Event::Action(Box::new(action)));
        self.tell(written, tellings);
    }
}

/// What a run's course proves of an action whose answer was lost; none while nothing.
fn found_out(action: &Action, course: &Course, now: Timestamp) -> Option<(ActionResult, String)> {
    let word = words::status(&course.stamp.status);
    let seen = || {
        let message = format!("The answer was lost, but SolveXia shows the run as {word} now.");
        Some((ActionResult::Ok, message))
    };
    let since = match course.phase {
        Phase::Proving { since, .. } => since,
        _ => action.asked,
    };
    let overdue = seconds_between(since, now).abs() >= PROVING_SECONDS;
    let unknown = |text: String| Some((ActionResult::Unknown, text));
    match action.deed {
        Deed::Start | Deed::Restart { .. } if !course.stamp.same_as(&action.baseline) => seen(),
        Deed::Cancel if course.stamp.status == RunStatus::Cancelled => seen(),
        Deed::Cancel if course.stamp.ended() => unknown(format!(
            "The answer was lost. The run ended by itself and is {word} now."
        )),
        _ if overdue => unknown(format!(
            "The answer was lost, and SolveXia still shows the run as {word}. \
             It may have arrived or not: look at the run in SolveXia."
        )),
        _ => None,
    }
}

fn note(action: &Action) -> Note {
    let (run, done) = (&action.run_name, words::done(&action.deed));
    let title = match action.result {
        ActionResult::Ok => format!("{run} was {done} before Runwatch was closed"),
        _ => format!("{run} may or may not have been {done} before Runwatch was closed"),
    };
    Note {
        title,
        body: action.message.clone(),
    }
}
