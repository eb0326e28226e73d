//! Whatever happens: every watched end is told exactly once, nothing false is told as succeeded,
//! and no order is sent twice (rules 2, 9, 13 and 14). `PROPTEST_CASES` says how many schedules are
//! played: 200 where it is not set, 10,000 for a soak.

use std::collections::HashSet;

use proptest::prelude::*;
use runwatch_core::action::ActionResult;
use runwatch_core::attempt::Phase;
use runwatch_core::notification::{InboxItem, NotificationKind};
use runwatch_core::outcome::Outcome;

use super::model::{Event, Play, RUNS, schedule};
use super::world::pass;

/// An end that stood this long (seconds) with all well must have been seen.
const SEEN: i64 = 400;

proptest! {
    #![proptest_config(ProptestConfig {
        cases: std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(200),
        ..ProptestConfig::default()
    })]

    #[test]
    fn rules_2_9_13_14_hold_for_any_schedule(events in schedule()) {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .start_paused(true)
            .build()
            .unwrap();
        runtime.block_on(run(events))?;
    }
}

async fn run(events: Vec<(Event, u64)>) -> Result<(), TestCaseError> {
    let mut play = Play::new().await;
    // Ends that stood long enough, with all well, to have been seen.
    let mut due: Vec<(&str, jiff::Timestamp)> = Vec::new();
    // Attempts that were seen to go, and are remembered: however they end, that is told.
    let mut went: Vec<(&str, jiff::Timestamp)> = Vec::new();
    let forgets = events
        .iter()
        .any(|(event, _)| matches!(event, Event::DiskFull(true)));
    for (event, pause) in events {
        let posts = RUNS.map(|run| play.world.server.posts(run));
        play.play(event).await;
        pass(pause).await;
        for (run, before) in RUNS.into_iter().zip(posts) {
            let sent = play.world.server.posts(run) - before;
            prop_assert!(sent <= 1, "one request was sent {} times", sent);
        }
        play.nothing_false_is_shown()?;
        play.note(false);
        if !forgets && !play.life.port.is_dead() {
            went.extend(
                RUNS.into_iter()
                    .filter_map(|run| Some((run, play.going(run)?))),
            );
        }
        let now = play.world.now().as_second();
        for run in RUNS {
            if let Some(last) = play.world.server.truth(run).attempts.last()
                && let Some((ended, _)) = last.ended
                && now - ended.as_second().max(play.rough_at) > SEEN
            {
                due.push((run, last.started));
            }
        }
    }
    // All is well again, for long enough.
    play.world.server.mend();
    play.world.shelf.mend();
    if play.life.port.is_dead() {
        play.reboot(1).await;
    }
    pass(900).await;
    play.nothing_false_is_shown()?;
    play.reboot(1).await;
    pass(500).await;
    for run in RUNS {
        due.extend(
            went.iter()
                .filter(|(r, started)| *r == run && play.ended(run, *started)),
        );
        check_run(&play, run, &due)?;
    }
    play.repeats.check(&play.world)
}

fn check_run(play: &Play, run: &str, due: &[(&str, jiff::Timestamp)]) -> Result<(), TestCaseError> {
    let (world, state) = (&play.world, play.life.state(run));
    let truth = world.server.truth(run);
    let inbox = world.shelf.inbox();
    let of_run = |told: &&InboxItem| {
        told.notification
            .run
            .as_ref()
            .is_some_and(|r| r.as_str() == run)
    };
    let mut told_of = Vec::new();
    for told in inbox.iter().filter(of_run) {
        if told.notification.kind != NotificationKind::Ended {
            continue;
        }
        let outcome = told.notification.outcome;
        match world.shelf.past(run, told.notification.mark) {
            // An attempt that was asked for here and never showed.
            None => prop_assert_eq!(outcome, Some(Outcome::Unverified), "{:?}", told),
            Some(past) => {
                let real = truth
                    .attempts
                    .iter()
                    .find(|a| Some(a.started) == past.started);
                prop_assert!(real.is_some(), "told of no attempt: {:?}", told);
                let how = real.and_then(|a| a.ended).map(|(_, how)| how);
                prop_assert!(
                    outcome == Some(Outcome::Unverified) || outcome == how,
                    "told {:?}, really {:?}",
                    told,
                    how
                );
                told_of.extend(past.started);
            }
        }
    }
    let once: HashSet<_> = told_of.iter().collect();
    prop_assert_eq!(once.len(), told_of.len(), "an end was told twice");
    for (_, started) in due.iter().filter(|(r, _)| *r == run) {
        prop_assert!(
            told_of.contains(started),
            "the end of the attempt of {} was not told",
            started
        );
    }
    if let Some(last) = truth.attempts.last()
        && let Some((_, how)) = last.ended
    {
        prop_assert!(
            told_of.contains(&last.started),
            "{}: the last end was not told",
            run
        );
        let phase = state
            .run
            .attempt
            .as_ref()
            .map(|attempt| attempt.phase.clone());
        if phase != Some(Phase::Unseen) {
            prop_assert_eq!(phase.and_then(|phase| phase.outcome()), Some(how));
            let told = inbox.iter().filter(of_run);
            let outcomes: Vec<_> = told.filter_map(|told| told.notification.outcome).collect();
            if how == Outcome::Failed {
                prop_assert!(outcomes.contains(&how), "a failure was never told as one");
            }
        }
    }
    // Every order has its row, every row at most one POST, and nothing stays open for ever.
    let log: Vec<_> = world
        .activity()
        .into_iter()
        .filter(|a| a.run.as_ref().is_some_and(|of| of.as_str() == run))
        .collect();
    prop_assert!(
        world.server.posts(run) <= log.len(),
        "a POST without its row"
    );
    for action in log {
        prop_assert!(action.answered.is_some(), "{:?} stays open", action);
        prop_assert!(action.result != ActionResult::Pending, "{:?}", action);
    }
    Ok(())
}
