//! From raw values, as the registry, a profile or a file has them, to a [`Policy`]. What cannot be read
//! is left out and said; the rest counts.

use std::path::{Path, PathBuf};

use super::given::{AllowedEnvironments, Given, Origin, Policy};
use crate::environment::Environment;
use crate::ids::shorten;
use crate::network::{Proxy, ProxyAddress};

/// Longer texts than this are no address and no path.
const LONGEST_TEXT: usize = 4096;
/// Nobody has more environments.
const LONGEST_LIST: usize = 200;

const ENVIRONMENT: &str = "Environment";
const ALLOWED_ENVIRONMENTS: &str = "AllowedEnvironments";
const PROXY: &str = "Proxy";
const CERTIFICATE_FILE: &str = "CertificateFile";
const LAUNCH_AT_LOGIN: &str = "LaunchAtLogin";
const HIDE_DETAILS: &str = "HideNotificationDetails";
const NO_PASTED_TOKENS: &str = "NoPastedTokens";

/// The names, as `docs/ADMIN.md` has them. They stay: computers are set up with them.
pub const NAMES: [&str; 7] = [
    ENVIRONMENT,
    ALLOWED_ENVIRONMENTS,
    PROXY,
    CERTIFICATE_FILE,
    LAUNCH_AT_LOGIN,
    HIDE_DETAILS,
    NO_PASTED_TOKENS,
];

/// A value as a source has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RawValue {
    /// A text.
    Text(String),
    /// A whole number.
    Number(i64),
    /// Yes or no.
    Flag(bool),
    /// Several texts.
    List(Vec<String>),
    /// Something else, which no setting is.
    Other,
}

/// What one source has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawPolicy {
    /// Who sets something there.
    pub origin: Origin,
    /// Where it is, for people.
    pub place: String,
    /// Its values by name; why not, where it is there and cannot be read.
    pub values: Result<Vec<(String, RawValue)>, String>,
}

/// The policy of these sources, the strongest first.
pub fn read(sources: Vec<RawPolicy>) -> Policy {
    let mut policy = Policy::default();
    for source in sources {
        let mut reader = Reader {
            policy: &mut policy,
            origin: source.origin,
            place: source.place,
        };
        match source.values {
            Ok(values) => reader.read_all(&values),
            Err(why) => reader.unreadable_source(&why),
        }
    }
    policy
}

struct Reader<'a> {
    policy: &'a mut Policy,
    origin: Origin,
    place: String,
}

impl Reader<'_> {
    fn read_all(&mut self, values: &[(String, RawValue)]) {
        for (name, value) in values {
            match NAMES
                .into_iter()
                .find(|known| known.eq_ignore_ascii_case(name))
            {
                Some(known) => self.read_one(known, value),
                None => {
                    let name = shorten(&name.escape_debug().to_string(), 60);
                    self.problem(&format!("“{name}” is no setting of this version."));
                }
            }
        }
    }

    fn read_one(&mut self, name: &'static str, value: &RawValue) {
        // Empty counts as not set: installers and forms write what was left out so.
        if is_empty(value) {
            return;
        }
        match name {
            ENVIRONMENT => {
                let read = text(value).and_then(environment);
                if let Some(read) = self.good(name, read) {
                    settle(&mut self.policy.environment, read, self.origin);
                }
            }
            ALLOWED_ENVIRONMENTS => {
                let read = self.allowed_environments(value);
                settle(&mut self.policy.allowed_environments, read, self.origin);
            }
            PROXY => {
                if let Some(read) = self.good(name, text(value).and_then(proxy)) {
                    settle(&mut self.policy.proxy, read, self.origin);
                }
            }
            CERTIFICATE_FILE => {
                if let Some(read) = self.good(name, text(value).and_then(whole_path)) {
                    settle(&mut self.policy.certificate_file, read, self.origin);
                }
            }
            LAUNCH_AT_LOGIN => {
                if let Some(read) = self.good(name, flag(value)) {
                    settle(&mut self.policy.launch_at_login, read, self.origin);
                }
            }
            HIDE_DETAILS => {
                if let Some(read) = self.good(name, flag(value)) {
                    settle(&mut self.policy.hide_details, read, self.origin);
                }
            }
            NO_PASTED_TOKENS => {
                // A rule that cannot be read is kept: the other ways to sign in remain.
                let read = self.good(name, flag(value)).unwrap_or(true);
                settle(&mut self.policy.no_pasted_tokens, read, self.origin);
            }
            _ => {}
        }
    }

    /// Those of the list that can be read; a list of which none can is a rule that is not known.
    fn allowed_environments(&mut self, value: &RawValue) -> AllowedEnvironments {
        let entries = self.good(ALLOWED_ENVIRONMENTS, list(value));
        let allowed: Vec<Environment> = entries
            .unwrap_or_default()
            .into_iter()
            .filter_map(|entry| self.good(ALLOWED_ENVIRONMENTS, environment(entry)))
            .collect();
        if allowed.is_empty() {
            AllowedEnvironments::Unreadable
        } else {
            AllowedEnvironments::These(allowed)
        }
    }

    /// Nobody knows which rules stand in it, so both are kept.
    fn unreadable_source(&mut self, why: &str) {
        self.problem(&format!(
            "It cannot be read ({why}), so nobody can sign in to a new environment or with a pasted \
             token until it can."
        ));
        let unreadable = AllowedEnvironments::Unreadable;
        settle(
            &mut self.policy.allowed_environments,
            unreadable,
            self.origin,
        );
        settle(&mut self.policy.no_pasted_tokens, true, self.origin);
    }

    fn good<T>(&mut self, name: &str, read: Result<T, String>) -> Option<T> {
        read.map_err(|why| self.problem(&format!("{name} cannot be read. {why}")))
            .ok()
    }

    fn problem(&mut self, words: &str) {
        self.policy
            .problems
            .push(format!("{}: {words}", self.place));
    }
}

