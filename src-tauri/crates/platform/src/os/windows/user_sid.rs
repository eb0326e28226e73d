//! Whose this process is, as rights name users.

use std::io;
use std::ptr;

use widestring::U16CStr;
use windows_sys::Win32::Foundation::{CloseHandle, LocalFree};
use windows_sys::Win32::Security::Authorization::ConvertSidToStringSidW;
use windows_sys::Win32::Security::{GetTokenInformation, TOKEN_QUERY, TOKEN_USER, TokenUser};
use windows_sys::Win32::System::Threading::{GetCurrentProcess, OpenProcessToken};

/// Room (8 bytes each) for what is read: a SID has 68 bytes at most.
const ROOM: usize = 32;

/// The user of this process, such as `S-1-5-21-…`: the same with an administrator's rights and without.
///
/// # Errors
/// When Windows does not say.
#[expect(unsafe_code, reason = "no library reads it")]
pub fn of_this_process() -> io::Result<String> {
    let (mut token, mut user, mut length) = (ptr::null_mut(), [0_u64; ROOM], 0);
    let mut text = ptr::null_mut();
    let room = u32::try_from(size_of_val(&user)).unwrap_or_default();
    // SAFETY: what is written to is ours and as large as is said; the user's name points into `user`,
    // which outlives it; the text ends with a zero and is freed as Windows wants it.
    unsafe {
        if OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &mut token) == 0 {
            return Err(io::Error::last_os_error());
        }
        let into = user.as_mut_ptr();
        let read = GetTokenInformation(token, TokenUser, into.cast(), room, &mut length);
        let failed = io::Error::last_os_error();
        CloseHandle(token);
        if read == 0 {
            return Err(failed);
        }
        let sid = (*into.cast::<TOKEN_USER>()).User.Sid;
        if ConvertSidToStringSidW(sid, &mut text) == 0 {
            return Err(io::Error::last_os_error());
        }
        let sid = U16CStr::from_ptr_str(text).to_string_lossy();
        LocalFree(text.cast());
        Ok(sid)
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn this_process_is_a_user_s() {
        let sid = super::of_this_process().unwrap();
        assert!(sid.starts_with("S-1-5-"), "{sid}");
    }
}
