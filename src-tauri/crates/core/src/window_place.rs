//! Where the window opens: where it was the last time that the same screens were there, as far as it has
//! room there now. Pure.
//!
//! Places are in the units in which a system lays out its screens (pixels on Windows, points elsewhere),
//! sizes in logical pixels, so that text is as large on every screen.

/// So many sets of screens are remembered: office, home, meeting rooms.
const MOST_SETS: usize = 12;
/// The window's size where nobody has changed it, and the screen has room for it.
const USUAL: Size = Size {
    width: 1200,
    height: 800,
};
/// The page has a layout down to this size.
const LEAST: Size = Size {
    width: 720,
    height: 480,
};

/// A width and a height.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "they say what they are")]
pub struct Size {
    pub width: u32,
    pub height: u32,
}

/// A part of the plane on which the system lays out its screens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "they say what they are")]
pub struct Area {
    pub x: i32,
    pub y: i32,
    pub width: u32,
    pub height: u32,
}

/// A screen, as it is now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Screen {
    /// All of it.
    pub all: Area,
    /// Without taskbar, Dock or menu bar.
    pub work_area: Area,
    /// Units of the plane in a hundred logical pixels.
    pub density: u32,
    /// The one where windows open by themselves.
    pub is_primary: bool,
}

/// Where the window was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WindowPlace {
    /// The left of its upper left corner, with title bar and edges.
    pub x: i32,
    /// The top of it.
    pub y: i32,
    /// Its page.
    pub size: Size,
    /// It fills its screen.
    pub is_maximized: bool,
}

/// Where the window was, by the screens that were there; the latest last.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WindowPlaces(Vec<(String, WindowPlace)>);

/// How the window is to open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opening {
    /// Its left upper corner; none where the system tells of no screens.
    pub corner: Option<(i32, i32)>,
    /// Its page.
    pub size: Size,
    /// It gets no smaller than this.
    pub least: Size,
    /// It fills its screen.
    pub is_maximized: bool,
}

impl WindowPlaces {
    /// As they were kept.
    pub fn kept(places: impl IntoIterator<Item = (String, WindowPlace)>) -> Self {
        Self(places.into_iter().collect())
    }

    /// To be kept: the name of each set of screens, and the place on it.
    pub fn all(&self) -> &[(String, WindowPlace)] {
        &self.0
    }

    /// The window is here now. False where that is no news. One that fills its screen keeps what it has
    /// when it no longer does.
    pub fn remember(&mut self, screens: &[Screen], now: WindowPlace) -> bool {
        let set = name_of(screens);
        let before = self.0.iter().find(|(other, _)| *other == set);
        let place = match before {
            _ if !now.is_maximized => now,
            None => WindowPlace { size: USUAL, ..now },
            Some((_, before)) if screen_of(screens, before) == screen_of(screens, &now) => {
                WindowPlace {
                    is_maximized: true,
                    ..*before
                }
            }
            Some((_, before)) => WindowPlace {
                size: before.size,
                ..now
            },
        };
        if self.0.last() == Some(&(set.clone(), place)) {
            return false;
        }
        self.0.retain(|(other, _)| *other != set);
        self.0.push((set, place));
        let surplus = self.0.len().saturating_sub(MOST_SETS);
        self.0.drain(..surplus);
        true
    }

    /// How the window opens on these screens. `frame` is what title bar and edges take, in logical pixels.
    pub fn open_on(&self, screens: &[Screen], frame: Size) -> Opening {
        let set = name_of(screens);
        let known = self.0.iter().find(|(other, _)| *other == set);
        let latest = self.0.last();
        let size = known.or(latest).map_or(USUAL, |(_, place)| place.size);
        let is_maximized = known
            .or(latest)
            .is_some_and(|(_, place)| place.is_maximized);
        let was_here = known.and_then(|(_, place)| screen_of(screens, place));
        let Some(screen) = was_here.or_else(|| primary(screens)) else {
            return Opening {
                corner: None,
                size: at_least(size, LEAST),
                least: LEAST,
                is_maximized,
            };
        };
        let room = screen.room(frame);
        let least = at_most(LEAST, room);
        let size = at_most(at_least(size, least), room);
        let whole = screen.on_plane(Size {
            width: size.width + frame.width,
            height: size.height + frame.height,
        });
        let corner = match (known, was_here) {
            (Some((_, place)), Some(_)) => screen.keep_inside((place.x, place.y), whole),
            _ => screen.centre(whole),
        };
        Opening {
            corner: Some(corner),
            size,
            least,
            is_maximized,
        }
    }
}

impl Opening {
    /// Whether a window that was opened so still is, but for what a window manager moves it by.
    pub fn is_still(&self, now: &WindowPlace) -> bool {
        const LITTLE: u32 = 50;
        let is_there = self
            .corner
            .is_none_or(|(x, y)| x.abs_diff(now.x) <= LITTLE && y.abs_diff(now.y) <= LITTLE);
        self.is_maximized == now.is_maximized
            && (now.is_maximized || self.size == now.size && is_there)
    }
}

