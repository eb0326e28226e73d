//! A simulation at speed 0, and a plain HTTP client for it.

use std::sync::Once;

use reqwest::header::{CONTENT_LENGTH, HeaderMap};
use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder};
use serde_json::Value;
use solvexia_sim::{RunSeed, Sim, SimHandle, SimOptions, StepSeed};

pub const ALL_SCOPES: &str = "process process_execute process_read file_read log_read";
pub const RUN: &str = "pr-1";

/// A response, read to its end.
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or(Value::Null)
    }

    /// The documented error body.
    pub fn assert_is_error(&self, status: u16) {
        assert_eq!(self.status, status, "{}", self.text);
        let body = self.json();
        assert!(
            body["message"]
                .as_str()
                .is_some_and(|message| !message.is_empty())
        );
        assert!(body["supportId"].as_str().is_some_and(|id| id.len() == 36));
    }
}

pub struct TestClient {
    pub sim: SimHandle,
    pub http: Client,
    pub token: String,
}

impl TestClient {
    /// With the demo, at speed 0.
    pub async fn of_demo() -> Self {
        Self::of(SimOptions::default()).await
    }

    /// With one run of three steps, one of them an action step, at speed 0.
    pub async fn of_one_run() -> Self {
        let client = Self::of(SimOptions::empty()).await;
        let steps = vec![
            StepSeed::new("1.1", "Load", 10.0).id("ds-1"),
            StepSeed::new("1.2", "Refresh", 10.0).id("as-2"),
            StepSeed::new("1.3", "Match", 10.0).id("ds-3"),
        ];
        client.sim.seed_run(RunSeed {
            name: Some("Test : run #1".to_owned()),
            process: Some("p-1".to_owned()),
            ..RunSeed::new(RUN, steps)
        });
        client
    }

    async fn of(options: SimOptions) -> Self {
        static PROVIDER: Once = Once::new();
        PROVIDER.call_once(|| {
            rustls::crypto::ring::default_provider()
                .install_default()
                .expect("the first provider");
        });
        let sim = Sim::start(options).await.expect("a free port");
        sim.set_speed(0.0);
        let http = Client::builder()
            .no_proxy()
            .redirect(Policy::none())
            .build()
            .expect("a client");
        let token = sim.issue_token(ALL_SCOPES, 600.0);
        Self { sim, http, token }
    }

    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.sim.base_url())
    }

    /// A path below `/api/v1`, with the token.
    pub fn asking(&self, path: &str) -> RequestBuilder {
        self.http
            .get(self.url(&format!("/api/v1{path}")))
            .bearer_auth(&self.token)
    }

    pub fn posting(&self, path: &str) -> RequestBuilder {
        self.http
            .post(self.url(&format!("/api/v1{path}")))
            .bearer_auth(&self.token)
    }

    pub async fn get(&self, path: &str) -> Answer {
        read(self.asking(path)).await
    }

    /// An empty POST with `Content-Length: 0`.
    pub async fn post(&self, path: &str) -> Answer {
        read(self.posting(path).header(CONTENT_LENGTH, "0")).await
    }

    pub async fn post_json(&self, path: &str, body: Value) -> Answer {
        read(self.posting(path).json(&body)).await
    }

    /// Starts the run and lets it work.
    pub async fn start_and_work(&self, seconds: f64) {
        assert_eq!(self.post("/processruns/pr-1/start").await.status, 200);
        self.sim.advance(seconds);
    }
}

pub async fn read(request: RequestBuilder) -> Answer {
    let answer = request.send().await.expect("an answer");
    Answer {
        status: answer.status().as_u16(),
        headers: answer.headers().clone(),
        text: answer.text().await.expect("a whole answer"),
    }
}
