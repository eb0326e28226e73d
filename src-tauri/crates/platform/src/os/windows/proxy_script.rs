//! The set-up script of Internet Options, run by WinHTTP.

use std::ffi::c_void;
use std::sync::mpsc;
use std::time::Duration;
use std::{ptr, thread};

use runwatch_core::network::{ScriptAnswer, ScriptError, ScriptPlace};
use windows_sys::Win32::Foundation::{GetLastError, GlobalFree};
use windows_sys::Win32::Networking::WinHttp::{
    ERROR_WINHTTP_AUTO_PROXY_SERVICE_ERROR, ERROR_WINHTTP_AUTODETECTION_FAILED,
    ERROR_WINHTTP_BAD_AUTO_PROXY_SCRIPT, ERROR_WINHTTP_LOGIN_FAILURE,
    ERROR_WINHTTP_SCRIPT_EXECUTION_ERROR, WINHTTP_ACCESS_TYPE_NO_PROXY,
    WINHTTP_AUTO_DETECT_TYPE_DHCP, WINHTTP_AUTO_DETECT_TYPE_DNS_A, WINHTTP_AUTOPROXY_AUTO_DETECT,
    WINHTTP_AUTOPROXY_CONFIG_URL, WINHTTP_AUTOPROXY_OPTIONS, WINHTTP_CURRENT_USER_IE_PROXY_CONFIG,
    WINHTTP_PROXY_INFO, WinHttpCloseHandle, WinHttpGetIEProxyConfigForCurrentUser,
    WinHttpGetProxyForUrl, WinHttpOpen,
};

/// Where a script is set, one that the network may offer is waited for this long: a network that offers none can
/// take longer to say so than a request waits for its answer.
const PATIENCE: Duration = Duration::from_secs(2);

type Answer = Result<Option<ScriptAnswer>, ScriptError>;

/// What the user's script answers: one that the network offers first, as in Windows' own programs.
pub fn ask(origin: &str) -> Answer {
    let setting = UserSetting::read();
    let Some(script) = setting.script else {
        return match setting.detects {
            true => run(origin, None),
            false => Ok(None),
        };
    };
    if setting.detects {
        let origin = origin.to_owned();
        if let Some(Ok(Some(answer))) = soon(move || run(&origin, None)) {
            return Ok(Some(answer));
        }
    }
    run(origin, Some(&script))
}

/// What this gives, where it does within the time; it goes on by itself, so that Windows knows it at the next
/// question.
fn soon<T: Send + 'static>(look: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let (found, wait) = mpsc::channel();
    // Nobody may wait any more, which is fine.
    let begun = thread::Builder::new().spawn(move || drop(found.send(look())));
    begun.ok()?;
    wait.recv_timeout(PATIENCE).ok()
}

struct UserSetting {
    detects: bool,
    script: Option<String>,
}

impl UserSetting {
    #[expect(unsafe_code, reason = "no library reads this setting")]
    fn read() -> Self {
        let mut config = WINHTTP_CURRENT_USER_IE_PROXY_CONFIG::default();
        // SAFETY: the place that is written to is ours. Where it fails, nothing is written.
        unsafe { WinHttpGetIEProxyConfigForCurrentUser(&mut config) };
        // SAFETY: these texts are ours now, and each is used once.
        let script = unsafe { taken(config.lpszAutoConfigUrl) };
        unsafe { taken(config.lpszProxy) };
        unsafe { taken(config.lpszProxyBypass) };
        Self {
            detects: config.fAutoDetect != 0,
            script,
        }
    }
}

