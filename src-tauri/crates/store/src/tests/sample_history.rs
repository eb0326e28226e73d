//! A history that holds each kind of value that is ever stored, for the golden files.

use std::path::PathBuf;

use jiff::SignedDuration;
use jiff::civil::{date, time};
use runwatch_core::account::{Account, Colour, SignInMethod};
use runwatch_core::close::alarms::{AlarmMemory, Cause};
use runwatch_core::close::binding::{Binding, BoundBy};
use runwatch_core::close::board::Expectation;
use runwatch_core::close::kept::{CapturedAttempt, CloseId, CloseWrite, KeptClose, ToldOfClose};
use runwatch_core::close::open::{Close, Due, Window};
use runwatch_core::close::periods::{Period, Periods};
use runwatch_core::close::plan::{DayTime, Gate, Item, PlanDraft, PlanId, StartRule, zone};
use runwatch_core::close::score::PublishedForecast;
use runwatch_core::close::working_days::{Calendar, WorkingDay};
use runwatch_core::environment::Environment;
use runwatch_core::handled::Handled;
use runwatch_core::list_settings::{
    ListColumn, ListFilters, ListLook, ListSettings, ListSince, ListSort, ListTab, SavedView,
};
use runwatch_core::network::{Network, Proxy};
use runwatch_core::notification_policy::{Mute, NotificationPolicy, NotificationSwitches};
use runwatch_core::observation::RunInfo;
use runwatch_core::outage::OutageRecord;
use runwatch_core::outcome::{FailedStep, Judgement};
use runwatch_core::page_settings::PageSettings;
use runwatch_core::quiet_hours::QuietHours;
use runwatch_core::unanswered_create::UnansweredCreate;
use runwatch_core::window_place::{Size, WindowPlace, WindowPlaces};

use super::*;

pub fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_795_510_800 + seconds).unwrap()
}

fn key_of(run: &str) -> RunKey {
    RunKey {
        account: AccountId("a".into()),
        run: RunId::parse(run).unwrap(),
    }
}

fn step_id(id: &str) -> StepId {
    StepId::parse(id).unwrap()
}

pub fn accounts() -> Vec<Account> {
    let account = |id: &str, colour, method| Account {
        id: AccountId(id.into()),
        label: format!("Account {id}"),
        colour,
        environment: Environment::parse("app").unwrap(),
        method,
        client_id: "desk".into(),
        callback_port: None,
        token_expires: None,
        signed_out: false,
        secrets_left: false,
    };
    let colours = [
        ("c", Colour::Teal),
        ("d", Colour::Green),
        ("e", Colour::Amber),
        ("f", Colour::Red),
        ("g", Colour::Purple),
    ];
    let by_client = |(id, colour)| account(id, colour, SignInMethod::Client);
    let mut accounts = vec![
        Account {
            callback_port: Some(38417),
            ..account("a", Colour::Blue, SignInMethod::Browser)
        },
        Account {
            environment: Environment::parse("http://127.0.0.1:8080").unwrap(),
            client_id: String::new(),
            token_expires: Some(at(600)),
            signed_out: true,
            secrets_left: true,
            ..account("b", Colour::Grey, SignInMethod::Token)
        },
    ];
    accounts.extend(colours.map(by_client));
    accounts
}

pub fn steps() -> Vec<Step> {
    let words = [
        "NotStarted",
        "Running",
        "Success",
        "Warning",
        "Failed",
        "Scheduled",
        "Cancelled",
        "Skipped",
        "Parked",
    ];
    let seen = |(place, word): (usize, &str)| Step {
        id: step_id(&format!("ds-{place}")),
        name: format!("Step {place}"),
        order: StepOrder::parse(&format!("1.{place}")),
        enabled: place != 7,
        by_hand: false,
        seen: Some(StepObservation {
            status: StepStatus::from_word(word),
            started: Some(at(10)),
            finished: (place != 1).then(|| at(20)),
            duration_seconds: Some(9.5),
            message: "A message with “quotes”, 'others' and a\nsecond line".into(),
            names_zone: place == 2,
        }),
    };
    let by_hand = Step {
        id: step_id("as-9"),
        name: "as-9".into(),
        order: None,
        enabled: true,
        by_hand: true,
        seen: None,
    };
    let listed = words.into_iter().enumerate().map(seen);
    listed.chain([by_hand]).collect()
}

