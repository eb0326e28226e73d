//! How the page is shown and what its keys do, as the user sets it. docs/ARCHITECTURE.md, “To add a settings toggle”,
//! names every file that one of them touches.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How far the page can be made smaller and larger, in percent: beyond, nothing could be read or reached.
pub const ZOOM: RangeInclusive<u16> = 50..=200;

/// What the user set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PageSettings {
    /// Single letters do something while the list has the focus.
    pub letters: bool,
    /// How large the page is shown, in percent.
    pub zoom: u16,
}

impl Default for PageSettings {
    fn default() -> Self {
        Self {
            letters: true,
            zoom: 100,
        }
    }
}

impl PageSettings {
    /// The same with a zoom at which the page can be used.
    pub fn within_bounds(self) -> Self {
        Self {
            zoom: self.zoom.clamp(*ZOOM.start(), *ZOOM.end()),
            ..self
        }
    }

    /// The zoom as a factor.
    pub fn factor(self) -> f64 {
        f64::from(self.zoom) / 100.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_zoom_stays_where_the_page_can_be_used() {
        let bound = |zoom| {
            let asked = PageSettings {
                zoom,
                ..PageSettings::default()
            };
            asked.within_bounds().zoom
        };
        assert_eq!([bound(0), bound(110), bound(u16::MAX)], [50, 110, 200]);
    }
}