/// The strongest source comes first: what it set stays.
fn settle<T>(setting: &mut Option<Given<T>>, value: T, origin: Origin) {
    setting.get_or_insert(Given { value, origin });
}

fn is_empty(value: &RawValue) -> bool {
    match value {
        RawValue::Text(text) => text.trim().is_empty(),
        RawValue::List(entries) => entries.iter().all(|entry| entry.trim().is_empty()),
        _ => false,
    }
}

fn text(value: &RawValue) -> Result<String, String> {
    match value {
        RawValue::Text(text) if text.len() > LONGEST_TEXT => Err(too_long()),
        RawValue::Text(text) => Ok(text.trim().to_owned()),
        _ => Err("It must be a text.".to_owned()),
    }
}

/// Yes or no; an installer's properties are texts.
fn flag(value: &RawValue) -> Result<bool, String> {
    let is = |one: &str, text: &str| text.trim().eq_ignore_ascii_case(one);
    match value {
        RawValue::Flag(flag) => Ok(*flag),
        RawValue::Number(0) => Ok(false),
        RawValue::Number(1) => Ok(true),
        RawValue::Text(text) if is("0", text) || is("false", text) => Ok(false),
        RawValue::Text(text) if is("1", text) || is("true", text) => Ok(true),
        _ => Err("It must be 1 or 0.".to_owned()),
    }
}

/// Several texts, or one with commas between them.
fn list(value: &RawValue) -> Result<Vec<String>, String> {
    let texts = match value {
        RawValue::List(texts) if texts.len() > LONGEST_LIST => return Err(too_long()),
        RawValue::List(texts) => texts.clone(),
        RawValue::Text(_) => text(value)?.split(',').map(str::to_owned).collect(),
        _ => return Err("It must be a list of texts.".to_owned()),
    };
    let is_filled = |text: &String| !text.trim().is_empty();
    Ok(texts.into_iter().filter(is_filled).collect())
}

fn environment(text: String) -> Result<Environment, String> {
    if text.len() > LONGEST_TEXT {
        return Err(too_long());
    }
    Environment::parse(&text).map_err(|error| error.to_string())
}

fn proxy(text: String) -> Result<Proxy, String> {
    match text.to_ascii_lowercase().as_str() {
        "system" => Ok(Proxy::System),
        "direct" => Ok(Proxy::Direct),
        _ => ProxyAddress::parse(&text)
            .map(|_| Proxy::Manual {
                address: text,
                user: String::new(),
            })
            .map_err(|error| error.to_string()),
    }
}

/// A relative one would depend on where Runwatch was started.
fn whole_path(text: String) -> Result<PathBuf, String> {
    if Path::new(&text).is_absolute() {
        return Ok(text.into());
    }
    Err("It must be the whole path of a file, without variables.".to_owned())
}

fn too_long() -> String {
    "It is too long.".to_owned()
}
