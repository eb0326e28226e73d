//! Wake-up and unlock events, which Windows sends to windows: here to a hidden one. The setup asks the
//! app to end by closing that window.

use std::cell::OnceCell;
use std::io;
use std::ptr;
use std::sync::OnceLock;

use windows_sys::Win32::Foundation::{HWND, LPARAM, LRESULT, WPARAM};
use windows_sys::Win32::System::LibraryLoader::GetModuleHandleW;
use windows_sys::Win32::System::Power::RegisterSuspendResumeNotification;
use windows_sys::Win32::System::RemoteDesktop::{
    NOTIFY_FOR_THIS_SESSION, WTSRegisterSessionNotification,
};
use windows_sys::Win32::UI::WindowsAndMessaging::{
    CreateWindowExW, DEVICE_NOTIFY_WINDOW_HANDLE, DefWindowProcW, DispatchMessageW, GetMessageW,
    MSG, PBT_APMRESUMEAUTOMATIC, RegisterClassW, WM_CLOSE, WM_POWERBROADCAST, WM_WTSSESSION_CHANGE,
    WNDCLASSW, WTS_SESSION_UNLOCK,
};

use crate::command_line::in_one_line;
use crate::login_entry::LoginEntry;

/// The window's class; Windows needs the zero. src-tauri/packaging/windows/ask-to-end.nsh finds it by this, and has
/// from its title with what the program is to be started again. That of older versions was this name, too.
const NAME: &str = "Runwatch wake\0";
/// Its title where nothing is started again: sample data begins anew each time.
const NOT_AGAIN: &str = "Runwatch sample";

thread_local! {
    static ON_WAKE: OnceCell<Box<dyn Fn()>> = const { OnceCell::new() };
}

static ON_CLOSE: OnceLock<Box<dyn Fn() + Send + Sync>> = OnceLock::new();
static AGAIN: OnceLock<String> = OnceLock::new();

/// Calls `close` where a setup asks the app to end, as it is to be replaced or removed; afterwards the setup starts
/// `again`, if anything. Only the first call counts, and only before [`watch`].
pub fn when_asked_to_close(again: Option<&LoginEntry>, close: impl Fn() + Send + Sync + 'static) {
    let arguments = again.map_or_else(
        || NOT_AGAIN.to_owned(),
        |entry| in_one_line(&entry.arguments),
    );
    let _first = AGAIN.set(arguments);
    let _first = ON_CLOSE.set(Box::new(close));
}

/// Calls `on_wake` after each wake-up and unlock, from a thread of its own.
pub fn watch(on_wake: impl Fn() + Send + Sync + 'static) {
    let listen = move || {
        // This cannot fail: the thread is new, so nothing is set yet.
        let _first = ON_WAKE.with(|own| own.set(Box::new(on_wake)));
        if let Err(error) = listen() {
            tracing::debug!(%error, "nobody tells when this computer wakes up");
        }
    };
    let thread = std::thread::Builder::new().name("wake".into());
    if let Err(error) = thread.spawn(listen) {
        tracing::debug!(%error, "nobody listens when this computer wakes up");
    }
}

/// Creates the window and dispatches its messages for ever. It is an ordinary hidden window: a
/// message-only one gets no sleep events.
#[expect(unsafe_code, reason = "no library tells of both")]
fn listen() -> io::Result<()> {
    let name: Vec<u16> = NAME.encode_utf16().collect();
    let again = AGAIN.get().map_or(NOT_AGAIN, String::as_str);
    let title: Vec<u16> = again.encode_utf16().chain([0]).collect();
    // SAFETY: both texts end with a zero and outlive the window; the procedure is of the right kind;
    // what is written to is ours.
    unsafe {
        let module = GetModuleHandleW(ptr::null());
        let kind = WNDCLASSW {
            lpfnWndProc: Some(hear),
            hInstance: module,
            lpszClassName: name.as_ptr(),
            ..WNDCLASSW::default()
        };
        if RegisterClassW(&kind) == 0 {
            return Err(io::Error::last_os_error());
        }
        let none = ptr::null_mut();
        let (class, title) = (name.as_ptr(), title.as_ptr());
        let window = CreateWindowExW(
            0,
            class,
            title,
            0,
            0,
            0,
            0,
            0,
            none,
            none,
            module,
            ptr::null(),
        );
        if window.is_null() {
            return Err(io::Error::last_os_error());
        }
        if WTSRegisterSessionNotification(window, NOTIFY_FOR_THIS_SESSION) == 0 {
            let error = io::Error::last_os_error();
            tracing::debug!(%error, "nobody tells when this session is unlocked");
        }
        // A computer with Modern Standby tells of sleep only who asked for it.
        if RegisterSuspendResumeNotification(window, DEVICE_NOTIFY_WINDOW_HANDLE) == 0 {
            let error = io::Error::last_os_error();
            tracing::debug!(%error, "waking may not be told on this computer");
        }
        let mut message = MSG::default();
        while GetMessageW(&mut message, ptr::null_mut(), 0, 0) > 0 {
            DispatchMessageW(&message);
        }
    }
    Ok(())
}

