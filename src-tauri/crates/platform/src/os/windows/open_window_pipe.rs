//! The named pipe by which a second launch asks for the window. Only the same user can connect.

#[path = "user_sid.rs"]
mod user_sid;

use std::io;
use std::path::Path;

use interprocess::local_socket::traits::{Stream as _, StreamCommon as _};
use interprocess::local_socket::{
    GenericNamespaced, Listener, ListenerOptions, Name, Stream, ToNsName,
};
use interprocess::os::windows::local_socket::ListenerOptionsExt;
use interprocess::os::windows::security_descriptor::SecurityDescriptor;
use widestring::U16CString;
use windows_sys::Win32::UI::WindowsAndMessaging::AllowSetForegroundWindow;

/// All rights for the user, none for others, none inherited. Not for the pipe's *owner*: that is the
/// group of administrators where Runwatch was started with their rights, and its ordinary second launch is
/// locked out. The label lets that launch write to it.
fn rights(user: &str) -> String {
    format!("D:P(A;;GA;;;{user})S:(ML;;NW;;;ME)")
}

fn name(own_name: &str) -> io::Result<Name<'static>> {
    own_name.to_owned().to_ns_name::<GenericNamespaced>()
}

/// Listens; fails where another pipe has the name.
///
/// # Errors
/// When it cannot.
pub fn listen(_folder: &Path, own_name: &str) -> io::Result<Listener> {
    let rights = U16CString::from_str_truncate(rights(&user_sid::of_this_process()?));
    ListenerOptions::new()
        .name(name(own_name)?)
        .security_descriptor(SecurityDescriptor::deserialize(&rights)?)
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

/// Lets the app at the other end come to the front: Windows refuses that to all but the one that its user
/// has just started.
#[expect(unsafe_code, reason = "no library allows it")]
pub fn allow_to_come_forward(other: &Stream) {
    let process = other.peer_creds().ok().and_then(|peer| peer.pid());
    if let Some(process) = process {
        // SAFETY: it takes a number. Where it fails, the taskbar's button blinks instead.
        unsafe { AllowSetForegroundWindow(process) };
    }
}

#[cfg(test)]
mod tests {
    use std::fs::File;
    use std::os::windows::io::AsRawHandle;
    use std::ptr;

    use widestring::U16CStr;
    use windows_sys::Win32::Foundation::LocalFree;
    use windows_sys::Win32::Security::Authorization::{
        ConvertSecurityDescriptorToStringSecurityDescriptorW, GetSecurityInfo, SDDL_REVISION_1,
        SE_KERNEL_OBJECT,
    };
    use windows_sys::Win32::Security::DACL_SECURITY_INFORMATION;

    use super::*;

    #[expect(unsafe_code, reason = "the calls are Windows' own")]
    fn rights_of(pipe: &File) -> String {
        let none = ptr::null_mut::<core::ffi::c_void>;
        let (mut rights, mut text) = (none(), ptr::null_mut());
        // SAFETY: what is written to is ours; the text ends with a zero; both are freed as Windows wants.
        unsafe {
            let handle = pipe.as_raw_handle();
            let what = DACL_SECURITY_INFORMATION;
            let read = GetSecurityInfo(
                handle,
                SE_KERNEL_OBJECT,
                what,
                none().cast(),
                none().cast(),
                none().cast(),
                none().cast(),
                &mut rights,
            );
            assert_eq!(read, 0);
            let written = ConvertSecurityDescriptorToStringSecurityDescriptorW(
                rights,
                SDDL_REVISION_1,
                what,
                &mut text,
                ptr::null_mut(),
            );
            assert_ne!(written, 0);
            let said = U16CStr::from_ptr_str(text).to_string_lossy();
            LocalFree(text.cast());
            LocalFree(rights);
            said
        }
    }

    #[test]
    fn the_pipe_lets_in_its_user_and_nobody_else_whoever_owns_it() {
        let name = format!("app.runwatch.test.{}", std::process::id());
        let _listener = listen(Path::new(""), &name).unwrap();
        let path = format!(r"\\.\pipe\{name}");
        let pipe = File::options().read(true).write(true).open(path).unwrap();
        let said = rights_of(&pipe);
        let user = user_sid::of_this_process().unwrap();
        assert_eq!(said.matches("(A;").count(), 1, "{said}");
        assert!(said.contains(&user), "{said}");
    }
}
