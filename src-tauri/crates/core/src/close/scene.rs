//! A close at one moment, as the draws see it.

use jiff::Timestamp;

use crate::close::draws::{Drawn, draw};
use crate::close::earlier_closes::EarlierClose;
use crate::close::item_state::{ItemFacts, ItemState};
use crate::close::learned::{Learned, Residual};
use crate::close::lengths::{Progress, Task};
use crate::close::open::Close;
use crate::close::plan::{Plan, StartRule};
use crate::close::steps_before::rest_after_step;
use crate::close::usual_start::usual_start;
use crate::duration_model::DurationModel;
use crate::ids::ProcessId;

/// A close at one moment.
#[derive(Debug)]
pub(crate) struct Scene<'a> {
    pub(crate) plan: &'a Plan,
    pub(crate) close: &'a Close,
    pub(crate) states: &'a [ItemState],
    pub(crate) learned: &'a Learned,
    pub(crate) now: Timestamp,
    /// When items that wait for nothing are usually started.
    usual_starts: Vec<Option<Timestamp>>,
    /// What is left of a running item after its latest finished step, and since when.
    rests: Vec<Option<(Timestamp, DurationModel)>>,
    /// By how much the items that are over were off what was expected.
    residuals: Vec<Residual>,
}

impl<'a> Scene<'a> {
    pub(crate) fn set(
        plan: &'a Plan,
        close: &'a Close,
        states: &'a [ItemState],
        earlier: &[EarlierClose],
        learned: &'a Learned,
        facts: ItemFacts,
        now: Timestamp,
    ) -> Self {
        let places = || 0..states.len();
        let usual = |place| usual_start_of(plan, close, earlier, place);
        let rest = |place: usize| {
            let (bound, process) = (facts.runs[place]?, &plan.items()[place].process);
            let ItemState::Running(Some(started)) = states[place] else {
                return None;
            };
            let rest = rest_after_step(process, bound.steps, started, facts.earlier_steps)?;
            let model = DurationModel::learn_with(&rest.earlier, learned.common.own_prior())?;
            Some((rest.since, model))
        };
        let residual = |place: usize| {
            let (bound, state) = (facts.runs[place]?, &states[place]);
            let seconds = bound.run.seconds().filter(|_| state.is_done())?;
            // The dates of a run that was restarted span more than one go.
            let whole = bound.run.attempt_number() == 1;
            learned.items[place].residual(seconds).filter(|_| whole)
        };
        Self {
            plan,
            close,
            states,
            learned,
            now,
            usual_starts: places().map(usual).collect(),
            rests: places().map(rest).collect(),
            residuals: places().filter_map(residual).collect(),
        }
    }

    /// The processes of those items that are not optional and are like this.
    pub(crate) fn required(&self, is: impl Fn(usize, &ItemState) -> bool) -> Vec<ProcessId> {
        let items = self.plan.items().iter().zip(self.states).enumerate();
        let like_this = items.filter(|(place, (item, state))| !item.optional && is(*place, state));
        like_this
            .map(|(_, (item, _))| item.process.clone())
            .collect()
    }

    /// When the last item that is not optional was through: where the date of an end is not known, at the latest
    /// when it was seen.
    pub(crate) fn through_since(&self, seen: Option<Timestamp>) -> Timestamp {
        let items = self.plan.items().iter().zip(self.states);
        let needed = items.filter(|(item, _)| !item.optional);
        let ends = needed.map(|(_, state)| match state {
            ItemState::Done(_, at) => *at,
            _ => None,
        });
        let last = ends.collect::<Option<Vec<Timestamp>>>();
        let last = last.and_then(|ends| ends.into_iter().max());
        last.or(seen).unwrap_or(self.now)
    }

    pub(crate) fn seconds_until(&self, moment: Timestamp) -> f64 {
        moment.duration_since(self.now).as_secs_f64()
    }

    pub(crate) fn draw(&self) -> Drawn {
        let tasks: Vec<Task> = (0..self.states.len())
            .map(|place| self.task(place))
            .collect();
        let slow = self.learned.common.factor(&self.residuals);
        let cut_off = self.seconds_until(self.close.cut_off);
        draw(&tasks, self.plan.order(), &slow, cut_off, self.close.seed)
    }

    fn task(&self, place: usize) -> Task<'_> {
        let duration = self.learned.items[place].duration.as_ref();
        Task {
            before: self.plan.before(place),
            progress: self.progress(place, duration),
            duration,
            counts: !self.plan.items()[place].optional,
        }
    }

    fn progress<'b>(&'b self, place: usize, duration: Option<&'b DurationModel>) -> Progress<'b> {
        // An optional item of which nothing is known holds nothing up.
        let Some(duration) = duration else {
            return Progress::Over(0.0);
        };
        let going = |length, since| Progress::Going {
            length,
            elapsed: (-self.seconds_until(since)).max(0.0),
        };
        match &self.states[place] {
            ItemState::Done(_, at) => {
                Progress::Over(at.map_or(0.0, |at| self.seconds_until(at).min(0.0)))
            }
            ItemState::Ending => Progress::Over(0.0),
            ItemState::Running(since) => match &self.rests[place] {
                Some((since, length)) => going(length, *since),
                None => going(duration, since.unwrap_or(self.now)),
            },
            ItemState::Starting => going(duration, self.now),
            ItemState::Waiting | ItemState::WaitsForBlocked | ItemState::Ready => {
                self.to_come(place)
            }
            ItemState::Blocked(_) | ItemState::Asks | ItemState::Unknown(_) => Progress::ToCome {
                earliest: 0.0,
                delay: None,
            },
        }
    }

    fn to_come(&self, place: usize) -> Progress<'_> {
        let item = &self.plan.items()[place];
        let due = self.close.due.get(&item.process).map(|due| due.at);
        let earliest = due.or(self.usual_starts[place]);
        let follows = !self.plan.before(place).is_empty();
        let delay = match item.start {
            StartRule::ByHand | StartRule::AfterOthers if follows => {
                self.learned.items[place].delay.as_ref()
            }
            _ => None,
        };
        Progress::ToCome {
            earliest: earliest.map_or(0.0, |at| self.seconds_until(at)),
            delay,
        }
    }
}

fn usual_start_of(
    plan: &Plan,
    close: &Close,
    earlier: &[EarlierClose],
    place: usize,
) -> Option<Timestamp> {
    let is_first = plan.before(place).is_empty() && plan.items()[place].start == StartRule::ByHand;
    is_first.then(|| usual_start(plan, close, earlier, place))?
}
