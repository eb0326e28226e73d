//! WebKitWebDriver and one session of it: the wire below [`crate::page`].

use std::net::TcpListener;
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, Result, anyhow};
use reqwest::{Client, Method};
use serde_json::{Value, json};

use crate::desktop::Desktop;
use crate::processes::Managed;
use crate::simulator::{self, wait};
use crate::waiting::until;

/// An answer of the driver that is not a success: it did not do what was asked.
#[derive(Debug, Clone)]
pub struct Refusal {
    /// WebDriver's error code, such as `stale element reference`.
    pub code: String,
    /// The driver's words.
    pub message: String,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.code, self.message)
    }
}

impl std::error::Error for Refusal {}

/// The web driver of the system's web view.
#[derive(Debug)]
pub struct Driver {
    _process: Managed,
    url: String,
    client: Client,
}

impl Driver {
    /// Starts it on a desktop. The app that it opens inherits the environment from here.
    pub fn start(desktop: &Desktop) -> Result<Self> {
        let port = free_port()?;
        let mut command = desktop.command("WebKitWebDriver");
        command
            .args([&format!("--port={port}"), "--host=127.0.0.1"])
            // By these the app lets the driver in.
            .env("TAURI_AUTOMATION", "true")
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let process = Managed::start("WebKitWebDriver", command)?;
        let client = simulator::client()?;
        let driver = Self {
            _process: process,
            url: format!("http://127.0.0.1:{port}"),
            client,
        };
        until("WebKitWebDriver", Duration::from_secs(20), || {
            let status = format!("{}/status", driver.url);
            let answer = wait(request(&driver.client, Method::GET, &status, None));
            Ok(answer.is_ok().then_some(()))
        })?;
        Ok(driver)
    }

    /// Opens the app, and waits until its page answers.
    pub fn open(&self, app: &str, arguments: &[String]) -> Result<Wire> {
        let options = json!({ "binary": app, "args": arguments });
        let capabilities = json!({ "alwaysMatch": { "webkitgtk:browserOptions": options } });
        let body = json!({ "capabilities": capabilities });
        let url = format!("{}/session", self.url);
        let answer = wait(request(&self.client, Method::POST, &url, Some(&body)))?;
        let id = answer["sessionId"]
            .as_str()
            .context("a session without an id")?;
        Ok(Wire {
            url: format!("{url}/{id}"),
            client: self.client.clone(),
        })
    }
}

/// An open session.
#[derive(Debug, Clone)]
pub struct Wire {
    url: String,
    client: Client,
}

impl Wire {
    /// Asks for something that changes nothing.
    pub fn read(&self, method: Method, path: &str, body: Option<&Value>) -> Result<Value> {
        self.once(method, path, body)
    }

    /// Does something, once.
    pub fn act(&self, path: &str, body: &Value) -> Result<()> {
        self.once(Method::POST, path, Some(body)).map(drop)
    }

    fn once(&self, method: Method, path: &str, body: Option<&Value>) -> Result<Value> {
        wait(request(
            &self.client,
            method,
            &format!("{}{path}", self.url),
            body,
        ))
    }
}

async fn request(
    client: &Client,
    method: Method,
    url: &str,
    body: Option<&Value>,
) -> Result<Value> {
    let mut request = client.request(method, url);
    if let Some(body) = body {
        request = request.json(body);
    }
    let response = request.send().await?;
    let good = response.status().is_success();
    let mut answer: Value = response.json().await?;
    let value = answer["value"].take();
    if good {
        return Ok(value);
    }
    let text = |name: &str| value[name].as_str().unwrap_or("unknown").to_owned();
    Err(anyhow!(Refusal {
        code: text("error"),
        message: text("message")
    }))
}

/// A port of this computer that nobody listens on.
pub fn free_port() -> Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}