/// Runs the script at this address, or the one that the network offers; none where it offers none. Windows gives
/// only HTTP proxies, up to the first DIRECT.
#[expect(unsafe_code, reason = "no library runs these scripts")]
fn run(origin: &str, address: Option<&str>) -> Answer {
    let place = || address.map_or(ScriptPlace::Network, ScriptPlace::at);
    let session = Session::open().ok_or_else(|| ScriptError::Unreadable(place()))?;
    let (url, script) = (wide(&format!("{origin}/")), address.map(wide));
    let mut options = WINHTTP_AUTOPROXY_OPTIONS::default();
    match &script {
        Some(script) => {
            options.dwFlags = WINHTTP_AUTOPROXY_CONFIG_URL;
            options.lpszAutoConfigUrl = script.as_ptr();
        }
        None => {
            options.dwFlags = WINHTTP_AUTOPROXY_AUTO_DETECT;
            options.dwAutoDetectFlags =
                WINHTTP_AUTO_DETECT_TYPE_DHCP | WINHTTP_AUTO_DETECT_TYPE_DNS_A;
        }
    }
    let mut info = WINHTTP_PROXY_INFO::default();
    let mut ask = |options: &mut WINHTTP_AUTOPROXY_OPTIONS| {
        // SAFETY: both texts end with a zero and live until it returns; both places are ours.
        match unsafe { WinHttpGetProxyForUrl(session.0, url.as_ptr(), options, &mut info) } {
            // SAFETY: it reads a number of this thread.
            0 => Err(unsafe { GetLastError() }),
            _ => Ok(()),
        }
    };
    let asked = ask(&mut options).or_else(|code| {
        if code != ERROR_WINHTTP_LOGIN_FAILURE {
            return Err(code);
        }
        // The script's server wants to know who asks. Windows' own programs say so then, and not before.
        options.fAutoLogonIfChallenged = 1;
        ask(&mut options)
    });
    if let Err(code) = asked {
        tracing::debug!(code, "WinHTTP ran no script");
        return match told(code, place()) {
            Some(error) => Err(error),
            None => Ok(None),
        };
    }
    // SAFETY: these texts are ours now, and each is used once.
    let proxies = unsafe { taken(info.lpszProxy) };
    unsafe { taken(info.lpszProxyBypass) };
    let text = match proxies {
        Some(proxies) if info.dwAccessType != WINHTTP_ACCESS_TYPE_NO_PROXY => {
            proxies.replace(char::is_whitespace, ";")
        }
        _ => "DIRECT".to_owned(),
    };
    ScriptAnswer::read(place(), &text).map(Some)
}

/// Why a script gave no answer; none where there is no script. Most networks offer none, and looking for one is
/// Windows' default; where the service that looks is switched off nobody knows of any.
fn told(code: u32, place: ScriptPlace) -> Option<ScriptError> {
    match code {
        ERROR_WINHTTP_AUTODETECTION_FAILED | ERROR_WINHTTP_AUTO_PROXY_SERVICE_ERROR
            if place == ScriptPlace::Network =>
        {
            None
        }
        ERROR_WINHTTP_BAD_AUTO_PROXY_SCRIPT | ERROR_WINHTTP_SCRIPT_EXECUTION_ERROR => {
            Some(ScriptError::Broken(place))
        }
        _ => Some(ScriptError::Unreadable(place)),
    }
}

/// A session of WinHTTP, closed at its end.
struct Session(*mut c_void);

impl Session {
    #[expect(unsafe_code, reason = "as above")]
    fn open() -> Option<Self> {
        let name = wide("Runwatch");
        // SAFETY: the name ends with a zero; the other texts may be missing.
        let session = unsafe {
            WinHttpOpen(
                name.as_ptr(),
                WINHTTP_ACCESS_TYPE_NO_PROXY,
                ptr::null(),
                ptr::null(),
                0,
            )
        };
        (!session.is_null()).then_some(Self(session))
    }
}

impl Drop for Session {
    #[expect(unsafe_code, reason = "as above")]
    fn drop(&mut self) {
        // SAFETY: it was opened above, and nothing uses it from here on.
        unsafe { WinHttpCloseHandle(self.0) };
    }
}

