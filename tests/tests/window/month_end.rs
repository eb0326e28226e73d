//! Month-end as an analyst has it: 60 watched runs of 20 processes in two accounts, and nine things to find out
//! or to do. Each is counted in clicks, from the window as it opens.

use std::cell::Cell;
use std::fs;
use std::rc::Rc;

use anyhow::{Context, Result};
use jiff::{SignedDuration, Timestamp, ZonedDateTime};
use runwatch_tests::page::{CONTROL, Page, Seen};
use runwatch_tests::seeds::{failing, three_steps};
use runwatch_tests::user_actions::row;
use runwatch_tests::waiting::{SOON, until};
use runwatch_tests::windows;
use runwatch_tests::{App, By, Scene, by, scene};
use solvexia_sim::{Client, ProcessSeed, RunSeed, RunStatus};

const ACCOUNTS: [&str; 2] = ["first", "second"];
const PROCESSES: u32 = 20;
/// The process that this is mostly about, its run that goes, last month's, and one that this month has had already.
const PROCESS: &str = "p-100";
const GOING: &str = "pr-2000";
const LAST_MONTH: &str = "pr-1000";
const THIS_MONTH: &str = "pr-900";
const FAILED: [&str; 2] = ["pr-2001", "pr-2002"];
const TO_START: [&str; 5] = ["pr-2010", "pr-2011", "pr-2012", "pr-2013", "pr-2014"];
/// How long runs of the process have taken, a month each, the latest first (s).
const EARLIER: [i64; 5] = [900, 840, 960, 870, 930];
const HOUR: i64 = 3600;

fn ago(seconds: i64) -> Option<Timestamp> {
    Timestamp::now()
        .checked_sub(SignedDuration::from_secs(seconds))
        .ok()
}

/// So many months of thirty days ago.
fn months_ago(months: i64) -> Result<Timestamp> {
    Ok(Timestamp::now().checked_sub(SignedDuration::from_hours(months * 30 * 24))?)
}

/// A moment of this month that is over; none in its first minutes.
fn earlier_this_month() -> Result<Option<Timestamp>> {
    let month = ZonedDateTime::now()
        .first_of_month()?
        .start_of_day()?
        .timestamp();
    Ok(ago(2 * HOUR).max(ago(900)).filter(|at| *at > month))
}

/// A run of the process that took so long (s).
fn ended(run: &str, at: Timestamp, took: i64) -> Result<RunSeed> {
    Ok(RunSeed {
        process: Some(PROCESS.to_owned()),
        date_started: Some(at.checked_sub(SignedDuration::from_secs(took))?),
        date_finished: Some(at),
        ..three_steps(run, "Tax provision : earlier").status(RunStatus::Finished)
    })
}

fn process(n: u32) -> String {
    format!("p-{}", 100 + n)
}

/// Thirty runs: one that goes, two that failed, five to be started, the others done.
fn seeds() -> Vec<RunSeed> {
    let mut all = vec![RunSeed {
        process: Some(PROCESS.to_owned()),
        date_started: ago(300),
        ..three_steps(GOING, "Tax provision : this month").status(RunStatus::Running)
    }];
    for (n, run) in (1..).zip(FAILED) {
        all.push(RunSeed {
            process: Some(process(n)),
            date_started: ago(2 * HOUR),
            date_finished: ago(2 * HOUR - 600),
            ..failing(run, &format!("Ledger {n}"), "Entity 104 has no rate")
                .status(RunStatus::Finished)
        });
    }
    for (n, run) in (10..).zip(TO_START) {
        all.push(RunSeed {
            process: Some(process(n)),
            ..three_steps(run, &format!("Accruals of entity {n}"))
        });
    }
    for n in 15..37_u32 {
        all.push(RunSeed {
            process: Some(process(1 + n % (PROCESSES - 1))),
            date_started: ago(HOUR),
            date_finished: ago(HOUR - 60 * i64::from(n % 7) - 60),
            ..three_steps(&format!("pr-{}", 2000 + n), &format!("Report {n}"))
                .status(RunStatus::Finished)
        });
    }
    all
}

fn fill(scene: &Scene) -> Result<()> {
    let sim = &scene.sim;
    sim.set_speed(0.0);
    for n in 0..PROCESSES {
        sim.seed_process(ProcessSeed {
            id: Some(process(n)),
            name: format!("Process {n}"),
            ..ProcessSeed::default()
        });
    }
    for (n, took) in (0..).zip(EARLIER) {
        let run = format!("pr-{}", 1000 + n);
        sim.seed_run(ended(&run, months_ago(n + 1)?, took)?);
    }
    if let Some(at) = earlier_this_month()? {
        sim.seed_run(ended(THIS_MONTH, at, 780)?);
    }
    for seed in seeds() {
        sim.seed_run(seed);
    }
    Ok(())
}

