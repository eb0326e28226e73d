//! The zones of run dates that name none, by environment: learned from what is seen here, and kept
//! (docs/RULES.md, 24).

use std::collections::{BTreeMap, HashMap};
use std::sync::Mutex;

use jiff::SignedDuration;
use runwatch_core::date_zone::DateZone;
use runwatch_core::setting::Setting;

use crate::sync::lock;

/// What is known of each environment's zone.
pub(crate) struct DateZones(Mutex<HashMap<String, DateZone>>);

impl DateZones {
    pub fn new(kept: BTreeMap<String, SignedDuration>) -> Self {
        let zones = kept.into_iter();
        let learned = zones.map(|(origin, ahead)| (origin, DateZone::learned(ahead)));
        Self(Mutex::new(learned.collect()))
    }

    /// By how much the dates of an origin's runs, read as UTC, are ahead of its clock.
    pub fn offset(&self, origin: &str) -> Option<SignedDuration> {
        lock(&self.0).get(origin).and_then(DateZone::offset)
    }

    pub fn learn(&self, origin: &str, learn: impl FnOnce(&mut DateZone) -> bool) -> bool {
        learn(lock(&self.0).entry(origin.to_owned()).or_default())
    }

    pub fn to_keep(&self) -> Setting {
        let zones = lock(&self.0);
        let known = zones
            .iter()
            .filter_map(|(origin, zone)| Some((origin.clone(), zone.offset()?)));
        Setting::DateZones(known.collect())
    }
}
