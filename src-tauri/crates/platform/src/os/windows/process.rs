//! What Windows should know of this process.

use widestring::U16CString;
use windows_sys::Win32::System::Recovery::RegisterApplicationRestart;
use windows_sys::Win32::System::RemoteDesktop::ProcessIdToSessionId;
use windows_sys::Win32::System::Threading::GetCurrentProcessId;
use windows_sys::Win32::UI::Shell::SetCurrentProcessExplicitAppUserModelID;

use crate::command_line::in_one_line;
use crate::identifier::IDENTIFIER;
use crate::login_entry::LoginEntry;

/// The session that this process is in: a terminal server has several of one user.
#[expect(unsafe_code, reason = "no library asks for it")]
pub fn session() -> String {
    let mut session = 0;
    // SAFETY: what is written to is ours.
    let is_known = unsafe { ProcessIdToSessionId(GetCurrentProcessId(), &mut session) } != 0;
    match is_known {
        true => session.to_string(),
        false => "unknown".to_owned(),
    }
}

/// Windows starts the program again, hidden, after an update of its own has ended it, and after a crash.
#[expect(unsafe_code, reason = "no library registers it")]
pub fn restart_after_updates(entry: &LoginEntry) {
    // Windows puts the program before them itself.
    let Ok(arguments) = U16CString::from_str(in_one_line(&entry.arguments)) else {
        return;
    };
    // SAFETY: the text ends with a zero, and Windows copies it.
    let answer = unsafe { RegisterApplicationRestart(arguments.as_ptr(), 0) };
    if answer != 0 {
        tracing::info!(
            answer,
            "Windows will not start Runwatch again after an update"
        );
    }
}

/// Windows, taskbar and toasts take this process for the app of this id.
#[expect(unsafe_code, reason = "no library sets it")]
pub fn name_this_process() {
    let Ok(id) = U16CString::from_str(IDENTIFIER) else {
        return;
    };
    // SAFETY: the text ends with a zero, and Windows copies it. Without it windows are grouped by the
    // program's path.
    unsafe { SetCurrentProcessExplicitAppUserModelID(id.as_ptr()) };
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_session_has_a_number() {
        assert!(super::session().parse::<u32>().is_ok());
    }
}
