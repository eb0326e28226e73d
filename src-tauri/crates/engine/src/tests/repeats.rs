//! What the desktop showed, beside what is marked as shown: it may show a thing again only where a
//! kill fell between the two (docs/RULES.md, 14).

use std::collections::HashMap;

use proptest::prelude::*;
use runwatch_core::ports::Store;

use super::faulty_store::wait;
use super::world::{World, plain};

/// How often each line may be shown beyond the once.
#[derive(Default)]
pub struct Repeats(HashMap<String, usize>);

impl Repeats {
    /// The app was killed at what may be the wrong moment: what was shown and is not marked may be shown again.
    pub fn killed(&mut self, world: &World) {
        for (line, times) in beyond(shown(world), &marked(world)) {
            let allowed = self.0.entry(line).or_default();
            *allowed = times.max(*allowed);
        }
    }

    /// All that is in the Inbox was shown, and nothing more often than it may be.
    pub fn check(&self, world: &World) -> Result<(), TestCaseError> {
        let (shown, wanted) = (shown(world), inbox(world));
        let missing = beyond(wanted.clone(), &shown);
        prop_assert!(missing.is_empty(), "not shown: {:?}", missing);
        for (line, times) in beyond(shown, &wanted) {
            let allowed = self.0.get(&line).copied().unwrap_or_default();
            prop_assert!(times <= allowed, "shown {times} times too often: {line}");
        }
        Ok(())
    }
}

fn inbox(world: &World) -> Vec<String> {
    let inbox = world.shelf.inbox().into_iter();
    inbox.map(|told| plain(&told.notification.title)).collect()
}

/// The titles in the Inbox that are marked as shown.
fn marked(world: &World) -> Vec<String> {
    let unshown = wait(world.shelf.db().unshown()).unwrap();
    let unshown: Vec<String> = unshown
        .into_iter()
        .map(|told| plain(&told.notification.title))
        .collect();
    let marked = beyond(inbox(world), &unshown).into_iter();
    marked.flat_map(|(line, times)| vec![line; times]).collect()
}

/// What the desktop showed, each line of a digest by itself.
fn shown(world: &World) -> Vec<String> {
    let (titles, bodies) = (world.desk.titles(), world.desk.bodies());
    let several = [" runs ended", " messages"];
    let lines = titles.into_iter().zip(bodies).flat_map(|(title, body)| {
        match several.iter().any(|many| title.contains(many)) {
            true => body.lines().map(str::to_owned).collect(),
            false => vec![title],
        }
    });
    lines.collect()
}

/// What is in the one more often than in the other, and how much.
fn beyond(these: Vec<String>, those: &[String]) -> HashMap<String, usize> {
    let mut count: HashMap<String, usize> = HashMap::new();
    for line in these {
        *count.entry(line).or_default() += 1;
    }
    for line in those {
        if let Some(times) = count.get_mut(line) {
            *times = times.saturating_sub(1);
        }
    }
    count.retain(|_, times| *times > 0);
    count
}
