//! Linux and macOS: the socket by which a second launch asks for the window. Only the same user can
//! connect.

use std::fs::Permissions;
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use interprocess::local_socket::traits::{Stream as _, StreamCommon as _};
use interprocess::local_socket::{
    GenericFilePath, Listener, ListenerOptions, Name, Stream, ToFsName,
};

/// The longest path of a socket: 103 bytes on macOS, four more on Linux.
const LONGEST: usize = 103;

/// In the data folder; where its path is too long, in the user's runtime folder.
fn address(folder: &Path, own_name: &str) -> PathBuf {
    let inside = folder.join("open-window");
    if inside.as_os_str().as_bytes().len() <= LONGEST {
        return inside;
    }
    let elsewhere = dirs::runtime_dir().unwrap_or_else(std::env::temp_dir);
    elsewhere.join(own_name)
}

fn name(address: &Path) -> io::Result<Name<'_>> {
    address.to_fs_name::<GenericFilePath>()
}

/// Listens. Removes the socket of a killed app first: the caller holds the folder's lock.
///
/// # Errors
/// When it cannot.
pub fn listen(folder: &Path, own_name: &str) -> io::Result<Listener> {
    let address = address(folder, own_name);
    match std::fs::remove_file(&address) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let listener = ListenerOptions::new().name(name(&address)?).create_sync()?;
    std::fs::set_permissions(&address, Permissions::from_mode(0o600))?;
    Ok(listener)
}

/// Connects to the app that listens.
///
/// # Errors
/// When none does, or one of another user.
pub fn connect(folder: &Path, own_name: &str) -> io::Result<Stream> {
    let stream = Stream::connect(name(&address(folder, own_name))?)?;
    if is_own(&stream) {
        Ok(stream)
    } else {
        Err(io::ErrorKind::PermissionDenied.into())
    }
}

/// Whether the other end is of the same user.
pub fn is_own(stream: &Stream) -> bool {
    let user = stream.peer_creds().ok().and_then(|peer| peer.euid());
    user == Some(rustix::process::geteuid().as_raw())
}

/// Nothing to do: only Windows asks who may come to the front.
pub fn allow_to_come_forward(_other: &Stream) {}
