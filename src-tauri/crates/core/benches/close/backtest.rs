//! The board and the baseline over many simulated closes.

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use runwatch_core::close::alarms::{AlarmMemory, Cause, alarms};
use runwatch_core::close::board::{BoardView, Expected, Foresight};

use crate::Answer;
use crate::baseline;
use crate::looks::look;
use crate::score::Score;
use crate::simulated_close::{Happened, Kind, SimulatedClose, begin, last_end};

/// Closes of each kind; there are twelve kinds for each length of history.
const CLOSES: usize = 100;
const HISTORIES: [usize; 3] = [3, 6, 12];
const COMMON: [f64; 3] = [0.0, 0.15, 0.3];
const STRAGGLERS: [f64; 2] = [0.0, 0.02];
/// Seconds between two looks; the baseline alarms at the second one in a row.
const LOOKS: f64 = 300.0;
/// The chance below which both alarm.
const UNLIKELY: f64 = 0.35;

/// What is compared.
#[derive(Default)]
struct Scores {
    board: Score,
    means: Score,
}

impl Scores {
    fn and(self, other: &Self) -> Self {
        Self {
            board: self.board.and(&other.board),
            means: self.means.and(&other.means),
        }
    }
}

pub fn print() -> Answer<()> {
    println!(
        "| earlier closes | 80 % band held at 0, 25, 50, 75 % | false alarms | misses alarmed | \
         median lead | calibration error |"
    );
    println!("|---|---|---|---|---|---|");
    for history in HISTORIES {
        let mut all = Scores::default();
        for is_chain in [true, false] {
            for common in COMMON {
                for straggler in STRAGGLERS {
                    all = all.and(&of_kind(Kind {
                        is_chain,
                        history,
                        common,
                        straggler,
                    })?);
                }
            }
        }
        println!("{}", all.board.row(&format!("{history}")));
        let means = format!("{history}, means and a normal curve");
        println!("{}", all.means.row(&means));
    }
    Ok(())
}

fn of_kind(kind: Kind) -> Answer<Scores> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let part = |thread: usize| {
        let mut random = StdRng::seed_from_u64(thread as u64 + 1);
        let mut scores = Scores::default();
        for _ in 0..CLOSES / threads {
            one(&mut random, kind, &mut scores)?;
        }
        Answer::Ok(scores)
    };
    std::thread::scope(|scope| {
        let start = |thread| scope.spawn(move || part(thread));
        let parts: Vec<_> = (0..threads).map(start).collect();
        let mut all = Scores::default();
        for part in parts {
            all = all.and(&part.join().map_err(|_| "a thread broke")??);
        }
        Ok(all)
    })
}

/// Plays one close of a plan of its own.
fn one(random: &mut StdRng, kind: Kind, scores: &mut Scores) -> Answer<()> {
    let making_it = random.random_range(0.75..0.95);
    let simulated = SimulatedClose::new(random, kind, making_it)?;
    let happened = simulated.play(random);
    for quarter in 0..4 {
        at_quarter(&simulated, &happened, quarter, scores)?;
    }
    let (finish, cut_off) = (last_end(&happened), cut_off(&simulated)?);
    let made_it = finish <= cut_off;
    let end = finish.min(cut_off);
    let lead = |at: f64| (cut_off - at) / 60.0;
    let ours = board_alarm(&simulated, &happened, end)?;
    scores.board.ended(made_it, ours.map(lead));
    let theirs = means_alarm(&simulated, &happened, cut_off, end);
    scores.means.ended(made_it, theirs.map(lead));
    Ok(())
}

/// Seconds from the first start to the cut-off.
fn cut_off(simulated: &SimulatedClose) -> Answer<f64> {
    let close = &simulated.close;
    Ok(close.cut_off.duration_since(begin(close)?).as_secs_f64())
}

/// What both said after this quarter of the close, beside what came.
fn at_quarter(
    simulated: &SimulatedClose,
    happened: &[Happened],
    quarter: usize,
    scores: &mut Scores,
) -> Answer<()> {
    let (finish, cut_off) = (last_end(happened), cut_off(simulated)?);
    let at = finish * quarter as f64 / 4.0;
    let (view, now) = look(simulated, happened, at)?;
    let expected = expected(&view).ok_or("nothing was foreseen")?;
    let from_now = |moment: jiff::Timestamp| at + moment.duration_since(now).as_secs_f64();
    let (early, late) = (
        from_now(expected.finish.early),
        from_now(expected.finish.late),
    );
    scores
        .board
        .looked(quarter, (early..=late).contains(&finish));
    let means = baseline::finish(simulated, happened, at);
    let (early, late) = means.band();
    scores
        .means
        .looked(quarter, (early..=late).contains(&finish));
    if let Some(percent) = expected.percent {
        let made_it = finish <= cut_off;
        scores.board.said(f64::from(percent) / 100.0, made_it);
        scores.means.said(means.chance_by(cut_off), made_it);
    }
    Ok(())
}

fn expected(view: &BoardView) -> Option<&Expected> {
    match &view.foresight {
        Foresight::Expected(expected) => Some(expected),
        _ => None,
    }
}

/// When the board tells that the close is expected late, in seconds after the first start.
fn board_alarm(simulated: &SimulatedClose, happened: &[Happened], end: f64) -> Answer<Option<f64>> {
    let mut memory = AlarmMemory::default();
    for at in looks_until(end) {
        let (view, now) = look(simulated, happened, at)?;
        let (after, causes) = alarms(&memory, &view, simulated.close.cut_off, now);
        if causes.contains(&Cause::ExpectedLate) {
            return Ok(Some(at));
        }
        memory = after;
    }
    Ok(None)
}

fn means_alarm(
    simulated: &SimulatedClose,
    happened: &[Happened],
    cut_off: f64,
    end: f64,
) -> Option<f64> {
    let is_unlikely =
        |at: &f64| baseline::finish(simulated, happened, *at).chance_by(cut_off) < UNLIKELY;
    let looks: Vec<f64> = looks_until(end).collect();
    let pairs = looks.windows(2);
    pairs
        .filter(|pair| pair.iter().all(is_unlikely))
        .map(|pair| pair[1])
        .next()
}

fn looks_until(end: f64) -> impl Iterator<Item = f64> {
    (0..)
        .map(|n| f64::from(n) * LOOKS)
        .take_while(move |at| *at < end)
}
