//! A SolveXia that does what a test tells it, and remembers what it was asked.

use std::collections::{HashMap, VecDeque};
use std::sync::Mutex;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use runwatch_core::error::{CallError, Effect, Trouble};
use runwatch_core::ids::{ProcessId, RunId};
use runwatch_core::observation::NamedRun;
use tokio::time::Instant;

use super::simulated_run::Truth;
use crate::sync::lock;

/// What can be asked.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Call {
    Info,
    Status,
    Steps,
    Step(String),
    Start,
    StartOld,
    Cancel,
    CancelOld,
    Restart(String),
    /// Of a process: its runs.
    Runs,
    /// Of a process: a new run.
    Create,
}

impl Call {
    pub fn is_post(&self) -> bool {
        matches!(
            self,
            Self::Start
                | Self::StartOld
                | Self::Cancel
                | Self::CancelOld
                | Self::Restart(_)
                | Self::Create
        )
    }
}

type Then = Box<dyn FnOnce(&mut Truth) + Send>;

/// What happens to one call.
#[derive(Default)]
pub struct Twist {
    /// It fails with this.
    pub fail: Option<CallError>,
    /// The failing comes after the call took effect.
    pub after_effect: bool,
    /// It answers this much later.
    pub delay: Duration,
    /// The port panics.
    pub panic: bool,
    /// What changes right after the answer was made.
    pub then: Option<Then>,
}

/// How many calls are answered in each minute.
struct Quota {
    most: usize,
    begun: Instant,
    answered: usize,
}

impl Quota {
    /// How long it asks to wait where there were enough.
    fn refuses(&mut self) -> Option<Duration> {
        if self.begun.elapsed() >= MINUTE {
            (self.begun, self.answered) = (Instant::now(), 0);
        }
        self.answered += 1;
        (self.answered > self.most).then(|| MINUTE - self.begun.elapsed())
    }
}

const MINUTE: Duration = Duration::from_secs(60);

#[derive(Default)]
pub struct Server {
    runs: Mutex<HashMap<String, Truth>>,
    twists: Mutex<HashMap<(String, Call), VecDeque<Twist>>>,
    broken: Mutex<HashMap<(String, Call), CallError>>,
    offline: Mutex<bool>,
    cuts_lists: Mutex<bool>,
    quota: Mutex<Option<Quota>>,
    log: Mutex<Vec<(Instant, String, Call)>>,
    /// Calls at the same time, and the most there were.
    crowd: Mutex<(usize, usize)>,
}

impl Server {
    /// Puts a run there: its status word and its steps' words.
    pub fn put(&self, run: &str, status: &str, steps: &[&str]) {
        let truth = Truth {
            name: format!("Run {run}"),
            process: None,
            created: None,
            status: status.to_owned(),
            started: None,
            finished: None,
            seconds: None,
            steps: Vec::new(),
            steps_before: Vec::new(),
            sluggish: false,
            zone: SignedDuration::ZERO,
            lists_more: false,
            answers_as: None,
            attempts: Vec::new(),
        };
        lock(&self.runs).insert(run.to_owned(), truth);
        self.update(run, |truth| truth.set_steps(steps));
    }

    pub fn update(&self, run: &str, change: impl FnOnce(&mut Truth)) {
        change(lock(&self.runs).get_mut(run).expect("the run is there"));
    }

    /// The next such call goes like this; several are taken one after the other.
    pub fn twist(&self, run: &str, call: Call, twist: Twist) {
        let key = (run.to_owned(), call);
        lock(&self.twists).entry(key).or_default().push_back(twist);
    }

    pub fn fail_once(&self, run: &str, call: Call, error: CallError) {
        let fail = Some(error);
        let twist = Twist {
            fail,
            ..Twist::default()
        };
        self.twist(run, call, twist);
    }

