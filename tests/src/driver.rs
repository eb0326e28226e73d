//! tauri-driver and one WebDriver session: the wire below [`crate::page`].

use std::net::TcpListener;
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, Result, anyhow};
use reqwest::{Client, Method};
use serde_json::{Value, json};

use crate::children::Managed;
use crate::desktop::{Desktop, until};
use crate::world::{self, wait};

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

/// tauri-driver, with the native driver behind it.
#[derive(Debug)]
pub struct Driver {
    _process: Managed,
    url: String,
    client: Client,
}

impl Driver {
    /// Starts it on a desktop. The app that it opens inherits the environment from here.
    pub fn start(desktop: &Desktop) -> Result<Self> {
        let (port, native) = (free_port()?, free_port()?);
        let mut command = desktop.command("tauri-driver");
        command
            .args([
                "--port",
                &port.to_string(),
                "--native-port",
                &native.to_string(),
            ])
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let process = Managed::start("tauri-driver", command)?;
        let client = world::client()?;
        let driver = Self {
            _process: process,
            url: format!("http://127.0.0.1:{port}"),
            client,
        };
        until("tauri-driver", Duration::from_secs(20), || {
            Ok(wait(request(
                &driver.client,
                Method::GET,
                &format!("{}/status", driver.url),
                None,
            ))
            .is_ok()
            .then_some(()))
        })?;
        Ok(driver)
    }

    /// Opens the app in one attempt.
    pub fn open(&self, app: &str, arguments: &[String]) -> Result<Wire> {
        // Neither `browserName` nor `webSocketUrl`: with them it finds no match.
        let options = json!({ "application": app, "args": arguments });
        let capabilities = json!({ "alwaysMatch": { "tauri:options": options } });
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
    /// Asks for something that changes nothing; after a lost connection, again.
    pub fn read(&self, method: Method, path: &str, body: Option<&Value>) -> Result<Value> {
        let mut answer = self.once(method.clone(), path, body);
        let timed_out = |error: &anyhow::Error| {
            error
                .downcast_ref::<reqwest::Error>()
                .is_some_and(reqwest::Error::is_timeout)
        };
        for _ in 0..3 {
            match &answer {
                Err(error) if error.downcast_ref::<Refusal>().is_none() && !timed_out(error) => {
                    std::thread::sleep(Duration::from_millis(200));
                    answer = self.once(method.clone(), path, body);
                }
                _ => break,
            }
        }
        answer
    }

    /// Does something, once.
    pub fn act(&self, path: &str, body: &Value) -> Result<()> {
        match self.once(Method::POST, path, Some(body)) {
            // The driver drops a connection now and then, mostly after the deed. What was to be
            // seen of it will be missed if it was before; to click again might do it twice.
            Err(error) if error.downcast_ref::<Refusal>().is_none() => Ok(()),
            other => other.map(|_| ()),
        }
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