/// Whether somebody who looks for the window finds it: a hand's breadth of its title bar lies on a screen.
pub fn is_in_sight(screens: &[Screen], place: &WindowPlace) -> bool {
    screens.is_empty() || screen_of(screens, place).is_some()
}

/// Whether the window has room where it is: it is no larger than its screen, or its user drew it over several.
/// It may stick out, as it was put there. `frame` as for [`WindowPlaces::open_on`].
pub fn fits(screens: &[Screen], place: &WindowPlace, frame: Size) -> bool {
    // Windows lets the edges that nobody sees stick out where it fills a screen's height or width.
    const LITTLE: u32 = 16;
    let Some(screen) = screen_of(screens, place) else {
        return true;
    };
    let room = screen.room(frame);
    let is_small = place.size.width <= room.width.saturating_add(LITTLE)
        && place.size.height <= room.height.saturating_add(LITTLE);
    let whole = screen.on_plane(place.size);
    let area = Area {
        x: place.x,
        y: place.y,
        width: whole.width,
        height: whole.height,
    };
    let is_on = |other: &&Screen| {
        let shown = overlap(&area, &other.work_area);
        shown.width > 0 && shown.height > 0
    };
    is_small || screens.iter().filter(is_on).count() > 1
}

/// Screens that are laid out alike have the same name.
fn name_of(screens: &[Screen]) -> String {
    let mut names: Vec<String> = screens
        .iter()
        .map(|Screen { all, density, .. }| {
            let Area {
                x,
                y,
                width,
                height,
            } = all;
            format!("{width}x{height}@{density} {x},{y}")
        })
        .collect();
    names.sort();
    names.join("; ")
}

/// The screen on which most of the title bar lies; none where too little is in sight to take hold of.
fn screen_of<'a>(screens: &'a [Screen], place: &WindowPlace) -> Option<&'a Screen> {
    const TITLE_BAR: u32 = 32;
    const ENOUGH: u32 = 100;
    let shown = |screen: &Screen| {
        let title_bar = screen.on_plane(Size {
            width: place.size.width,
            height: TITLE_BAR,
        });
        let area = Area {
            x: place.x,
            y: place.y,
            width: title_bar.width,
            height: title_bar.height,
        };
        let seen = overlap(&area, &screen.work_area);
        let enough = screen.on_plane(Size {
            width: ENOUGH,
            height: TITLE_BAR / 2,
        });
        let is_enough = seen.width >= enough.width && seen.height >= enough.height;
        is_enough.then(|| u64::from(seen.width) * u64::from(seen.height))
    };
    let shown = screens
        .iter()
        .filter_map(|screen| Some((shown(screen)?, screen)));
    shown
        .max_by_key(|(shown, _)| *shown)
        .map(|(_, screen)| screen)
}

fn primary(screens: &[Screen]) -> Option<&Screen> {
    let primary = screens.iter().find(|screen| screen.is_primary);
    primary.or(screens.first())
}

impl Screen {
    /// The largest page that fits, in logical pixels.
    fn room(&self, frame: Size) -> Size {
        let logical = |units: u32| units.saturating_mul(100) / self.density.max(1);
        Size {
            width: logical(self.work_area.width).saturating_sub(frame.width),
            height: logical(self.work_area.height).saturating_sub(frame.height),
        }
    }

    /// A size in logical pixels, in units of the plane.
    fn on_plane(&self, size: Size) -> Size {
        let units = |logical: u32| logical.saturating_mul(self.density) / 100;
        Size {
            width: units(size.width),
            height: units(size.height),
        }
    }

    fn centre(&self, whole: Size) -> (i32, i32) {
        let half = |room: u32, of: u32| signed(room.saturating_sub(of) / 2);
        (
            self.work_area.x + half(self.work_area.width, whole.width),
            self.work_area.y + half(self.work_area.height, whole.height),
        )
    }

    /// The nearest corner from which all of the window lies in the work area.
    fn keep_inside(&self, corner: (i32, i32), whole: Size) -> (i32, i32) {
        let within = |at: i32, from: i32, room: u32, of: u32| {
            at.clamp(from, from + signed(room.saturating_sub(of)))
        };
        let area = &self.work_area;
        (
            within(corner.0, area.x, area.width, whole.width),
            within(corner.1, area.y, area.height, whole.height),
        )
    }
}

fn overlap(a: &Area, b: &Area) -> Size {
    let along = |a: i32, a_long: u32, b: i32, b_long: u32| {
        let end = (i64::from(a) + i64::from(a_long)).min(i64::from(b) + i64::from(b_long));
        u32::try_from(end - i64::from(a.max(b))).unwrap_or(0)
    };
    Size {
        width: along(a.x, a.width, b.x, b.width),
        height: along(a.y, a.height, b.y, b.height),
    }
}

fn at_most(size: Size, most: Size) -> Size {
    Size {
        width: size.width.min(most.width),
        height: size.height.min(most.height),
    }
}

fn at_least(size: Size, least: Size) -> Size {
    Size {
        width: size.width.max(least.width),
        height: size.height.max(least.height),
    }
}

fn signed(length: u32) -> i32 {
    i32::try_from(length).unwrap_or(i32::MAX)
}

#[cfg(test)]
#[path = "window_place_tests.rs"]
mod tests;
