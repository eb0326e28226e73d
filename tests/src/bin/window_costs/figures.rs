//! How figures are printed, and the history that they are measured with.

use anyhow::Result;
use runwatch_tests::Scene;
use runwatch_tests::seeds::three_steps;
use rusqlite::Connection;
use solvexia_sim::RunStatus;

/// Prints one line.
pub fn say(what: &str, figures: &str) {
    println!("{what:52} {figures}");
}

/// The middle one and the worst, in milliseconds.
pub fn middle_and_worst(mut all: Vec<f64>) -> String {
    all.sort_by(f64::total_cmp);
    let worst = all.last().copied().unwrap_or_default();
    let middle = all.get(all.len() / 2).copied().unwrap_or_default();
    format!(
        "median {middle:.0} ms, worst {worst:.0} ms of {}",
        all.len()
    )
}

/// A history with an ended run, as many times as is said.
pub fn fill(scene: &Scene, runs: u32) -> Result<()> {
    let sim = &scene.sim;
    sim.set_speed(0.0);
    sim.seed_run(three_steps("pr-1", "Payroll : November").status(RunStatus::Finished));
    let app = scene.open()?;
    app.sign_in(sim)?;
    app.add("pr-1")?;
    app.wait_outcome("pr-1", "succeeded")?;
    app.kill()?;
    let history = Connection::open(scene.data_dir().join("history.db"))?;
    let mut columns: Vec<String> = history
        .prepare("SELECT name FROM pragma_table_info('run')")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    columns.retain(|column| column != "run");
    let columns = columns.join(", ");
    history.execute_batch(&format!(
        "WITH RECURSIVE n(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM n WHERE n < {runs})
         INSERT INTO run (run, {columns}) SELECT 'pr-' || n.n, {columns} FROM run, n WHERE run.run = 'pr-1';"
    ))?;
    Ok(())
}
