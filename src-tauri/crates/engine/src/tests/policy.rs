//! What the organisation's IT set comes before what the user chose.

use runwatch_core::notification::NotificationKind;
use runwatch_core::policy::{Given, Origin};
use runwatch_core::settings::notification_policy::NotificationPolicy;
use runwatch_core::settings::notification_toggles::NotificationToggles;

use super::world::{Life, World, account, pass};

const MINUTE: u64 = 60;

fn hidden(value: bool, origin: Origin) -> Given<bool> {
    Given { value, origin }
}

/// The title that tells of a failure after the app was started and `set` was done to it.
async fn told_after(world: World, set: impl AsyncFnOnce(&Life)) -> String {
    world.put("pr-1", "Running", &["Running"]);
    let life = world.boot().await;
    set(&life).await;
    life.watch("pr-1").await;
    pass(5).await;
    world.end("pr-1", "Finished", &["Failed"]);
    pass(MINUTE).await;
    world.desk.titles().remove(0)
}

async fn choose(life: &Life, hide_details: bool) {
    let chosen = NotificationPolicy {
        switches: NotificationToggles {
            hide_details,
            ..NotificationToggles::default()
        },
        ..NotificationPolicy::default()
    };
    life.engine.set_notification_policy(chosen).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_policy_hides_details_or_shows_them_whatever_the_user_chooses() {
    let title = told_after(World::new(), async |life| {
        let rule = hidden(true, Origin::MachinePolicy);
        life.engine.settings.follow_hide_details(&rule);
        choose(life, false).await;
    });
    assert_eq!(title.await, "A run ended: Failed");
    let title = told_after(World::new(), async |life| {
        let rule = hidden(false, Origin::UserPolicy);
        life.engine.settings.follow_hide_details(&rule);
        choose(life, true).await;
    });
    assert_eq!(title.await, "Failed: Run pr-1");
}

#[tokio::test(start_paused = true)]
async fn a_preset_hides_details_until_the_user_has_chosen_also_at_an_earlier_start() {
    let preset = hidden(true, Origin::Preset);
    let title = told_after(World::new(), async |life| {
        life.engine.settings.follow_hide_details(&preset);
    });
    assert_eq!(title.await, "A run ended: Failed");
    let world = World::new();
    let life = world.boot().await;
    choose(&life, false).await;
    life.kill();
    let title = told_after(world, async |life| {
        life.engine.settings.follow_hide_details(&preset);
    });
    assert_eq!(title.await, "Failed: Run pr-1");
}

#[tokio::test(start_paused = true)]
async fn an_account_that_the_rules_do_not_allow_asks_nothing_keeps_its_runs_and_is_told_of() {
    let world = World::new();
    world.put("pr-1", "Running", &["Running"]);
    world.boot_watching("pr-1").await.kill();
    let life = world.load().await;
    life.engine.set_not_allowed(account());
    let asked = world.server.calls();
    pass(20 * MINUTE).await;
    assert_eq!(world.server.calls(), asked);
    assert!(life.state("pr-1").run.watched, "its watch is kept");
    let barred = life.engine.accounts.cannot_act(&account().id).unwrap();
    assert!(barred.contains("organisation's rules"), "{barred}");
    let told = world.shelf.told(NotificationKind::Outage);
    assert_eq!(told.len(), 1);
    let body = world.desk.bodies().remove(0);
    assert!(
        body.contains("your organisation's rules do not allow"),
        "{body}"
    );
}
