//! The app's page, read and used as a person would.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::{fs, thread};

use anyhow::{Context, Result, bail};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use reqwest::Method;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::locator::By;
use crate::waiting::{SOON, until};
use crate::webdriver::{Refusal, Wire};

/// The key that moves the focus.
pub const TAB: char = '\u{E004}';
/// The key that chooses the next.
pub const DOWN: char = '\u{E015}';
/// The key that is held for a chord.
pub const CONTROL: char = '\u{E009}';
/// The key that does it.
pub const ENTER: char = '\u{E007}';

const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// One look at an element.
#[derive(Debug, Clone, Deserialize)]
pub struct Seen {
    /// Its text, as it is drawn.
    pub text: String,
    /// What is in it, if it is a field.
    pub value: String,
    /// Whether it takes room on the page.
    pub shown: bool,
    /// Whether it is neither `disabled` nor `aria-disabled`.
    pub enabled: bool,
    /// Its attributes.
    pub attributes: HashMap<String, String>,
}

impl Seen {
    /// An attribute; empty where it is missing.
    pub fn attribute(&self, name: &str) -> &str {
        self.attributes.get(name).map_or("", String::as_str)
    }
}

const LOOK: &str = "return [...document.querySelectorAll(arguments[0])].map((e) => ({
    text: (e.innerText ?? '').trim(),
    value: typeof e.value === 'string' ? e.value : '',
    shown: e.getClientRects().length > 0 && getComputedStyle(e).visibility === 'visible',
    enabled: !e.matches(':disabled') && e.getAttribute('aria-disabled') !== 'true',
    attributes: Object.fromEntries([...e.attributes].map((a) => [a.name, a.value])),
}));";

/// WebKitGTK takes its picture after the next frame, and a page at rest draws none: a dot that
/// nobody can see keeps it drawing for a moment.
const STIR: &str = "const dot = document.createElement('i');
    Object.assign(dot.style, { position: 'fixed', right: 0, bottom: 0, width: '1px', height: '1px' });
    document.documentElement.append(dot);
    const began = performance.now();
    const stir = (now) => {
        dot.style.backgroundColor = `rgb(0 0 0 / ${Math.round(now) % 2 ? 0.002 : 0.004})`;
        if (now - began < 2000) requestAnimationFrame(stir);
        else dot.remove();
    };
    requestAnimationFrame(stir);";

/// The page of an open window.
#[derive(Debug, Clone)]
pub struct Page {
    wire: Wire,
}

impl Page {
    /// The page behind a session.
    pub fn new(wire: Wire) -> Self {
        Self { wire }
    }

    /// Runs a function body in the page that changes nothing there.
    pub fn ask(&self, script: &str, arguments: &[Value]) -> Result<Value> {
        let body = json!({ "script": script, "args": arguments });
        self.wire.read(Method::POST, "/execute/sync", Some(&body))
    }

    /// All elements that are meant, in the page's order.
    pub fn all(&self, what: impl Into<By>) -> Result<Vec<Seen>> {
        let found = self.ask(LOOK, &[json!(what.into().css())])?;
        Ok(serde_json::from_value(found)?)
    }

    /// The first of them that is shown.
    pub fn see(&self, what: impl Into<By>) -> Result<Option<Seen>> {
        Ok(self.all(what)?.into_iter().find(|seen| seen.shown))
    }

    /// Waits until one is shown.
    pub fn wait_for(&self, what: impl Into<By>) -> Result<Seen> {
        self.wait_until(what, "is shown", SOON, |_| true)
    }

    /// Waits until one is shown of which something holds, and says what is there if it never does.
    pub fn wait_until(
        &self,
        what: impl Into<By>,
        how: &str,
        most: Duration,
        holds: impl Fn(&Seen) -> bool,
    ) -> Result<Seen> {
        let what = what.into();
        let awaited = format!("{what} that {how}");
        until(&awaited, most, || {
            Ok(self
                .all(&what)?
                .into_iter()
                .find(|seen| seen.shown && holds(seen)))
        })
        .with_context(|| format!("there is {:?}", self.all(&what)))
    }

    /// Waits until none is shown any more.
    pub fn wait_gone(&self, what: impl Into<By>) -> Result<()> {
        let what = what.into();
        let awaited = format!("{what} to go away");
        until(&awaited, SOON, || {
            Ok(self.see(&what)?.is_none().then_some(()))
        })
    }

    /// Clicks once, as soon as it can be clicked.
    pub fn click(&self, what: impl Into<By>) -> Result<()> {
        let what = what.into();
        self.wait_until(&what, "can be clicked", SOON, |seen| seen.enabled)?;
        self.on_element(&what, |element| {
            self.wire.act(&format!("{element}/click"), &json!({}))
        })
    }

