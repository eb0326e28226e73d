//! Lists credentials by prefix: the keyring library asks for those of every program.

use std::io;
use std::ptr;
use std::slice;

use secrecy::zeroize::Zeroize;
use windows_sys::Win32::Security::Credentials::{CREDENTIALW, CredEnumerateW, CredFree};

const ERROR_NOT_FOUND: i32 = 1168;

/// The targets of this user's credentials that begin with this text.
#[expect(
    unsafe_code,
    reason = "no library lists the credentials of one program alone"
)]
pub fn targets(begin: &str) -> io::Result<Vec<String>> {
    let filter: Vec<u16> = begin.encode_utf16().chain([u16::from(b'*'), 0]).collect();
    let mut count = 0;
    let mut list: *mut *mut CREDENTIALW = ptr::null_mut();
    // SAFETY: the filter ends with a zero, and both places that are written to are ours.
    if unsafe { CredEnumerateW(filter.as_ptr(), 0, &mut count, &mut list) } == 0 {
        let error = io::Error::last_os_error();
        return match error.raw_os_error() {
            Some(ERROR_NOT_FOUND) => Ok(Vec::new()),
            _ => Err(error),
        };
    }
    let mut targets = Vec::new();
    for number in 0..count as usize {
        // SAFETY: there are so many credentials, ours until they are freed, and their texts end
        // with a zero. They are read as if unaligned, as those that Wine gives are.
        unsafe {
            let credential = list.add(number).read_unaligned().read_unaligned();
            wipe(&credential);
            targets.push(text(credential.TargetName));
        }
    }
    // SAFETY: it is what was given above, and nothing of it is used from here on.
    unsafe { CredFree(list.cast()) };
    Ok(targets)
}

/// Wipes the secret, which the list contains too.
#[expect(unsafe_code, reason = "Windows gives its address and its length")]
unsafe fn wipe(credential: &CREDENTIALW) {
    let length = credential.CredentialBlobSize as usize;
    if length > 0 {
        // SAFETY: the caller owns the credential, which has so many bytes there.
        let secret = unsafe { slice::from_raw_parts_mut(credential.CredentialBlob, length) };
        secret.zeroize();
    }
}

/// A text that ends with a zero; none where there is no address.
#[expect(unsafe_code, reason = "Windows gives its address alone")]
unsafe fn text(begin: *const u16) -> String {
    let mut units = Vec::new();
    let mut at = begin;
    while !at.is_null() {
        // SAFETY: the caller vouches for the zero that ends it, and this goes no further.
        let unit = unsafe { at.read_unaligned() };
        if unit == 0 {
            break;
        }
        units.push(unit);
        // SAFETY: as above.
        at = unsafe { at.add(1) };
    }
    String::from_utf16_lossy(&units)
}
