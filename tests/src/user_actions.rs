//! What a person does in the window, in a person's words.

use std::time::Duration;

use anyhow::{Result, ensure};
use solvexia_sim::SimHandle;

use crate::app::App;
use crate::browser::decide;
use crate::desktop::Desktop;
use crate::locator::{By, by};
use crate::page::Seen;
use crate::scene::{CLIENT_ID, CLIENT_SECRET};
use crate::waiting::SOON;
use crate::webdriver::free_port;

/// A run of simulated work may take so long.
pub const A_WHILE: Duration = Duration::from_secs(60);

impl App {
    /// Goes to the sign-in form, past a first-run page if there is one.
    pub fn go_to_sign_in(&self) -> Result<()> {
        let page = &self.page;
        let form = || -> Result<bool> {
            if page.see("environment")?.is_some() {
                return Ok(true);
            }
            if page.see("first-run-connect")?.is_some() {
                page.click("first-run-connect")?;
            }
            Ok(false)
        };
        crate::waiting::until("the sign-in form", SOON, || Ok(form()?.then_some(())))
    }

    /// Signs in with client credentials, and waits for the runs.
    pub fn sign_in(&self, sim: &SimHandle) -> Result<()> {
        self.connect_as(&sim.base_url(), CLIENT_ID, CLIENT_SECRET)?;
        self.page.wait_for("add-run-id")?;
        Ok(())
    }

    /// Fills the form with client credentials and connects.
    pub fn connect_as(&self, environment: &str, id: &str, secret: &str) -> Result<()> {
        self.go_to_sign_in()?;
        self.page.fill("environment", environment)?;
        self.page.click("method-client")?;
        self.page.fill("client-id", id)?;
        self.page.fill("client-secret", secret)?;
        self.page.click("connect")
    }

    /// Begins a browser sign-in with this callback port; the browser is the desktop's.
    pub fn begin_in_browser(&self, environment: &str, port: u16) -> Result<()> {
        self.go_to_sign_in()?;
        self.page.fill("environment", environment)?;
        self.page.click("method-browser")?;
        self.page.fill("client-id", CLIENT_ID)?;
        self.page.fill("client-secret", CLIENT_SECRET)?;
        self.choose_port(port)?;
        self.page.click("connect")
    }

    /// Types another port for the callback address.
    pub fn choose_port(&self, port: u16) -> Result<()> {
        if self.page.see("callback-port")?.is_none() {
            self.page.click("change-port")?;
        }
        self.page.fill("callback-port", &port.to_string())
    }

    /// Signs in through the browser, where the person agrees, and waits for the runs.
    pub fn sign_in_by_browser(&self, desktop: &Desktop, sim: &SimHandle) -> Result<()> {
        let before = desktop.browser.opened().len();
        self.begin_in_browser(&sim.base_url(), free_port()?)?;
        let consent = desktop.browser.wait_opened(before + 1)?;
        decide(&consent, "allow")?;
        self.page.wait_for("add-run-id")?;
        Ok(())
    }

    /// Signs in with a pasted token, and waits for the runs.
    pub fn sign_in_with_token(&self, sim: &SimHandle, token: &str) -> Result<()> {
        self.go_to_sign_in()?;
        self.page.fill("environment", &sim.base_url())?;
        self.page.click("method-token")?;
        self.page.fill("access-token", token)?;
        self.page.click("connect")?;
        self.page.wait_for("add-run-id")?;
        Ok(())
    }

    /// Opens the settings at one of their sections.
    pub fn open_settings(&self, section: &str) -> Result<()> {
        self.page.click("open-settings")?;
        self.page
            .click(by("settings-section").with("data-section", section))
    }

    /// Saves the section of the settings that is open, and waits until the page says so.
    pub fn save_settings(&self) -> Result<()> {
        self.page.click("save-settings")?;
        self.page
            .wait_until("settings-saved", "says so", SOON, |form| {
                form.text.contains("Saved.")
            })?;
        Ok(())
    }