/// Signs in both accounts, each with all thirty runs, pasted at once and watched.
fn set_up(scene: &Scene) -> Result<()> {
    fill(scene)?;
    for account in ACCOUNTS {
        scene.sim.add_client(Client::new(account, "a-secret"));
    }
    let app = scene.open()?;
    let ids: Vec<String> = seeds().into_iter().filter_map(|seed| seed.id).collect();
    for (n, account) in ACCOUNTS.iter().enumerate() {
        if n > 0 {
            app.page.click("account")?;
            app.page.click("add-account")?;
        }
        app.connect_as(&scene.sim.base_url(), account, "a-secret")?;
        app.page.wait_for("add-run-id")?;
        app.try_to_add(&ids.join(", "))?;
        app.page.click("confirm")?;
        app.page.wait_gone("confirm")?;
    }
    app.page.click(by("view").with("data-view", "all"))?;
    wait_count(&app, "all", 60)?;
    // All of them, by the keyboard, and the bar above the list.
    app.page.click(row(FAILED[0]).inner("run-name"))?;
    app.page.chord(&[CONTROL, 'a'])?;
    app.page.click("bulk-watch")?;
    until("every run to be watched", SOON, || {
        let not_yet = app
            .page
            .see(by("bulk-watch").with("aria-disabled", "false"))?;
        Ok(not_yet.is_none().then_some(()))
    })?;
    // How long the process usually takes is learned from its earlier runs.
    app.show(GOING)?;
    app.page.wait_until("usual", "is known", SOON, |usual| {
        usual.text.contains("from 5 runs") || usual.text.contains("from 6 runs")
    })?;
    app.kill()
}

fn wait_count(app: &App, view: &str, count: u32) -> Result<Seen> {
    let counted = by("view").with("data-view", view).inner("view-count");
    app.page
        .wait_until(counted, &format!("says {count}"), SOON, |seen| {
            seen.text == count.to_string()
        })
}

/// Clicks, and counts them; the table of the tasks comes of it.
struct Hand {
    app: Rc<App>,
    clicks: Cell<u32>,
}

impl Hand {
    fn click(&self, what: impl Into<By>) -> Result<()> {
        self.clicks.set(self.clicks.get() + 1);
        self.app.page.click(what)
    }

    fn page(&self) -> &Page {
        &self.app.page
    }

    /// What a task took, and holds it to the most that it may.
    fn took(&self, task: &str, most: u32) {
        let clicks = self.clicks.take();
        eprintln!("{task:40} {clicks} clicks (at most {most})");
        assert!(clicks <= most, "{task}: {clicks} clicks");
    }
}

#[test]
fn the_nine_tasks_of_month_end_take_few_clicks() {
    scene("month-end", |scene| {
        set_up(scene)?;
        let hand = Hand {
            app: scene.open()?,
            clicks: Cell::default(),
        };
        failed_since_yesterday(scene, &hand)?;
        last_end(&hand)?;
        hides_what_is_done(&hand)?;
        where_it_is(scene, &hand)?;
        compares_with_last_month(scene, &hand)?;
        runs_of_one_process(&hand)?;
        deals_with_a_failure(&hand)?;
        starts_five(scene, &hand)?;
        saves_what_was_done(scene, &hand)
    });
}

/// It opens on them.
fn failed_since_yesterday(scene: &Scene, hand: &Hand) -> Result<()> {
    let page = hand.page();
    let chosen = by("view")
        .with("data-view", "attention")
        .with("aria-selected", "true");
    page.wait_for(chosen)?;
    for run in FAILED {
        let both =
            || Ok((page.all(row(run).with("data-outcome", "failed"))?.len() == 2).then_some(()));
        until("the failure of each account", SOON, both)?;
    }
    assert_eq!(page.all("run-row")?.len(), 4, "failures alone");
    scene.picture(page, "1-attention")?;
    hand.took("which runs failed since yesterday", 0);
    Ok(())
}

/// One line above the list says it, on every tab.
fn last_end(hand: &Hand) -> Result<()> {
    let said = hand
        .page()
        .wait_until("last-end", "says when", SOON, |line| {
            line.text.contains('≈')
        })?;
    assert!(said.text.contains("Tax provision"), "{said:?}");
    hand.took("which run ends last, and when", 0);
    Ok(())
}

fn hides_what_is_done(hand: &Hand) -> Result<()> {
    let page = hand.page();
    assert!(
        page.see(row("pr-2015"))?.is_none(),
        "what is done is out of sight"
    );
    hand.click(by("view").with("data-view", "done"))?;
    page.wait_for(by("run-row").with("data-outcome", "succeeded"))?;
    assert!(page.see(row(GOING))?.is_none());
    hand.took("hide what is done, and show it", 1);
    Ok(())
}

