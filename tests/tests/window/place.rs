//! The window fits the screens that are there, and opens where it was.

use std::thread::sleep;
use std::time::Duration;

use anyhow::Result;
use runwatch_tests::desktop::Desktop;
use runwatch_tests::processes::Managed;
use runwatch_tests::stored_data::setting;
use runwatch_tests::waiting::{SOON, until};
use runwatch_tests::windows::Place;
use runwatch_tests::{App, Scene, scene, scene_on};
use serde_json::{Value, json};

const RUN: &str = "pr-951";
const NAME: &str = "Payroll upload : November";

/// Width and height of the page, and whether all of it can be seen without scrolling to the side.
fn page_size(app: &App) -> Result<Value> {
    let script = "const root = document.documentElement;
        return [innerWidth, innerHeight, root.scrollWidth <= root.clientWidth];";
    app.page.ask(script, &[])
}

#[test]
fn where_the_screen_has_room_it_opens_at_1200_by_800() {
    scene("place-usual", |scene| {
        let app = scene.watching(RUN, NAME)?;
        assert_eq!(page_size(&app)?, json!([1200, 800, true]));
        scene.picture(&app.page, "1200x800")?;
        Ok(())
    });
}

#[test]
fn on_a_small_screen_all_of_it_is_in_sight() {
    let screens = [
        ("1280x672", [1200, 672]),
        ("1366x728", [1200, 728]),
        ("720x480", [720, 480]),
    ];
    for (screen, [width, height]) in screens {
        let name = format!("place-{screen}");
        scene_on(
            &name,
            || Desktop::start_with_screen(screen),
            |scene| {
                let app = scene.watching(RUN, NAME)?;
                assert_eq!(page_size(&app)?, json!([width, height, true]));
                let place = scene.desktop.window_place(app.pid)?;
                assert_eq!((place.width, place.height), (width, height), "{screen}");
                assert!(place.x >= 0 && place.y >= 0, "{screen}: {place:?}");
                scene.picture(&app.page, "page")?;
                Ok(())
            },
        );
    }
}

#[test]
fn where_there_is_room_for_one_pane_a_run_opens_in_the_list_s_place_with_a_way_back() {
    let small = || Desktop::start_with_screen("720x480");
    scene_on("place-narrow", small, |scene| {
        let app = scene.watching(RUN, NAME)?;
        let page = &app.page;
        page.wait_for("run-detail")?;
        page.wait_gone("run-row")?;
        scene.picture(page, "run")?;
        page.click("back-to-list")?;
        page.wait_for("run-row")?;
        page.wait_gone("run-detail")?;
        scene.picture(page, "list")?;
        app.show(RUN)
    });
}

#[test]
fn it_opens_where_it_was_also_after_the_app_was_killed() {
    scene("place-again", |scene| {
        let desktop = &scene.desktop;
        let there = Place {
            x: 90,
            y: 110,
            width: 880,
            height: 610,
        };
        let is_there = |app: &mut Managed| {
            let pid = app.child().id();
            until("the window in its place", SOON, || {
                Ok((desktop.window_place(pid)? == there).then_some(()))
            })
        };
        let mut first = start(scene)?;
        desktop.put_window(first.child().id(), there)?;
        is_there(&mut first)?;
        // Its place is kept once it rests.
        until("its place in the history", SOON, || {
            let kept = setting(scene, "window-places")?.unwrap_or_default();
            Ok(kept.contains("\"width\":880").then_some(()))
        })?;
        drop(first);
        let mut second = start(scene)?;
        is_there(&mut second)
    });
}

#[test]
fn a_place_that_nobody_chose_is_not_remembered() {
    scene("place-unchosen", |scene| {
        let mut app = start(scene)?;
        scene.desktop.window_place(app.child().id())?;
        // More than the second after which a place would be kept.
        sleep(Duration::from_secs(3));
        assert_eq!(setting(scene, "window-places")?, None);
        Ok(())
    });
}

/// Starts the app as a user does: with no driver.
fn start(scene: &Scene) -> Result<Managed> {
    Managed::start("runwatch", scene.launch_again()?)
}
