//! What is known of the zones that runs are dated in.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use runwatch_core::date_zone::{DateZone, Doubt, SeenZone};
use serde::{Deserialize, Serialize};

use super::Stored;

/// Zones are in minutes ahead of UTC.
#[derive(Serialize, Deserialize)]
pub struct DateZoneForm {
    seen: Vec<(i64, Timestamp, Timestamp)>,
    doubt: Option<(i64, Timestamp)>,
}

/// By origin.
impl Stored for BTreeMap<String, DateZone> {
    type Form = BTreeMap<String, DateZoneForm>;

    fn to_form(&self) -> Self::Form {
        let seen = |one: &SeenZone| (one.zone.as_mins(), one.from, one.to);
        let form = |zone: &DateZone| DateZoneForm {
            seen: zone.seen.iter().map(seen).collect(),
            doubt: zone.doubt.map(|doubt| (doubt.zone.as_mins(), doubt.date)),
        };
        let zones = self.iter();
        zones
            .map(|(origin, zone)| (origin.clone(), form(zone)))
            .collect()
    }

    fn from_form(form: Self::Form) -> rusqlite::Result<Self> {
        let seen = |(minutes, from, to)| SeenZone {
            zone: SignedDuration::from_mins(minutes),
            from,
            to,
        };
        let doubt = |(minutes, date)| Doubt {
            zone: SignedDuration::from_mins(minutes),
            date,
        };
        let zone = |form: DateZoneForm| DateZone {
            seen: form.seen.into_iter().map(seen).collect(),
            doubt: form.doubt.map(doubt),
        };
        let zones = form.into_iter();
        Ok(zones.map(|(origin, form)| (origin, zone(form))).collect())
    }
}
