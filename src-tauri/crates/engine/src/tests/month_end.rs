//! A month-end that several tests here share: three processes, one after the other. The first is due at 9:00, an
//! hour after the world begins, and the cut-off is at 18:00; both on WD11 of December 2026, a Friday.

use jiff::civil::{Date, date, time};
use jiff::{SignedDuration, Timestamp};
use runwatch_core::close::board::BoardState;
use runwatch_core::close::item_state::ItemState;
use runwatch_core::close::kept::CloseId;
use runwatch_core::close::periods::Periods;
use runwatch_core::close::plan::{DayTime, Gate, Item, PlanDraft, PlanId, StartRule, zone};
use runwatch_core::close::working_days::{Calendar, WorkingDay};
use runwatch_core::date_zone::DateZone;
use runwatch_core::duration_sample::DurationSample;
use runwatch_core::ids::{ProcessId, RunId, RunKey};
use runwatch_core::notification::NotificationKind;
use runwatch_core::transaction::Transaction;

use super::world::{Life, World, account, key, pass};
use crate::EngineError;
use crate::close::board::Board;

pub fn process(n: usize) -> ProcessId {
    ProcessId::parse(&format!("p-{n}")).unwrap()
}

pub fn december() -> CloseId {
    close_of("plan", date(2026, 12, 31))
}

pub fn close_of(plan: &str, last: Date) -> CloseId {
    CloseId {
        plan: PlanId(plan.into()),
        last,
    }
}

pub fn on_day(hour: i8) -> DayTime {
    DayTime {
        day: WorkingDay::new(11).unwrap(),
        time: time(hour, 0, 0, 0),
    }
}

pub fn item(n: usize, waits_for: &[usize]) -> Item {
    Item {
        process: process(n),
        name: format!("Item {n}"),
        start: StartRule::ByHand,
        waits_for: waits_for.iter().map(|before| process(*before)).collect(),
        gate: Gate::WarningsAllowed,
        optional: false,
        estimate: None,
    }
}

/// The first item has its time, the others are started by hand.
pub fn plan() -> PlanDraft {
    let at = StartRule::At {
        at: on_day(9),
        grace: SignedDuration::from_mins(15),
    };
    let first = Item {
        start: at,
        ..item(1, &[])
    };
    PlanDraft {
        id: PlanId("plan".into()),
        account: account().id,
        name: "Month-end".into(),
        zone: zone("UTC").unwrap(),
        calendar: Calendar::default(),
        periods: Periods::Months,
        cut_off: on_day(18),
        items: vec![first, item(2, &[1]), item(3, &[2])],
    }
}

/// The same, without a time.
pub fn plan_by_hand() -> PlanDraft {
    PlanDraft {
        items: vec![item(1, &[]), item(2, &[1]), item(3, &[2])],
        ..plan()
    }
}

/// The second item is due at ten, and waits for the first one.
pub fn plan_due_behind_another() -> PlanDraft {
    let mut draft = plan();
    draft.items[0].start = StartRule::ByHand;
    draft.items[1] = Item {
        start: StartRule::At {
            at: on_day(10),
            grace: SignedDuration::from_mins(15),
        },
        ..item(2, &[1])
    };
    draft
}

/// A world in which six earlier closes are known: an hour each, ten minutes between.
pub fn world() -> World {
    let world = World::new();
    let mut samples = Vec::new();
    let mut period = Periods::Months.of_day(date(2026, 11, 30)).unwrap();
    for month in 0..6 {
        let wobble = [0.95, 1.0, 1.05][month % 3];
        let day = Calendar::default().day(period, on_day(9).day).unwrap();
        let nine = day.at(9, 0, 0, 0);
        let mut at = nine
            .to_zoned_datetime(jiff::tz::TimeZone::UTC)
            .unwrap()
            .timestamp();
        for n in 1..=3 {
            at += SignedDuration::from_secs_f64(3600.0 * wobble);
            samples.push(DurationSample {
                key: RunKey {
                    account: account().id,
                    run: RunId::parse(&format!("pr-{}", 1000 * (month + 1) + n)).unwrap(),
                },
                process: process(n),
                ended: at,
                seconds: 3600.0 * wobble,
            });
            at += SignedDuration::from_mins(10);
        }
        period = Periods::Months.before(period).unwrap();
    }
    let write = Transaction {
        samples,
        ..Transaction::default()
    };
    world.shelf.write(write).unwrap();
    world
}

