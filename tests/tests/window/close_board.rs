//! The close board with the demo's month-ends: a close is opened, one of its runs fails, and the evidence says so.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use runwatch_tests::app::Launch;
use runwatch_tests::page::Seen;
use runwatch_tests::scene::pictures;
use runwatch_tests::stored_data::count;
use runwatch_tests::user_actions::A_WHILE;
use runwatch_tests::windows;
use runwatch_tests::{App, Scene, by, scene};
use solvexia_sim::demo::{DEMO_FAILING_RUN, DEMO_WARNING_RUN};

#[test]
fn the_board_forecasts_a_close_says_what_blocks_it_and_its_evidence_holds_the_same() {
    scene("close-board", |scene| {
        let app = scene.open_with(&Launch {
            data_dir: Some(scene.data_dir()),
            arguments: vec!["--demo".to_owned()],
            ..Launch::default()
        })?;
        app.page.wait_for("run-row")?;
        opens_a_close(scene, &app)?;
        a_plan_is_proposed(scene, &app)?;
        a_failed_run_blocks_it(scene, &app)?;
        the_evidence_holds_it(scene, &app)?;
        the_next_step_is_offered_and_asked_about(scene, &app)
    });
}

fn opens_a_close(scene: &Scene, app: &App) -> Result<()> {
    let page = &app.page;
    page.click("open-close")?;
    page.click("open-period")?;
    page.click(by("close-choice").inner("open-this-close"))?;
    let board = by("close-board").with("data-state", "on-track");
    page.wait_for(board)?;
    let rests = |seen: &Seen| seen.text.contains("Rests on 6 earlier closes");
    page.wait_until("close-rests", "knows all month-ends", A_WHILE, rests)?;
    let chance = page.wait_for("close-probability")?;
    assert_eq!(chance.text, "95% – if nothing fails", "never 100");
    assert_eq!(page.all("plan-item")?.len(), 6);
    scene.picture(page, "1-on-track")?;
    Ok(())
}

/// In the order that people keep, though one process was run once more afterwards.
fn a_plan_is_proposed(scene: &Scene, app: &App) -> Result<()> {
    let page = &app.page;
    page.click("plan-from-history")?;
    page.wait_for("draft-item")?;
    let order: Vec<String> = page
        .all("draft-item")?
        .iter()
        .map(|item| item.attribute("aria-label").to_owned())
        .collect();
    assert_eq!(order[0], "FX revaluation", "{order:?}");
    assert!(order.contains(&"Consolidation".to_owned()), "{order:?}");
    scene.picture(page, "2-proposed")?;
    page.click("dismiss")?;
    page.click("confirm")?;
    page.wait_gone("plan-editor")
}

fn a_failed_run_blocks_it(scene: &Scene, app: &App) -> Result<()> {
    let page = &app.page;
    page.click(by("item-run").run(DEMO_FAILING_RUN))?;
    page.wait_for(by("run-detail").run(DEMO_FAILING_RUN))?;
    app.act("start-run", &["Intercompany matching"])?;
    let blocked = by("close-board").with("data-state", "blocked");
    page.wait_until(blocked, "says so", A_WHILE, |_| true)?;
    let problem = page.wait_for("close-problem")?;
    assert!(
        problem.text.contains("Intercompany matching"),
        "{problem:?}"
    );
    assert!(
        page.see("close-probability")?.is_none(),
        "no chance is made up"
    );
    scene.picture(page, "3-blocked")?;
    Ok(())
}

fn the_evidence_holds_it(scene: &Scene, app: &App) -> Result<()> {
    let page = &app.page;
    page.click("export-evidence")?;
    let title = "Choose a folder for the evidence pack";
    scene.desktop.accept_dialog(app.pid, title, windows::OPEN)?;
    let said = page.wait_for("evidence-written")?;
    let place = said
        .text
        .lines()
        .next()
        .and_then(|line| line.split_once("written. "));
    let pack = Path::new(place.context("no place is named")?.1.trim());
    let read = |name: &str| fs::read_to_string(pack.join(name)).context(name.to_owned());
    let lines = |name: &str| anyhow::Ok(read(name)?.lines().count() - 1);
    assert_eq!(lines("expected-items.csv")?, 6);
    assert!(read("exceptions.csv")?.contains(DEMO_FAILING_RUN));
    assert_eq!(
        lines("actions.csv")?,
        count(&scene.data_dir().join("demo"), "action")?
    );
    let kept = pictures().join("evidence");
    fs::create_dir_all(&kept)?;
    for file in fs::read_dir(pack)? {
        let file = file?;
        fs::copy(file.path(), kept.join(file.file_name()))?;
    }
    scene.picture(page, "4-evidence")?;
    Ok(())
}

fn the_next_step_is_offered_and_asked_about(scene: &Scene, app: &App) -> Result<()> {
    let page = &app.page;
    app.act("restart-failed", &["Intercompany matching"])?;
    // Beside it, so that one item alone is at hand then.
    page.click(by("item-run").run(DEMO_WARNING_RUN))?;
    page.wait_for(by("run-detail").run(DEMO_WARNING_RUN))?;
    app.act("start-run", &["Accruals and prepayments"])?;
    // It was started before what it waits for was done: only its owner can say that it counts.
    page.click("ask-run")?;
    page.click(by("asked-run").run(DEMO_FAILING_RUN))?;
    page.click("save-bind-run")?;
    page.wait_gone("save-bind-run")?;
    let offered = scene
        .desktop
        .notifications
        .wait_about("can be started", A_WHILE)?;
    assert!(
        offered.summary.contains("Fixed asset roll-forward"),
        "{offered:?}"
    );
    page.click("open-inbox")?;
    scene
        .desktop
        .notifications
        .press_button(&offered, "Start…")?;
    let question = app.question()?;
    assert!(question.contains("Fixed asset roll-forward"), "{question}");
    scene.picture(page, "5-asked")?;
    page.click("dismiss")?;
    page.wait_gone("confirm")
}
