use super::*;

/// What Windows' title bar takes at most.
/// As on Windows: a title bar, and edges that nobody sees.
const FRAME: Size = size(16, 40);
const LAPTOP: Screen = screen(area(0, 0, 1920, 1080), 150, true);
const BESIDE: Screen = screen(area(1920, -200, 2560, 1440), 100, false);

const fn size(width: u32, height: u32) -> Size {
    Size { width, height }
}

const fn area(x: i32, y: i32, width: u32, height: u32) -> Area {
    Area {
        x,
        y,
        width,
        height,
    }
}

/// A screen with a taskbar of 48 logical pixels below.
const fn screen(all: Area, density: u32, is_primary: bool) -> Screen {
    let work_area = Area {
        height: all.height - 48 * density / 100,
        ..all
    };
    Screen {
        all,
        work_area,
        density,
        is_primary,
    }
}

const fn place(x: i32, y: i32, size: Size) -> WindowPlace {
    WindowPlace {
        x,
        y,
        size,
        is_maximized: false,
    }
}

fn places(kept: &[(&[Screen], WindowPlace)]) -> WindowPlaces {
    let mut places = WindowPlaces::default();
    for (screens, place) in kept {
        places.remember(screens, *place);
    }
    places
}

/// All of the window, title bar too, lies in the work area of one of the screens.
fn is_inside(screens: &[Screen], opening: &Opening) -> bool {
    let (x, y) = opening.corner.unwrap();
    screens.iter().any(|screen| {
        let whole = screen.on_plane(size(
            opening.size.width + FRAME.width,
            opening.size.height + FRAME.height,
        ));
        overlap(&area(x, y, whole.width, whole.height), &screen.work_area) == whole
    })
}

#[test]
fn where_it_never_was_it_opens_at_its_usual_size_in_the_middle_of_the_first_screen() {
    let opening = WindowPlaces::default().open_on(&[BESIDE, LAPTOP], size(0, 0));
    // 1920 × 1008 units are 1280 × 672 logical pixels.
    assert_eq!(opening.size, size(1200, 672));
    assert_eq!(opening.corner, Some((60, 0)));
    let large = screen(area(0, 0, 2560, 1440), 100, true);
    let opening = WindowPlaces::default().open_on(&[large], FRAME);
    assert_eq!(opening.size, size(1200, 800));
    assert_eq!(opening.corner, Some((672, 276)));
    assert_eq!(opening.least, size(720, 480));
    assert!(!opening.is_maximized);
}

#[test]
fn it_is_never_larger_than_the_screen_s_work_area() {
    let screens = [
        screen(area(0, 0, 1920, 1080), 150, true),
        screen(area(0, 0, 1366, 768), 100, true),
        screen(area(0, 0, 1366, 768), 125, true),
        // Smaller than what the page has a layout for: it fits all the same.
        screen(area(0, 0, 1366, 768), 200, true),
        screen(area(0, 0, 1280, 720), 100, true),
    ];
    for screen in screens {
        let unknown = WindowPlaces::default().open_on(&[screen], FRAME);
        assert!(is_inside(&[screen], &unknown), "{screen:?}: {unknown:?}");
        let huge = places(&[(&[screen], place(-300, -50, size(5000, 4000)))]);
        let opening = huge.open_on(&[screen], FRAME);
        assert!(is_inside(&[screen], &opening), "{screen:?}: {opening:?}");
        assert!(opening.least.width <= opening.size.width);
        assert!(opening.least.height <= opening.size.height);
    }
}

#[test]
fn on_the_same_screens_it_opens_where_it_was() {
    let there = place(2100, 40, size(1000, 700));
    let kept = places(&[(&[LAPTOP, BESIDE], there)]);
    // In whatever order the system tells of them.
    let opening = kept.open_on(&[BESIDE, LAPTOP], FRAME);
    assert_eq!(opening.corner, Some((2100, 40)));
    assert_eq!(opening.size, there.size);
}

#[test]
fn each_set_of_screens_has_a_place_of_its_own() {
    let docked = place(2100, 40, size(1400, 900));
    let alone = place(30, 30, size(900, 560));
    let kept = places(&[(&[LAPTOP, BESIDE], docked), (&[LAPTOP], alone)]);
    assert_eq!(
        kept.open_on(&[LAPTOP, BESIDE], FRAME).corner,
        Some((2100, 40))
    );
    assert_eq!(kept.open_on(&[LAPTOP], FRAME).corner, Some((30, 30)));
}

#[test]
fn where_its_screen_is_gone_it_opens_on_one_that_is_there() {
    let kept = places(&[(&[LAPTOP, BESIDE], place(2100, 40, size(1100, 620)))]);
    let opening = kept.open_on(&[LAPTOP], FRAME);
    assert!(is_inside(&[LAPTOP], &opening), "{opening:?}");
    assert_eq!(opening.size, size(1100, 620), "the size is its user's");
}

#[test]
fn where_the_same_screens_are_scaled_otherwise_it_fits_too() {
    let at_100 = screen(area(0, 0, 1920, 1080), 100, true);
    let kept = places(&[(&[at_100], place(700, 200, size(1200, 800)))]);
    let opening = kept.open_on(&[LAPTOP], FRAME);
    assert!(is_inside(&[LAPTOP], &opening), "{opening:?}");
}

