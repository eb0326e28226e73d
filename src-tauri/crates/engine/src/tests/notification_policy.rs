//! What the desktop shows is what the user chose; the Inbox gets everything, at once.

use jiff::SignedDuration;
use jiff::civil::Time;
use jiff::tz::TimeZone;
use runwatch_core::mutes::Mute;
use runwatch_core::outcome::Outcome;
use runwatch_core::settings::notification_policy::NotificationPolicy;
use runwatch_core::settings::notification_toggles::NotificationToggles;
use runwatch_core::settings::quiet_hours::QuietHours;

use super::world::{Life, World, account, key, pass};

const RUNS: [&str; 2] = ["pr-1", "pr-2"];
const HOUR: u64 = 3600;

async fn running(choices: NotificationPolicy) -> (World, Life) {
    let world = World::new();
    for run in RUNS {
        world.put(run, "Running", &["Running"]);
    }
    let life = world.boot().await;
    life.engine.set_notification_policy(choices).await.unwrap();
    for run in RUNS {
        life.watch(run).await;
    }
    pass(5).await;
    (world, life)
}

fn end_all(world: &World) {
    world.end("pr-1", "Finished", &["Failed"]);
    world.end("pr-2", "Finished", &["Success"]);
}

/// The clock on the wall, some hours from now.
fn clock(world: &World, hours: i64) -> Time {
    let at = world.now() + SignedDuration::from_hours(hours);
    at.to_zoned_datetime(TimeZone::system()).time()
}

/// Quiet hours that began an hour ago and go on for two more.
fn quiet(world: &World) -> NotificationPolicy {
    NotificationPolicy {
        quiet: Some(QuietHours {
            from: clock(world, -1),
            to: clock(world, 2),
        }),
        ..NotificationPolicy::default()
    }
}

fn mute(run: &str, hours: Option<i64>) -> NotificationPolicy {
    NotificationPolicy {
        muted: [Mute {
            account: account().id,
            run: Some(key(run).run),
            until: hours.map(|hours| World::new().now() + SignedDuration::from_hours(hours)),
        }]
        .into_iter()
        .collect(),
        ..NotificationPolicy::default()
    }
}

#[tokio::test(start_paused = true)]
async fn quiet_hours_hold_what_the_inbox_has_at_once_and_sum_it_up_at_their_end() {
    let (world, life) = running(quiet(&World::new())).await;
    end_all(&world);
    pass(HOUR).await;
    assert_eq!(world.shelf.ends().len(), 2);
    life.engine.outbox.show_all().await;
    assert!(world.desk.titles().is_empty());
    assert_eq!(
        life.engine.outbox.unshown().len(),
        2,
        "the app knows what it holds"
    );
    pass(2 * HOUR).await;
    assert_eq!(
        world.desk.titles(),
        ["2 runs ended while you were away, 1 failed"]
    );
}

#[tokio::test(start_paused = true)]
async fn what_quiet_hours_hold_survives_a_restart_and_a_night_asleep() {
    let (world, life) = running(quiet(&World::new())).await;
    end_all(&world);
    pass(HOUR / 2).await;
    life.kill();
    let _life = world.boot().await;
    pass(HOUR / 2).await;
    assert!(world.desk.titles().is_empty());
    world.sleep(8 * 3600);
    pass(60).await;
    assert_eq!(
        world.desk.titles(),
        ["2 runs ended while you were away, 1 failed"]
    );
}

#[tokio::test(start_paused = true)]
async fn failures_pierce_quiet_hours_if_wished() {
    let choices = NotificationPolicy {
        switches: NotificationToggles {
            failures_pierce: true,
            ..NotificationToggles::default()
        },
        ..quiet(&World::new())
    };
    let (world, _life) = running(choices).await;
    end_all(&world);
    pass(HOUR).await;
    assert_eq!(world.desk.titles(), ["Failed: Run pr-1"]);
    pass(2 * HOUR).await;
    assert_eq!(world.desk.titles()[1..], ["Succeeded: Run pr-2"]);
}

#[tokio::test(start_paused = true)]
async fn what_is_muted_or_not_wanted_stands_in_the_inbox_alone_also_after_a_restart() {
    let unwanted = NotificationPolicy {
        silent: vec![Outcome::Failed],
        ..NotificationPolicy::default()
    };
    for choices in [mute("pr-1", None), unwanted] {
        let (world, life) = running(choices).await;
        end_all(&world);
        pass(60).await;
        life.kill();
        let life = world.boot().await;
        life.engine
            .set_notification_policy(NotificationPolicy::default())
            .await
            .unwrap();
        pass(60).await;
        assert_eq!(world.desk.titles(), ["Succeeded: Run pr-2"]);
        assert_eq!(world.shelf.ends().len(), 2);
    }
}

#[tokio::test(start_paused = true)]
async fn a_snooze_ends_by_itself_or_when_it_is_taken_back() {
    for take_back in [false, true] {
        let (world, life) = running(mute("pr-1", Some(1))).await;
        end_all(&world);
        pass(HOUR / 2).await;
        assert_eq!(world.desk.titles(), ["Succeeded: Run pr-2"]);
        if take_back {
            life.engine
                .set_notification_policy(NotificationPolicy::default())
                .await
                .unwrap();
            pass(30).await;
        } else {
            pass(HOUR).await;
        }
        assert_eq!(world.desk.titles()[1..], ["Failed: Run pr-1"]);
    }
}

#[tokio::test(start_paused = true)]
async fn hidden_details_show_no_name_on_the_desktop() {
    let choices = NotificationPolicy {
        switches: NotificationToggles {
            hide_details: true,
            ..NotificationToggles::default()
        },
        ..NotificationPolicy::default()
    };
    let (world, _life) = running(choices).await;
    end_all(&world);
    pass(60).await;
    let shown = format!("{:?}{:?}", world.desk.titles(), world.desk.bodies());
    assert!(shown.contains("A run ended: Failed"), "{shown}");
    assert!(
        !shown.contains("pr-1") && !shown.contains("pr-2"),
        "{shown}"
    );
    assert!(world.shelf.ends().contains(&"Failed: Run pr-1".to_owned()));
}

#[tokio::test(start_paused = true)]
async fn the_choices_are_kept() {
    let (world, life) = running(mute("pr-1", Some(1))).await;
    let chosen = life.engine.settings.notification_policy();
    life.kill();
    assert_eq!(
        world.boot().await.engine.settings.notification_policy(),
        chosen
    );
}
