//! A history that holds each kind of value that is ever stored, for the golden files.

mod closes;
mod settings;

use runwatch_core::account::{Account, Colour, SignInMethod};
use runwatch_core::environment::Environment;
use runwatch_core::handled::Handled;
use runwatch_core::observation::RunInfo;
use runwatch_core::outcome::{FailedStep, Judgement};

use super::*;
pub use closes::*;
pub use settings::*;

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
            steps_read: StepsRead::of(&steps()[..2]),
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
        starts: (kind == NotificationKind::Close)
            .then(|| ProcessId::parse("p-1").ok())
            .flatten(),
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