fn stamp_of(word: &str, started: Option<i64>, finished: Option<i64>) -> StatusStamp {
    StatusStamp {
        status: RunStatus::from_word(word),
        started: started.map(at),
        finished: finished.map(at),
    }
}

fn before(begun: Beginning) -> StepsBefore {
    let starts = StepStarts::of(&steps());
    StepsBefore::found(&starts, &StepsBefore::default(), begun, at(30))
}

/// Overtaken before its steps were read, and dated in UTC as its end showed.
fn before_in_utc() -> StepsBefore {
    let nothing = (StepStarts::default(), StepsBefore::default());
    let mut before = StepsBefore::found(&nothing.0, &nothing.1, Beginning::Elsewhere, at(30));
    before.learn_zone_by_end(Some(at(31)), at(31));
    before
}

fn attempts() -> Vec<Attempt> {
    let first = |stamp, phase| Attempt::first(stamp, phase);
    let ended = first(
        stamp_of("Cancelled", Some(0), Some(20)),
        Phase::Ended {
            outcome: Outcome::Cancelled,
            silent: true,
        },
    );
    vec![
        Attempt {
            number: 2,
            steps_before: before(Beginning::From(step_id("ds-2"))),
            step_starts: StepStarts::of(&steps()),
            ended_before: Some(Box::new(ended)),
            ..first(stamp_of("Running", Some(30), None), Phase::Going)
        },
        Attempt {
            steps_before: before(Beginning::Whole),
            ..first(
                stamp_of("NotStarted", None, None),
                Phase::Proving {
                    baseline: stamp_of("TimedOut", Some(0), Some(20)),
                    since: at(30),
                },
            )
        },
        Attempt {
            steps_before: before_in_utc(),
            ..first(
                stamp_of("Finished", Some(0), Some(20)),
                Phase::Pending {
                    since: at(30),
                    silent: true,
                },
            )
        },
        first(stamp_of("Scheduled", None, None), Phase::Unseen),
        first(
            stamp_of("Parked", Some(0), Some(20)),
            Phase::Ended {
                outcome: Outcome::Failed,
                silent: false,
            },
        ),
    ]
}

pub fn runs() -> Vec<Run> {
    let known = |(place, attempt): (usize, Attempt)| Run {
        info: RunInfo {
            name: format!("Close {place}"),
            process: ProcessId::parse("p-1").ok(),
            description: Some("Month end".into()),
            last_modified_by: Some("reader".into()),
            date_modified: Some(at(1)),
            date_created: Some(at(0)),
        },
        watched: true,
        archived: place == 4,
        handled: (place == 4).then(|| Handled {
            attempt: 1,
            outcome: Some(Outcome::Failed),
            who: "reader".into(),
            at: at(60),
            note: "Bank file resent".into(),
        }),
        steps_are_cut: place == 3,
        attempt: Some(attempt),
        duration_seconds: Some(1.5),
        judgement: Some(Judgement {
            outcome: Outcome::Failed,
            because: "Step 1.4 failed.".into(),
            first_failed: Some(FailedStep {
                name: "1.4 Match".into(),
                message: "No such file".into(),
            }),
        }),
        seen_at: Some(at(40)),
        steps_read_at: Some(at(41)),
        ..Run::new(key_of(&format!("pr-{place}")))
    };
    let never_read = Run::new(key_of("pr-9"));
    let known = attempts().into_iter().enumerate().map(known);
    known.chain([never_read]).collect()
}

