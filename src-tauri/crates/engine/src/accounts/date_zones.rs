//! The zones of run dates that name none, by environment: learned from what is seen here, and kept
//! (docs/RULES.md, 24).

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};

use runwatch_core::date_zone::DateZone;
use runwatch_core::settings::kept_settings::Setting;

use crate::sync::lock;

/// What is known of each environment's zone.
pub(crate) struct DateZones(Mutex<HashMap<String, Arc<DateZone>>>);

impl DateZones {
    pub fn new(kept: BTreeMap<String, DateZone>) -> Self {
        let zones = kept.into_iter();
        let kept = zones.map(|(origin, zone)| (origin, Arc::new(zone)));
        Self(Mutex::new(kept.collect()))
    }

    /// What is known of the zone that an origin dates its runs in.
    pub fn of(&self, origin: &str) -> Arc<DateZone> {
        lock(&self.0).get(origin).cloned().unwrap_or_default()
    }

    pub fn learn(&self, origin: &str, learn: impl FnOnce(&mut DateZone) -> bool) -> bool {
        let mut zones = lock(&self.0);
        learn(Arc::make_mut(zones.entry(origin.to_owned()).or_default()))
    }

    pub fn to_keep(&self) -> Setting {
        let zones = lock(&self.0);
        let known = zones.iter();
        let known = known.map(|(origin, zone)| (origin.clone(), DateZone::clone(zone)));
        Setting::DateZones(known.collect())
    }
}
