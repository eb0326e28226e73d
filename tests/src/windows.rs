//! The windows of a desktop, seen as its window manager would.

use std::time::Duration;

use anyhow::{Context, Result};
use x11rb::connection::Connection;
use x11rb::protocol::xproto::{
    Atom, AtomEnum, ClientMessageEvent, ConnectionExt, EventMask, MapState, Window,
};
use x11rb::rust_connection::RustConnection;

use crate::waiting::until;

const SOON: Duration = Duration::from_secs(30);

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

/// The one that is in sight; toolkits have others that never are.
fn find(x: &RustConnection, root: Window, pid: u32) -> Result<Option<Window>> {
    let owner = atom(x, "_NET_WM_PID")?;
    for window in x.query_tree(root)?.reply()?.children {
        let owner = x.get_property(false, window, owner, AtomEnum::CARDINAL, 0, 1)?;
        let about = x.get_window_attributes(window)?;
        // It may be gone by now.
        let (Ok(owner), Ok(about)) = (owner.reply(), about.reply()) else {
            continue;
        };
        let is_its = owner.value32().and_then(|mut all| all.next()) == Some(pid);
        if is_its && about.map_state == MapState::VIEWABLE {
            return Ok(Some(window));
        }
    }
    Ok(None)
}

fn atom(x: &RustConnection, name: &str) -> Result<Atom> {
    Ok(x.intern_atom(false, name.as_bytes())?.reply()?.atom)
}
