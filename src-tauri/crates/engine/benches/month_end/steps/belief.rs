//! What is known of a run's way to its end, and when and what to ask next.

use rand::rngs::StdRng;

use super::durations::Durations;

/// Ways to the end that are thought of at each request.
const WAYS: usize = 240;
/// Ends that are taken together, so that their density is more than chance.
const TOGETHER: usize = 8;
/// Ways that contradict what is known are thought of again so often.
const AGAIN: usize = 20;

/// What SolveXia says of a step.
#[derive(Debug, Clone, Copy)]
pub enum Met {
    /// An earlier one runs.
    NotStarted,
    /// It runs.
    Running {
        /// Since then.
        began: f64,
    },
    /// It is over.
    Ended {
        /// Since then.
        ended: f64,
    },
}

/// What is known. Times are seconds since the run's start.
pub struct Belief<'a> {
    known: &'a [Durations],
    /// This step began …
    step: usize,
    /// … then …
    began: f64,
    /// … and ran until then at least.
    ran: f64,
    /// Later steps had not begun at these times.
    waited: Vec<(usize, f64)>,
}

/// When each step from the known one on ends.
type Route = Vec<f64>;

impl<'a> Belief<'a> {
    /// A run that has just begun.
    pub fn new(known: &'a [Durations]) -> Self {
        Self {
            known,
            step: 0,
            began: 0.0,
            ran: 0.0,
            waited: Vec::new(),
        }
    }

    /// When to ask next, and for which step.
    pub fn next(
        &self,
        price: f64,
        now: f64,
        limits: (f64, f64),
        random: &mut StdRng,
    ) -> (f64, usize) {
        let ways: Vec<Route> = (0..WAYS).map(|_| self.way(random)).collect();
        let ends = ways.iter().filter_map(|way| way.last().copied()).collect();
        let due = due(ends, price);
        let at = due.clamp(now + limits.0, now + limits.1);
        let last = self.known.len() - 1;
        let mut likely = vec![0; self.known.len()];
        for way in &ways {
            let over = way.iter().filter(|end| **end <= at).count();
            likely[(self.step + over).min(last)] += 1;
        }
        let most = likely.iter().zip(0..).max_by_key(|(ways, _)| **ways);
        (at, most.map_or(last, |(_, step)| step))
    }

    /// Takes an answer in; true when it shows the run's end.
    pub fn learn(&mut self, step: usize, now: f64, met: Met) -> bool {
        match met {
            Met::NotStarted => self.waited.push((step, now)),
            Met::Running { began } => {
                (self.step, self.began, self.ran) = (step, began, now);
                self.waited.clear();
            }
            Met::Ended { .. } if step + 1 == self.known.len() => return true,
            Met::Ended { ended } => {
                (self.step, self.began, self.ran) = (step + 1, ended, ended);
                self.waited.retain(|(later, _)| *later > step + 1);
            }
        }
        false
    }

    /// A way to the end by chance that agrees with what is known.
    fn way(&self, random: &mut StdRng) -> Route {
        let mut way = Route::new();
        for _ in 0..AGAIN {
            way.clear();
            let (mut at, mut past) = (self.began, self.ran - self.began);
            for durations in self.known.iter().skip(self.step) {
                at += durations.beyond(past, random);
                past = 0.0;
                way.push(at);
            }
            if self.late_by(&way) <= 0.0 {
                return way;
            }
        }
        // Hardly any does: the present step takes longer than anybody thought.
        let late = self.late_by(&way);
        way.iter_mut().for_each(|end| *end += late);
        way
    }

    /// How much too early a way lets a step begin.
    fn late_by(&self, way: &Route) -> f64 {
        let too_early = |(step, at): &(usize, f64)| {
            let began = way.get(step.checked_sub(self.step + 1)?)?;
            Some(at - began)
        };
        self.waited.iter().filter_map(too_early).fold(0.0, f64::max)
    }
}

/// When the effort ∫√(h/2) adds up to √price. Nothing ends before the first of these ends, which
/// all lie after the last moment at which the run was known to go on.
fn due(mut ends: Vec<f64>, price: f64) -> f64 {
    ends.sort_by(f64::total_cmp);
    let share = TOGETHER as f64 / ends.len() as f64;
    let edges: Vec<f64> = ends
        .first()
        .into_iter()
        .chain(ends.iter().skip(TOGETHER - 1).step_by(TOGETHER))
        .copied()
        .collect();
    let (mut effort, mut left) = (0.0, 1.0);
    for pair in edges.windows(2) {
        let more = (share * (pair[1] - pair[0]) / (2.0 * (left - share / 2.0))).sqrt();
        if effort + more >= price.sqrt() {
            return pair[0] + (pair[1] - pair[0]) * (price.sqrt() - effort) / more;
        }
        effort += more;
        left -= share;
    }
    edges.last().copied().unwrap_or(f64::INFINITY)
}
