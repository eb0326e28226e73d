//! The app is killed again and again while watched runs end, fail and are restarted: afterwards
//! Inbox, history and desktop tell the same story, and it is the true one.
//!
//! `RUNWATCH_KILLS` says how often (20 where it is not set), `RUNWATCH_SEED` repeats the moments.

use std::env;
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use runwatch_core::outcome::Outcome;
use runwatch_tests::notifications::Shown;
use runwatch_tests::processes::Managed;
use runwatch_tests::seeds::step_id;
use runwatch_tests::simulator::{client, wait};
use runwatch_tests::stored_data::Kept;
use runwatch_tests::waiting::until;
use runwatch_tests::{Scene, scene};
use solvexia_sim::{RunSeed, RunStatus, SimHandle, StepSeed, StepStatus};

const RUNS: [(&str, &str); 5] = [
    ("pr-1", "Bank reconciliation : October"),
    ("pr-2", "Payroll : October"),
    ("pr-3", "Group consolidation : October"),
    ("pr-4", "VAT return : October"),
    ("pr-5", "Intercompany : October"),
];

/// All that is held back or read again comes within this time, or never.
const QUIET: Duration = Duration::from_secs(8);

/// One life of the app, drawn before it begins.
#[derive(Debug)]
struct Life {
    /// In the tray alone, as after the computer's start.
    hidden: bool,
    /// It is killed after this time,
    most: Duration,
    /// or so soon after it showed something: there the mark is written.
    after_show: Option<Duration>,
    /// What was told is restarted, each after its own time.
    restarts: [Duration; RUNS.len()],
}

impl Life {
    fn draw(luck: &mut StdRng) -> Self {
        let mut upto = |most: u64| Duration::from_millis(luck.random_range(0..most));
        let most = Duration::from_millis(200) + upto(9_000);
        let (after_show, restarts) = (upto(40), [(); RUNS.len()].map(|()| upto(3_000)));
        Self {
            hidden: luck.random_bool(0.7),
            most,
            after_show: luck.random_bool(0.5).then_some(after_show),
            restarts,
        }
    }
}

/// docs/RULES.md, 14: in the Inbox exactly once, on the desktop again only where a kill fell between
/// its show and our mark.
#[test]
fn rule_14_holds_however_often_the_app_is_killed() {
    let kills = number("RUNWATCH_KILLS").unwrap_or(20);
    let seed = number("RUNWATCH_SEED").unwrap_or_else(rand::random);
    eprintln!("RUNWATCH_SEED={seed} RUNWATCH_KILLS={kills}");
    scene("kills", |scene| {
        play(scene, kills, StdRng::seed_from_u64(seed))
            .with_context(|| format!("RUNWATCH_SEED={seed} RUNWATCH_KILLS={kills}"))
    });
}

fn number(name: &str) -> Option<u64> {
    env::var(name).ok()?.parse().ok()
}

fn play(scene: &Scene, kills: u64, mut luck: StdRng) -> Result<()> {
    let sim = &scene.sim;
    sim.set_speed(0.0);
    for (at, (run, name)) in RUNS.iter().enumerate() {
        sim.seed_run(ends_by_turns(run, name, at, kills));
    }
    watch_all(scene)?;
    sim.set_speed(1.0);
    let mut attempts = [1; RUNS.len()];
    let mut before = Kept::left(scene)?;
    let mut repeats = 0;
    for _ in 0..kills {
        let life = Life::draw(&mut luck);
        let shown = scene.desktop.notifications.all().len();
        live(scene, &life, &told_whole(&before, &attempts), &mut attempts)?;
        let after = Kept::left(scene)?;
        let shown = scene.desktop.notifications.all().split_off(shown);
        repeats += u64::from(is_unmarked(&before, &after, &shown)?);
        before = after;
    }
    let shown = scene.desktop.notifications.all().len();
    let app = launch(scene, true)?;
    let settled = || Ok(is_settled(&Kept::now(scene)?, &attempts).then_some(()));
    until("the last ends", Duration::from_secs(90), settled)?;
    sleep(QUIET);
    drop(app); // killed
    let after = Kept::left(scene)?;
    let shown = scene.desktop.notifications.all().split_off(shown);
    ensure!(!is_unmarked(&before, &after, &shown)?, "shown, not marked");
    ensure!(is_settled(&after, &attempts), "{after:?}");
    for (at, (run, _)) in RUNS.iter().enumerate() {
        let planned: Vec<Outcome> = (1..=attempts[at]).map(|n| planned(at, n)).collect();
        let (inbox, history) = (after.ends_of(run), after.history_of(run));
        ensure!(inbox == planned, "Inbox: {run} {inbox:?}, not {planned:?}");
        ensure!(
            history == planned,
            "history: {run} {history:?}, not {planned:?}"
        );
    }
    let ends: u64 = attempts.iter().sum();
    eprintln!("{kills} kills, {ends} ends; {repeats} kills fell between show and mark");
    Ok(())
}

/// A run of about three seconds that succeeds and fails by turns, so that two ends in a row have
/// different words.
fn ends_by_turns(run: &str, name: &str, at: usize, kills: u64) -> RunSeed {
    let seconds = 0.5 + 0.4 * f64::from(u8::try_from(at).unwrap_or(0));
    let first = StepSeed::new("1.1", "Import statements", 1.0).id(&step_id(run, 1));
    let mut second = StepSeed::new("1.2", "Match transactions", seconds).id(&step_id(run, 2));
    for attempt in 1..=kills + 1 {
        let (how, message) = match planned(at, attempt) {
            Outcome::Succeeded => (StepStatus::Success, "All matched"),
            _ => (StepStatus::Failed, "3 lines do not match"),
        };
        second = match attempt {
            1 => second.ends(how, message),
            _ => second.then(how, message),
        };
    }
    RunSeed {
        name: Some(name.to_owned()),
        ..RunSeed::new(run, vec![first, second]).status(RunStatus::Running)
    }
}