/// A column says the step, its place, and how many there are; the first click is no part of it: it is what the
/// window opens on where nothing failed.
fn where_it_is(scene: &Scene, hand: &Hand) -> Result<()> {
    hand.click(by("view").with("data-view", "running"))?;
    hand.clicks.set(0);
    let at = row(GOING).inner("run-now-at");
    hand.page().wait_until(at, "says the step", SOON, |at| {
        at.text == "1 of 3 · Import statements"
    })?;
    scene.picture(hand.page(), "2-running")?;
    hand.took("at which step is it, what is left", 0);
    Ok(())
}

fn compares_with_last_month(scene: &Scene, hand: &Hand) -> Result<()> {
    // Its row is there for both accounts; this one has learned how long it takes.
    hand.click("last-end")?;
    let beside = hand
        .page()
        .wait_until("compare", "has another run", SOON, |seen| {
            seen.text.contains("Whole run")
        })?;
    let words = &beside.text;
    assert!(
        words.starts_with("Compared with last month’s run\n") && words.contains(LAST_MONTH),
        "last month’s, and no other: {words}"
    );
    assert!(words.contains("15 min"), "what it took: {words}");
    scene.picture(hand.page(), "3-compare")?;
    hand.took("this month against last", 1);
    Ok(())
}

fn runs_of_one_process(hand: &Hand) -> Result<()> {
    hand.click("show-process")?;
    let page = hand.page();
    let shown = || {
        let rows = page.all("run-row")?;
        let is_only = rows.iter().all(|row| row.attribute("data-run-id") == GOING);
        Ok((!rows.is_empty() && is_only).then_some(()))
    };
    until("the runs of the process alone", SOON, shown)?;
    hand.took("the runs of one process", 1);
    hand.app.page.click("clear-filters")
}

/// With who and when, taken back, and back by itself as soon as it fails again.
fn deals_with_a_failure(hand: &Hand) -> Result<()> {
    hand.app
        .page
        .click(by("view").with("data-view", "attention"))?;
    let page = hand.page();
    hand.click(row(FAILED[0]).inner("mark-row-handled"))?;
    wait_count(&hand.app, "attention", 3)?;
    hand.took("mark a failure as dealt with", 1);
    page.click("undo")?;
    wait_count(&hand.app, "attention", 4)?;
    Ok(())
}

fn starts_five(scene: &Scene, hand: &Hand) -> Result<()> {
    let page = hand.page();
    hand.click(by("view").with("data-view", "to-start"))?;
    page.wait_for(row(TO_START[0]))?;
    for run in TO_START {
        // The run of the first account: each is in both.
        hand.click(row(run).inner("select-run"))?;
    }
    hand.click("bulk-start")?;
    let asked = hand.app.question()?;
    let environment = scene.sim.base_url().replace("http://", "");
    for (n, run) in (10..).zip(TO_START) {
        assert!(
            asked.contains(&format!("Accruals of entity {n}")),
            "{asked}"
        );
        assert!(
            asked.contains(run) && asked.contains(&environment),
            "{asked}"
        );
    }
    scene.picture(page, "4-start-five")?;
    for run in TO_START {
        assert_eq!(
            scene.sim.start_count(run),
            0,
            "nothing before the question is answered"
        );
    }
    hand.click("confirm")?;
    for run in TO_START {
        let sent = by("bulk-result").run(run).with("data-result", "ok");
        page.wait_for(sent)?;
        assert_eq!(scene.sim.start_count(run), 1);
    }
    hand.took("start 5 not-started runs", 8);
    page.click("dismiss")
}

/// Through the system's own dialog, which takes the name that it offers.
fn saves_what_was_done(scene: &Scene, hand: &Hand) -> Result<()> {
    let page = hand.page();
    let environment = scene.sim.base_url();
    hand.click("open-activity")?;
    hand.click("export-activity")?;
    scene
        .desktop
        .accept_dialog(hand.app.pid, "Export Activity", windows::SAVE)?;
    let said = page.wait_for("activity-exported")?;
    let name = format!("Runwatch activity {}.csv", ZonedDateTime::now().date());
    assert!(said.text.contains(&name), "{said:?}");
    // Its place is named in quotes, isolated from the text around it.
    let place = said.text.split(['“', '”']).nth(1);
    let place = place
        .context("no place is named")?
        .replace(['\u{2068}', '\u{2069}'], "");
    let table = fs::read_to_string(place)?;
    for run in TO_START {
        let sent = |line: &&str| line.contains(run) && line.contains(",Start,");
        let line = table.lines().find(sent);
        let line = line.with_context(|| format!("{run} is not in {table}"))?;
        assert!(line.contains(&environment), "where it was done: {line}");
    }
    hand.took("what was done, for an auditor", 2);
    Ok(())
}
