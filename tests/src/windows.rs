//! The windows of a desktop, seen as its window manager would.

use std::time::Duration;

use anyhow::{Context, Result};
use x11rb::CURRENT_TIME;
use x11rb::connection::Connection;
use x11rb::protocol::xproto::{
    Atom, AtomEnum, ClientMessageEvent, ConfigureWindowAux, ConnectionExt, EventMask, InputFocus,
    KEY_PRESS_EVENT, KEY_RELEASE_EVENT, MapState, Window,
};
use x11rb::protocol::xtest::ConnectionExt as _;
use x11rb::rust_connection::RustConnection;

use crate::waiting::until;

const SOON: Duration = Duration::from_secs(30);

/// Where a window is, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "they say what they are")]
pub struct Place {
    pub x: i32,
    pub y: i32,
    pub width: u32,
    pub height: u32,
}

/// Where a process's window is, once it is in sight.
pub fn place(display: &str, pid: u32) -> Result<Place> {
    let (x, screen) = x11rb::connect(Some(display))?;
    let root = x.setup().roots.get(screen).context("no screen")?.root;
    let window = until("a window", SOON, || find(&x, root, pid))?;
    let size = x.get_geometry(window)?.reply()?;
    let corner = x.translate_coordinates(window, root, 0, 0)?.reply()?;
    Ok(Place {
        x: corner.dst_x.into(),
        y: corner.dst_y.into(),
        width: size.width.into(),
        height: size.height.into(),
    })
}

/// Moves and resizes a process's window, as somebody does with the mouse.
pub fn put(display: &str, pid: u32, place: Place) -> Result<()> {
    let (x, screen) = x11rb::connect(Some(display))?;
    let root = x.setup().roots.get(screen).context("no screen")?.root;
    let window = until("a window", SOON, || find(&x, root, pid))?;
    let change = ConfigureWindowAux::new()
        .x(place.x)
        .y(place.y)
        .width(place.width)
        .height(place.height);
    x.configure_window(window, &change)?.check()?;
    Ok(())
}

/// The title of each window of a process that is in sight.
pub fn titles(display: &str, pid: u32) -> Result<Vec<String>> {
    let (x, screen) = x11rb::connect(Some(display))?;
    let root = x.setup().roots.get(screen).context("no screen")?.root;
    let windows = all(&x, root, pid)?.into_iter();
    windows.map(|window| title(&x, window)).collect()
}

/// The keys that take what a dialog of the system offers, by their X11 symbols.
pub const SAVE: &[u32] = &[0xff0d]; // Enter
/// The same where Enter goes into the chosen folder.
pub const OPEN: &[u32] = &[0xffe9, 0x6f]; // Alt, O

/// Waits for a dialog of a process, by its title, and presses these keys in it; waits until it is gone.
pub fn accept(display: &str, pid: u32, dialog: &str, keys: &[u32]) -> Result<()> {
    let (x, screen) = x11rb::connect(Some(display))?;
    let root = x.setup().roots.get(screen).context("no screen")?.root;
    let find = || -> Result<Option<Window>> {
        for window in all(&x, root, pid)? {
            if title(&x, window)? == dialog {
                return Ok(Some(window));
            }
        }
        Ok(None)
    };
    let window = until(&format!("the dialog “{dialog}”"), SOON, find)?;
    let codes = keys.iter().map(|key| key_code(&x, *key));
    let codes: Vec<u8> = codes.collect::<Result<_>>()?;
    until("the dialog to close", SOON, || {
        if find()?.is_none() {
            return Ok(Some(()));
        }
        // No window manager is there to give it the focus. It may not have drawn itself yet: again, then.
        x.set_input_focus(InputFocus::PARENT, window, CURRENT_TIME)?;
        let down = codes.iter().map(|code| (KEY_PRESS_EVENT, *code));
        let up = codes.iter().rev().map(|code| (KEY_RELEASE_EVENT, *code));
        for (kind, code) in down.chain(up) {
            x.xtest_fake_input(kind, code, CURRENT_TIME, root, 0, 0, 0)?;
        }
        x.flush()?;
        Ok(None)
    })
}

/// The key that makes this symbol.
fn key_code(x: &RustConnection, symbol: u32) -> Result<u8> {
    let (first, last) = (x.setup().min_keycode, x.setup().max_keycode);
    let mapping = x.get_keyboard_mapping(first, last - first + 1)?.reply()?;
    let each = usize::from(mapping.keysyms_per_keycode);
    let mut keys = (first..=last).zip(mapping.keysyms.chunks(each));
    let found = keys.find(|(_, symbols)| symbols.first() == Some(&symbol));
    Ok(found.context("no such key")?.0)
}

fn title(x: &RustConnection, window: Window) -> Result<String> {
    let (name, utf8) = (atom(x, "_NET_WM_NAME")?, atom(x, "UTF8_STRING")?);
    let title = x.get_property(false, window, name, utf8, 0, 1000)?;
    Ok(String::from_utf8_lossy(&title.reply()?.value).into_owned())
}

/// Closes a process's window as its close button does, once it is there, and waits until it is gone.
pub fn close(display: &str, pid: u32) -> Result<()> {
    let (x, screen) = x11rb::connect(Some(display))?;
    let root = x.setup().roots.get(screen).context("no screen")?.root;
    let window = until("a window", SOON, || find(&x, root, pid))?;
    let data = [atom(&x, "WM_DELETE_WINDOW")?, 0, 0, 0, 0];
    let message = ClientMessageEvent::new(32, window, atom(&x, "WM_PROTOCOLS")?, data);
    x.send_event(false, window, EventMask::NO_EVENT, message)?;
    x.flush()?;
    until("the window to close", SOON, || {
        Ok(find(&x, root, pid)?.is_none().then_some(()))
    })
}

/// One that is in sight; toolkits have others that never are.
fn find(x: &RustConnection, root: Window, pid: u32) -> Result<Option<Window>> {
    Ok(all(x, root, pid)?.first().copied())
}

/// Those that are in sight.
fn all(x: &RustConnection, root: Window, pid: u32) -> Result<Vec<Window>> {
    let owner = atom(x, "_NET_WM_PID")?;
    let mut found = Vec::new();
    for window in x.query_tree(root)?.reply()?.children {
        let owner = x.get_property(false, window, owner, AtomEnum::CARDINAL, 0, 1)?;
        let about = x.get_window_attributes(window)?;
        // It may be gone by now.
        let (Ok(owner), Ok(about)) = (owner.reply(), about.reply()) else {
            continue;
        };
        let is_its = owner.value32().and_then(|mut all| all.next()) == Some(pid);
        if is_its && about.map_state == MapState::VIEWABLE {
            found.push(window);
        }
    }
    Ok(found)
}

fn atom(x: &RustConnection, name: &str) -> Result<Atom> {
    Ok(x.intern_atom(false, name.as_bytes())?.reply()?.atom)
}