pub fn ended_attempts() -> Vec<EndedAttempt> {
    let ended = |(outcome, number): (Outcome, u32)| EndedAttempt {
        key: key_of("pr-0"),
        attempt: number,
        started: Some(at(0)),
        finished: Some(at(20)),
        seconds: Some(20.5),
        outcome,
        recorded: at(30),
    };
    Outcome::ALL.into_iter().zip(1..).map(ended).collect()
}

pub fn duration_samples() -> Vec<DurationSample> {
    vec![DurationSample {
        key: key_of("pr-0"),
        process: ProcessId::parse("p-1").unwrap(),
        ended: at(20),
        seconds: 20.5,
    }]
}

/// The oldest first.
pub fn actions() -> Vec<Action> {
    let restart = ActionKind::Restart {
        step: step_id("ds-2"),
        step_name: "Match".into(),
    };
    let dealt_with = ActionKind::DealtWith {
        note: "bank file resent".into(),
    };
    let kinds = [
        (ActionKind::Start, ActionResult::Pending),
        (ActionKind::Cancel, ActionResult::Ok),
        (restart, ActionResult::Refused),
        (ActionKind::Create, ActionResult::Ok),
        (ActionKind::Create, ActionResult::Unknown),
        (dealt_with, ActionResult::Ok),
        (ActionKind::NotDealtWith, ActionResult::Ok),
    ];
    let action = |((kind, result), id): ((ActionKind, ActionResult), i64)| Action {
        id,
        kind,
        result,
        run: (id != 5).then(|| key().run),
        deprecated: id == 2,
        message: "What SolveXia said".into(),
        support_id: (id == 3).then(|| "s-1".into()),
        reason: (id == 3).then(|| "The bank file was resent".into()),
        answered: (id != 1).then(|| at(50)),
        ..super::action()
    };
    kinds.into_iter().zip(1..).map(action).collect()
}

pub fn notifications() -> Vec<Notification> {
    let kinds = [
        NotificationKind::Ended,
        NotificationKind::Correction,
        NotificationKind::Action,
        NotificationKind::Outage,
        NotificationKind::Long,
        NotificationKind::Close,
    ];
    let is_of_run = |kind| !matches!(kind, NotificationKind::Outage | NotificationKind::Close);
    let of_kind = |kind| Notification {
        kind,
        run: is_of_run(kind).then(|| key().run),
        close: (kind == NotificationKind::Close).then(close_id),
        outcome: (kind == NotificationKind::Correction).then_some(Outcome::Failed),
        away: kind == NotificationKind::Long,
        ..notification()
    };
    let ends = Outcome::ALL
        .into_iter()
        .zip(10..)
        .map(|(outcome, mark)| Notification {
            outcome: Some(outcome),
            mark,
            ..notification()
        });
    kinds.into_iter().map(of_kind).chain(ends).collect()
}

pub fn settings() -> Vec<Setting> {
    let lost = [key_of("pr-0")].into();
    let limits = PollLimits {
        shortest_seconds: 7,
        longest_seconds: 77,
    };
    let ahead = SignedDuration::from_mins(630);
    vec![
        Setting::PollLimits(limits),
        Setting::NotificationPolicy(notification_policy()),
        Setting::Network(network()),
        Setting::Outages(OutageRecord::kept(lost, [key().account].into())),
        Setting::DateZones([("https://app.solvexia.com".into(), ahead)].into()),
        Setting::List(list_settings()),
        Setting::UnansweredCreates(vec![
            unanswered_create(Some(vec![key().run])),
            unanswered_create(None),
        ]),
        Setting::CloseExplained,
        Setting::WindowPlaces(window_places()),
        Setting::LaunchAtLogin(true),
        Setting::Page(PageSettings {
            letters: false,
            zoom: 150,
        }),
    ]
}

