//! What the board would have shown at each look at a simulated close.

use jiff::{SignedDuration, Timestamp};
use runwatch_core::attempt::{Attempt, Phase};
use runwatch_core::close::board::{BoardView, Facts, forecast};
use runwatch_core::close::item_state::{BoundRun, ItemFacts};
use runwatch_core::ids::{RunId, RunKey};
use runwatch_core::outcome::Outcome;
use runwatch_core::run::Run;
use runwatch_core::status::RunStatus;
use runwatch_core::status_stamp::StatusStamp;

use crate::Answer;
use crate::simulated_close::{Happened, SimulatedClose, begin};

/// The board so many seconds after the first start.
pub fn look(
    simulated: &SimulatedClose,
    happened: &[Happened],
    at: f64,
) -> Answer<(BoardView, Timestamp)> {
    let begin = begin(&simulated.close)?;
    let moment = |seconds: f64| begin + SignedDuration::from_secs_f64(seconds);
    let run = |(place, one): (usize, &Happened)| {
        if one.start > at {
            return Ok(None);
        }
        let is_over = one.end <= at;
        let key = RunKey {
            account: simulated.plan.draft().account.clone(),
            run: RunId::parse(&format!("pr-1{place}"))?,
        };
        let (status, phase) = match is_over {
            true => (
                RunStatus::Finished,
                Phase::Ended {
                    outcome: Outcome::Succeeded,
                    silent: false,
                },
            ),
            false => (RunStatus::Running, Phase::Going),
        };
        let stamp = StatusStamp {
            status,
            started: Some(moment(one.start)),
            finished: is_over.then(|| moment(one.end)),
        };
        let attempt = Some(Attempt::first(stamp, phase));
        Ok::<_, runwatch_core::ids::IdError>(Some(Run {
            attempt,
            ..Run::new(key)
        }))
    };
    let runs: Result<Vec<Option<Run>>, _> = happened.iter().enumerate().map(run).collect();
    let runs = runs?;
    let bound: Vec<Option<BoundRun>> = runs
        .iter()
        .map(|run| {
            run.as_ref().map(|run| BoundRun {
                run,
                steps: &[],
                is_accepted: false,
            })
        })
        .collect();
    let facts = Facts {
        items: ItemFacts {
            runs: &bound,
            asks: &[],
            gone: &[],
            earlier_steps: &[],
        },
        samples: &simulated.samples,
        counted: &[],
        account_is_gone: false,
        seen_through: None,
    };
    let now = moment(at);
    Ok((forecast(&simulated.plan, &simulated.close, facts, now), now))
}
