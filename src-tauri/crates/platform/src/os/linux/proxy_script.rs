//! GNOME's setting for a set-up script. It is read to say that it does not count: Debian 12 has a
//! service that runs such scripts (`org.gtk.GLib.PACRunner`), but without a part that is not installed
//! by itself it answers DIRECT whatever a script says.

use std::process::Command;

use runwatch_core::network::{ScriptAnswer, ScriptError, ScriptPlace};

/// Says that a script is set which is not run here.
pub fn ask(_origin: &str) -> Result<Option<ScriptAnswer>, ScriptError> {
    match script(setting) {
        Some(place) => Err(ScriptError::Unsupported(place)),
        None => Ok(None),
    }
}

fn script(setting: impl Fn(&str) -> Option<String>) -> Option<ScriptPlace> {
    if setting("mode")? != "auto" {
        return None;
    }
    Some(match setting("autoconfig-url") {
        Some(address) if !address.is_empty() => ScriptPlace::at(&address),
        _ => ScriptPlace::Network,
    })
}

/// One of GNOME's proxy settings; none where this is no such desktop.
fn setting(key: &str) -> Option<String> {
    let output = Command::new("gsettings")
        .args(["get", "org.gnome.system.proxy", key])
        .output()
        .ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output
        .status
        .success()
        .then(|| text.trim().trim_matches('\'').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(mode: &str, address: &str) -> Option<String> {
        let setting = |key: &str| Some(if key == "mode" { mode } else { address }.to_owned());
        script(setting).map(|place| place.to_string())
    }

    #[test]
    fn a_script_counts_where_gnome_is_set_to_use_one() {
        let address = "http://pac.firm.example/proxy.pac";
        assert_eq!(of("none", address), None);
        assert_eq!(of("manual", address), None);
        assert!(of("auto", address).unwrap().ends_with(address));
        assert!(of("auto", "").unwrap().contains("WPAD"));
        assert_eq!(script(|_| None), None);
    }
}