fn window_places() -> WindowPlaces {
    let place = |is_maximized| WindowPlace {
        x: -20,
        y: 40,
        size: Size {
            width: 1100,
            height: 700,
        },
        is_maximized,
    };
    WindowPlaces::kept([
        ("1920x1080@150 0,0".to_owned(), place(true)),
        ("1366x768@100 0,0".to_owned(), place(false)),
    ])
}

fn list_settings() -> ListSettings {
    let look = |column, since| ListLook {
        filters: ListFilters {
            account: Some("a".into()),
            process: Some("p-1".into()),
            status: Some("Finished".into()),
            outcome: Some(Outcome::Failed),
            since: Some(since),
        },
        sort: ListSort {
            column,
            descending: false,
        },
        grouped: true,
    };
    let saved = [
        (ListTab::Attention, ListColumn::Run, ListSince::Today),
        (ListTab::Running, ListColumn::NowAt, ListSince::Yesterday),
        (ListTab::ToStart, ListColumn::Ends, ListSince::Week),
        (ListTab::Done, ListColumn::Took, ListSince::Month),
    ];
    let view = |(tab, column, since)| SavedView {
        name: "Month end".into(),
        tab,
        look: look(column, since),
    };
    ListSettings {
        saved: saved.into_iter().map(view).collect(),
        ..ListSettings::default()
    }
}

fn unanswered_create(before: Option<Vec<RunId>>) -> UnansweredCreate {
    UnansweredCreate {
        others: vec![key().run],
        let_go: before.is_some(),
        account: key().account,
        process: ProcessId::parse("p-1").unwrap(),
        before,
        asked: at(5),
    }
}

fn notification_policy() -> NotificationPolicy {
    let mute = |run: Option<&str>, until| Mute {
        account: AccountId("a".into()),
        run: run.map(|run| RunId::parse(run).unwrap()),
        until,
    };
    NotificationPolicy {
        silent: Outcome::ALL.to_vec(),
        muted: vec![mute(None, None), mute(Some("pr-1"), Some(at(60)))],
        quiet: Some(QuietHours {
            from: time(22, 30, 0, 0),
            to: time(7, 0, 0, 0),
        }),
        switches: NotificationSwitches {
            long: false,
            failures_pierce: true,
            hide_details: true,
        },
    }
}

fn network() -> Network {
    Network {
        proxy: Proxy::Manual {
            address: "proxy.firm.example:8080".into(),
            user: "reader".into(),
        },
        extra_ca: Some(PathBuf::from("certificates.pem")),
    }
}

fn process(id: &str) -> ProcessId {
    ProcessId::parse(id).unwrap()
}

pub fn close_id() -> CloseId {
    CloseId {
        plan: PlanId("plan-1".into()),
        last: date(2026, 10, 31),
    }
}

fn calendar() -> Calendar {
    Calendar {
        name: "New South Wales".into(),
        holidays: [(date(2026, 12, 25), "Christmas Day".into())].into(),
        known_until: Some(date(2028, 12, 31)),
    }
}

pub fn plans() -> Vec<PlanDraft> {
    let day_time = |day, hour| DayTime {
        day: WorkingDay::new(day).unwrap(),
        time: time(hour, 30, 0, 0),
    };
    let item = |id: &str, start, waits_for: &[&str]| Item {
        process: process(id),
        name: format!("Item {id}"),
        start,
        waits_for: waits_for.iter().map(|id| process(id)).collect(),
        gate: Gate::WarningsAllowed,
        optional: false,
        estimate: None,
    };
    let at = StartRule::At {
        at: day_time(-1, 9),
        grace: SignedDuration::from_mins(15),
    };
    let months = PlanDraft {
        id: close_id().plan,
        account: key().account,
        name: "Month-end".into(),
        zone: zone("Australia/Sydney").unwrap(),
        calendar: calendar(),
        periods: Periods::Months,
        cut_off: day_time(3, 18),
        items: vec![
            item("p-1", at, &[]),
            item("p-2", StartRule::ByHand, &["p-1"]),
            Item {
                gate: Gate::Succeeded,
                optional: true,
                estimate: Some(1_200.0),
                ..item("p-3", StartRule::AfterOthers, &["p-1", "p-2"])
            },
        ],
    };
    let weeks = PlanDraft {
        id: PlanId("plan-2".into()),
        periods: Periods::Listed {
            begin: date(2026, 6, 28),
            ends: vec![date(2026, 7, 25), date(2026, 8, 22)],
        },
        calendar: Calendar::default(),
        ..months.clone()
    };
    vec![months, weeks]
}