/// Puts a run of a process there that was created now; `pr-101` is of `p-1`, and so on.
pub fn create(world: &World, run: &str, n: usize) {
    world.put(run, "NotStarted", &["NotStarted"]);
    let now = world.there();
    world.server.update(run, |truth| {
        truth.process = Some(process(n));
        truth.created = Some(now);
    });
}

/// Three earlier runs of the first item succeeded with both steps.
pub async fn earlier_runs(world: &World, life: &Life) {
    for n in 1..=3 {
        let earlier = format!("pr-1{n}");
        create(world, &earlier, 1);
        world.server.update(&earlier, |truth| truth.created = None);
        life.watch(&earlier).await;
        world.begin(&earlier);
        pass(600).await;
        world.end(&earlier, "Finished", &["Success", "Success"]);
        pass(60).await;
    }
}

impl World {
    /// Starts the app, in which the December close of this plan is open.
    pub async fn boot_close(&self, plan: PlanDraft) -> Life {
        let life = self.boot().await;
        life.know_zone();
        life.engine.save_plan(plan).await.unwrap();
        life.engine.open_close(&december()).await.unwrap();
        pass(5).await;
        life
    }

    /// What was told of closes.
    pub fn told_of_closes(&self) -> Vec<String> {
        let told = self.shelf.told(NotificationKind::Close);
        told.into_iter().map(|(.., title)| title).collect()
    }
}

impl Life {
    /// The zone of dates is known, as it is after a day of watching.
    pub fn know_zone(&self) {
        let account = account();
        let origin = account.environment.origin();
        self.engine.date_zones.learn(origin, |zone| {
            *zone = DateZone::learned(SignedDuration::ZERO);
            true
        });
    }

    /// Says by hand which run stands for an item.
    pub async fn bind(&self, id: &CloseId, n: usize, run: &str) -> Result<(), EngineError> {
        let run = RunId::parse(run).unwrap();
        self.engine.bind_run(id, &process(n), run).await
    }

    pub async fn board(&self) -> Board {
        Board::clone(&*self.engine.close_board(&december()).await.unwrap())
    }

    pub async fn item_state(&self, place: usize) -> ItemState {
        self.board().await.view.items[place].state.clone()
    }

    pub async fn close_state(&self) -> BoardState {
        self.board().await.view.state
    }

    /// The runs that stand for the items, in the plan's order.
    pub async fn bound(&self) -> Vec<Option<String>> {
        let board = self.board().await;
        let run = |item: &crate::close::board::ItemOnBoard| {
            item.run.as_ref().map(|run| run.run.to_string())
        };
        board.items.iter().map(run).collect()
    }
}

/// A run starts and ends elsewhere: it takes so many minutes.
pub async fn run_through(world: &World, run: &str, minutes: u64, step: &str) {
    world.begin(run);
    pass(minutes * 60).await;
    world.end(run, "Finished", &[step]);
    // Its end is seen within minutes.
    pass(360).await;
}

/// Each item's run `pr-N01` is made and run elsewhere, one after the other: each takes so many minutes.
pub async fn run_all(world: &World, minutes: u64) {
    for n in 1..=3 {
        let run = format!("pr-{n}01");
        create(world, &run, n);
        pass(6 * 60).await;
        run_through(world, &run, minutes, "Success").await;
    }
}

/// The moment on that day.
pub fn at(hour: i8, minute: i8) -> Timestamp {
    let moment = date(2027, 1, 15).at(hour, minute, 0, 0);
    moment
        .to_zoned_datetime(jiff::tz::TimeZone::UTC)
        .unwrap()
        .timestamp()
}

/// Lets time pass until then.
pub async fn until(world: &World, hour: i8, minute: i8) {
    let left = at(hour, minute).duration_since(world.now()).as_secs();
    pass(u64::try_from(left).unwrap()).await;
}

/// A run of the list, by its name here.
pub fn is_watched(life: &Life, run: &str) -> bool {
    let tracked = life.engine.runs.get(&key(run));
    tracked.is_ok_and(|tracked| tracked.read(|state| state.run.watched))
}