/// Reads a text that Windows gave us, and frees it.
#[expect(unsafe_code, reason = "Windows gives its address alone")]
unsafe fn taken(text: *mut u16) -> Option<String> {
    if text.is_null() {
        return None;
    }
    // SAFETY: the caller vouches for a text that ends with a zero and that nobody uses afterwards.
    unsafe {
        let length = (0..).take_while(|at| *text.add(*at) != 0).count();
        let read = String::from_utf16_lossy(std::slice::from_raw_parts(text, length));
        GlobalFree(text.cast());
        Some(read)
    }
}

fn wide(text: &str) -> Vec<u16> {
    text.encode_utf16().chain([0]).collect()
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpListener;
    use std::time::Instant;

    use windows_sys::Win32::Networking::WinHttp::ERROR_WINHTTP_UNABLE_TO_DOWNLOAD_SCRIPT;

    use super::*;

    const APP: &str = "https://app.solvexia.com";

    /// The address of a script that is served on this computer.
    fn served(script: &'static str) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let mut some = [0; 1024];
                let _ = stream.read(&mut some);
                let head = "HTTP/1.1 200 OK\r\nContent-Type: application/x-ns-proxy-autoconfig";
                let length = script.len();
                let answer = format!(
                    "{head}\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{script}"
                );
                let _ = stream.write_all(answer.as_bytes());
            }
        });
        format!("http://{address}/proxy.pac?key=hunter2")
    }

    #[test]
    fn a_script_that_is_served_says_which_proxy_a_host_has() {
        let address = served(
            "function FindProxyForURL(url, host) {
               if (shExpMatch(host, '*.solvexia.com')) return 'PROXY proxy.firm.example:8080';
               return 'DIRECT';
             }",
        );
        let answer = run(APP, Some(&address)).unwrap().unwrap();
        assert_eq!(answer.text(), "PROXY proxy.firm.example:8080");
        assert!(answer.script.to_string().ends_with("/proxy.pac"));
        let answer = run("https://solvexia.firm.example", Some(&address))
            .unwrap()
            .unwrap();
        assert_eq!(answer.text(), "DIRECT");
    }

    #[test]
    fn a_script_that_is_not_there_is_told_from_none() {
        let nobody = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap();
        let address = format!("http://{nobody}/proxy.pac");
        let error = run(APP, Some(&address)).unwrap_err();
        assert_eq!(error, ScriptError::Unreadable(ScriptPlace::at(&address)));
    }

    #[test]
    fn a_script_of_the_network_that_does_not_work_is_told_and_none_is_not() {
        let network = |code| told(code, ScriptPlace::Network);
        assert_eq!(network(ERROR_WINHTTP_AUTODETECTION_FAILED), None);
        assert_eq!(network(ERROR_WINHTTP_AUTO_PROXY_SERVICE_ERROR), None);
        let broken = Some(ScriptError::Broken(ScriptPlace::Network));
        assert_eq!(network(ERROR_WINHTTP_BAD_AUTO_PROXY_SCRIPT), broken);
        assert_eq!(network(ERROR_WINHTTP_SCRIPT_EXECUTION_ERROR), broken);
        let unreadable = Some(ScriptError::Unreadable(ScriptPlace::Network));
        assert_eq!(network(ERROR_WINHTTP_UNABLE_TO_DOWNLOAD_SCRIPT), unreadable);
        let set = ScriptPlace::at("http://pac.firm.example/proxy.pac");
        assert_eq!(
            told(ERROR_WINHTTP_AUTODETECTION_FAILED, set.clone()),
            Some(ScriptError::Unreadable(set))
        );
    }

    #[test]
    fn a_network_that_does_not_say_whether_it_offers_a_script_is_not_waited_for() {
        assert_eq!(soon(|| 1), Some(1));
        let begun = Instant::now();
        assert_eq!(soon(|| thread::sleep(PATIENCE * 10)), None);
        assert!(begun.elapsed() < PATIENCE * 5);
    }
}
