//! The desktop's web browser, and the person in front of it.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use reqwest::Url;

use crate::simulator::{client, wait};
use crate::waiting::{SOON, until};

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

    /// Waits for so many addresses, and answers the latest.
    pub fn wait_opened(&self, count: usize) -> Result<Url> {
        let address = until("the browser", SOON, || {
            let all = self.opened();
            Ok((all.len() >= count).then(|| all.last().cloned()).flatten())
        })?;
        Url::parse(&address).with_context(|| format!("opened {address:?}"))
    }
}

/// Presses a button (`allow` or `refuse`) on the consent page, goes where it leads, and answers the
/// text of the page there.
pub fn decide(consent: &Url, decision: &str) -> Result<String> {
    let mut fields: Vec<(String, String)> = consent.query_pairs().into_owned().collect();
    fields.push(("decision".into(), decision.into()));
    let mut form = consent.clone();
    form.set_query(None);
    wait(async {
        let answer = client()?.post(form).form(&fields).send().await?;
        Ok(answer.text().await?)
    })
}

/// Opens an address as a browser does, and answers its page's text.
pub fn visit(address: &str) -> Result<String> {
    wait(async { Ok(client()?.get(address).send().await?.text().await?) })
}
