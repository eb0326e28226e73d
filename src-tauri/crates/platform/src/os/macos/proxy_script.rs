//! The automatic proxy configuration of the network settings, run by CFNetwork.

use std::ffi::c_void;
use std::ptr::{self, NonNull};

use objc2_cf_network::{
    CFNetworkCopyProxiesForURL, CFNetworkCopySystemProxySettings,
    CFNetworkExecuteProxyAutoConfigurationURL, kCFProxyAutoConfigurationURLKey,
    kCFProxyHostNameKey, kCFProxyPortNumberKey, kCFProxyTypeAutoConfigurationURL, kCFProxyTypeHTTP,
    kCFProxyTypeHTTPS, kCFProxyTypeKey, kCFProxyTypeNone,
};
use objc2_core_foundation::{
    CFArray, CFDictionary, CFError, CFNumber, CFRetained, CFRunLoop, CFStreamClientContext,
    CFString, CFType, CFURL,
};
use runwatch_core::network::{ScriptAnswer, ScriptError, ScriptPlace};

/// Longer than anybody waits: the thread must come free again.
const MOST_SECONDS: f64 = 30.0;

type Entry = CFDictionary<CFString, CFType>;
type Entries = CFArray<Entry>;

/// What the script of the network settings answers, or the one that the network offers.
pub fn ask(origin: &str) -> Result<Option<ScriptAnswer>, ScriptError> {
    let Some(target) = url(&format!("{origin}/")) else {
        return Ok(None);
    };
    let Some(script) = script_for(&target) else {
        return Ok(None);
    };
    let place = || ScriptPlace::at(&script.string().to_string());
    let entries = run(&script, &target).ok_or_else(|| ScriptError::Unreadable(place()))?;
    let parts: Vec<String> = entries.iter().map(|entry| part(&entry)).collect();
    ScriptAnswer::read(place(), &parts.join(";")).map(Some)
}

fn url(text: &str) -> Option<CFRetained<CFURL>> {
    CFURL::from_string(None, &CFString::from_str(text), None)
}

/// The script that is set for an address; with “Auto Proxy Discovery” the one that the network names.
#[expect(unsafe_code, reason = "no library reads this setting")]
fn script_for(target: &CFURL) -> Option<CFRetained<CFURL>> {
    // SAFETY: it takes nothing, and what it gives is ours.
    let settings = unsafe { CFNetworkCopySystemProxySettings() }?;
    // SAFETY: the settings are what it gave; it documents an array of dictionaries with texts as keys.
    let entries: CFRetained<Entries> =
        unsafe { CFRetained::cast_unchecked(CFNetworkCopyProxiesForURL(target, &settings)) };
    // SAFETY: these are constants of the system.
    let (script, address) = unsafe {
        (
            kCFProxyTypeAutoConfigurationURL,
            kCFProxyAutoConfigurationURLKey,
        )
    };
    let entry = entries.iter().find(|entry| is(entry, script))?;
    let address = entry.get(address)?;
    address.downcast::<CFURL>().ok()
}

/// Runs the script on this thread's run loop; none where it gives no answer.
#[expect(unsafe_code, reason = "no library runs these scripts")]
fn run(script: &CFURL, target: &CFURL) -> Option<CFRetained<Entries>> {
    let mut answer: Option<CFRetained<Entries>> = None;
    let context = CFStreamClientContext {
        version: 0,
        info: ptr::from_mut(&mut answer).cast(),
        retain: None,
        release: None,
        copyDescription: None,
    };
    let run_loop = CFRunLoop::current()?;
    // A mode of its own: nothing else of the system runs on this thread meanwhile.
    let mode = CFString::from_static_str("app.runwatch.proxy-script");
    // SAFETY: the context is copied, and the place that it names outlives the source: it is invalid
    // before this function returns, and `answered` runs on this thread alone.
    let source = unsafe {
        CFNetworkExecuteProxyAutoConfigurationURL(
            script,
            target,
            Some(answered),
            NonNull::from(&context),
        )
    };
    run_loop.add_source(Some(&source), Some(&mode));
    CFRunLoop::run_in_mode(Some(&mode), MOST_SECONDS, false);
    run_loop.remove_source(Some(&source), Some(&mode));
    source.invalidate();
    answer
}

/// Called by the run loop with the answer, or with an error.
#[expect(unsafe_code, reason = "CFNetwork calls it so")]
unsafe extern "C-unwind" fn answered(
    place: NonNull<c_void>,
    proxies: NonNull<CFArray>,
    error: *mut CFError,
) {
    if error.is_null() {
        // SAFETY: the place is the one of `run`, and without an error the array is valid here.
        unsafe {
            *place.cast::<Option<CFRetained<Entries>>>().as_mut() =
                Some(CFRetained::retain(proxies.cast()));
        }
    }
    if let Some(run_loop) = CFRunLoop::current() {
        run_loop.stop();
    }
}

/// An entry, as scripts write it.
fn part(entry: &Entry) -> String {
    // SAFETY: these are constants of the system.
    #[expect(unsafe_code, reason = "they come from C")]
    let (none, http, https, host, port) = unsafe {
        (
            kCFProxyTypeNone,
            kCFProxyTypeHTTP,
            // An HTTP proxy for addresses of https, not one that is spoken to through TLS.
            kCFProxyTypeHTTPS,
            kCFProxyHostNameKey,
            kCFProxyPortNumberKey,
        )
    };
    if is(entry, none) {
        return "DIRECT".to_owned();
    }
    let kind = if is(entry, http) || is(entry, https) {
        "PROXY"
    } else {
        "SOCKS"
    };
    let host = entry
        .get(host)
        .and_then(|host| host.downcast::<CFString>().ok());
    let host = host.map_or_else(String::new, |host| host.to_string());
    let port = entry
        .get(port)
        .and_then(|port| port.downcast::<CFNumber>().ok());
    match port.and_then(|port| port.as_i32()) {
        Some(port) => format!("{kind} {host}:{port}"),
        None => format!("{kind} {host}"),
    }
}

/// Whether an entry is of this kind.
fn is(entry: &Entry, kind: &CFString) -> bool {
    // SAFETY: it is a constant of the system.
    #[expect(unsafe_code, reason = "it comes from C")]
    let key = unsafe { kCFProxyTypeKey };
    let found = entry
        .get(key)
        .and_then(|found| found.downcast::<CFString>().ok());
    found.is_some_and(|found| *found == *kind)
}
