//! How long one forecast of a plan with 30 items takes.

use std::time::Instant;

use rand::SeedableRng;
use rand::rngs::StdRng;

use crate::Answer;
use crate::looks::look;
use crate::simulated_close::{Kind, SimulatedClose, last_end};

const ITEMS: usize = 30;
const TIMES: usize = 40;

pub fn print() -> Answer<()> {
    let kind = Kind {
        is_chain: false,
        history: 12,
        common: 0.15,
        straggler: 0.0,
    };
    let mut random = StdRng::seed_from_u64(1);
    let simulated = SimulatedClose::with_items(&mut random, kind, 0.85, ITEMS)?;
    let happened = simulated.play(&mut random);
    println!(
        "| through | forecast of {ITEMS} items, 12 earlier closes: median of {TIMES} | the fastest |"
    );
    println!("|---|---|---|");
    for through in [0.0, 0.5] {
        let at = through * last_end(&happened);
        let mut took = Vec::new();
        for _ in 0..TIMES {
            let begin = Instant::now();
            std::hint::black_box(look(&simulated, &happened, at)?);
            took.push(begin.elapsed().as_secs_f64() * 1e3);
        }
        took.sort_by(f64::total_cmp);
        println!(
            "| {:.0} % | {:.1} ms | {:.1} ms |",
            through * 100.0,
            took[TIMES / 2],
            took[0]
        );
    }
    Ok(())
}
