//! The named pipe by which a second launch asks for the window. Only its user gets in.

use std::io;

use interprocess::local_socket::traits::Stream as _;
use interprocess::local_socket::{
    GenericNamespaced, Listener, ListenerOptions, Name, Stream, ToNsName,
};
use interprocess::os::windows::local_socket::ListenerOptionsExt;
use interprocess::os::windows::security_descriptor::SecurityDescriptor;
use widestring::{U16CStr, u16cstr};

use crate::folder::DataFolder;

/// All rights to its owner, none to others, and none inherited.
const OWNER_ALONE: &U16CStr = u16cstr!("D:P(A;;GA;;;OW)");

fn name(folder: &DataFolder) -> io::Result<Name<'static>> {
    folder.own_name().to_ns_name::<GenericNamespaced>()
}

/// Listens; fails where another pipe has the name.
///
/// # Errors
/// When it cannot.
pub fn listen(folder: &DataFolder) -> io::Result<Listener> {
    ListenerOptions::new()
        .name(name(folder)?)
        .security_descriptor(SecurityDescriptor::deserialize(OWNER_ALONE)?)
        .create_sync()
}

/// Connects to who listens.
///
/// # Errors
/// When nobody does.
pub fn connect(folder: &DataFolder) -> io::Result<Stream> {
    Stream::connect(name(folder)?)
}

/// The pipe's rights have let in nobody else.
pub fn is_own(_stream: &Stream) -> bool {
    true
}