#[test]
fn a_place_that_is_out_of_sight_is_not_used() {
    let hidden = [
        // Parked there by Windows, as it is minimised.
        place(-32_000, -32_000, size(1200, 800)),
        place(1900, 100, size(1200, 640)),
        // Its title bar cannot be taken hold of.
        place(100, -60, size(1000, 640)),
        place(100, 1060, size(1000, 640)),
    ];
    for place in hidden {
        assert!(!is_in_sight(&[LAPTOP], &place), "{place:?}");
        let opening = places(&[(&[LAPTOP], place)]).open_on(&[LAPTOP], FRAME);
        assert!(is_inside(&[LAPTOP], &opening), "{place:?}: {opening:?}");
    }
    assert!(is_in_sight(&[LAPTOP], &place(-300, 20, size(1200, 640))));
}

#[test]
fn a_window_that_is_larger_than_its_screen_does_not_fit_though_its_title_bar_shows() {
    let large = place(0, 0, size(1600, 1000));
    assert!(is_in_sight(&[LAPTOP], &large));
    assert!(!fits(&[LAPTOP], &large, FRAME), "after undocking");
    assert!(!fits(&[LAPTOP], &place(0, 0, size(1200, 800)), FRAME));
    let opening = places(&[(&[LAPTOP], large)]).open_on(&[LAPTOP], FRAME);
    assert!(is_inside(&[LAPTOP], &opening), "{opening:?}");
    let there = place(2000, -200, size(1600, 1000));
    assert!(fits(&[LAPTOP, BESIDE], &there, FRAME));
}

#[test]
fn a_window_that_its_user_put_or_drew_so_has_room() {
    for place in [
        // It sticks out.
        place(-300, 600, size(1200, 600)),
        // As large as the work area, but for the edges that nobody sees.
        place(-12, 0, size(1278, 640)),
    ] {
        assert!(fits(&[LAPTOP], &place, FRAME), "{place:?}");
    }
    let over_both = place(900, 100, size(1600, 600));
    assert!(fits(&[LAPTOP, BESIDE], &over_both, FRAME));
    assert!(!fits(&[LAPTOP], &over_both, FRAME));
    assert!(fits(&[], &over_both, FRAME), "of no screens is told");
}

#[test]
fn what_sticks_out_a_little_is_moved_in() {
    let kept = places(&[(&[LAPTOP], place(400, 200, size(1000, 600)))]);
    let opening = kept.open_on(&[LAPTOP], FRAME);
    // With its frame 1524 × 960 units of 1920 × 1008.
    assert_eq!(opening.corner, Some((396, 48)));
}

#[test]
fn a_window_that_nobody_moved_is_as_it_was_opened() {
    let opening = WindowPlaces::default().open_on(&[LAPTOP], FRAME);
    let at = |x, y, size| opening.is_still(&place(x, y, size));
    let (x, y) = opening.corner.unwrap();
    // A window manager puts its title bar above.
    assert!(at(x, y + 40, opening.size));
    assert!(!at(x + 60, y, opening.size));
    assert!(!at(x, y, size(1000, 600)));
    let maximized = WindowPlace {
        is_maximized: true,
        ..place(0, 0, size(1280, 640))
    };
    assert!(!opening.is_still(&maximized));
}

#[test]
fn a_maximised_window_is_so_again_on_its_screen_and_keeps_its_place_and_size_from_before() {
    let both = [LAPTOP, BESIDE];
    let before = place(100, 40, size(900, 560));
    let full = |x, y, size| WindowPlace {
        is_maximized: true,
        ..place(x, y, size)
    };
    let mut kept = places(&[(&both, before)]);
    kept.remember(&both, full(-8, -8, size(1280, 640)));
    let opening = kept.open_on(&both, FRAME);
    assert!(opening.is_maximized);
    assert_eq!(opening.corner, Some((100, 40)));
    assert_eq!(opening.size, before.size);
    kept.remember(&both, full(1912, -208, size(2560, 1360)));
    let opening = kept.open_on(&both, FRAME);
    assert_eq!(opening.corner, Some((1920, -200)), "on the other screen");
    assert_eq!(opening.size, before.size);
}

#[test]
fn where_the_system_tells_of_no_screens_it_chooses_the_place() {
    let opening = WindowPlaces::default().open_on(&[], FRAME);
    assert_eq!((opening.corner, opening.size), (None, USUAL));
    assert!(is_in_sight(&[], &place(9_999, 0, USUAL)));
}

#[test]
fn the_latest_sets_of_screens_are_remembered_and_the_same_place_is_no_news() {
    let mut kept = WindowPlaces::default();
    let here = place(10, 10, size(800, 600));
    for width in 0..20 {
        let set = [screen(area(0, 0, 1000 + width, 800), 100, true)];
        assert!(kept.remember(&set, here));
        assert!(!kept.remember(&set, here));
    }
    assert_eq!(kept.all().len(), MOST_SETS);
    assert!(kept.all()[MOST_SETS - 1].0.starts_with("1019x800"));
}
