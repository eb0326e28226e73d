//! Linux and macOS: the socket by which a second launch asks for the window. Only its user gets in.

use std::fs::Permissions;
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use interprocess::local_socket::traits::{Stream as _, StreamCommon as _};
use interprocess::local_socket::{
    GenericFilePath, Listener, ListenerOptions, Name, Stream, ToFsName,
};

use crate::folder::DataFolder;

/// A longer path is no address of a socket: macOS takes 103 bytes, Linux four more.
const LONGEST: usize = 103;

/// In the data folder, or, where its path is too long, among the user's short-lived files.
fn place(folder: &DataFolder) -> PathBuf {
    let here = folder.path().join("open-window");
    if here.as_os_str().as_bytes().len() <= LONGEST {
        return here;
    }
    let elsewhere = dirs::runtime_dir().unwrap_or_else(std::env::temp_dir);
    elsewhere.join(folder.own_name())
}

fn name(place: &Path) -> io::Result<Name<'_>> {
    place.to_fs_name::<GenericFilePath>()
}

/// Listens; whoever has the folder's lock may take away what a killed app left.
///
/// # Errors
/// When it cannot.
pub fn listen(folder: &DataFolder) -> io::Result<Listener> {
    let place = place(folder);
    match std::fs::remove_file(&place) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let listener = ListenerOptions::new().name(name(&place)?).create_sync()?;
    std::fs::set_permissions(&place, Permissions::from_mode(0o600))?;
    Ok(listener)
}

/// Connects to who listens.
///
/// # Errors
/// When nobody does, or another user.
pub fn connect(folder: &DataFolder) -> io::Result<Stream> {
    let stream = Stream::connect(name(&place(folder))?)?;
    if is_own(&stream) {
        Ok(stream)
    } else {
        Err(io::ErrorKind::PermissionDenied.into())
    }
}

/// Whether the same user is at the other end.
pub fn is_own(stream: &Stream) -> bool {
    let user = stream.peer_creds().ok().and_then(|peer| peer.euid());
    user == Some(rustix::process::geteuid().as_raw())
}