/// How an attempt of a run ends.
fn planned(at: usize, attempt: u64) -> Outcome {
    match (at as u64 + attempt) % 2 {
        0 => Outcome::Succeeded,
        _ => Outcome::Failed,
    }
}

fn watch_all(scene: &Scene) -> Result<()> {
    let app = scene.open()?;
    app.sign_in(&scene.sim)?;
    for (run, _) in RUNS {
        app.add_and_watch(run)?;
    }
    app.kill()
}

/// Which runs' latest attempts are in the Inbox.
fn told_whole(kept: &Kept, attempts: &[u64]) -> Vec<usize> {
    let whole = |at: &usize| kept.ends_of(RUNS[*at].0).len() as u64 == attempts[*at];
    (0..RUNS.len()).filter(whole).collect()
}

fn launch(scene: &Scene, hidden: bool) -> Result<Managed> {
    let mut command = scene.launch_again()?;
    if hidden {
        command.arg("--hidden");
    }
    Managed::start("the app", command)
}

/// Starts the app, restarts at SolveXia what was told, and kills the app.
fn live(scene: &Scene, life: &Life, ready: &[usize], attempts: &mut [u64]) -> Result<()> {
    let began = Instant::now();
    let shown_before = scene.desktop.notifications.all().len();
    let mut app = launch(scene, life.hidden)?;
    let mut waiting = ready.to_vec();
    let mut most = life.most;
    while began.elapsed() < most {
        let due = |at: &mut usize| life.restarts[*at] <= began.elapsed();
        for at in waiting.extract_if(.., due) {
            restart(&scene.sim, RUNS[at].0)?;
            attempts[at] += 1;
        }
        let has_shown = || scene.desktop.notifications.all().len() > shown_before;
        if let Some(after) = life.after_show
            && most == life.most
            && has_shown()
        {
            most = most.min(began.elapsed() + after);
        }
        sleep(Duration::from_millis(1));
    }
    let ended = app.child().try_wait()?;
    ensure!(ended.is_none(), "the app ended by itself: {ended:?}");
    drop(app); // killed
    Ok(())
}

/// Restarts a run from its first step, as a colleague does in SolveXia.
fn restart(sim: &SimHandle, run: &str) -> Result<()> {
    let token = sim.issue_token("process_read process_execute", 60.0);
    let step = step_id(run, 1);
    let address = format!(
        "{}/api/v1/processruns/{run}/steps/{step}/restartfromhere",
        sim.base_url()
    );
    let post = client()?.post(address).bearer_auth(token);
    let sent = wait(async { post.header("Content-Length", "0").send().await });
    sent?.error_for_status()?;
    Ok(())
}

/// Whether the latest attempt of every run is in the Inbox, and all that is there was shown.
fn is_settled(kept: &Kept, attempts: &[u64]) -> bool {
    told_whole(kept, attempts).len() == RUNS.len() && kept.inbox.iter().all(|end| end.shown)
}

/// Compares what one life showed with what it marked so: all that it marked was shown once, and what
/// it showed beyond that was its last notification, before whose mark it was killed.
fn is_unmarked(before: &Kept, after: &Kept, shown: &[Shown]) -> Result<bool> {
    let (mut marked, mut open) = (Vec::new(), Vec::new());
    for end in &after.inbox {
        match (before.has_shown(end.id), end.shown) {
            (false, true) => marked.push(end.title.as_str()),
            (_, false) => open.push(end.title.as_str()),
            (true, true) => {}
        }
    }
    let mut unmarked = false;
    let mut in_turn: Vec<(usize, &Shown)> = shown.iter().enumerate().collect();
    // What a notification only counts can be told once all that is named has been found.
    in_turn.sort_by_key(|(_, shown)| lines(shown).1);
    for (at, shown_now) in in_turn {
        let (named, counted) = lines(shown_now);
        for line in named {
            if let Some(found) = marked.iter().position(|title| *title == line) {
                marked.swap_remove(found);
                continue;
            }
            let found = open.iter().position(|title| *title == line);
            let found = found.with_context(|| format!("{line:?} was shown again: {shown:#?}"))?;
            open.swap_remove(found);
            ensure!(
                at + 1 == shown.len(),
                "{line:?} was never marked: {shown:#?}"
            );
            unmarked = true;
        }
        let rest = if unmarked { &mut open } else { &mut marked };
        ensure!(rest.len() >= counted, "too many counted: {shown_now:#?}");
        rest.truncate(rest.len() - counted);
    }
    ensure!(
        marked.is_empty(),
        "marked, but not shown: {marked:?} {shown:#?}"
    );
    Ok(unmarked)
}

/// Each end that a notification names, and how many more it counts: several are shown as one.
fn lines(shown: &Shown) -> (Vec<&str>, usize) {
    let many = [" runs ended", " messages"];
    if many.iter().all(|many| !shown.summary.contains(many)) {
        return (vec![&shown.summary], 0);
    }
    let mut lines: Vec<&str> = shown.body.lines().collect();
    let more = |line: &&str| {
        let number = line.strip_prefix("and ")?.strip_suffix(" more")?;
        number.parse().ok()
    };
    let counted = lines.last().and_then(more).unwrap_or(0);
    lines.truncate(lines.len() - usize::from(counted > 0));
    (lines, counted)
}