    /// Clicks twice, as fast as a nervous person.
    pub fn double_click(&self, what: impl Into<By>) -> Result<()> {
        let what = what.into();
        self.wait_until(&what, "can be clicked", SOON, |seen| seen.enabled)?;
        let element = self.element(&what)?;
        let id = element.trim_start_matches("/element/");
        let press = json!({ "type": "pointerDown", "button": 0 });
        let release = json!({ "type": "pointerUp", "button": 0 });
        let there = json!({ "type": "pointerMove", "duration": 0, "x": 0, "y": 0,
            "origin": { ELEMENT: id } });
        let moves = json!([there, press, release, press, release]);
        let mouse = json!({ "type": "pointer", "id": "mouse", "actions": moves });
        self.wire.act("/actions", &json!({ "actions": [mouse] }))
    }

    /// Types over what is in a field.
    pub fn fill(&self, what: impl Into<By>, text: &str) -> Result<()> {
        let what = what.into();
        let field = self.wait_until(&what, "can be typed into", SOON, |seen| seen.enabled)?;
        if !field.value.is_empty() {
            self.on_element(&what, |element| {
                self.wire.act(&format!("{element}/clear"), &json!({}))
            })?;
        }
        // A field that is only emptied must hear of a key, too.
        let keys = if text.is_empty() { "x\u{E003}" } else { text };
        self.type_keys(&what, keys)?;
        self.wait_until(&what, "holds what was typed", SOON, |seen| {
            seen.value == text
        })?;
        Ok(())
    }

    /// Sends keys to an element.
    pub fn type_keys(&self, what: impl Into<By>, keys: &str) -> Result<()> {
        let what = what.into();
        let body = json!({ "text": keys });
        self.on_element(&what, |element| {
            self.wire.act(&format!("{element}/value"), &body)
        })
    }

    /// Presses one key, wherever the focus is.
    pub fn press(&self, key: char) -> Result<()> {
        self.chord(&[key])
    }

    /// Presses keys together, wherever the focus is.
    pub fn chord(&self, keys: &[char]) -> Result<()> {
        let act = |kind: &str, key: &char| json!({ "type": kind, "value": key.to_string() });
        let down = keys.iter().map(|key| act("keyDown", key));
        let up = keys.iter().rev().map(|key| act("keyUp", key));
        let actions: Vec<Value> = down.chain(up).collect();
        let keyboard = json!({ "type": "key", "id": "keyboard", "actions": actions });
        self.wire.act("/actions", &json!({ "actions": [keyboard] }))
    }

    /// Presses Tab until the focus is on what is meant.
    pub fn tab_to(&self, what: impl Into<By>) -> Result<()> {
        let what = what.into();
        let there = "return !!document.activeElement?.matches(arguments[0]);";
        for _ in 0..60 {
            if self.ask(there, &[json!(what.css())])? == json!(true) {
                return Ok(());
            }
            self.press(TAB)?;
        }
        bail!("{what} cannot be reached by Tab")
    }

    /// Goes to an address, in a browser: the app's window stays where it is.
    pub fn visit(&self, address: &str) -> Result<()> {
        self.wire.act("/url", &json!({ "url": address }))
    }

    /// All text of the page.
    pub fn text(&self) -> Result<String> {
        let text = self.ask("return document.body.innerText;", &[])?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// Saves a picture of the page as PNG.
    pub fn picture(&self, path: &Path) -> Result<PathBuf> {
        self.ask(STIR, &[])?;
        let png = self.wire.read(Method::GET, "/screenshot", None)?;
        let png = STANDARD.decode(png.as_str().context("no picture")?)?;
        fs::create_dir_all(path.parent().context("a picture without a folder")?)?;
        fs::write(path, png)?;
        Ok(path.to_owned())
    }

    /// Ends the session, and with it the window.
    pub fn close(&self) {
        // It may be gone already: tests kill apps.
        let _ = self.wire.read(Method::DELETE, "", None);
    }

    /// Does something with an element, again only where the driver says that it did nothing.
    fn on_element(&self, what: &By, act: impl Fn(&str) -> Result<()>) -> Result<()> {
        let began = Instant::now();
        loop {
            let error = match self.element(what).and_then(|element| act(&element)) {
                Ok(()) => return Ok(()),
                Err(error) => error,
            };
            let untouched = [
                "stale element reference",
                "element click intercepted",
                "element not interactable",
                "no such element",
            ];
            let again = error
                .downcast_ref::<Refusal>()
                .is_some_and(|refusal| untouched.contains(&refusal.code.as_str()));
            if !again || began.elapsed() > SOON {
                return Err(error.context(format!("cannot use {what}")));
            }
            thread::sleep(Duration::from_millis(100));
        }
    }

    /// The path of the first element that is shown.
    fn element(&self, what: &By) -> Result<String> {
        let Some(index) = self.all(what)?.iter().position(|seen| seen.shown) else {
            bail!(Refusal {
                code: "no such element".into(),
                message: what.to_string()
            });
        };
        let body = json!({ "using": "css selector", "value": what.css() });
        let found = self.wire.read(Method::POST, "/elements", Some(&body))?;
        let id = found[index][ELEMENT].as_str();
        let gone = || Refusal {
            code: "no such element".into(),
            message: what.to_string(),
        };
        Ok(format!("/element/{}", id.ok_or_else(gone)?))
    }
}
