//! The named pipe by which a second launch asks for the window. Only the same user can connect.

use std::io;
use std::path::Path;

use interprocess::local_socket::traits::Stream as _;
use interprocess::local_socket::{
    GenericNamespaced, Listener, ListenerOptions, Name, Stream, ToNsName,
};
use interprocess::os::windows::local_socket::ListenerOptionsExt;
use interprocess::os::windows::security_descriptor::SecurityDescriptor;
use widestring::{U16CStr, u16cstr};

/// All rights for the owner, none for others, none inherited.
const OWNER_ALONE: &U16CStr = u16cstr!("D:P(A;;GA;;;OW)");

fn name(own_name: &str) -> io::Result<Name<'static>> {
    own_name.to_owned().to_ns_name::<GenericNamespaced>()
}

/// Listens; fails where another pipe has the name.
///
/// # Errors
/// When it cannot.
pub fn listen(_folder: &Path, own_name: &str) -> io::Result<Listener> {
    ListenerOptions::new()
        .name(name(own_name)?)
        .security_descriptor(SecurityDescriptor::deserialize(OWNER_ALONE)?)
        .create_sync()
}

/// Connects to the app that listens.
///
/// # Errors
/// When none does.
pub fn connect(_folder: &Path, own_name: &str) -> io::Result<Stream> {
    Stream::connect(name(own_name)?)
}

/// Always: the pipe's rights let nobody else connect.
pub fn is_own(_stream: &Stream) -> bool {
    true
}