    /// Right after the answer to the next such call, this happens.
    pub fn then(&self, run: &str, call: Call, then: impl FnOnce(&mut Truth) + Send + 'static) {
        let twist = Twist {
            then: Some(Box::new(then)),
            ..Twist::default()
        };
        self.twist(run, call, twist);
    }

    /// All such calls fail, until `mend`.
    pub fn break_call(&self, run: &str, call: Call, error: CallError) {
        lock(&self.broken).insert((run.to_owned(), call), error);
    }

    /// Forgets what was to happen to such calls.
    pub fn untwist(&self, run: &str, call: &Call) {
        lock(&self.twists).remove(&(run.to_owned(), call.clone()));
    }

    /// Whether some call fails, or is about to.
    pub fn is_rough(&self) -> bool {
        let twisted = lock(&self.twists).values().any(|queue| !queue.is_empty());
        twisted || *lock(&self.offline) || !lock(&self.broken).is_empty()
    }

    /// Nothing fails any more.
    pub fn mend(&self) {
        lock(&self.twists).clear();
        lock(&self.broken).clear();
        self.set_offline(false);
    }

    /// From now on it answers so many calls about runs a minute, and asks for patience with the others.
    pub fn allow_a_minute(&self, most: usize) {
        *lock(&self.quota) = Some(Quota {
            most,
            begun: Instant::now(),
            answered: 0,
        });
    }

    pub fn set_offline(&self, offline: bool) {
        *lock(&self.offline) = offline;
    }

    /// It has more runs of a process than it lists.
    pub fn cut_lists(&self, cuts: bool) {
        *lock(&self.cuts_lists) = cuts;
    }

    pub fn cuts_lists(&self) -> bool {
        *lock(&self.cuts_lists)
    }

    /// How often a run was asked for this.
    pub fn count(&self, run: &str, call: &Call) -> usize {
        self.moments(run, call).len()
    }

    /// How often a run was changed from here.
    pub fn posts(&self, run: &str) -> usize {
        let log = lock(&self.log);
        let posts = log.iter().filter(|(_, r, call)| r == run && call.is_post());
        posts.count()
    }

    /// When a run was asked for this.
    pub fn moments(&self, run: &str, call: &Call) -> Vec<Instant> {
        let log = lock(&self.log);
        let such = log.iter().filter(|(_, r, c)| r == run && c == call);
        such.map(|(at, ..)| *at).collect()
    }

    /// All calls so far.
    pub fn calls(&self) -> usize {
        lock(&self.log).len()
    }

    /// The most calls at the same time, so far.
    pub fn most_at_once(&self) -> usize {
        lock(&self.crowd).1
    }

    /// Counts anew from here.
    pub fn forget_the_crowd(&self) {
        let mut crowd = lock(&self.crowd);
        crowd.1 = crowd.0;
    }

    /// The runs of a process.
    pub async fn runs_of(&self, process: &ProcessId) -> Result<Vec<NamedRun>, CallError> {
        self.come_to(process.as_str(), Call::Runs).await?;
        let runs = lock(&self.runs);
        let of_it = runs
            .iter()
            .filter(|(_, truth)| truth.process.as_ref() == Some(process));
        let named = |(id, truth): (&String, &Truth)| NamedRun {
            id: RunId::parse(id).unwrap(),
            name: truth.name.clone(),
        };
        Ok(of_it.map(named).collect())
    }

    /// Creates a run of a process, pr-500 or the next.
    pub async fn create(
        &self,
        process: &ProcessId,
        name: &str,
        at: Timestamp,
    ) -> Result<NamedRun, CallError> {
        let key = (process.to_string(), Call::Create);
        let twist = lock(&self.twists)
            .get_mut(&key)
            .and_then(VecDeque::pop_front);
        let twist = twist.unwrap_or_default();
        lock(&self.log).push((Instant::now(), key.0, Call::Create));
        tokio::time::sleep(Duration::from_millis(20) + twist.delay).await;
        assert!(!twist.panic, "the port breaks, as the test wants");
        let is_made = twist.fail.is_none() || twist.after_effect;
        let id = format!("pr-{}", 500 + self.posts(process.as_str()) - 1);
        if is_made {
            self.put(&id, "NotStarted", &["NotStarted"]);
            self.update(&id, |truth| {
                truth.process = Some(process.clone());
                truth.created = Some(at);
                name.clone_into(&mut truth.name);
            });
        }
        let id = RunId::parse(&id).unwrap();
        let made = NamedRun {
            id,
            name: name.to_owned(),
        };
        twist.fail.map_or(Ok(made), Err)
    }

