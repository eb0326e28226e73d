//! The file by which the system starts this program again: at login, or for an address.

use std::io;
use std::path::PathBuf;

/// The program as it lies on disk now. Read it at the start: an update may replace it.
///
/// # Errors
/// When the system does not say.
pub fn program() -> io::Result<PathBuf> {
    let itself = std::env::current_exe()?;
    // An AppImage runs from a mount that ends with it; `APPIMAGE` names the file.
    let image = std::env::var_os("APPIMAGE").map(PathBuf::from);
    let unpacked = std::env::var_os("APPDIR");
    let is_unpacked = unpacked.is_some_and(|folder| itself.starts_with(folder));
    let program = image.filter(|_| is_unpacked).unwrap_or(itself);
    Ok(dunce::simplified(&program).to_owned())
}