#[expect(unsafe_code, reason = "Windows calls it")]
unsafe extern "system" fn hear(window: HWND, message: u32, what: WPARAM, more: LPARAM) -> LRESULT {
    if message == WM_CLOSE {
        if let Some(close) = ON_CLOSE.get() {
            close();
        }
        // The window stays until the app has ended.
        return 0;
    }
    let is_wake = match message {
        WM_POWERBROADCAST => what == PBT_APMRESUMEAUTOMATIC as usize,
        WM_WTSSESSION_CHANGE => what == WTS_SESSION_UNLOCK as usize,
        _ => false,
    };
    if is_wake {
        ON_WAKE.with(|own| {
            if let Some(on_wake) = own.get() {
                on_wake();
            }
        });
    }
    // SAFETY: it is what Windows has just handed over.
    unsafe { DefWindowProcW(window, message, what, more) }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;
    use std::time::{Duration, Instant};

    use windows_sys::Win32::System::Threading::GetCurrentProcessId;
    use windows_sys::Win32::UI::WindowsAndMessaging::{
        FindWindowExW, GetWindowTextW, GetWindowThreadProcessId, PBT_APMSUSPEND, PostMessageW,
        WTS_SESSION_LOCK,
    };

    use super::*;

    const SOON: Duration = Duration::from_secs(20);

    /// The window of this process: an app that is open beside the test has one too.
    #[expect(unsafe_code, reason = "the calls are Windows' own")]
    fn window() -> Option<HWND> {
        let name: Vec<u16> = NAME.encode_utf16().collect();
        let (none, mut found) = (ptr::null_mut(), ptr::null_mut());
        loop {
            let mut process = 0;
            // SAFETY: the name ends with a zero; what is written to is ours.
            unsafe {
                found = FindWindowExW(none, found, name.as_ptr(), ptr::null());
                GetWindowThreadProcessId(found, &mut process);
                if found.is_null() || process == GetCurrentProcessId() {
                    return (!found.is_null()).then_some(found);
                }
            }
        }
    }

    #[test]
    fn waking_unlocking_and_being_asked_to_close_are_told_and_nothing_else() {
        let (sender, asked) = channel();
        let again = LoginEntry {
            name: "Runwatch".into(),
            program: r"C:\runwatch.exe".into(),
            arguments: ["--hidden", "--data-dir", r"C:\second folder"]
                .map(str::to_owned)
                .to_vec(),
        };
        when_asked_to_close(Some(&again), move || sender.send(()).unwrap());
        let (sender, woken) = channel();
        watch(move || sender.send(()).unwrap());
        let deadline = Instant::now() + SOON;
        let window = loop {
            if let Some(window) = window() {
                break window;
            }
            assert!(Instant::now() < deadline, "there is no window");
            std::thread::sleep(Duration::from_millis(20));
        };
        // The setup starts it again with this.
        let mut title = [0; 100];
        #[expect(unsafe_code, reason = "the call is Windows' own")]
        // SAFETY: what is written to is ours, and as long as is said.
        let length = unsafe { GetWindowTextW(window, title.as_mut_ptr(), 100) };
        let title = String::from_utf16_lossy(&title[..usize::try_from(length).unwrap()]);
        assert_eq!(title, r#"--hidden --data-dir "C:\second folder""#);
        #[expect(unsafe_code, reason = "the call is Windows' own")]
        // SAFETY: it hands numbers to a window of ours.
        let post = |message, what| unsafe { PostMessageW(window, message, what as usize, 0) };
        // Messages arrive in order: when the last one is reported, all before it were handled.
        post(WM_POWERBROADCAST, PBT_APMSUSPEND);
        post(WM_WTSSESSION_CHANGE, WTS_SESSION_LOCK);
        post(WM_POWERBROADCAST, PBT_APMRESUMEAUTOMATIC);
        woken.recv_timeout(SOON).unwrap();
        assert_eq!(woken.try_iter().count(), 0, "going to sleep is no waking");
        post(WM_WTSSESSION_CHANGE, WTS_SESSION_UNLOCK);
        woken.recv_timeout(SOON).unwrap();
        // A setup asks, and asks again as the app has not ended yet.
        for _ in 0..2 {
            post(WM_CLOSE, 0);
            asked.recv_timeout(SOON).unwrap();
        }
        assert_eq!(woken.try_iter().count(), 0, "to be closed is no waking");
    }
}
