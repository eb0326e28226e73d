//! The first start, and how large the page is shown.

use anyhow::Result;
use runwatch_tests::processes::{kill, program, public_face};
use runwatch_tests::waiting::{SOON, until};
use runwatch_tests::{App, scene};

/// The processes of the app that serve sample data.
fn with_sample_data(pid: &u32) -> bool {
    let is_app = program(*pid).is_some_and(|path| path.ends_with("runwatch"));
    is_app && String::from_utf8_lossy(&public_face(*pid)).contains("--demo")
}

#[test]
fn sample_data_opens_beside_an_empty_folder_and_leaves_it_empty() {
    scene("first-run", |scene| {
        let app = scene.open()?;
        app.page.wait_for("first-run-connect")?;
        scene.picture(&app.page, "two-ways")?;
        app.page.click("first-run-demo")?;
        let demo = until("the sample data", SOON, || {
            let all = scene.desktop.processes();
            Ok(all.into_iter().find(with_sample_data))
        })?;
        until("its window", SOON, || {
            let titles = scene.desktop.window_titles(demo)?;
            Ok(titles
                .iter()
                .any(|title| title.contains("sample data"))
                .then_some(()))
        })?;
        assert!(scene.data_dir().join("demo").join("in-use").is_file());
        assert!(scene.desktop.keychain.entries()?.is_empty());
        app.page.wait_for("first-run-connect")?;
        kill(demo);
        app.go_to_sign_in()?;
        Ok(())
    });
}

#[test]
fn the_zoom_is_the_windows_own_and_lasts_over_a_restart() {
    scene("zoom", |scene| {
        let app = scene.open()?;
        let width = |app: &App| -> Result<i64> {
            let width = app.page.ask("return window.innerWidth;", &[])?;
            Ok(width.as_i64().unwrap_or_default())
        };
        app.page.wait_for("first-run-connect")?;
        let before = width(&app)?;
        app.open_settings("keyboard")?;
        // The driver's own clicks miss what a zoom has moved.
        let click = "document.querySelector('[data-testid=zoom-in]').click();";
        for _ in 0..3 {
            app.page.ask(click, &[])?;
        }
        app.page
            .wait_until("zoom", "is 150%", SOON, |zoom| zoom.text == "150%")?;
        let is_zoomed = |app: &App| Ok((width(app)? <= before * 7 / 10).then_some(()));
        until("the zoom", SOON, || is_zoomed(&app))?;
        scene.picture(&app.page, "zoomed")?;
        app.kill()?;
        let app = scene.open()?;
        app.page.wait_for("first-run-connect")?;
        until("the same zoom", SOON, || is_zoomed(&app))?;
        Ok(())
    });
}
