//! Dates of which nobody knows the zone, ends without a date, and a clock that is off.

use jiff::SignedDuration;
use runwatch_core::close::board::{BoardState, Foresight};
use runwatch_core::close::working_days::WorkingDay;
use runwatch_core::date_zone::DateZone;

use super::month_end::{close_of, create, december, plan, plan_by_hand, until, world};
use super::world::{World, account, pass};

/// Three runs that end one after the other from five o'clock on, with dates of an unknown zone five hours behind.
async fn run_all_late(world: &World) {
    until(world, 17, 0).await;
    for n in 1..=3 {
        let run = format!("pr-{n}01");
        create(world, &run, n);
        let zone = SignedDuration::from_hours(-5);
        world.server.update(&run, |truth| truth.zone = zone);
        world.begin(&run);
        pass(2400).await;
        world.end(&run, "Finished", &["Success"]);
    }
}

#[tokio::test(start_paused = true)]
async fn a_late_close_is_never_in_time_by_dates_of_an_unknown_zone() {
    let world = world();
    run_all_late(&world).await;
    until(&world, 20, 0).await;
    let life = world.boot().await;
    life.engine.save_plan(plan_by_hand()).await.unwrap();
    life.engine.open_close(&december()).await.unwrap();
    pass(20 * 60).await;
    let board = life.board().await;
    assert_eq!(board.view.state, BoardState::Done);
    let through = board.kept.through.unwrap();
    assert!(through > board.kept.close.cut_off, "{through}");
    assert!(!board.kept.is_settled(world.now()));
    let origin = account();
    life.engine
        .date_zones
        .learn(origin.environment.origin(), |zone| {
            *zone = DateZone::learned(SignedDuration::from_hours(-5));
            true
        });
    pass(20 * 60).await;
    let board = life.board().await;
    assert!(!board.kept.is_settled(world.now()));
    assert_eq!(
        board.view.foresight,
        Foresight::Done(super::month_end::at(19, 0))
    );
}

#[tokio::test(start_paused = true)]
async fn an_end_without_a_date_does_not_move_with_the_clock() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    for n in 1..=3 {
        let run = format!("pr-{n}01");
        create(&world, &run, n);
        pass(6 * 60).await;
        world.begin(&run);
        pass(20 * 60).await;
        world.end(&run, "Finished", &["Success"]);
        world.server.update(&run, |truth| truth.finished = None);
        pass(6 * 60).await;
    }
    let through = life.board().await.kept.through;
    assert!(through.is_some());
    pass(3600).await;
    assert_eq!(life.board().await.kept.through, through);
}

#[tokio::test(start_paused = true)]
async fn a_clock_that_is_ahead_tells_nothing_too_early() {
    let world = world();
    let _life = world.boot_close(plan()).await;
    until(&world, 8, 10).await;
    world.set_clock(3600);
    pass(20 * 60).await;
    assert!(
        world.told_of_closes().is_empty(),
        "{:?}",
        world.told_of_closes()
    );
}

/// The plan's holidays change between two closes: the days of both windows must not overlap.
#[tokio::test(start_paused = true)]
async fn a_late_close_is_not_given_the_runs_of_the_next_one() {
    let world = world();
    let life = world.boot_close(plan_by_hand()).await;
    // January opens days earlier now, as it has more days off at its end.
    let mut draft = plan_by_hand();
    for day in 18..=29 {
        draft
            .calendar
            .holidays
            .insert(jiff::civil::date(2027, 1, day), "Off".into());
    }
    draft.cut_off.day = WorkingDay::new(9).unwrap();
    life.engine.save_plan(draft).await.unwrap();
    let january = close_of("plan", jiff::civil::date(2027, 1, 31));
    life.engine.open_close(&january).await.unwrap();
    let (dec, jan) = (
        life.board().await,
        life.engine.close_board(&january).await.unwrap(),
    );
    let (dec, jan) = (dec.kept.close.window, jan.kept.close.window);
    assert!(dec.to.unwrap() <= jan.from, "{dec:?} {jan:?}");
}