/// The latest period first.
pub fn closes() -> Vec<KeptClose> {
    let by = [BoundBy::StartHere, BoundBy::Rule, BoundBy::Hand];
    let bindings = by.into_iter().zip(1..).map(|(by, n)| Binding {
        process: process(&format!("p-{n}")),
        run: key_of(&format!("pr-{n}")).run,
        by,
    });
    let causes = [
        Cause::ExpectedLate,
        Cause::Late,
        Cause::Blocked(process("p-2")),
    ];
    let close = Close {
        plan: close_id().plan,
        period: Period {
            first: date(2026, 10, 1),
            last: date(2026, 10, 31),
        },
        cut_off: at(500_000),
        window: Window {
            from: at(0),
            to: Some(at(900_000)),
        },
        due: [(
            process("p-1"),
            Due {
                at: at(1_000),
                grace: SignedDuration::from_mins(15),
            },
        )]
        .into(),
        calendar: calendar(),
        seed: u64::MAX,
    };
    let full = KeptClose {
        archived: true,
        bindings: bindings.collect(),
        set_aside: [key_of("pr-9").run].into(),
        told: ToldOfClose {
            alarms: AlarmMemory {
                under_since: Some(at(60)),
                expected_late: true,
                told: causes.into(),
            },
            next_steps: [process("p-2")].into(),
            did_not_start: [process("p-1")].into(),
        },
        through: Some(at(400_000)),
        something_failed: true,
        ..KeptClose::new(close.clone())
    };
    let fresh = KeptClose::new(Close {
        period: Period {
            first: date(2026, 9, 1),
            last: date(2026, 9, 30),
        },
        window: Window {
            to: None,
            ..close.window
        },
        seed: 7,
        ..close
    });
    vec![full, fresh]
}

pub fn forecasts() -> Vec<(CloseId, PublishedForecast)> {
    let finish = Expectation {
        early: at(100),
        middle: at(200),
        late: at(300),
    };
    let forecast = |percent| PublishedForecast {
        at: at(60),
        percent,
        finish,
    };
    vec![
        (close_id(), forecast(Some(85))),
        (close_id(), forecast(None)),
    ]
}

pub fn captured() -> CapturedAttempt {
    CapturedAttempt {
        key: key_of("pr-1"),
        process: process("p-1"),
        attempt: 2,
        run_name: "Close 1".into(),
        created: Some(at(0)),
        stamp: stamp_of("Finished", Some(0), Some(20)),
        outcome: Outcome::Warnings,
        because: "Step 1.4 warned.".into(),
        seconds: Some(20.5),
        steps: steps(),
        steps_are_cut: true,
        captured: at(30),
    }
}

/// All that is written for the close board.
pub fn close_writes() -> Vec<CloseWrite> {
    let plans = plans()
        .into_iter()
        .map(|plan| CloseWrite::Plan(Box::new(plan)));
    let closes = closes()
        .into_iter()
        .map(|one| CloseWrite::Close(Box::new(one)));
    let forecasts = forecasts()
        .into_iter()
        .map(|(close, forecast)| CloseWrite::Forecast(close, forecast));
    let captured = CloseWrite::Captured(Box::new(captured()));
    plans
        .chain(closes)
        .chain(forecasts)
        .chain([captured])
        .collect()
}
