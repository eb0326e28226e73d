//! The desktop's web browser, and the person in front of it.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use reqwest::header::{COOKIE, HeaderName, LOCATION, SET_COOKIE};
use reqwest::redirect::Policy;
use reqwest::{Client, Response, Url};

use crate::simulator::{client, wait};
use crate::waiting::{SOON, until};

/// A consent page, and the cookie that the browser got on its way there.
#[derive(Debug)]
pub struct Consent {
    address: Url,
    cookie: String,
}

impl Consent {
    /// Its address.
    pub fn as_str(&self) -> &str {
        self.address.as_str()
    }
}

/// Stands where the system's browser would be opened, and writes down what it was asked to open.
#[derive(Debug)]
pub struct Browser {
    program: PathBuf,
    opened: PathBuf,
}

impl Browser {
    /// Installs it below a desktop's folder.
    pub fn install(folder: &Path) -> Result<Self> {
        let program = folder.join("browser");
        let opened = folder.join("opened");
        let script = format!(
            "#!/bin/sh\nprintf '%s\\n' \"$1\" >> '{}'\n",
            opened.display()
        );
        fs::write(&program, script)?;
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755))?;
        Ok(Self { program, opened })
    }

    /// Its program, which stands in the environment as `BROWSER`.
    pub fn program(&self) -> &Path {
        &self.program
    }

    /// The addresses that were opened, oldest first.
    pub fn opened(&self) -> Vec<String> {
        let text = fs::read_to_string(&self.opened).unwrap_or_default();
        text.lines().map(str::to_owned).collect()
    }

    /// Waits for so many addresses, and goes where the latest leads: to a consent page.
    pub fn wait_opened(&self, count: usize) -> Result<Consent> {
        let address = until("the browser", SOON, || {
            let all = self.opened();
            Ok((all.len() >= count).then(|| all.last().cloned()).flatten())
        })?;
        let led = wait(async { anyhow::Ok(without_redirects()?.get(&address).send().await?) })?;
        let cookie = header(&led, SET_COOKIE)?;
        let cookie = cookie.split(';').next().unwrap_or_default().to_owned();
        let address = Url::parse(&header(&led, LOCATION)?)?;
        Ok(Consent { address, cookie })
    }
}

/// Presses a button (`allow` or `refuse`) on the consent page, goes where it leads, and answers the
/// text of the page there.
pub fn decide(consent: &Consent, decision: &str) -> Result<String> {
    let mut form = consent.address.clone();
    let mut fields: Vec<(String, String)> = form.query_pairs().into_owned().collect();
    fields.push(("decision".into(), decision.into()));
    form.set_query(None);
    wait(async {
        let led = without_redirects()?.post(form).form(&fields).send().await?;
        let back = client()?.get(header(&led, LOCATION)?);
        let answer = back.header(COOKIE, &consent.cookie).send().await?;
        Ok(answer.text().await?)
    })
}

/// A client that shows where it is led.
fn without_redirects() -> Result<Client> {
    let builder = Client::builder().no_proxy().timeout(SOON);
    Ok(builder.redirect(Policy::none()).build()?)
}

fn header(answer: &Response, name: HeaderName) -> Result<String> {
    let value = answer.headers().get(&name);
    let value = value.with_context(|| format!("{name} is missing: {answer:?}"))?;
    Ok(value.to_str()?.to_owned())
}

/// Opens an address as a browser does, and answers its page's text.
pub fn visit(address: &str) -> Result<String> {
    wait(async { Ok(client()?.get(address).send().await?.text().await?) })
}