    /// Signs out through the account's menu, and waits until the page says so.
    pub fn sign_out(&self) -> Result<()> {
        self.page.click("account")?;
        self.page.click("sign-out")?;
        // The list may stay, or the form may come; and it may ask first.
        crate::waiting::until("being signed out", SOON, || {
            if self.page.see("confirm")?.is_some() {
                self.page.click("confirm")?;
            }
            let signed_out = by("error-banner").with("data-code", "signed-out");
            for sign in [signed_out, by("environment"), by("first-run-connect")] {
                if self.page.see(&sign)?.is_some() {
                    return Ok(Some(()));
                }
            }
            Ok(None)
        })
    }

    /// Types something into the field for runs and adds it.
    pub fn try_to_add(&self, text: &str) -> Result<()> {
        self.page.fill("add-run-id", text)?;
        self.page.click("add-run")
    }

    /// Adds a run, and waits for its row.
    pub fn add(&self, run: &str) -> Result<Seen> {
        self.try_to_add(run)?;
        self.page.wait_until(row(run), "was read", SOON, |row| {
            !row.attribute("data-status").is_empty()
        })
    }

    /// Opens a run beside the table.
    pub fn show(&self, run: &str) -> Result<()> {
        self.page.click(row(run).inner("run-name"))?;
        self.page.wait_for(by("run-detail").run(run))?;
        Ok(())
    }

    /// Watches the open run.
    pub fn watch(&self) -> Result<()> {
        self.page.click("watch-run")?;
        let watched = |button: &Seen| button.attribute("aria-pressed") == "true";
        self.page
            .wait_until("watch-run", "is pressed", SOON, watched)?;
        Ok(())
    }

    /// Adds a run, opens it, and watches it.
    pub fn add_and_watch(&self, run: &str) -> Result<()> {
        self.add(run)?;
        self.show(run)?;
        self.watch()
    }

    /// Presses one of the open run's buttons and confirms; the question must name all of `naming`.
    pub fn act(&self, button: impl Into<By>, naming: &[&str]) -> Result<()> {
        self.page.click(button)?;
        let question = self.question()?;
        for name in naming {
            ensure!(
                question.contains(name),
                "the question does not name {name}: {question}"
            );
        }
        self.page.click("confirm")?;
        self.page.wait_gone("confirm")
    }

    /// The text of the open question.
    pub fn question(&self) -> Result<String> {
        self.page.wait_for("confirm")?;
        let text = "const dialog = document.querySelector('[data-testid=\"confirm\"]')
            .closest('dialog, [role=dialog], [role=alertdialog]');
            return dialog ? dialog.innerText : '';";
        Ok(self
            .page
            .ask(text, &[])?
            .as_str()
            .unwrap_or_default()
            .to_owned())
    }

    /// Waits until a run's row has this outcome.
    pub fn wait_outcome(&self, run: &str, outcome: &str) -> Result<Seen> {
        let told = |row: &Seen| row.attribute("data-outcome") == outcome;
        self.page
            .wait_until(row(run), &format!("ended as {outcome}"), A_WHILE, told)
    }

    /// Waits until a run's row has this status.
    pub fn wait_status(&self, run: &str, status: &str) -> Result<Seen> {
        let has = |row: &Seen| row.attribute("data-status") == status;
        self.page
            .wait_until(row(run), &format!("is {status}"), A_WHILE, has)
    }

    /// Waits until a step of the open run has this status.
    pub fn wait_step(&self, step: &str, status: &str) -> Result<Seen> {
        let has = |row: &Seen| row.attribute("data-status") == status;
        self.page
            .wait_until(step_row(step), &format!("is {status}"), A_WHILE, has)
    }

    /// Waits for a banner with this code, and answers its text.
    pub fn wait_banner(&self, code: &str) -> Result<String> {
        let banner = by("error-banner").with("data-code", code);
        Ok(self.page.wait_for(banner)?.text)
    }
}

/// A run's row.
pub fn row(run: &str) -> By {
    by("run-row").run(run)
}

/// A row of the open run's steps.
pub fn step_row(step: &str) -> By {
    by("step-row").with("data-step-id", step)
}
