//! By when each item must be started for the whole close to make its cut-off.

use crate::close::lengths::{DRAWS, Lengths, TENTH, Task};

/// Sums of the same lengths in another order differ by less, in seconds.
const ROUNDING: f64 = 1e-3;

/// The latest start of each item with which nine of ten draws still make the cut-off; minus infinity where no
/// start of it brings that about. All times are seconds from now; `ends` are those of each draw.
pub(crate) fn latest_starts(
    tasks: &[Task],
    order: &[usize],
    lengths: &[Lengths],
    ends: &[Vec<f64>],
    cut_off: f64,
) -> Vec<f64> {
    let mut latest_ends = vec![vec![cut_off; DRAWS]; tasks.len()];
    let mut starts = vec![Vec::new(); tasks.len()];
    for place in order.iter().rev() {
        let own = &lengths[*place];
        let ends = latest_ends[*place].iter().zip(&own.whole);
        starts[*place] = ends.map(|(end, whole)| end - whole).collect::<Vec<f64>>();
        for before in tasks[*place].before {
            for (n, end) in latest_ends[*before].iter_mut().enumerate() {
                *end = end.min(starts[*place][n] - own.delay_of(n));
            }
        }
    }
    let after = those_after(tasks, order);
    let too_late = too_late(tasks, &after, ends, &latest_ends);
    let of_place = |(place, mut starts): (usize, Vec<f64>)| {
        for (start, too_late) in starts.iter_mut().zip(&too_late) {
            let goes_beside =
                |other: &usize| *other != place && !after[place][*other] && !after[*other][place];
            if too_late.iter().any(goes_beside) {
                *start = f64::NEG_INFINITY;
            }
        }
        *starts.select_nth_unstable_by(TENTH, f64::total_cmp).1
    };
    starts.into_iter().enumerate().map(of_place).collect()
}

/// Which items wait for each one, whatever lies between.
fn those_after(tasks: &[Task], order: &[usize]) -> Vec<Vec<bool>> {
    let mut after = vec![vec![false; tasks.len()]; tasks.len()];
    for place in order.iter().rev() {
        for before in tasks[*place].before {
            let of_place = after[*place].clone();
            let both = after[*before].iter_mut().zip(of_place);
            both.for_each(|(known, more)| *known |= more);
            after[*before][*place] = true;
        }
    }
    after
}

/// By draw, the items whose end alone makes the close miss its cut-off.
fn too_late(
    tasks: &[Task],
    after: &[Vec<bool>],
    ends: &[Vec<f64>],
    latest_ends: &[Vec<f64>],
) -> Vec<Vec<usize>> {
    let mut too_late = vec![Vec::new(); DRAWS];
    let counts = |place: usize| {
        let mut after = after[place].iter().zip(tasks);
        tasks[place].counts || after.any(|(is_after, task)| *is_after && task.counts)
    };
    for place in (0..tasks.len()).filter(|place| counts(*place)) {
        let both = ends[place].iter().zip(&latest_ends[place]);
        for (n, (end, latest)) in both.enumerate() {
            if *end > latest + ROUNDING {
                too_late[n].push(place);
            }
        }
    }
    too_late
}