    pub fn truth(&self, run: &str) -> Truth {
        lock(&self.runs).get(run).expect("the run is there").clone()
    }

    /// A read of something else than a run: it may be slow, and fail.
    async fn come_to(&self, what: &str, call: Call) -> Result<(), CallError> {
        let key = (what.to_owned(), call.clone());
        lock(&self.log).push((Instant::now(), what.to_owned(), call.clone()));
        let twist = lock(&self.twists)
            .get_mut(&key)
            .and_then(VecDeque::pop_front)
            .unwrap_or_default();
        let _there = self.come();
        tokio::time::sleep(Duration::from_millis(20) + twist.delay).await;
        let refused = match *lock(&self.offline) {
            true => Some(offline(&call)),
            false => lock(&self.broken).get(&key).cloned().or(twist.fail),
        };
        refused.map_or(Ok(()), Err)
    }

    fn come(&self) -> There<'_> {
        let mut crowd = lock(&self.crowd);
        crowd.0 += 1;
        crowd.1 = crowd.1.max(crowd.0);
        There(self)
    }

    /// Takes a call in; `make` makes the answer, or the effect.
    pub async fn ask<T>(
        &self,
        run: &RunId,
        call: Call,
        make: impl FnOnce(&mut Truth) -> T,
    ) -> Result<T, CallError> {
        let run = run.as_str();
        let key = (run.to_owned(), call.clone());
        lock(&self.log).push((Instant::now(), run.to_owned(), call.clone()));
        let twist = lock(&self.twists)
            .get_mut(&key)
            .and_then(VecDeque::pop_front);
        let twist = twist.unwrap_or_default();
        {
            let _there = self.come();
            tokio::time::sleep(Duration::from_millis(20) + twist.delay).await;
        }
        assert!(!twist.panic, "the port breaks, as the test wants");
        if let Some(wait) = lock(&self.quota).as_mut().and_then(Quota::refuses) {
            return Err(CallError {
                retry_after: Some(wait),
                ..error(Trouble::Busy, Effect::None)
            });
        }
        let refused = match *lock(&self.offline) {
            true => Some(offline(&call)),
            false => lock(&self.broken).get(&key).cloned(),
        };
        if let Some(error) = refused {
            return Err(error);
        }
        if !twist.after_effect
            && let Some(error) = twist.fail
        {
            return Err(error);
        }
        let mut runs = lock(&self.runs);
        let Some(truth) = runs.get_mut(run) else {
            return Err(error(Trouble::NotFound, Effect::None));
        };
        let answer = make(truth);
        if let Some(then) = twist.then {
            then(truth);
        }
        twist.fail.map_or(Ok(answer), Err)
    }
}

/// A call under way; its caller may go away before the answer.
struct There<'a>(&'a Server);

impl Drop for There<'_> {
    fn drop(&mut self) {
        lock(&self.0.crowd).0 -= 1;
    }
}

fn offline(call: &Call) -> CallError {
    let effect = if call.is_post() {
        Effect::Unknown
    } else {
        Effect::None
    };
    error(Trouble::Offline, effect)
}

/// A call that failed like this.
pub fn error(trouble: Trouble, effect: Effect) -> CallError {
    CallError {
        effect,
        ..CallError::unsent(trouble, format!("{trouble:?}, says the fake."))
    }
}
